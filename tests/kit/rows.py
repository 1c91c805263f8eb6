"""Rows for every table there is, whatever the schema: a few of each, that its columns and foreign keys allow."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Enum,
    Integer,
    MetaData,
    Numeric,
    Table,
    func,
    insert,
    select,
    update,
)

from portfolio.projects.status import StatusReport
from portfolio.status.reporting import Snapshot
from storage.columns import Codes, Exact, Instant
from storage.database import Database, open_database
from storage.schema import metadata

ROWS = 3
_DAY = date(2026, 3, 2)
_MOMENT = datetime(2026, 3, 2, 8, 0, 0, 1, UTC)
# Those that hold one row, of which nothing else is ever read.
_SINGLE = ("sending", "portfolio_state", "audit_head")
_PEOPLE = {
    *("email", "lead", "owner", "author", "responsible", "manager", "chair", "secretary", "person", "by", "deputy"),
    *("bound_by", "opened_by", "decided_by", "recipient"),
}
_LISTS = ("roles", "aliases", "focus_areas", "goals", "members", "problems")


def fill(connection: Connection) -> dict[str, int]:
    """Fills all tables that are empty; returns how many rows each holds."""
    found = MetaData()
    found.reflect(connection)
    tables = [table for table in found.sorted_tables if table.name != "alembic_version"]
    for table in tables:
        if not _count(connection, table):
            for n in range(1 if table.name in _SINGLE else ROWS):
                connection.execute(insert(table).values(_row(table, n)))
            _go_on_counting(connection, table)
            if table.name == "audit" and "audit_head" in found.tables:  # the next line comes after these
                connection.execute(update(found.tables["audit_head"]).values(number=ROWS))
    return {table.name: _count(connection, table) for table in tables}


def _go_on_counting(connection: Connection, table: Table) -> None:
    for column in table.columns:
        if "nextval" in str(getattr(column.server_default, "arg", "")):
            sequence = func.pg_get_serial_sequence(table.name, column.name)
            connection.execute(select(func.setval(sequence, ROWS)))


def counts(connection: Connection) -> dict[str, int]:
    found = MetaData()
    found.reflect(connection)
    return {table.name: _count(connection, table) for table in found.sorted_tables if table.name != "alembic_version"}


async def fill_all(url: str) -> None:
    """Fills the tables of a database that has the schema."""
    database = open_database(url)
    async with database.transaction() as connection:
        await connection.run_sync(fill)
    await database.close()


async def contents(database: Database) -> dict[str, list[str]]:
    """All there is, by table."""

    def read(connection: Connection) -> dict[str, list[str]]:
        found = MetaData()
        found.reflect(connection)
        return {table.name: sorted(map(repr, connection.execute(select(table)))) for table in found.sorted_tables}

    async with database.engine.connect() as connection:
        return await connection.run_sync(read)


async def contents_of(url: str) -> dict[str, list[str]]:
    database = open_database(url)
    try:
        return await contents(database)
    finally:
        await database.close()


def _count(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


def a_row(table: Table, n: int, **values: Any) -> dict[str, Any]:
    """A row that says as little as it may but for `values`. Of those that it points at, it points at number `n`."""
    required = {name: _value(table, column, n) for name, column in table.columns.items() if not column.nullable}
    return required | values


def _row(table: Table, n: int) -> Mapping[str, Any]:
    # Every other row says as little as it may.
    return {column.name: _value(table, column, n) for column in table.columns if n % 2 == 0 or not column.nullable}


def _value(table: Table, column: Column[Any], n: int) -> Any:
    for key in column.foreign_keys:
        return _value(key.column.table, key.column, n)
    if (codes := _codes(table, column)) is not None:
        return codes[n % len(codes)]
    match column.type:
        case Boolean():
            return False
        case JSON() | Codes():
            return _document(table, column)
        case Date():
            return _DAY + timedelta(days=n)
        case DateTime() | Instant():
            return _MOMENT + timedelta(days=n)
        case Integer() | Numeric() | Exact():
            return n + 1
        case _ if column.name == "id":
            return f"id-{n}"
        case _ if column.name in _PEOPLE:
            return f"maja{n}@birkefjord.example"
        case _:
            return f"{n}" if getattr(column.type, "length", None) else f"{column.name}-{n} æøå »'%"


def _codes(table: Table, column: Column[Any]) -> list[str] | None:
    """The codes that such a column may hold: the newest schema knows."""
    newest = metadata.tables.get(table.name)
    kind = newest.columns[column.name].type if newest is not None and column.name in newest.columns else None
    return kind.enums if isinstance(kind, Enum) else None


def _document(table: Table, column: Column[Any]) -> Any:
    if table.name == "publications":
        return _REPORT if column.name == "report" else _SNAPSHOT
    return [] if column.name in _LISTS else {"æ": [1, 2.5, None]} if column.name == "answers" else {}


_REPORT = TypeAdapter(StatusReport).dump_python(StatusReport("number-0", _DAY), mode="json")
_SNAPSHOT = TypeAdapter(Snapshot).dump_python(Snapshot(), mode="json")
