"""The store of what people were answered last."""

from __future__ import annotations

from typing import Protocol

from portfolio.identity import PersonId
from portfolio.memory import Doubt, LastAnswer


class MemoryStore(Protocol):
    """Keeps the last answer alone of each person in each conversation. What is stored here is no effect of a turn: it
    is a part of what else the turn stores, and stands alone where that is nothing."""

    async def last(self, person: PersonId, conversation: str) -> LastAnswer | None: ...

    async def remember(self, answer: LastAnswer) -> None: ...

    async def doubt(self, person: PersonId, conversation: str, doubt: Doubt) -> None: ...

    async def forget(self, person: PersonId, conversation: str) -> None: ...
