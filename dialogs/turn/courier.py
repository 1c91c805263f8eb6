"""Messages outside the turn: to a person in their own chat, or on a card that stands in a conversation."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from dialogs.texts import Texts
from dialogs.turn.reply import Reply
from portfolio.identity import PersonId


class Courier(Protocol):
    """Sends messages; raises nothing when Teams can't be reached: what was stored stays stored, and the caller says
    what became of the message."""

    async def tell(self, person: PersonId, reply: Callable[[Texts], Reply]) -> bool:
        """Sends to the person's own chat, in their language; returns False when they can't be reached there."""
        ...

    async def post(self, conversation: str, reply: Reply) -> str | None:
        """Says something in a conversation that Tovholder takes part in; the id of what was said, None when it
        couldn't be."""
        ...

    async def update(self, conversation: str, activity: str, reply: Reply) -> bool:
        """Replaces what was said before."""
        ...

    async def accounts(self, conversation: str, people: Sequence[PersonId]) -> Mapping[PersonId, str]:
        """The conversation's members among these people, each with their id there."""
        ...


class Nobody:
    """Reaches no one: the courier of the terminal and of `ask`, which have no Teams."""

    async def tell(self, _person: PersonId, _reply: Callable[[Texts], Reply]) -> bool:
        return False

    async def post(self, _conversation: str, _reply: Reply) -> str | None:
        return None

    async def update(self, _conversation: str, _activity: str, _reply: Reply) -> bool:
        return False

    async def accounts(self, _conversation: str, _people: Sequence[PersonId]) -> Mapping[PersonId, str]:
        return {}
