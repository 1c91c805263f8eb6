"""Notifies others, each in their own chat and language, of what was done that concerns them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from dialogs.texts import Texts
from dialogs.turn.audience import Audience, Scope
from dialogs.turn.reply import Reply
from dialogs.turn.visit import Visit


@dataclass(frozen=True, slots=True)
class Notification:
    """Somebody who was to be notified, and whether Teams could reach them."""

    email: str
    is_reached: bool


async def notify(
    visit: Visit, emails: Iterable[str | None], words: Callable[[Audience], Reply]
) -> tuple[Notification, ...]:
    """Notifies each of them once, but for the visitor, who is answered."""
    others = dict.fromkeys(email for email in emails if email and email != visit.person.email)
    return tuple([Notification(email, await _reaches(visit, email, words)) for email in others])


async def _reaches(visit: Visit, email: str, words: Callable[[Audience], Reply]) -> bool:
    people = visit.audience.names.vocabulary.people
    recipient = next((person for person in people if person.email == email), None)

    def reply(texts: Texts) -> Reply:
        return words(replace(visit.audience, texts=texts, asker=recipient, scope=Scope.PERSONAL))

    return await visit.stores.courier.tell(email, reply)
