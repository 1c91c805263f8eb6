"""Reminders of all kinds that are due at a moment."""

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
    """Yields every reminder whose time has come at `now`, with the reason where it isn't to be sent. Each is due once:
    its key is always the same. Expired ones are there only where they fell due after `since`, the last look."""
    moment = Moment(state, now, since, work)
    for source in SOURCES:
        yield from source(moment)
