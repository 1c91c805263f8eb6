"""SQLite from asyncio: what is read quickly is read at once, what may wait or takes long goes to the driver's thread.

To hand a statement to a thread and its rows back takes longer than most of them take to run.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any

import aiosqlite
from aiosqlite.core import _connection_worker_thread

# Not every build overwrites what is deleted, unless it is told to.
_PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "temp_store=MEMORY", "secure_delete=ON")
_QUICK_STEPS = 20_000  # of SQLite's own machine: with rows fetched at each of them about 1.5 ms
_CAN_SHARE = sqlite3.threadsafety == 3  # as the DB-API numbers it: a connection may be used from several threads


class SqliteConnection(aiosqlite.Connection):
    def cursor(self) -> SqliteCursor:  # type: ignore[override]
        return SqliteCursor(self, self._conn.cursor())

    def read_quickly(self, read: Callable[[], list[Any]]) -> list[Any] | None:
        """None where it takes too long. With a write-ahead log a reader waits for nobody."""
        self._conn.set_progress_handler(lambda: True, _QUICK_STEPS)
        try:
            return read()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
                raise
            return None
        finally:
            self._conn.set_progress_handler(None, 0)

    async def run(self, run: Callable[[], list[Any]]) -> list[Any]:
        found: list[Any] = await self._execute(run)  # type: ignore[no-untyped-call]
        return found


class SqliteCursor(aiosqlite.Cursor):
    """Fetches all rows when it executes, and then has nothing to close. Not for streaming."""

    def __init__(self, connection: SqliteConnection, cursor: sqlite3.Cursor) -> None:
        super().__init__(connection, cursor)
        self._connection = connection
        self._found: list[Any] = []

    async def execute(self, sql: str, parameters: Iterable[Any] | None = None) -> SqliteCursor:
        run = partial(self._run, sql, parameters or ())
        quick = self._connection.read_quickly(run) if _CAN_SHARE and sql.startswith("SELECT") else None
        self._found = await self._connection.run(run) if quick is None else quick
        return self

    async def fetchall(self) -> list[Any]:
        return self._found

    async def close(self) -> None:
        self._found = []

    def _run(self, sql: str, parameters: Any) -> list[Any]:
        return self._cursor.execute(sql, parameters).fetchall()


def connecting(file: str, **arguments: Any) -> SqliteConnection:
    """A connection that opens when awaited. Its thread doesn't keep the program from ending."""
    connection = SqliteConnection(partial(_connect, file, **arguments), iter_chunk_size=64)
    connection._thread = Thread(target=_work, args=(connection._tx,), daemon=True)
    return connection


def _work(tasks: Any) -> None:
    """The driver's thread. What is done when its event loop is closed already, as it was given up, is nobody's."""
    with suppress(RuntimeError):
        _connection_worker_thread(tasks)


def _connect(file: str, **arguments: Any) -> sqlite3.Connection:
    if not Path(file).exists():
        Path(file).touch(0o600)  # what beside it belongs to it gets the same rights: its log, its shared memory
    connection: sqlite3.Connection = sqlite3.connect(file, **arguments)
    try:
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection
