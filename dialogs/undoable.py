"""What was stored can be taken back: it is remembered for its author, and its receipt has a button for that."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from dialogs.cards.elements import action_set, button
from dialogs.turn.answer import Answer
from dialogs.turn.audience import Audience
from dialogs.turn.button import Button, DeedId
from dialogs.turn.orders import Order
from dialogs.turn.reply import ForOne, for_one
from dialogs.turn.visit import Visit
from portfolio.deeds import Deed

MOST_ACTIONS = 3

Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Undo(Button):
    """Take a deed of one's own back."""

    verb: ClassVar[str] = "undo"
    command: ClassVar[str] = "take_back"
    deed: DeedId


@dataclass(frozen=True, slots=True)
class Anew:
    """`lead` is the beginning of a sentence that orders it once more, which a correction completes; None where it can't
    be said so."""

    order: type[Order]
    lead: Callable[[Audience, Data], str | None]


@dataclass(frozen=True, slots=True)
class WayBack:
    """The way a kind of deed is taken back, by the data that it was remembered with.

    `undo` does it and says what is so now; it raises Overtaken, and does nothing, where that was changed since, and is
    None where it can't be taken back. `instead` are sentences to write then, or when it is too late. `anew` says how a
    correction does it once more, where one can. What was remembered names its project in `data` under "project", so
    that one can say which was meant.
    """

    undo: Callable[[Visit, Data], Awaitable[Answer]] | None
    instead: Callable[[Audience, Data], tuple[str, ...]]
    anew: Anew | None = None


@dataclass(frozen=True, slots=True)
class Undoable:
    """A receipt with the button that takes back what was stored."""

    answer: Answer
    deed: str

    def reply(self, audience: Audience) -> ForOne:
        reply = for_one(self.answer.reply(audience))
        if reply.card is None:
            return reply
        undo, actions = button(audience.texts.say("undo.button"), Undo(self.deed)), reply.card.get("actions")
        if len(actions or ()) < MOST_ACTIONS:
            return replace(reply, card={**reply.card, "actions": [*(actions or ()), undo]})
        return replace(reply, card={**reply.card, "body": [*reply.card["body"], action_set(undo)]})


async def remember(visit: Visit, kind: str, data: Data, deed_id: str = "", *, has_button: bool = True) -> None:
    """Remembers what the person just had stored, so that it can be taken back; its receipt has a button for that.
    `kind` is one of a feature's `undoing`; with an id of its own, the deed can be offered again."""
    deed = Deed(deed_id or secrets.token_urlsafe(12), visit.person.id, kind, data, visit.now)
    await visit.stores.deeds.remember(deed)
    if has_button:
        visit.undoable.append(deed.id)


async def offer_again(visit: Visit, deed_id: str) -> None:
    """Puts the button on the receipt that is shown once more, as long as it works."""
    deed = await visit.stores.deeds.deed(deed_id)
    if deed and not deed.is_undone and not deed.is_late(visit.now):
        visit.undoable.append(deed_id)


def with_button(answer: Answer, visit: Visit | None) -> Answer:
    """The answer, with a button that takes back what was stored on the visit, if anything was."""
    return Undoable(answer, visit.undoable[-1]) if visit and visit.undoable else answer
