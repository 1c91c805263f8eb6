"""The one way to a database: SQLite in a file, or PostgreSQL."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, CursorResult, Executable, Table, event, make_url, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from portfolio.ports.errors import DatabaseError
from storage.sqlite_driver import connecting
from storage.work import First, Work, current_work, working

T = TypeVar("T")
SQLITE_BUSY_SECONDS = 15
_CHUNK = 500
# So many rows are deleted at a time, so that whoever else writes waits for less than they notice.
PORTION = 1000
_DRIVERS = {"sqlite": "aiosqlite", "postgresql": "psycopg"}


class DatabaseUrlError(ValueError):
    """The address of the database can't be read, or is of a kind that Tovholder doesn't know."""


class Database:
    """An engine and the ways of using it, each of which raises DatabaseError. Close it when done."""

    def __init__(self, engine: AsyncEngine, single: AsyncEngine) -> None:
        self.engine = engine
        self._single = single
        self._writing = engine.execution_options(writes=True)  # takes SQLite's write lock when it begins
        self._reading = _for_reading(engine)

    @asynccontextmanager
    async def together(self, first: First | None = None) -> AsyncIterator[Work]:
        """Commits at the end all that is written inside, in however many transactions, or nothing where an error leaves
        it. From the first write on, all that is read inside sees it. `first` is done before that write."""
        with _as_database_errors():
            async with working(self._writing, first) as work:
                yield work

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[AsyncConnection]:
        """Lets each statement stand alone: for reading."""
        with _as_database_errors():
            if (work := current_work(self._writing)) is not None:
                yield work.connection or await work.reading(self._single)
                return
            connection = await self._single.connect()
            try:
                yield connection
            finally:
                await connection.close()  # touches the pool alone, and needs no task of its own

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[AsyncConnection]:
        """Lets all statements see the database as it was at the first: for reading what must agree."""
        with _as_database_errors():
            if (shared := self._shared_connection()) is not None:
                yield shared
                return
            async with self._reading.begin() as connection:
                yield connection

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        """Writes all or nothing. SQLite takes the write lock at once and waits for it."""
        with _as_database_errors():
            work = current_work(self._writing)
            async with work.part() if work else self._writing.begin() as connection:
                yield connection

    async def execute(self, statement: Executable, values: Any = None) -> CursorResult[*tuple[Any, ...]]:
        """Executes a statement that stands alone, and gives all of its rows, already fetched."""
        is_part = statement.is_dml and current_work(self._writing) is not None
        async with self.transaction() if is_part else self.connect() as connection:
            return await connection.execute(statement, values)

    async def note(self, statement: Executable, values: Any = None) -> None:
        """Executes a statement that is no effect of work done together: a part of that once something is written, else
        alone."""
        async with self.connect() as connection:
            await connection.execute(statement, values)

    def _shared_connection(self) -> AsyncConnection | None:
        """Returns the connection of the work that is done together here, once that has written something."""
        work = current_work(self._writing)
        return work.connection if work else None

    def insert(self, table: Table) -> sqlite.Insert | postgresql.Insert:
        """An INSERT that can say what to do about rows already there."""
        return sqlite.insert(table) if self.engine.dialect.name == "sqlite" else postgresql.insert(table)

    async def ping(self, seconds: float | None = None) -> None:
        """Raises DatabaseError when the database doesn't answer, or not within that time."""
        with _as_database_errors():
            async with asyncio.timeout(seconds):
                await self.execute(select(1))

    async def close(self) -> None:
        await self._single.dispose()
        await self.engine.dispose()


def open_database(url: str) -> Database:
    """Makes the folder of SQLite's file where it is missing.

    Raises DatabaseUrlError for a URL of neither sqlite+aiosqlite nor postgresql+psycopg, and DatabaseError where there
    is no place for the file.
    """
    target, file = _target(url), sqlite_file(url)
    try:
        with _as_database_errors():
            if file:
                _make_room(file)
        return _opened(target)
    except (ArgumentError, ValueError) as error:
        raise DatabaseUrlError("The database URL has parts that can't be used") from error


def sqlite_file(url: str) -> Path | None:
    """The file of a SQLite database; None for PostgreSQL. Raises DatabaseUrlError."""
    target = _target(url)
    return Path(target.database) if target.get_backend_name() == "sqlite" and target.database else None


def _target(url: str) -> URL:
    try:
        target = make_url(url)
        backend, driver = target.get_backend_name(), target.get_driver_name()
    except (ArgumentError, ValueError) as error:
        raise DatabaseUrlError("The database URL can't be read") from error
    if _DRIVERS.get(backend) != driver:
        raise DatabaseUrlError("The database URL begins with sqlite+aiosqlite:// or postgresql+psycopg://")
    if backend == "sqlite" and not target.database:
        raise DatabaseUrlError("The database URL of SQLite names a file")
    return target


def _make_room(file: Path) -> None:
    if file.is_dir():
        raise IsADirectoryError(f"{file} is a folder")  # the driver's thread would outlive its event loop
    file.parent.mkdir(parents=True, exist_ok=True)


def _opened(target: URL) -> Database:
    is_sqlite = target.get_backend_name() == "sqlite"
    options: dict[str, Any] = {"json_serializer": partial(json.dumps, ensure_ascii=False)}
    if is_sqlite:
        # The driver's own transactions begin too late to be waited for; ours are begun below.
        options["connect_args"] = {
            "isolation_level": None,
            "timeout": SQLITE_BUSY_SECONDS,
            "async_creator_fn": connecting,
        }
        options |= {"pool_size": 15, "max_overflow": 0, "pool_use_lifo": True}
    else:
        options["pool_pre_ping"] = True
    # A pool of its own, so that no connection is told how to behave at each use.
    single = create_async_engine(target, isolation_level="AUTOCOMMIT", skip_autocommit_rollback=True, **options)
    engine = create_async_engine(target, **options)
    if is_sqlite:
        event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return Database(engine, single)


def chunks(items: Iterable[T]) -> Iterator[list[T]]:
    """Cuts much work into pieces that one statement can take."""
    waiting = iter(items)
    while chunk := list(islice(waiting, _CHUNK)):
        yield chunk


@contextmanager
def _as_database_errors() -> Iterator[None]:
    """Raises what SQLAlchemy and the system raise as DatabaseError: no store and no caller needs to know theirs."""
    try:
        yield
    except (SQLAlchemyError, OSError) as error:
        raise DatabaseError(type(error).__name__) from error


def _for_reading(engine: AsyncEngine) -> AsyncEngine:
    if engine.dialect.name == "sqlite":
        return engine.execution_options(reads=True)
    return engine.execution_options(isolation_level="REPEATABLE READ")


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get("writes"):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    elif options.get("reads"):
        connection.exec_driver_sql("BEGIN")
