"""The one way to a database: SQLite in a file, or PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, event, make_url, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from storage.one_trip import connecting

SQLITE_BUSY_SECONDS = 15
_PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "temp_store=MEMORY")
_DRIVERS = {"sqlite": "aiosqlite", "postgresql": "psycopg"}


class Database:
    """An engine and the two ways of using it. Close it when done."""

    def __init__(self, engine: AsyncEngine, single: AsyncEngine) -> None:
        self.engine = engine
        self._single = single
        self._writing = for_writing(engine)
        self._reading = _for_reading(engine)

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[AsyncConnection]:
        """Each statement stands alone: for reading, and for writes of one statement."""
        connection = await self._single.connect()
        try:
            yield connection
        finally:
            await connection.close()  # touches the pool alone, and needs no task of its own

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[AsyncConnection]:
        """All statements see the database as it was at the first: for reading what must agree."""
        async with self._reading.begin() as connection:
            yield connection

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        """All or nothing. SQLite takes the write lock at once and waits for it."""
        async with self._writing.begin() as connection:
            yield connection

    def insert(self, table: Table) -> sqlite.Insert | postgresql.Insert:
        """An INSERT that can say what to do about rows already there."""
        return sqlite.insert(table) if self.engine.dialect.name == "sqlite" else postgresql.insert(table)

    async def ping(self) -> None:
        """Raises SQLAlchemyError or OSError when the database doesn't answer."""
        async with self.connect() as connection:
            await connection.execute(select(1))

    async def close(self) -> None:
        await self._single.dispose()
        await self.engine.dispose()


def open_database(url: str) -> Database:
    """Raises ValueError for a URL of neither sqlite+aiosqlite nor postgresql+psycopg, OSError for no place for it."""
    target = make_url(url)
    backend, driver = target.get_backend_name(), target.get_driver_name()
    if _DRIVERS.get(backend) != driver:
        raise ValueError("The database URL begins with sqlite+aiosqlite:// or postgresql+psycopg://")
    options: dict[str, Any] = {"json_serializer": partial(json.dumps, ensure_ascii=False)}
    if backend == "postgresql":
        options["pool_pre_ping"] = True
    else:
        if not target.database:
            raise ValueError("The database URL of SQLite names a file")
        file = Path(target.database)
        if file.is_dir():
            raise IsADirectoryError(f"{file} is a folder")  # the driver's thread would outlive its event loop
        file.parent.mkdir(parents=True, exist_ok=True)
        # The driver's own transactions begin too late to be waited for; ours are begun below.
        options["connect_args"] = {
            "isolation_level": None,
            "timeout": SQLITE_BUSY_SECONDS,
            "async_creator_fn": connecting,
        }
        options |= {"pool_size": 15, "max_overflow": 0, "pool_use_lifo": True}
    # A pool of its own, so that no connection is told how to behave at each use.
    single = create_async_engine(target, isolation_level="AUTOCOMMIT", skip_autocommit_rollback=True, **options)
    engine = create_async_engine(target, **options)
    if backend == "sqlite":
        event.listen(single.sync_engine, "connect", _prepare_sqlite)
        event.listen(engine.sync_engine, "connect", _prepare_sqlite)
        event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return Database(engine, single)


def for_writing(engine: AsyncEngine) -> AsyncEngine:
    """The same engine and pool, with transactions that take SQLite's write lock when they begin."""
    return engine.execution_options(writes=True)


def _for_reading(engine: AsyncEngine) -> AsyncEngine:
    if engine.dialect.name == "sqlite":
        return engine.execution_options(reads=True)
    return engine.execution_options(isolation_level="REPEATABLE READ")


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get("writes"):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    elif options.get("reads"):
        connection.exec_driver_sql("BEGIN")
