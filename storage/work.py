"""Work that is committed together, whichever stores have a part in it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from contextvars import ContextVar
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

First = Callable[[AsyncConnection], Awaitable[None]]
Last = Callable[..., Awaitable[None]]


class Work:
    """A transaction that begins with the first part that writes, after `first`. Each later part is all or nothing by
    itself. A task of its own that is begun inside has no part in it."""

    def __init__(self, engine: AsyncEngine, first: First | None) -> None:
        self.engine = engine
        self.task = asyncio.current_task()
        self.connection: AsyncConnection | None = None
        self._first = first
        self._last: dict[Last, list[Any]] = {}
        self._is_committed = False
        self._reading: AsyncConnection | None = None

    @property
    def has_written(self) -> bool:
        return self._is_committed or self.connection is not None

    async def reading(self, engine: AsyncEngine) -> AsyncConnection:
        """Returns the connection that is read from until something is written: one for all that is read."""
        if self._reading is None:
            self._reading = await engine.connect()
        return self._reading

    async def end(self) -> None:
        if self._reading is not None:
            await self._reading.close()

    def put_off(self, do: Last, *items: Any) -> None:
        """Does `do` with the connection and these items just before the commit, once for all items it is given."""
        self._last.setdefault(do, []).extend(items)

    def part(self) -> AbstractAsyncContextManager[AsyncConnection]:
        return self._first_part() if self.connection is None else self._later_part(self.connection)

    @asynccontextmanager
    async def _first_part(self) -> AsyncIterator[AsyncConnection]:
        self.connection = await self.engine.connect()
        try:
            await self.connection.begin()
            if self._first:
                await self._first(self.connection)
            yield self.connection
        except BaseException:
            await self.give_up()
            raise

    @asynccontextmanager
    async def _later_part(self, connection: AsyncConnection) -> AsyncIterator[AsyncConnection]:
        put_off = {do: list(items) for do, items in self._last.items()}
        try:
            async with connection.begin_nested():
                yield connection
        except BaseException:
            self._last = put_off
            raise

    async def commit(self) -> None:
        if self.connection is None:
            return
        for do, items in self._last.items():
            await do(self.connection, *items)
        await self.connection.commit()
        self._is_committed = True
        await self._close()

    async def give_up(self) -> None:
        """Rolls back all that was written."""
        self._last.clear()
        await self._close()

    async def _close(self) -> None:
        connection, self.connection = self.connection, None
        if connection is not None:
            await _give_back(connection)


async def _give_back(connection: AsyncConnection) -> None:
    """Waits until it is back in its pool, also where the task is being cancelled: whoever waits for that may close the
    database next."""
    closing = asyncio.ensure_future(connection.close())
    try:
        await asyncio.shield(closing)
    except asyncio.CancelledError:
        await asyncio.wait([closing])
        raise


_WORK: ContextVar[Work | None] = ContextVar("work", default=None)


def current_work(engine: AsyncEngine) -> Work | None:
    """Returns the work on this database that the running task is doing together."""
    work = _WORK.get()
    if work is None or work.engine is not engine or work.task is not asyncio.current_task():
        return None
    return work


def put_off(connection: AsyncConnection, do: Last, *items: Any) -> bool:
    """Puts it off until the commit, where the connection is that of work done together; False where it isn't."""
    work = _WORK.get()
    if work is None or work.connection is not connection:
        return False
    work.put_off(do, *items)
    return True


@asynccontextmanager
async def working(engine: AsyncEngine, first: First | None) -> AsyncIterator[Work]:
    """Does work together. Inside other such work it is a part of that."""
    if (outer := current_work(engine)) is not None:
        yield outer
        return
    work = Work(engine, first)
    token = _WORK.set(work)
    try:
        yield work
        await work.commit()
    except BaseException:
        await work.give_up()
        raise
    finally:
        _WORK.reset(token)
        await work.end()
