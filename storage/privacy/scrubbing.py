"""Leaves nothing of what was deleted in the database's own files."""

from __future__ import annotations

import asyncio

from storage.database import SQLITE_BUSY_SECONDS, Database

_PAUSE_SECONDS = 0.1


async def scrub(database: Database) -> bool:
    """Writes the database anew without what was deleted from it, while others go on working in it. Returns whether that
    came to its end: on SQLite, somebody who reads all the while keeps the old pages in the log, until the last
    connection is closed. Raises DatabaseError."""
    is_sqlite = database.engine.dialect.name == "sqlite"
    async with database.connect() as connection:
        # What the database knows of its values, by which it plans, holds some of them.
        await connection.exec_driver_sql("ANALYZE")
        await connection.exec_driver_sql("VACUUM")
        if not is_sqlite:
            return True
        for _ in range(round(SQLITE_BUSY_SECONDS / _PAUSE_SECONDS)):
            is_busy = (await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")).one()[0]
            if not is_busy:
                return True
            await asyncio.sleep(_PAUSE_SECONDS)
    return False
