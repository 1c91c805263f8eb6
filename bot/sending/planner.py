"""Works out what is due, stores it, and tells the portfolio office what a run came to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import structlog

from dialogs.reminders.outlook import outlook_at
from portfolio.dates import Unit, start_of
from portfolio.deliveries import Purpose, StoredRun
from portfolio.identity import PersonId
from portfolio.ports.reminders import ReminderReader
from portfolio.ports.sending import DeliveryStore
from portfolio.working_time import WorkingTime

_WEEK = timedelta(days=7)

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Planner:
    """More than `limit` messages at once wait for the office's yes."""

    reader: ReminderReader
    store: DeliveryStore
    work: WorkingTime
    limit: int

    async def look(self, now: datetime) -> StoredRun | None:
        """Plans and stores what is due; None where nothing is new, and outside working hours. Raises DatabaseError."""
        if not self.work.is_open(now):
            return None
        outlook = await outlook_at(now, self.reader, self.store, self.work)
        plan = await outlook.plan()
        is_held = len(plan.messages) > self.limit
        run = await self.store.store(plan, outlook.memory.since, is_held=is_held)
        if run is not None:
            log.info("reminders_planned", run=run.id, messages=run.messages, held=run.is_held)
            if run.is_held:
                await self.store.announce(Purpose.APPROVAL, run.id, outlook.state.office, now)
        return run

    async def report(self, now: datetime) -> None:
        """Tells the office of the finished runs that somebody has to act on. Raises DatabaseError."""
        for run in await self.store.finished_runs():
            report = await self.store.report(run)
            if report and report.needs_somebody:
                await self.store.announce(Purpose.RUN_REPORT, run, await self._office(now), now)
            await self.store.reported(run, now)

    async def sum_up(self, now: datetime, last: date | None) -> date | None:
        """Tells the office what the week before came to and how far the audit log is, also where nothing was sent; once
        in a week, however often it is asked for. Returns the Monday of the week in which it was last told: `last`, or
        this one. Raises DatabaseError."""
        monday = start_of(now.astimezone(self.work.zone).date(), Unit.WEEK)
        if monday == last or not self.work.is_open(now):
            return last
        await self.store.announce(Purpose.WEEK_REPORT, monday - _WEEK, await self._office(now), now)
        return monday

    async def _office(self, now: datetime) -> Sequence[PersonId]:
        return (await self.reader.state(now, frozenset())).office
