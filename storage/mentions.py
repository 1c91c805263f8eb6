"""Forgets those whom files named by an address alone, and whom nothing names any more."""

from __future__ import annotations

import json

from sqlalchemy import Text, cast, delete, exists, select
from sqlalchemy.ext.asyncio import AsyncConnection

from portfolio.identity import PersonId
from portfolio.organisation import Standing
from storage.data_map import DATA_MAP, Purpose, Shown
from storage.database import Database, chunks
from storage.organisation import people
from storage.version import lock_portfolio, raise_version

# What names people, but for the audit log: it keeps nobody.
NAMING = [
    line
    for line in DATA_MAP
    if line.shown in (Shown.BY_ID, Shown.IN_LIST, Shown.IN_DOCUMENT)
    if line.column is not people.c.id and line.purpose is not Purpose.PROOF
]
_IDS = [line.table.alias().c[line.column.name] for line in NAMING if line.shown is Shown.BY_ID]
_DOCUMENTS = [line.column for line in NAMING if line.shown is not Shown.BY_ID]


async def forget_unmentioned(database: Database) -> int:
    """Looks through all that may name them before anybody has to wait; imports, which name people anew, wait only while
    it looks once more where ids stand. Returns how many there were."""
    async with database.snapshot() as connection:
        unnamed = [one for one in await _named_by_no_id(connection) if not await _is_in_documents(connection, one)]
    if not unnamed:
        return 0
    async with database.transaction() as connection:
        await lock_portfolio(connection)
        gone = [person for person in await _named_by_no_id(connection) if person in unnamed]
        for ids in chunks(gone):
            await connection.execute(delete(people).where(people.c.id.in_(ids)))
        await raise_version(connection)
    return len(gone)


async def _named_by_no_id(connection: AsyncConnection) -> list[PersonId]:
    by_no_id = (~exists().where(column == people.c.id) for column in _IDS)
    mentioned = select(people.c.id).where(people.c.standing == Standing.MENTIONED, *by_no_id)
    return list((await connection.execute(mentioned.order_by(people.c.id))).scalars())


async def _is_in_documents(connection: AsyncConnection, person: PersonId) -> bool:
    for column in _DOCUMENTS:
        holds = cast(column, Text).contains(json.dumps(person), autoescape=True)
        if (await connection.execute(select(exists().where(holds)))).scalar():
            return True
    return False
