"""SQLite from asyncio with one trip to the driver's thread for each statement, where the driver alone makes four."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from functools import partial
from typing import Any

import aiosqlite


class OneTripConnection(aiosqlite.Connection):
    def cursor(self) -> OneTripCursor:  # type: ignore[override]
        return OneTripCursor(self)


class OneTripCursor(aiosqlite.Cursor):
    """Fetches all rows when it executes, and then has nothing to close. Not for streaming."""

    def __init__(self, connection: OneTripConnection) -> None:
        super().__init__(connection, connection._conn.cursor())
        self._found: list[Any] = []

    async def execute(self, sql: str, parameters: Iterable[Any] | None = None) -> OneTripCursor:
        self._found = await self._execute(self._run, sql, parameters or ())  # type: ignore[no-untyped-call]
        return self

    async def fetchall(self) -> list[Any]:
        return self._found

    async def close(self) -> None:
        self._found = []

    def _run(self, sql: str, parameters: Any) -> list[Any]:
        return self._cursor.execute(sql, parameters).fetchall()


def connecting(file: str, **arguments: Any) -> OneTripConnection:
    """A connection that opens when awaited. Its thread doesn't keep the program from ending."""
    connection = OneTripConnection(partial(sqlite3.connect, file, **arguments), iter_chunk_size=64)
    connection._thread.daemon = True
    return connection
