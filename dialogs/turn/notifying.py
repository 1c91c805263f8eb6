"""Notifies others, each in their own chat and language, of what was done that concerns them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from dialogs.texts import Texts
from dialogs.turn.audience import Audience, Scope
from dialogs.turn.courier import Otherwise
from dialogs.turn.reply import ForOne
from dialogs.turn.visit import Visit
from portfolio.identity import PersonId


@dataclass(frozen=True, slots=True)
class Notification:
    """Names somebody who was to be notified, and whether there is a chat to reach them in."""

    person: PersonId
    is_reached: bool


async def notify(
    visit: Visit, people: Iterable[PersonId | None], words: Callable[[Audience], ForOne]
) -> tuple[Notification, ...]:
    """Notifies each of them once, but for the visitor, who is answered, and is told where it didn't get through; and
    but for those who were erased."""
    known = (one for one in people if one and visit.audience.names.person(one))
    others = dict.fromkeys(one for one in known if one != visit.person.id)
    return tuple([Notification(one, await _reaches(visit, one, words)) for one in others])


async def _reaches(visit: Visit, who: PersonId, words: Callable[[Audience], ForOne]) -> bool:
    people = visit.audience.names.vocabulary.people
    recipient = next((person for person in people if person.id == who), None)

    def reply(texts: Texts) -> ForOne:
        return words(replace(visit.audience, texts=texts, asker=recipient, scope=Scope.PERSONAL))

    heading = words(visit.audience).text.partition("\n")[0]
    missed = visit.audience.texts.say("turn.missed", person=visit.audience.person(who), what=heading)
    return await visit.stores.courier.tell(who, reply, Otherwise(visit.person.id, ForOne(None, missed)))
