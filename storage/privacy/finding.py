"""Finds the rows in which people stand, in all tables, as the data map says."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, Text, cast, false, func, or_, true
from sqlalchemy.ext.asyncio import AsyncConnection

from portfolio.privacy.naming import ordinary, texts_in
from storage.audit import audit
from storage.data_map import DATA_MAP, Line, Shown, Whose
from storage.plain_rows import plain_rows
from storage.privacy.traces import Traces
from storage.schema import metadata

# The audit log is never changed; it is read by itself.
_LOG = {audit}
# SQLite's statements nest only so deep; for more people all rows are read.
_MOST_PARTS = 200


@dataclass(frozen=True)
class Row:
    """A row as it stands, and the lines of the map `by` which somebody is found in it."""

    table: Table
    values: Mapping[str, Any]
    by: tuple[Line, ...]

    @property
    def is_theirs(self) -> bool:
        return any(line.whose in (Whose.OWN, Whose.ACCOUNT) for line in self.by)

    @property
    def key(self) -> dict[str, Any]:
        return {column.name: self.values[column.name] for column in self.table.primary_key.columns}


@dataclass(frozen=True)
class Findings:
    """The rows, in the order of the tables. `unsure` are those that hold a word which may be a name of theirs, but
    mostly isn't one."""

    traces: Traces
    rows: tuple[Row, ...]
    unsure: tuple[Row, ...] = ()


async def find(connection: AsyncConnection, traces: Traces) -> Findings:
    rows: list[Row] = []
    tally: Counter[tuple[str, bool]] = Counter()
    for table, lines in _by_table().items():
        async for values in _rows(connection, table, lines, traces):
            if by := tuple(line for line in lines if _stands_in(line, values[line.column.name], traces)):
                rows.append(Row(table, values, by))
                for line in by:
                    if line.whose is Whose.WORDED:
                        tally += traces.naming.tally(values[line.column.name])
    surer = replace(traces, naming=traces.naming.without(ordinary(tally)))
    sure, unsure = list[Row](), list[Row]()
    for row in rows:
        by = tuple(line for line in row.by if _stands_in(line, row.values[line.column.name], surer))
        (sure if by else unsure).append(replace(row, by=by or row.by))
    return Findings(surer, tuple(sure), tuple(unsure))


def _by_table() -> dict[Table, list[Line]]:
    """Lists the lines by which somebody is found, by table, what others point at first."""
    lines: dict[Table, list[Line]] = defaultdict(list)
    for line in DATA_MAP:
        if line.shown in FINDS:
            lines[line.table].append(line)
    return {table: lines[table] for table in metadata.sorted_tables if table in lines and table not in _LOG}


async def _rows(
    connection: AsyncConnection, table: Table, lines: Sequence[Line], traces: Traces
) -> AsyncIterator[Mapping[str, Any]]:
    """Yields the rows in which they may stand, as far as the database can tell."""
    async for rows in plain_rows(connection, table, or_(*(_may_stand_in(line, traces) for line in lines))):
        for row in rows:
            yield row


def _may_stand_in(line: Line, traces: Traces) -> ColumnElement[bool]:
    column = line.column
    match line.shown:
        case Shown.BY_ID:
            return column.in_(traces.ids)
        case Shown.BY_ACCOUNT:
            return column.in_(traces.accounts)
        case Shown.BY_CHAT:
            return column.in_(traces.chats)
        case Shown.IN_LIST:
            return _holds_any(column, traces.ids)
    signs = traces.naming.signs
    return true() if signs is None else _holds_any(column, signs | traces.ids)


def _holds_any(column: Column[Any], parts: Collection[str]) -> ColumnElement[bool]:
    if len(parts) > _MOST_PARTS:
        return true()
    text = func.lower(cast(column, Text))
    return or_(false(), *(text.contains(part, autoescape=True) for part in parts))


def _stands_in(line: Line, value: Any, traces: Traces) -> bool:
    return value is not None and FINDS[line.shown](value, traces)


def texts_naming(document: Any, traces: Traces) -> tuple[str, ...]:
    """Lists the texts of a document that hold their names, or their ids as a part."""
    return tuple(text for text in texts_in(document) if _is_named(text, traces))


def _is_named(document: Any, traces: Traces) -> bool:
    ids = re.compile("|".join(map(re.escape, traces.ids)))
    return any(ids.search(text) for text in texts_in(document)) or traces.naming.is_in(document)


FINDS: Mapping[Shown, Callable[[Any, Traces], bool]] = {
    Shown.BY_ID: lambda value, traces: value in traces.ids,
    Shown.IN_LIST: lambda value, traces: not traces.ids.isdisjoint(value),
    Shown.IN_DOCUMENT: _is_named,
    Shown.BY_WORDS: lambda value, traces: traces.naming.is_in(value),
    Shown.BY_ACCOUNT: lambda value, traces: value in traces.accounts,
    Shown.BY_CHAT: lambda value, traces: value in traces.chats,
}
