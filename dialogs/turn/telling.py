"""Telling others, each in their own chat and language, what was done that concerns them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from dialogs.texts import Texts
from dialogs.turn.audience import Audience, Scope
from dialogs.turn.reply import Reply
from dialogs.turn.visit import Visit


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody who was to be told, and whether Teams could reach them."""

    email: str
    is_reached: bool


async def tell(visit: Visit, emails: Iterable[str | None], words: Callable[[Audience], Reply]) -> tuple[Told, ...]:
    """All but the visitor, who is answered; each once."""
    others = dict.fromkeys(email for email in emails if email and email != visit.person.email)
    return tuple([Told(email, await _reached(visit, email, words)) for email in others])


async def _reached(visit: Visit, email: str, words: Callable[[Audience], Reply]) -> bool:
    people = visit.audience.names.vocabulary.people
    person = next((one for one in people if one.email == email), None)

    def said(texts: Texts) -> Reply:
        return words(replace(visit.audience, texts=texts, asker=person, scope=Scope.PERSONAL))

    return await visit.desk.courier.tell(email, said)
