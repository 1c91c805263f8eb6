"""A backup put back into a blank database, which can't be used before it is ready."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from portfolio.ports.errors import DatabaseError
from storage.copies import postgresql_dump, sqlite_file
from storage.copies.files import CopyError, FileKind, Progress, kind_of
from storage.copies.moving import require_blank
from storage.database import Database, open_database
from storage.migrating import require_known, upgrade_within
from storage.privacy.scrubbing import scrub
from storage.whole_files import lay_down, those_beside, written_in_full

# Makes a restored database ready for use, in the transaction that lets it be used.
Ready = Callable[[Database, AsyncConnection], Awaitable[None]]
_SET_SCHEMA = text("INSERT INTO alembic_version (version_num) VALUES (:revision)")


def schema_in(file: Path, wanted: FileKind) -> str | None:
    """The schema of a backup, which this version knows; None where it isn't one of ours. Raises CopyError where it is
    damaged or of the other kind, SchemaTooNewError, DatabaseError and OSError."""
    kind = kind_of(file)
    if kind is None:
        return None
    if kind is not wanted:
        raise CopyError(f"from_{kind.value}")
    read = sqlite_file.revision_of if kind is FileKind.SQLITE else postgresql_dump.revision_of
    revision = read(file)
    require_known(revision)
    return revision


async def restore_sqlite(
    file: Path, target: Path, ready: Ready, clear: Callable[[], None], progress: Progress | None
) -> None:
    """Calls `clear` to have the target's place free, once all is ready. Raises CopyError, DatabaseError and OSError;
    the target is then as it was."""
    with written_in_full(target, replaces=False) as beside:
        sqlite_file.copy(file, beside, progress)
        database = open_database(f"sqlite+aiosqlite:///{beside}")
        try:
            async with database.transaction() as connection:
                await upgrade_within(connection)
                await ready(database, connection)
            await scrub(database)
        finally:
            await database.close()
        sqlite_file.gather(beside)
        clear()


async def restore_postgresql(file: Path, revision: str, url: str, ready: Ready, progress: Progress | None) -> None:
    """Raises CopyError and DatabaseError. The target is then blank, or can't be used."""
    database = open_database(url)
    try:
        async with database.connect() as connection:
            await require_blank(connection)
        postgresql_dump.restore(file, url, progress)
        try:
            async with database.transaction() as connection:
                await connection.execute(_SET_SCHEMA, {"revision": revision})
                await upgrade_within(connection)
                await ready(database, connection)
        except DatabaseError as error:
            raise CopyError("unfinished", error=error.reason) from error
        await scrub(database)
    finally:
        await database.close()


def put_aside(file: Path, now: datetime) -> Path:
    """Gives a SQLite file, and what lies beside it, another name, and returns that."""
    aside = file.with_name(f"{file.name}.{now.astimezone(UTC):%Y%m%dT%H%M%S%fZ}")
    there = [one for one in (file, *those_beside(file)) if one.exists()]
    for one in there:
        one.rename(aside.with_name(aside.name + one.name.removeprefix(file.name)))
    lay_down(file.parent)
    return aside
