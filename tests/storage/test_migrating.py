import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, text

from storage.database import Database, open_database
from storage.migrating import SchemaTooNewError, SchemaTooOldError, current_revision, require_current, upgrade
from storage.schema import metadata


def _differences(connection: Connection) -> list[object]:
    options = {"compare_type": True, "compare_server_default": True}
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))


async def test_migrated_database_has_the_tables_that_the_code_expects(database: Database) -> None:
    async with database.engine.connect() as connection:
        assert await connection.run_sync(_differences) == []


async def test_operator_brings_a_blank_database_up_to_date(blank_url: str) -> None:
    database = open_database(blank_url)
    assert await current_revision(database.engine) is None
    with pytest.raises(SchemaTooOldError, match="tovholder migrate"):
        await require_current(database.engine)
    await upgrade(database.engine)
    await require_current(database.engine)
    await database.close()


async def test_upgrading_twice_changes_nothing(database: Database) -> None:
    before = await current_revision(database.engine)
    await upgrade(database.engine)
    assert await current_revision(database.engine) == before


async def test_database_of_a_newer_version_is_refused_and_left_alone(database: Database) -> None:
    async with database.transaction() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SchemaTooNewError, match="9999"):
        await upgrade(database.engine)
    with pytest.raises(SchemaTooNewError, match="9999"):
        await require_current(database.engine)
    assert await current_revision(database.engine) == "9999"


async def test_upgrade_that_fails_half_way_leaves_nothing_behind(blank_url: str) -> None:
    database = open_database(blank_url)
    async with database.transaction() as connection:
        await connection.execute(text("CREATE TABLE welcomes (in_the_way INTEGER)"))
    with pytest.raises(Exception, match="welcomes"):
        await upgrade(database.engine)
    assert await current_revision(database.engine) is None
    await database.close()
