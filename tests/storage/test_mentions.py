"""Whom a file named by an address alone is known as long as anything names them, wherever that is."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Connection, MetaData, Table, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from portfolio.organisation import Standing
from storage.data_map import Line, Shown
from storage.database import Database
from storage.mentions import NAMING, forget_unmentioned
from storage.organisation import people
from storage.retention import SqlRetention
from storage.version import portfolio_state
from tests.kit.rows import fill
from tests.world.people import SOREN, mentioned

GUEST = mentioned("gaest@konsulent.example").id


async def put(connection: AsyncConnection) -> None:
    row = {"id": GUEST, "name": GUEST, "roles": (), "standing": Standing.MENTIONED}
    await connection.execute(insert(people).values(row))


async def those_mentioned(database: Database) -> list[str]:
    found = select(people.c.id).where(people.c.standing == Standing.MENTIONED)
    return list((await database.execute(found)).scalars())


async def test_who_is_named_nowhere_is_forgotten_and_the_portfolio_is_a_new_one(database: Database) -> None:
    version = select(portfolio_state.c.version)
    async with database.transaction() as connection:
        await put(connection)
    before = (await database.execute(version)).scalar_one()
    assert await SqlRetention(database).forget_unmentioned() == 1
    assert await those_mentioned(database) == []
    assert (await database.execute(version)).scalar_one() == before + 1
    assert await SqlRetention(database).forget_unmentioned() == 0
    assert (await database.execute(version)).scalar_one() == before + 1


@pytest.mark.parametrize("line", NAMING, ids=[line.name for line in NAMING])
async def test_who_is_named_anywhere_is_kept(sqlite_database: Database, line: Line) -> None:
    async with sqlite_database.transaction() as connection:
        await connection.run_sync(fill)
        await connection.execute(delete(people))
        await put(connection)
        named_before = await connection.run_sync(name_in, line, GUEST)
    assert await forget_unmentioned(sqlite_database) == 0
    async with sqlite_database.transaction() as connection:
        await connection.run_sync(name_in, line, named_before)
    assert await forget_unmentioned(sqlite_database) == 1


def name_in(connection: Connection, line: Line, person: Any) -> Any:
    """Names somebody in the first row, as it is stored, and returns what was there."""
    as_stored = Table(line.table.name, MetaData(), autoload_with=connection)
    if line.table is people and person == GUEST:
        somebody = {"id": SOREN.id, "name": SOREN.name, "roles": [], "standing": "here", "is_from_directory": False}
        connection.execute(insert(as_stored).values(somebody))
    keys, column = as_stored.primary_key.columns, as_stored.c[line.column.name]
    others = [as_stored.c.id != GUEST] if line.table is people else []
    before = connection.execute(select(column, *keys).where(*others).order_by(*keys)).first()
    assert before is not None
    shapes = {Shown.IN_LIST: [SOREN.id, person], Shown.IN_DOCUMENT: {"a": [person]}}
    value = shapes.get(line.shown, person) if person == GUEST else person
    where = [key == part for key, part in zip(keys, before[1:], strict=True)]
    connection.execute(update(as_stored).where(*where).values({column.name: value}))
    return before[0]
