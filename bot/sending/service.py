"""Reminds while the service runs: looks what is due, sends it where this process may, and watches over both."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

import structlog

from bot.background import begin
from bot.clock import Clock, is_hurried
from bot.sending.composing import AudienceFor
from bot.sending.dispatcher import Dispatcher
from bot.sending.planner import Planner
from bot.sending.sole_sender import Holder
from bot.sending.watching import watch
from portfolio.ports.errors import DatabaseError
from storage.sending.store import SqlDeliveryStore

EVERY_SECONDS = 30.0
ASKED_EVERY_SECONDS = 1.0

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Reminders:
    planner: Planner
    dispatcher: Dispatcher
    holder: Holder
    store: SqlDeliveryStore
    clock: Clock
    audience_for: AudienceFor

    async def look(self, pause: float = EVERY_SECONDS) -> None:
        """Over and over, from a moment after the start. A database that is away is asked again next time."""
        while True:
            await asyncio.sleep(pause)
            now = self.clock()
            try:
                await self.planner.look(now)
                await self.planner.report(now)
                if not is_hurried(self.clock):
                    watch(await self.store.queue(now), now, self.planner.work)
            except DatabaseError as error:
                log.warning("reminders_not_planned", error=error.reason)

    @asynccontextmanager
    async def sending(self) -> AsyncIterator[None]:
        """Sends until left, and then lets what is on its way come to an end. A process that waits for another to give
        the sending up waits no longer."""
        task = begin(self.send())
        try:
            yield
        finally:
            self.dispatcher.stop()
            if not self.holder.is_held:
                task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def send(self) -> None:
        """From when this process may, until `stop`."""
        try:
            while not self.holder.take():  # noqa: ASYNC110 - it is another process that gives it back
                await asyncio.sleep(ASKED_EVERY_SECONDS)
            if self.holder.is_alone:
                await self._free_leases()
            await self._make_ready()
            await self.dispatcher.run()
        finally:
            self.holder.give_back()

    async def _make_ready(self) -> None:
        """What the first messages would wait for, and be late, after they were claimed."""
        now = self.clock()
        try:
            await self.planner.reader.state(now, frozenset())
            await self.audience_for(now, None)
        except DatabaseError as error:
            log.warning("reminders_not_made_ready", error=error.reason)

    async def _free_leases(self) -> None:
        """Leases that stay run out by themselves."""
        try:
            await self.store.free_leases()
        except DatabaseError as error:
            log.warning("leases_not_freed", error=error.reason)
