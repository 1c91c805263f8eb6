"""Erases people: what is theirs goes, and what others wrote of them names them no more."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, exists, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from portfolio.identity import PersonId
from storage.data_map import Erased, Line
from storage.plain_rows import plain
from storage.privacy.finding import Findings, Row, find
from storage.privacy.traces import read_traces
from storage.projects.tables import made_of_words, projects
from storage.schema import metadata
from storage.version import lock_portfolio, raise_version

_P = projects.c
_WORDS = (_P.number, _P.title, _P.aliases, _P.case_number, _P.description)


async def erase(connection: AsyncConnection, persons: Collection[PersonId], instead: str) -> Findings:
    """Puts the words `instead` in the place of their names. Waits for all who write to the portfolio, so it comes first
    in a transaction. Returns what was found."""
    await lock_portfolio(connection)
    findings = await find(connection, await read_traces(connection, persons))
    for row in reversed(findings.rows):  # what points at others goes before them
        if is_deleted(row):
            await _delete(connection, row)
    for row in findings.rows:
        if not is_deleted(row) and (changes := changes_of(row, findings, instead)):
            await _change(connection, row, changes)
    await raise_version(connection)
    return findings


def is_deleted(row: Row) -> bool:
    return any(line.erased is Erased.ROW for line in row.by)


def changes_of(row: Row, findings: Findings, instead: str) -> dict[str, Any]:
    """Gives the new values of the columns that change."""
    return {
        line.column.name: _changed(line, row.values[line.column.name], findings, instead)
        for line in row.by
        if line.erased is not Erased.STAYS
    }


def _changed(line: Line, value: Any, findings: Findings, instead: str) -> Any:
    match line.erased:
        case Erased.EMPTIED:
            return None
        case Erased.TAKEN_OUT:
            return [one for one in value if one not in findings.traces.ids]
        case Erased.REWORDED:
            return findings.traces.naming.reworded(value, instead)
    raise ValueError(f"{line.name} can't be changed")


async def _delete(connection: AsyncConnection, row: Row) -> None:
    for table in metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column.table is row.table:
                points_at = key.parent == row.values[key.column.name]
                await connection.execute(delete(table).where(points_at))
    await connection.execute(delete(row.table).where(*_is(row.table, row.key)))


async def _change(connection: AsyncConnection, row: Row, changes: Mapping[str, Any]) -> None:
    key = {**row.key, **{name: value for name, value in changes.items() if name in row.key}}
    if key != row.key:
        key = await _free(connection, row.table, key, changes)
    values = {**changes, **{name: key[name] for name in changes if name in key}}
    written = {name: literal(value, plain(row.table.c[name])) for name, value in values.items()}
    await connection.execute(update(row.table).where(*_is(row.table, row.key)).values(written))
    if row.table is projects:
        await _remake(connection, row)


async def _free(
    connection: AsyncConnection, table: Table, key: Mapping[str, Any], changes: Mapping[str, Any]
) -> dict[str, Any]:
    """Finds a key like that which no row has: two titles may have become the same."""
    free, number = dict(key), 1
    while (await connection.execute(select(exists().where(*_is(table, free))))).scalar():
        number += 1
        free |= {name: f"{key[name]} ({number})" for name in changes if name in key}
    return free


async def _remake(connection: AsyncConnection, row: Row) -> None:
    """Works out anew what follows from the words of a project."""
    is_it = _is(projects, row.key)
    words = (await connection.execute(select(*_WORDS).where(*is_it))).one()
    await connection.execute(update(projects).where(*is_it).values(made_of_words(*words)))


def _is(table: Table, key: Mapping[str, Any]) -> list[ColumnElement[bool]]:
    return [table.c[name] == literal(value, plain(table.c[name])) for name, value in key.items()]
