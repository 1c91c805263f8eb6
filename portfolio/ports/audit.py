"""The audit log."""

from __future__ import annotations

from typing import Protocol

from portfolio.audit import AuditEntry


class AuditLog(Protocol):
    """The audit log. A change is written down by the store that makes it; here is noted what changes nothing."""

    async def note(self, entry: AuditEntry) -> None: ...

    async def log_of(self, number: str, size: int = 20) -> list[AuditEntry]:
        """Reads what was done to a project, the newest first."""
