"""The store of links to lists."""

from __future__ import annotations

from typing import Protocol

from portfolio.exports import LinkedList


class ExportStore(Protocol):
    """Keeps what a link leads to under its token, which it can't tell again. What is kept here is no effect of a
    turn."""

    async def keep(self, token: str, linked: LinkedList) -> None: ...

    async def linked(self, token: str) -> LinkedList | None: ...
