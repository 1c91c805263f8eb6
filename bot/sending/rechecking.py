"""A last look before sending: is what was planned still due?"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from portfolio.deliveries import Delivery
from portfolio.outlook.due import considered
from portfolio.ports.reminders import ReminderReader
from portfolio.reminders.kinds import Considered, Key, Outcome, Reminder, ReminderState
from portfolio.reminders.ladder import HOLDS
from portfolio.status.reminders import is_answered
from portfolio.working_time import WorkingTime

# A message is due no later than its reminders hold: looking back so far, those that stopped holding are seen too.
_LOOKED_BACK = HOLDS + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Checked:
    """The reminders of a delivery that are still due, in its order, and what became of the others."""

    due: tuple[Reminder, ...] = ()
    dropped: Mapping[Key, Outcome] = field(default_factory=dict)

    @property
    def foremost(self) -> Outcome:
        """The outcome that most of the dropped reminders came to."""
        return Counter(self.dropped.values()).most_common(1)[0][0] if self.dropped else Outcome.GONE


async def check(
    reader: ReminderReader, deliveries: Sequence[Delivery], now: datetime, work: WorkingTime
) -> dict[int, Checked]:
    """Looks at each delivery again; returns the results by the delivery's id."""
    keys = frozenset(key for delivery in deliveries for key in delivery.keys)
    if not keys:
        return {delivery.id: Checked() for delivery in deliveries}
    numbers = _numbers(keys)
    state = await reader.state(now, numbers)
    since = min(delivery.due_at for delivery in deliveries) - _LOOKED_BACK
    if numbers is None:
        current = await asyncio.to_thread(_considered, state, now, since, work, keys)
    else:
        current = _considered(state, now, since, work, keys)
    answered = {key for key in keys - current.keys() if is_answered(key, state, work)}
    return {delivery.id: _checked(delivery, current, answered) for delivery in deliveries}


def _numbers(keys: Collection[Key]) -> frozenset[str] | None:
    """Returns the projects to look at; None for all, where a subject doesn't say in which."""
    numbers: set[str] = set()
    for key in keys:
        subject = key.read_subject()
        if subject is None:
            return None
        if subject.project is not None:
            numbers.add(subject.project)
    return frozenset(numbers)


def _considered(
    state: ReminderState, now: datetime, since: datetime, work: WorkingTime, keys: Collection[Key]
) -> Mapping[Key, Considered]:
    """Works out again what is due, for the reminders that are asked about."""
    return {item.reminder.key: item for item in considered(state, now, since, work) if item.reminder.key in keys}


def _checked(delivery: Delivery, current: Mapping[Key, Considered], answered: Collection[Key]) -> Checked:
    due: list[Reminder] = []
    gone: dict[Key, Outcome] = {}
    excused: dict[Key, Outcome] = {}
    for key in delivery.keys:
        item = current.get(key)
        if item is None:
            gone[key] = Outcome.ANSWERED if key in answered else Outcome.GONE
        elif item.not_sent_because is not None:
            excused[key] = item.not_sent_because
        else:
            due.append(item.reminder)
    return Checked(tuple(due), gone | excused)
