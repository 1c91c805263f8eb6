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

# So that what has stopped holding meanwhile is seen to have: a message is due no later than what is in it holds.
_LOOKED_BACK = HOLDS + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Checked:
    """The reminders of a delivery that are still due, in its order, and what became of the others."""

    due: tuple[Reminder, ...] = ()
    dropped: Mapping[Key, Outcome] = field(default_factory=dict)

    @property
    def foremost(self) -> Outcome:
        """What most of them came to."""
        return Counter(self.dropped.values()).most_common(1)[0][0] if self.dropped else Outcome.GONE


async def check(
    reader: ReminderReader, deliveries: Sequence[Delivery], now: datetime, work: WorkingTime
) -> dict[int, Checked]:
    """By the delivery's id."""
    keys = frozenset(key for one in deliveries for key in one.keys)
    if not keys:
        return {one.id: Checked() for one in deliveries}
    numbers = _numbers(keys)
    state = await reader.state(now, numbers)
    since = min(one.due_at for one in deliveries) - _LOOKED_BACK
    if numbers is None:
        found = await asyncio.to_thread(_found, state, now, since, work, keys)
    else:
        found = _found(state, now, since, work, keys)
    answered = {key for key in keys - found.keys() if is_answered(key, state, work)}
    return {one.id: _checked(one, found, answered) for one in deliveries}


def _numbers(keys: Collection[Key]) -> frozenset[str] | None:
    """The projects to be looked at; None for all, where a subject doesn't say in which."""
    numbers: set[str] = set()
    for key in keys:
        subject = key.read_subject()
        if subject is None:
            return None
        if subject.project is not None:
            numbers.add(subject.project)
    return frozenset(numbers)


def _found(
    state: ReminderState, now: datetime, since: datetime, work: WorkingTime, keys: Collection[Key]
) -> Mapping[Key, Considered]:
    return {one.reminder.key: one for one in considered(state, now, since, work) if one.reminder.key in keys}


def _checked(delivery: Delivery, found: Mapping[Key, Considered], answered: Collection[Key]) -> Checked:
    due = [found[key].reminder for key in delivery.keys if key in found and found[key].not_sent_because is None]
    lost = (key for key in delivery.keys if key not in found)
    gone = {key: Outcome.ANSWERED if key in answered else Outcome.GONE for key in lost}
    excused = {
        key: excuse for key in delivery.keys if key in found and (excuse := found[key].not_sent_because) is not None
    }
    return Checked(tuple(due), gone | excused)
