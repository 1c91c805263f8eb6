"""Works out what is due, stores it, and tells the portfolio office what a run came to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import structlog

from dialogs.reminders.outlook import outlook_at
from portfolio.deliveries import Purpose, StoredRun
from portfolio.ports.reminders import ReminderReader
from portfolio.ports.sending import DeliveryStore
from portfolio.working_time import WorkingTime

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
        """Tells the office of the runs that are finished."""
        finished = await self.store.finished_runs()
        office = (await self.reader.state(now, frozenset())).office if finished else ()
        for run in finished:
            await self.store.announce(Purpose.RUN_REPORT, run, office, now)
            await self.store.reported(run, now)
