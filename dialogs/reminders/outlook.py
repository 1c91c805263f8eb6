"""Plans what will be sent, as it looks at one moment: for the service that sends it, and for those who ask."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from portfolio.outlook.plan import Plan, planned, previewed
from portfolio.ports.reminders import Memory, ReminderReader
from portfolio.ports.sending import DeliveryStore
from portfolio.reminders.kinds import ReminderState
from portfolio.working_time import WorkingTime

# What was said in this time is what "det" speaks of.
LATELY = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Outlook:
    """The state that was read at `now`, and the plans that follow from it, which take a while and are made in a
    thread."""

    now: datetime
    state: ReminderState
    memory: Memory
    work: WorkingTime

    async def plan(self) -> Plan:
        """Plan what is to be sent now."""
        return await asyncio.to_thread(
            planned,
            self.state,
            self.now,
            self._since,
            self.work,
            already_planned=self.memory.already_planned,
            has_todays_message=self.memory.has_todays_message,
        )

    async def plans_until(self, end: datetime, *, with_stopped: bool = False) -> list[Plan]:
        """Plan what is to be sent now and on the working days until `end`, if nobody does anything meanwhile; on wish
        as if no single reminder had been stopped. Plans with nothing to tell are left out."""
        return await asyncio.to_thread(
            previewed,
            replace(self.state, stopped=frozenset()) if with_stopped else self.state,
            self.now,
            end,
            self._since,
            self.work,
            already_planned=self.memory.already_planned,
            has_todays_message=self.memory.has_todays_message,
        )

    @property
    def _since(self) -> datetime:
        return self.memory.last_look(self.now, self.work)


async def outlook_at(
    now: datetime,
    reader: ReminderReader,
    deliveries: DeliveryStore,
    work: WorkingTime,
    *,
    until: datetime | None = None,
    with_held: bool = True,
) -> Outlook:
    """Reads what is due at `now`, and what will be until `until`, two weeks ahead by default. Without `with_held`,
    messages that wait for the office's yes are planned again."""
    today = now.astimezone(work.zone).date()
    memory = await deliveries.memory(now, today, with_held=with_held)
    return Outlook(now, await reader.state(now, until=until), memory, work)
