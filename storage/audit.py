"""The audit log, written in the transaction of the change: a chain, of which `audit_head` keeps both ends."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Collection
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ColumnElement,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    cast,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from portfolio.audit import EVERYBODY, Action, AuditEntry, AuditRecord
from portfolio.audit_chain import Checking, Findings, Head, Row, Told, written, written_detail
from portfolio.identity import PersonId
from storage.columns import KEY, Instant, code, metadata
from storage.database import PORTION, Database
from storage.work import put_off

audit = Table(
    "audit",
    metadata,
    Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("by", Text, nullable=False),
    Column("action", code(Action), nullable=False),
    Column("project", KEY),
    Column("detail", JSON, nullable=False),
    Column("hash", Text, nullable=False),
    Index(None, "project", "number"),
    Index(None, "action", "number"),
)

# One row: the last of the chain, and the last of those that were removed from its beginning. Who writes locks it.
audit_head = Table(
    "audit_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("number", BigInteger, nullable=False),
    Column("hash", Text, nullable=False),
    Column("removed", BigInteger, nullable=False),
    Column("removed_hash", Text, nullable=False),
)

_A, _H = audit.c, audit_head.c
_PAGE = 2000
_IS_HEAD = _H.id == 1
_HEAD = select(_H.number, _H.hash, _H.removed, _H.removed_hash).where(_IS_HEAD)
_ENTRY = select(_A.at, _A.by, _A.action, _A.project, _A.detail)


class SqlAuditLog:
    """Implements portfolio.ports.audit.AuditLog."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def note(self, *entries: AuditEntry) -> None:
        if entries:
            async with self._database.transaction() as connection:
                await write_down(connection, *entries)

    async def log_of(self, number: str, size: int = 20) -> list[AuditEntry]:
        newest_first = _ENTRY.where(_A.project == number).order_by(_A.number.desc()).limit(size)
        return [AuditEntry(**row) for row in (await self._database.execute(newest_first)).mappings()]

    async def done_about(self, person: PersonId, actions: Collection[Action], since: datetime) -> list[AuditEntry]:
        which = (_A.action.in_(actions), _A.at >= since, _A.by != person, _is_about(person))
        newest_first = _ENTRY.where(*which).order_by(_A.number.desc())
        return [AuditEntry(**row) for row in (await self._database.execute(newest_first)).mappings()]

    async def records(
        self,
        person: PersonId | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        *,
        after: int = 0,
    ) -> AsyncIterator[AuditRecord]:
        which: list[ColumnElement[bool]] = [_A.number > after] if after else []
        if person is not None:
            which.append(or_(_A.by == person, _is_about(person)))
        if since is not None:
            which.append(_A.at >= since)
        if until is not None:
            which.append(_A.at < until)
        async with self._database.snapshot() as connection:
            async for rows in self._pages(connection, *which):
                for row in rows:
                    yield _record(row)

    async def head(self) -> Head:
        return Head(*(await self._database.execute(_HEAD)).one())

    async def check(self, told: Told | None = None) -> Findings:
        async with self._database.snapshot() as connection:
            head = (await connection.execute(_HEAD)).first()
            checking = Checking(Head(*head) if head else None, told)
            async for rows in self._pages(connection):
                checking.take(rows)
        return checking.end()

    async def forget_before(self, moment: datetime) -> int:
        kept = select(_A.number).where(_A.at >= moment).order_by(_A.number).limit(1)
        first_kept = (await self._database.execute(kept)).scalar()
        head = (await self._database.execute(_HEAD)).first()
        last = 0 if head is None else head.number if first_kept is None else first_kept - 1
        total = 0
        while removed := await self._remove(last):
            total += removed
        return total

    async def _remove(self, last: int) -> int:
        """Removes a portion of the oldest lines, up to `last`, and returns how many."""
        async with self._database.transaction() as connection:
            head = (await connection.execute(select(_H.removed).where(_IS_HEAD).with_for_update())).first()
            if head is None or last <= head.removed:
                return 0
            last = min(last, head.removed + PORTION)
            last_hash = (await connection.execute(select(_A.hash).where(_A.number == last))).scalar()
            there = (await connection.execute(select(func.count()).where(_A.number <= last))).scalar_one()
            if last_hash is None or there != last - head.removed:  # what is missing is left for `check` to find
                return 0
            await connection.execute(delete(audit).where(_A.number <= last))
            await connection.execute(update(audit_head).where(_IS_HEAD).values(removed=last, removed_hash=last_hash))
        return there

    async def _pages(self, connection: AsyncConnection, *which: ColumnElement[bool]) -> AsyncIterator[list[Row]]:
        """Yields rows in the order of their numbers, just as they are stored, whatever somebody may have put there."""
        is_sqlite = self._database.engine.dialect.name == "sqlite"
        as_stored = LargeBinary() if is_sqlite else Text()  # SQLite's texts may be none
        in_utc = func.to_char(func.timezone("UTC", _A.at), "YYYY-MM-DD HH24:MI:SS.US")
        texts = (cast(_A[name], as_stored) for name in ("by", "action", "project", "detail", "hash"))
        at = cast(_A.at, as_stored) if is_sqlite else in_utc
        rows = select(_A.number, at, *texts).where(*which).order_by(_A.number).limit(_PAGE)
        last: int | None = None
        while True:
            more = rows if last is None else rows.where(_A.number > last)
            page = [_row(*row) for row in await connection.execute(more)]
            yield page
            if len(page) < _PAGE:
                return
            last = page[-1].number


async def write_down(connection: AsyncConnection, *entries: AuditEntry) -> None:
    """Comes last in a transaction, and in work done together just before its end: from then on all others who write
    wait for that, so it must not wait for them."""
    if entries and not put_off(connection, _write_down, *entries):
        await _write_down(connection, *entries)


async def _write_down(connection: AsyncConnection, *entries: AuditEntry) -> None:
    head = (await connection.execute(select(_H.number, _H.hash).where(_IS_HEAD).with_for_update())).one()
    number, before = head.number, head.hash
    rows = []
    for entry in entries:
        number += 1
        detail = written_detail(entry.detail)
        row = Row(number, written(entry.at), entry.by, entry.action.value, entry.project, detail)
        before = row.digest(before)
        stored = {"number": number, "at": entry.at, "by": entry.by, "action": entry.action, "project": entry.project}
        rows.append(stored | {"detail": json.loads(detail), "hash": before})
    await connection.execute(insert(audit), rows)
    await connection.execute(update(audit_head).where(_IS_HEAD).values(number=number, hash=before))


def _row(number: int, at: Any, *texts: Any) -> Row:
    when, *others = (text.decode(errors="replace") if isinstance(text, bytes) else text for text in (at, *texts))
    return Row(number, when.replace(" ", "T", 1), *others)


async def count_about(connection: AsyncConnection, person: PersonId) -> int:
    """Counts the lines of what the person did, and of what was done about them."""
    theirs = select(func.count()).select_from(audit).where(or_(_A.by == person, _is_about(person)))
    return (await connection.execute(theirs)).scalar_one()


def _is_about(person: PersonId) -> ColumnElement[bool]:
    """Everybody is meant, too, by what names everybody."""
    detail = cast(_A.detail, Text)
    return or_(*(detail.contains(json.dumps(one), autoescape=True) for one in (person, EVERYBODY)))


def _record(row: Row) -> AuditRecord:
    try:
        detail = json.loads(row.detail)
    except (ValueError, RecursionError):
        detail = None
    try:
        at = datetime.fromisoformat(row.at).replace(tzinfo=UTC)
    except ValueError:
        at = None
    return AuditRecord(row.number, at, row.by, row.action, row.project, detail if isinstance(detail, dict) else None)
