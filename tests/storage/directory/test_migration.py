"""A database from before there was a directory: whom nothing speaks for stays as they were."""

from __future__ import annotations

from datetime import UTC

from alembic import command
from sqlalchemy import Connection, MetaData, insert, select

from portfolio.organisation import Standing
from portfolio.working_time import WorkingTime
from storage.database import Database, open_database
from storage.directory.store import SqlDirectory, SyncState
from storage.migrating import configuration, upgrade
from storage.organisation import former_addresses, people
from tests.world.people import INGE, SOREN, mentioned


def _to_ninth(connection: Connection) -> None:
    config = configuration()
    config.attributes["connection"] = connection
    command.upgrade(config, "0009")
    old = MetaData()
    old.reflect(connection)
    for person in (SOREN, INGE, mentioned("kun@birkefjord.example")):
        row = {"id": person.id, "name": person.name, "email": person.email, "standing": person.standing.value}
        roles = [role.value for role in person.roles]
        connection.execute(insert(old.tables["people"]).values(**row, roles=roles))


async def test_people_are_who_they_were_and_no_directory_speaks_for_them(blank_url: str) -> None:
    database: Database = open_database(blank_url)
    async with database.transaction() as connection:
        await connection.run_sync(_to_ninth)
    await upgrade(database)
    rows = (await database.execute(select(people).order_by(people.c.email))).all()
    assert [(row.name, row.roles, row.standing, row.is_from_directory) for row in rows] == [
        (INGE.name, INGE.roles, Standing.HERE, False),
        ("kun@birkefjord.example", (), Standing.MENTIONED, False),
        (SOREN.name, SOREN.roles, Standing.HERE, False),
    ]
    assert (await database.execute(select(former_addresses))).all() == []
    assert await SqlDirectory(database, WorkingTime(UTC)).state() == SyncState()
    await database.close()
