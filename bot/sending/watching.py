"""Figures for Prometheus, and an alarm when reminders don't come."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog

from bot.metrics import REMINDERS_DUE, REMINDERS_HELD, REMINDERS_LATE, REMINDERS_LOOKED, REMINDERS_SETTLED
from portfolio.deliveries import Queue
from portfolio.reminders.kinds import Outcome
from portfolio.working_time import WorkingTime

LONGEST_SILENCE = timedelta(hours=26)
LONGEST_WAIT = timedelta(minutes=5)
# After the opening, so that the first look of a Monday comes before the alarm.
SETTLING_IN = timedelta(minutes=10)

log = structlog.get_logger()


def alarms(queue: Queue, now: datetime, work: WorkingTime) -> tuple[str, ...]:
    """Returns what is wrong, as codes: `nothing_ran`, `due_too_long`."""
    codes = []
    is_working = work.is_open(now) and work.is_open(now - SETTLING_IN)
    if is_working and queue.ran_at is not None and now - queue.ran_at > LONGEST_SILENCE:
        codes.append("nothing_ran")
    if queue.oldest_due_at is not None and now - queue.oldest_due_at > LONGEST_WAIT:
        codes.append("due_too_long")
    return tuple(codes)


def watch(queue: Queue, now: datetime, work: WorkingTime) -> None:
    REMINDERS_DUE.set(queue.due)
    REMINDERS_HELD.set(queue.held)
    REMINDERS_LATE.set((now - queue.oldest_due_at).total_seconds() if queue.oldest_due_at else 0)
    REMINDERS_LOOKED.set((now - queue.ran_at).total_seconds() if queue.ran_at else 0)
    for outcome in Outcome:
        REMINDERS_SETTLED.labels(outcome.value).set(queue.done.get(outcome, 0))
    for code in alarms(queue, now, work):
        log.error("alarm", reason=code, due=queue.due)
