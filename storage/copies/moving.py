"""All tables of one database, written into another that may be of the other kind."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Table,
    bindparam,
    func,
    insert,
    inspect,
    select,
)
from sqlalchemy import text as sql
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.copies import sqlite_file
from storage.copies.files import CopyError, Progress
from storage.database import Database
from storage.migrating import require_current, upgrade_within
from storage.plain_rows import plain, plain_rows
from storage.schema import metadata

_OTHERS = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND usename = current_user AND backend_type = 'client backend'
    AND pid <> pg_backend_pid()
"""


@dataclass(frozen=True, slots=True)
class Held:
    """The rows of a table: how many there are, and what they sum up to in whatever order they come."""

    rows: int = 0
    checksum: int = 0

    def and_also(self, rows: list[dict[str, Any]]) -> Held:
        return Held(self.rows + len(rows), (self.checksum + sum(map(_digest, rows))) % 2**256)


async def move(source: Database, target: Database, progress: Progress | None = None) -> dict[str, Held]:
    """Copies all tables into a blank database, which gets the schema first; all or nothing. Nobody writes in the source
    meanwhile. Gives what was moved, by table. Raises CopyError, SchemaTooOldError, SchemaTooNewError and
    DatabaseError."""
    async with target.connect() as looking:
        await require_blank(looking)  # it may be the source itself
    await require_current(source)
    await source.close()  # else our own connections would be taken for somebody else's
    if source.engine.dialect.name == "sqlite":
        sqlite_file.gather(Path(source.engine.url.database or ""))
    async with source.transaction() as reading:
        await _hold_still(reading)
        async with target.transaction() as writing:
            await require_blank(writing)
            await upgrade_within(writing)
            return await _copy_all(reading, writing, progress)


async def copy_as_it_is(source: Database, target: Database) -> None:
    """Copies all tables, as they are at this moment, into a new database of the same schema. Others go on working in
    the source. Raises CopyError and DatabaseError."""
    async with source.snapshot() as reading, target.transaction() as writing:
        await _copy_all(reading, writing, None)


async def require_blank(connection: AsyncConnection) -> None:
    """Raises CopyError where there is any table."""
    if await connection.run_sync(lambda inspected: inspect(inspected).get_table_names()):
        raise CopyError("not_blank")


async def _hold_still(source: AsyncConnection) -> None:
    """Sees one moment, and keeps writers out until the end. Raises CopyError where somebody is at work: whatever they
    write next would be left behind."""
    if source.dialect.name == "sqlite":
        return  # a transaction that writes has begun, and keeps out all others
    await source.execute(sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
    await source.execute(sql("SET LOCAL lock_timeout = '5s'"))
    names = ", ".join(f'"{table.name}"' for table in metadata.sorted_tables)
    try:
        await source.execute(sql(f"LOCK TABLE {names} IN SHARE MODE"))
    except OperationalError as error:
        raise CopyError("not_alone") from error
    if (await source.execute(sql(_OTHERS))).scalar_one():
        raise CopyError("not_alone")


async def _copy_all(source: AsyncConnection, target: AsyncConnection, progress: Progress | None) -> dict[str, Held]:
    tables = metadata.sorted_tables
    counts = [(await source.execute(select(func.count()).select_from(table))).scalar_one() for table in tables]
    moved: dict[str, Held] = {}
    done = 0
    for table in tables:
        await target.execute(table.delete())  # a row that the schema begins with
        held = Held()
        async for rows in plain_rows(source, table):
            await target.execute(_insertion(table), rows)
            held, done = held.and_also(rows), done + len(rows)
            if progress:
                progress(done, sum(counts))
        await _go_on_counting(target, table)
        moved[table.name] = held
    for table in tables:
        if await _held(target, table) != moved[table.name]:
            raise CopyError("differs", table=table.name)
    return moved


async def _held(connection: AsyncConnection, table: Table) -> Held:
    held = Held()
    async for rows in plain_rows(connection, table):
        held = held.and_also(rows)
    return held


def _insertion(table: Table) -> Any:
    return insert(table).values({column.name: bindparam(column.name, type_=plain(column)) for column in table.columns})


async def _go_on_counting(connection: AsyncConnection, table: Table) -> None:
    """Lets PostgreSQL number new rows after those that were copied; SQLite looks at the rows themselves."""
    column = table.autoincrement_column
    if connection.dialect.name != "postgresql" or column is None or column.autoincrement is not True:
        return
    last = (await connection.execute(select(func.max(column)))).scalar()
    if last is not None:
        sequence = func.pg_get_serial_sequence(table.name, column.name)
        await connection.execute(select(func.setval(sequence, last)))


def _digest(row: dict[str, Any]) -> int:
    written = json.dumps(row, default=_written, sort_keys=True)
    return int.from_bytes(hashlib.sha256(written.encode()).digest())


def _written(value: Any) -> str:
    return str(value.normalize() + 0) if isinstance(value, Decimal) else value.isoformat()
