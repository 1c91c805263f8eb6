"""Every migration is tried on data of the schema before it, and killed in the middle."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from storage.columns import metadata
from storage.database import Database, open_database
from storage.migrating import configuration, current_revision, require_current, upgrade
from tests.kit.rows import contents, counts, fill

ROOT = Path(__file__).parents[2]
REVISIONS = sorted(script.revision for script in ScriptDirectory.from_config(configuration()).walk_revisions())
STEPS = list(zip(REVISIONS, [*REVISIONS[1:], "head"], strict=True))
# The tables that a migration gives more rows, and why.
GROWS = {"0004": {"meetings"}}  # those that stand nowhere any more, but changed or had a round, are brought back
KILLS = 8


def to(connection: Connection, revision: str) -> None:
    config = configuration()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


async def at_schema(url: str, revision: str) -> tuple[Database, dict[str, int]]:
    """A database of that schema, with rows in every table."""
    database = open_database(url)
    async with database.transaction() as connection:
        await connection.run_sync(to, revision)
        return database, await connection.run_sync(fill)


@pytest.fixture(params=STEPS, ids=["-".join(step) for step in STEPS])
def step(request: pytest.FixtureRequest) -> tuple[str, str]:
    return request.param


async def test_every_table_keeps_its_rows_in_the_next_schema_and_in_this_versions(
    blank_url: str, step: tuple[str, str]
) -> None:
    before, after = step
    database, filled = await at_schema(blank_url, before)
    assert all(filled.values())
    async with database.transaction() as connection:
        await connection.run_sync(to, after)
        kept = await connection.run_sync(counts)
    for table, rows in filled.items():
        assert kept[table] > rows if table in GROWS.get(after, ()) else kept[table] == rows, table
    await upgrade(database)
    await require_current(database)
    async with database.engine.connect() as connection:
        assert await connection.run_sync(_differences) == []
        assert (await connection.run_sync(counts)).items() >= kept.items()
    await database.close()


def _differences(connection: Connection) -> list[object]:
    options = {"compare_type": True, "compare_server_default": True}
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))


async def test_migration_that_is_killed_changes_nothing_and_is_done_the_next_time(blank_url: str) -> None:
    """Over all migrations there are, at points from the first statement to the last."""
    database, _ = await at_schema(blank_url, REVISIONS[0])
    before = await contents(database)
    await database.close()
    helper = [sys.executable, "-m", "tests.kit.killed_migration", blank_url, str(KILLS)]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    killed = await asyncio.to_thread(
        subprocess.run, helper, check=True, cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert int(killed.stdout) > KILLS
    assert await contents(database) == before
    assert await current_revision(database) == REVISIONS[0]
    await upgrade(database)
    await require_current(database)
    async with database.engine.connect() as connection:
        assert await connection.run_sync(_differences) == []
    await database.close()
