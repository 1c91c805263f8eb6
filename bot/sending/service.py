"""Reminds while the service runs: looks what is due, sends it where this process may, and watches over both."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime

import structlog
from filelock import FileLock, Timeout

from bot.background import begin
from bot.clock import Clock, is_hurried, real_clock
from bot.sending.composing import AudienceFor
from bot.sending.dispatcher import Dispatcher
from bot.sending.planner import Planner
from bot.sending.watching import watch
from bot.settings import Settings
from portfolio.ports.errors import DatabaseError
from storage.database import sqlite_file
from storage.sending.store import SqlDeliveryStore

EVERY_SECONDS = 30.0
ASKED_EVERY_SECONDS = 1.0

log = structlog.get_logger()


class SendingStoppedError(Exception):
    """A fault has ended the sending; it is logged. What was not sent is left to the next process that sends."""


class SenderLock:
    """Lies beside an SQLite file; the sending process holds it while it lives. On PostgreSQL, which locks single rows,
    every process may send."""

    def __init__(self, settings: Settings) -> None:
        file = sqlite_file(settings.database_url)
        self._lock = FileLock(f"{file}.sending", timeout=0) if file else None

    @property
    def is_alone(self) -> bool:
        """Says whether nobody else can be sending while this is held."""
        return self._lock is not None

    @property
    def is_held(self) -> bool:
        return self._lock is None or self._lock.is_locked

    def take(self) -> bool:
        if self._lock is None or self._lock.is_locked:
            return True
        try:
            self._lock.acquire()
        except Timeout:
            return False
        return True

    def give_back(self) -> None:
        if self._lock is not None:
            self._lock.release()


@dataclass(frozen=True, slots=True)
class Reminders:
    """Looks and sends. `begun` is the real time at which this process did."""

    planner: Planner
    dispatcher: Dispatcher
    lock: SenderLock
    store: SqlDeliveryStore
    clock: Clock
    audience_for: AudienceFor
    begun: datetime = field(default_factory=real_clock)

    async def look(self, pause: float = EVERY_SECONDS) -> None:
        """Plans what is due every `pause` seconds. A database that is away is asked again next time."""
        summed_up = None
        while True:
            await asyncio.sleep(pause)
            now = self.clock()
            try:
                await self.planner.look(now)
                await self.planner.report(now)
                summed_up = await self.planner.sum_up(now, summed_up)
                if not is_hurried(self.clock):
                    watch(await self.store.queue(now), now, self.planner.work)
            except DatabaseError as error:
                log.warning("reminders_not_planned", error=error.reason)

    @asynccontextmanager
    async def sending(self) -> AsyncIterator[asyncio.Task[None]]:
        """Sends until left, and then finishes the messages under way. Yields the task that sends: once that is done,
        nothing more is sent. A process that waits for another to stop sending waits no longer. Raises
        SendingStoppedError, on leaving, when a fault ended the task."""
        task = begin(self.send())
        try:
            yield task
        finally:
            self.dispatcher.stop()
            if not self.lock.is_held:
                task.cancel()
            with suppress(asyncio.CancelledError):
                await asyncio.gather(task, return_exceptions=True)
        if not task.cancelled() and (fault := task.exception()) is not None:
            raise SendingStoppedError from fault

    async def send(self) -> None:
        """Sends from when this process may, until the dispatcher is stopped."""
        try:
            while not self.lock.take():  # noqa: ASYNC110 - it is another process that gives it back
                await asyncio.sleep(ASKED_EVERY_SECONDS)
            if self.lock.is_alone:
                await self._free_leases()
            await self._make_ready()
            await self.dispatcher.run()
        finally:
            self.lock.give_back()

    async def _make_ready(self) -> None:
        """Loads what the first messages would else wait for after they were claimed, and be late."""
        now = self.clock()
        try:
            await self.planner.reader.state(now, frozenset())
            await self.audience_for(now, None)
        except DatabaseError as error:
            log.warning("reminders_not_made_ready", error=error.reason)

    async def _free_leases(self) -> None:
        """Frees the leases of a process that died; those that stay run out by themselves."""
        try:
            await self.store.free_leases(self.begun)
        except DatabaseError as error:
            log.warning("leases_not_freed", error=error.reason)
