"""Of those who left before anybody wrote down when, the time is counted from the migration."""

from __future__ import annotations

from datetime import UTC, datetime

from alembic import command
from sqlalchemy import Connection, text

from storage.database import open_database
from storage.migrating import configuration, upgrade
from storage.organisation import people


def _to_schema_before(connection: Connection) -> None:
    config = configuration()
    config.attributes["connection"] = connection
    command.upgrade(config, "0012")
    row = text("INSERT INTO people (id, name, roles, standing) VALUES (:id, :id, '[]', :standing)")
    for standing in ("here", "left", "mentioned"):
        connection.execute(row, {"id": standing, "standing": standing})


async def test_only_those_who_left_have_a_time_and_it_is_now(blank_url: str) -> None:
    database = open_database(blank_url)
    async with database.transaction() as connection:
        await connection.run_sync(_to_schema_before)
    before = datetime.now(UTC)
    await upgrade(database)
    rows = await database.execute(text("SELECT id FROM people WHERE left_at IS NOT NULL"))
    assert [row.id for row in rows] == ["left"]
    left_at = (await database.execute(people.select().where(people.c.id == "left"))).mappings().one()["left_at"]
    assert before <= left_at <= datetime.now(UTC)
    await database.close()
