"""What is due at a moment, to whom: all kinds of reminders together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from portfolio.meetings.reminders import meeting_changes, meeting_reminders
from portfolio.reminders.deadlines import deadline_reminders
from portfolio.reminders.kinds import Considered, ReminderState
from portfolio.reminders.ladder import Moment
from portfolio.status.reminders import status_reminders
from portfolio.working_time import WorkingTime

SOURCES: tuple[Callable[[Moment], Iterator[Considered]], ...] = (
    meeting_changes,
    status_reminders,
    deadline_reminders,
    meeting_reminders,
)


def considered(state: ReminderState, now: datetime, since: datetime, work: WorkingTime) -> Iterator[Considered]:
    """Every reminder whose time has come at `now`, with the reason where it isn't to be sent. Each is due once: its key
    is the same whenever it is asked for. Those that are of no use any more are there only where they fell due after
    `since`, when it was last asked."""
    moment = Moment(state, now, since, work)
    for source in SOURCES:
        yield from source(moment)
