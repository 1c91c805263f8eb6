"""Forgets what the data map says is too old: in portions, so that nobody who writes waits long."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, ColumnElement, Date, Table, delete, exists, null, select, tuple_, update

from portfolio.identity import PersonId
from storage.audit import SqlAuditLog
from storage.data_map import DATA_MAP, For, Forgetting, Line
from storage.database import PORTION, Database
from storage.mentions import forget_unmentioned
from storage.organisation import people
from storage.schema import metadata

# In this order rows go that point at others: `reminded` before `deliveries`, and those before `runs`.
_ORDER = {table.name: place for place, table in enumerate(reversed(metadata.sorted_tables))}


def times() -> list[tuple[Line, For]]:
    """Lists each time of the map once, with the first column that is kept for it."""
    first: dict[tuple[Table, For], Line] = {}
    for line in DATA_MAP:
        for kept in line.kept:
            if isinstance(kept, For):
                first.setdefault((line.table, kept), line)
    by_place = sorted(first.items(), key=lambda one: _ORDER[one[1].table.name])
    return [(line, rule) for (_, rule), line in by_place]


class SqlRetention:
    """Implements portfolio.ports.retention.Retention."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._audit = SqlAuditLog(database)

    async def forget(self, now: datetime, real_now: datetime, longest: timedelta | None = None) -> Mapping[str, int]:
        forgotten: Counter[str] = Counter()
        for line, rule in times():
            if longest is not None and rule.time > longest:
                continue
            before = _limit(rule, now, real_now)
            match rule.forgetting:
                case Forgetting.ROWS:
                    forgotten[line.table.name] += await self._delete(line.table, rule, before)
                case Forgetting.WORDS:
                    forgotten[line.name] += await self._empty(line.column, rule, before)
                case Forgetting.CHAIN:
                    forgotten[line.table.name] += await self._audit.forget_before(before)
                case Forgetting.FORMS | Forgetting.PERSON:
                    pass  # whoever began a form is told; and people are erased with all that is theirs
        return +forgotten

    async def forget_unmentioned(self) -> int:
        return await forget_unmentioned(self._database)

    async def to_be_erased(self, now: datetime, real_now: datetime) -> list[PersonId]:
        (rule,) = (rule for _, rule in times() if rule.forgetting is Forgetting.PERSON)
        old = select(people.c.id).where(*_is_old(people, rule, _limit(rule, now, real_now)))
        return list((await self._database.execute(old.order_by(people.c.left_at, people.c.id))).scalars())

    async def _delete(self, table: Table, rule: For, before: datetime) -> int:
        key = tuple_(*table.primary_key.columns)
        old = select(*table.primary_key.columns).where(*_is_old(table, rule, before), *_is_unneeded(table))
        return await self._in_portions(delete(table).where(key.in_(old.limit(PORTION))))

    async def _empty(self, column: Column[Any], rule: For, before: datetime) -> int:
        table: Table = column.table
        key = tuple_(*table.primary_key.columns)
        old = select(*table.primary_key.columns).where(*_is_old(table, rule, before), column.is_not(null()))
        return await self._in_portions(update(table).where(key.in_(old.limit(PORTION))).values({column.name: None}))

    async def _in_portions(self, statement: Any) -> int:
        """Executes it, each time on its own, until it finds no full portion any more."""
        total = 0
        while True:
            count = (await self._database.execute(statement)).rowcount
            total += count
            if count < PORTION:
                return total


def _limit(rule: For, now: datetime, real_now: datetime) -> datetime:
    return (real_now if rule.is_real else min(now, real_now)) - rule.time


def _is_old(table: Table, rule: For, before: datetime) -> list[ColumnElement[bool]]:
    since = table.c[rule.since]
    # Of a day's row the whole day counts: it is kept until the day is over.
    limit = before.date() if isinstance(since.type, Date) else before
    return [since < limit, *(table.c[name] == value for name, value in rule.where)]


def _is_unneeded(table: Table) -> list[ColumnElement[bool]]:
    """Says that no row points at it any more."""
    return [
        ~exists().where(key.parent == key.column)
        for other in metadata.sorted_tables
        for key in other.foreign_keys
        if key.column.table is table
    ]
