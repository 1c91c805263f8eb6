"""Reminding once, from the command line."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime

from bot.settings import Settings
from portfolio.deliveries import Held, RunReport

POLLED_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class Result:
    """`report` tells of a run that was sent, `held` of a run that waits for the office's yes; both are None where
    nothing was due."""

    report: RunReport | None = None
    held: Held | None = None


async def deliver_once(settings: Settings, now: datetime) -> Result:
    """Plans what is due at `now`, and waits until all of it is sent, by this process or by the service beside it.

    The clock goes on from `now` meanwhile. Raises DatabaseUnusableError, DatabaseError, and SendingStoppedError when
    this process can't go on sending.
    """
    from bot.clock import SimulatedClock
    from bot.wiring import open_reminders

    async with open_reminders(settings, SimulatedClock(now)) as reminders:
        run = await reminders.planner.look(now)
        if run is None:
            return Result()
        if run.is_held:
            return Result(held=next(iter(await reminders.store.held(run.id)), None))
        async with reminders.sending() as sending:
            # Another process may be the one that sends, so that only the database tells when the run is over.
            while not sending.done() and await reminders.store.is_open(run.id):  # noqa: ASYNC110
                await asyncio.sleep(POLLED_SECONDS)
        return Result(report=await reminders.store.report(run.id))
