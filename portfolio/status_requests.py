"""Requests for a status between a project's deadlines: who may be asked, on which day, and why others aren't."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from portfolio.identity import PersonId
from portfolio.reminders.kinds import Kind, Outcome, Reminder, ReminderState, StatusRequest, Tracked
from portfolio.reminders.ladder import Moment
from portfolio.status.reminders import is_request_answered, requested_day, status_reminders
from portfolio.working_time import WorkingTime

# Whoever was asked and hasn't answered is left in peace for so long, whoever asks.
PAUSE = timedelta(days=5)


class Spared(StrEnum):
    """Reasons not to ask for a project's status."""

    OWN = "own"
    NOBODY = "nobody"
    LEFT = "left"
    REPORTED = "reported"
    REQUESTED = "requested"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A request and what it comes to: the reminders that are sent on `day`, or when their recipients are back, and the
    reasons not to ask for the others, by the project's number."""

    day: date
    reminders: tuple[Reminder, ...]
    spared: Mapping[str, Spared]

    @property
    def by_recipient(self) -> dict[PersonId, list[Reminder]]:
        found: dict[PersonId, list[Reminder]] = {}
        for reminder in self.reminders:
            found.setdefault(reminder.recipient.person, []).append(reminder)
        return found


def inquiry(state: ReminderState, by: PersonId, at: datetime, work: WorkingTime) -> Inquiry:
    """Works out what it comes to that `by` requests the status of all the state's projects."""
    day = requested_day(at, work)
    spared = {one.number: reason for one in state.projects if (reason := _reason(one, state, at, work))}
    asked = [
        replace(one, request=StatusRequest(one.number, by, at)) for one in state.projects if one.number not in spared
    ]
    moment = Moment(replace(state, projects=tuple(asked)), work.opening(day), at, work)
    reminders = []
    for item in status_reminders(moment):
        if item.reminder.kind is not Kind.STATUS_ASKED:
            continue
        if reason := _of_recipient(item.reminder, item.not_sent_because, by):
            spared[item.reminder.subject] = reason
        else:
            reminders.append(item.reminder)
    return Inquiry(day, tuple(reminders), spared)


def is_asked_still(request: StatusRequest, at: datetime, work: WorkingTime) -> bool:
    """Says whether the request can be withdrawn at that time: nobody was asked yet."""
    return at < work.opening(requested_day(request.at, work))


def free_again(request: StatusRequest, work: WorkingTime) -> date:
    """The first working day on which the status may be requested again."""
    return work.on_or_after((request.at + PAUSE).astimezone(work.zone).date())


def numbers_of(reminders: Sequence[Reminder]) -> tuple[str, ...]:
    return tuple(reminder.subject for reminder in reminders)


def _reason(project: Tracked, state: ReminderState, at: datetime, work: WorkingTime) -> Spared | None:
    today = at.astimezone(work.zone).date()
    if state.is_stopped(requested_day(at, work)):
        return Spared.STOPPED
    if project.lead is None:
        return Spared.NOBODY
    if project.newest is not None and project.newest >= today:
        return Spared.REPORTED
    is_open = project.request is not None and not is_request_answered(project, work)
    if project.request and is_open and today < free_again(project.request, work):
        return Spared.REQUESTED
    return None


def _of_recipient(reminder: Reminder, not_sent_because: Outcome | None, by: PersonId) -> Spared | None:
    """Return what spares the recipient; being away, or putting it off, only means being asked later."""
    if not_sent_because is Outcome.LEFT:
        return Spared.LEFT
    return Spared.OWN if reminder.recipient.person == by else None
