"""Keeps requests for a status."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from portfolio.identity import PersonId
from portfolio.reminders.kinds import StatusRequest


class StatusRequestStore(Protocol):
    """Keeps the last request for each project. Every change is in the audit log, in the same transaction."""

    async def request_status(
        self, asked: Mapping[str, PersonId], seen: Collection[StatusRequest], by: PersonId, at: datetime
    ) -> frozenset[str]:
        """Requests the status of the projects by number, of whom they say. Leaves out one that somebody else requested
        since the requests were `seen`, and gives back the others."""

    async def withdraw_requests(
        self,
        numbers: Collection[str],
        requested_at: datetime,
        before: Sequence[StatusRequest],
        by: PersonId,
        at: datetime,
    ) -> bool:
        """Withdraws the requests that `by` made then, and puts back those `before`. False, and nothing changed, where
        one of them isn't there any more."""
