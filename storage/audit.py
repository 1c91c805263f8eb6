"""The audit log, written in the transaction of the change."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Column, Index, Table, Text, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from portfolio.audit import Action, AuditEntry
from storage.columns import KEY, ROW_ID, Instant, code, metadata
from storage.database import Database

audit = Table(
    "audit",
    metadata,
    Column("id", ROW_ID, primary_key=True, autoincrement=True),
    Column("at", Instant, nullable=False),
    Column("by", Text, nullable=False),
    Column("action", code(Action), nullable=False),
    Column("project", KEY),
    Column("detail", JSON, nullable=False),
    Index(None, "project", "id"),
)


class SqlAuditLog:
    """Implements portfolio.ports.audit.AuditLog."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def note(self, entry: AuditEntry) -> None:
        async with self._database.connect() as connection:
            await write_down(connection, entry)

    async def log_of(self, number: str, size: int = 20) -> list[AuditEntry]:
        entries = select(audit.c.at, audit.c.by, audit.c.action, audit.c.project, audit.c.detail)
        newest_first = entries.where(audit.c.project == number).order_by(audit.c.id.desc()).limit(size)
        return [AuditEntry(**row) for row in (await self._database.execute(newest_first)).mappings()]


async def write_down(connection: AsyncConnection, *entries: AuditEntry) -> None:
    if entries:
        await connection.execute(insert(audit), [_row(entry) for entry in entries])


def _row(entry: AuditEntry) -> dict[str, Any]:
    row = {"at": entry.at, "by": entry.by, "action": entry.action, "project": entry.project}
    return row | {"detail": dict(entry.detail)}
