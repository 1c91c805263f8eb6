"""The audit log: what people did, written in the transaction that did it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, BigInteger, Column, Index, Integer, Table, Text, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from portfolio.audit import Action, Entry
from storage.columns import KEY, Instant, code, metadata

audit = Table(
    "audit",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("at", Instant, nullable=False),
    Column("by", Text, nullable=False),
    Column("action", code(Action), nullable=False),
    Column("project", KEY),
    Column("detail", JSON, nullable=False),
    Index(None, "project", "id"),
)


async def write_down(connection: AsyncConnection, *entries: Entry) -> None:
    if entries:
        await connection.execute(insert(audit), [_row(entry) for entry in entries])


def _row(entry: Entry) -> dict[str, Any]:
    row = {"at": entry.at, "by": entry.by, "action": entry.action, "project": entry.project}
    return row | {"detail": dict(entry.detail)}


async def read_log(connection: AsyncConnection, number: str, size: int) -> list[Entry]:
    found = select(audit.c.at, audit.c.by, audit.c.action, audit.c.project, audit.c.detail)
    newest_first = found.where(audit.c.project == number).order_by(audit.c.id.desc()).limit(size)
    return [Entry(*row) for row in await connection.execute(newest_first)]
