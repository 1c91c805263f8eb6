"""The audit log."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from datetime import datetime
from typing import Protocol

from portfolio.audit import Action, AuditEntry, AuditRecord
from portfolio.audit_chain import Findings, Head, Told
from portfolio.identity import PersonId


class AuditLog(Protocol):
    """The audit log. A change is written down by the store that makes it; here is noted what changes nothing."""

    async def note(self, *entries: AuditEntry) -> None: ...

    async def log_of(self, number: str, size: int = 20) -> list[AuditEntry]:
        """Reads what was done to a project, the newest first."""

    async def done_about(self, person: PersonId, actions: Collection[Action], since: datetime) -> list[AuditEntry]:
        """Reads what others did that names the person, or everybody, the newest first."""

    def records(
        self,
        person: PersonId | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        *,
        after: int = 0,
    ) -> AsyncIterator[AuditRecord]:
        """Yields the lines from `since` until before `until` behind the one numbered `after`, the oldest first: all, or
        those of what the person did and what was done about them."""

    async def head(self) -> Head: ...

    async def check(self, told: Told | None = None) -> Findings:
        """Looks whether every row is as it was written, and the end as somebody was told of it."""

    async def forget_before(self, moment: datetime) -> int:
        """Removes the oldest lines, up to the first that isn't older, and returns how many. The chain begins behind
        them then."""
