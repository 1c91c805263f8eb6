"""Forgetting what is too old."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from portfolio.identity import PersonId


class Retention(Protocol):
    """Forgets what the data map gives a time, each table in portions. What was forgotten when it fails stays so."""

    async def forget(self, now: datetime, real_now: datetime, longest: timedelta | None = None) -> Mapping[str, int]:
        """Forgets what is older than it may be, where that is kept for at most `longest`, else all, but for forms and
        people. Returns how many rows, by what they were of. What may be dated by another clock than the real one is
        forgotten by that which is behind."""

    async def forget_unmentioned(self) -> int:
        """Forgets those whom files named by an address alone, and whom nothing names any more. Returns how many."""

    async def to_be_erased(self, now: datetime, real_now: datetime) -> Sequence[PersonId]:
        """Lists those who left so long ago that they are to be erased."""
