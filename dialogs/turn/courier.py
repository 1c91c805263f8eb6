"""Messages outside the turn: to a person in their own chat, or in a conversation."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, Protocol

from dialogs.texts import Texts
from dialogs.turn.reply import ForAll, ForOne
from portfolio.identity import PersonId


class Otherwise(NamedTuple):
    """Names somebody, and what they are told where something didn't get through to another."""

    person: PersonId
    reply: ForOne


class Courier(Protocol):
    """Sends messages; raises nothing when Teams can't be reached. What is told or said is stored with all else that the
    turn stores, and sent after that; what is shown is sent at once."""

    async def tell(
        self, person: PersonId, reply: Callable[[Texts], ForOne], otherwise: Otherwise | None = None
    ) -> bool:
        """Tells the person in their own chat, in their language; returns False where they have none. Somebody is told
        `otherwise` where it doesn't get through."""
        ...

    async def say(self, conversation: str, reply: ForAll) -> None:
        """Says something in a conversation that Tovholder takes part in."""
        ...

    async def show(self, conversation: str, activity: str | None, reply: ForAll) -> str | None:
        """Shows it in a conversation, in the place of what was shown there before as `activity`, unless that is gone.
        Returns the id of what stands there now, None where it is to be tried again."""
        ...

    async def accounts(self, conversation: str, people: Sequence[PersonId]) -> Mapping[PersonId, str]:
        """Asks for the conversation's members among these people, each with their id there."""
        ...


class Nobody:
    """Reaches no one: the courier of the terminal and of `ask`, which have no Teams."""

    async def tell(
        self, _person: PersonId, _reply: Callable[[Texts], ForOne], _otherwise: Otherwise | None = None
    ) -> bool:
        return False

    async def say(self, _conversation: str, _reply: ForAll) -> None:
        return None

    async def show(self, _conversation: str, _activity: str | None, _reply: ForAll) -> str | None:
        return None

    async def accounts(self, _conversation: str, _people: Sequence[PersonId]) -> Mapping[PersonId, str]:
        return {}
