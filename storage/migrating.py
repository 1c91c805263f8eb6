"""Brings a database to the schema of this version of the code."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Database
from storage.projects.summary_columns import renew_all

_MIGRATING = 7_061_421  # any number, the same for everyone who migrates this schema


class SchemaTooNewError(Exception):
    """The database was written by a newer version of Tovholder."""


class SchemaTooOldError(Exception):
    """The database waits for `tovholder migrate`."""


async def upgrade(database: Database) -> None:
    """Brings it to the newest schema, in one transaction. Raises SchemaTooNewError and changes nothing when it is newer
    yet, and DatabaseError."""
    async with database.transaction() as connection:
        await upgrade_within(connection)


async def upgrade_within(connection: AsyncConnection) -> None:
    """Does what `upgrade` does, in a transaction that goes on. Raises SchemaTooNewError."""
    if connection.dialect.name == "postgresql":
        await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATING})
    before = await connection.run_sync(_revision)
    await connection.run_sync(_upgrade)
    if before not in (None, await connection.run_sync(_revision)):
        await renew_all(connection)  # newer schemas keep more of what follows from reports and milestones


async def current_revision(database: Database) -> str | None:
    """Returns None for a database without any schema. Raises DatabaseError."""
    async with database.connect() as connection:
        return await connection.run_sync(_revision)


def require_known(revision: str | None) -> None:
    """Raises SchemaTooNewError for a schema that this version doesn't know."""
    _refuse_newer(revision, ScriptDirectory.from_config(configuration()))


async def require_current(database: Database) -> None:
    """Raises SchemaTooNewError or SchemaTooOldError unless database and code agree, and DatabaseError."""
    revision = await current_revision(database)
    scripts = ScriptDirectory.from_config(configuration())
    _refuse_newer(revision, scripts)
    if revision != scripts.get_current_head():
        raise SchemaTooOldError(f"The database is at schema {revision or 'none'}; run: tovholder migrate")


def configuration() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _refuse_newer(revision: str | None, scripts: ScriptDirectory) -> None:
    known = {script.revision for script in scripts.walk_revisions()}
    if revision is not None and revision not in known:
        raise SchemaTooNewError(
            f"The database has schema {revision}, which this version of Tovholder doesn't know. "
            "Nothing was changed. Use the version that wrote it, or a newer one."
        )


def _upgrade(connection: Connection) -> None:
    config = configuration()
    _refuse_newer(_revision(connection), ScriptDirectory.from_config(config))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
