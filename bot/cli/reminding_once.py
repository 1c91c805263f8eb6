"""Reminding once, from the command line."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime

from bot.settings import Settings
from portfolio.deliveries import Held, RunReport

POLLED_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class Once:
    """What came of it: `report` of the run, or `held`, waiting for the office's yes; neither where nothing was due.
    `sent_elsewhere`: the service does the sending."""

    report: RunReport | None = None
    held: Held | None = None
    sent_elsewhere: bool = False


async def deliver_once(settings: Settings, now: datetime) -> Once:
    """Plans what is due at `now`, and waits until all of it is sent, by this process or by the service beside it.

    The clock goes on from `now` meanwhile. Raises DatabaseUnusableError and DatabaseError.
    """
    from bot.clock import SimulatedClock
    from bot.wiring import opened_reminders

    async with opened_reminders(settings, SimulatedClock(now)) as reminders:
        run = await reminders.planner.look(now)
        if run is None:
            return Once()
        if run.is_held:
            return Once(held=next(iter(await reminders.store.held(run.id)), None))
        async with reminders.sending():
            while await reminders.store.is_open(run.id):  # noqa: ASYNC110 - another process may be the one that sends
                await asyncio.sleep(POLLED_SECONDS)
            is_ours = reminders.holder.is_held
        return Once(report=await reminders.store.report(run.id), sent_elsewhere=not is_ours)
