"""What a directory told, for those whom the portfolio office is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from portfolio.departures import Departure


class DirectoryReader(Protocol):
    async def departures_in(self, run: int, now: datetime) -> Sequence[Departure]:
        """Reads what those who left in a run still have."""

    async def held_back(self) -> tuple[int, int] | None:
        """Says how many would leave, of how many; None where nothing is held back."""
