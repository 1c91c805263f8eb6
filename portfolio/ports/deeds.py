"""What people had stored, and may take back."""

from __future__ import annotations

from typing import Protocol

from portfolio.deeds import Deed
from portfolio.identity import PersonId


class DeedStore(Protocol):
    async def remember(self, deed: Deed) -> None:
        """Keeps it, and forgets the person's oldest where there would be more than a hundred."""

    async def deed(self, deed_id: str) -> Deed | None: ...

    async def recent(self, person: PersonId) -> list[Deed]:
        """The person's last ones, taken back or not, the newest first."""

    async def undone(self, deed_id: str) -> None:
        """Notes that it was taken back."""
