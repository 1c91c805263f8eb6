"""What one person owes and meets until a day, told as reminders are, whether or not any is sent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from portfolio.identity import NOBODY, PersonId
from portfolio.meetings.reminders import meeting_key
from portfolio.projects.status import DEFAULT_RHYTHM_DAYS
from portfolio.reminders.deadlines import WITH_DEPUTIES
from portfolio.reminders.kinds import (
    About,
    Kind,
    MeetingSoon,
    Obligation,
    Owed,
    Recipient,
    Reminder,
    ReminderState,
    StatusDue,
    Tracked,
)
from portfolio.reminders.ladder import reminder_without_step
from portfolio.status.reminders import first_unanswered, kept, rhythm_of
from portfolio.working_time import WorkingTime


def duties_of(
    person: PersonId, state: ReminderState, now: datetime, days: tuple[date, date], work: WorkingTime
) -> tuple[Reminder, ...]:
    """Lists what is due from the first of the days to the last, the first due first: the status of each project that
    the person leads or stands in for, what is owed and not met, and the coming meetings of the person's bodies. Where
    today is among the days, so is all that is overdue, and each status that is missing by now."""
    today, (first, last) = now.astimezone(work.zone).date(), days
    missing = {one.number for one in state.projects if first <= today and _is_missing(one, today)}
    earliest = date.min if first <= today else first

    def is_due(duty: Reminder) -> bool:
        return duty.subject in missing or earliest <= duty.deadline.astimezone(work.zone).date() <= last

    found = (*_statuses(person, state, today, work), *_owed(person, state, today), *_meetings(person, state, now))
    return tuple(sorted(filter(is_due, found), key=lambda duty: (duty.deadline, duty.title, duty.subject)))


def _is_missing(project: Tracked, today: date) -> bool:
    rhythm = project.asked_every or DEFAULT_RHYTHM_DAYS
    return project.newest is None or (today - project.newest).days > rhythm


def _statuses(person: PersonId, state: ReminderState, today: date, work: WorkingTime) -> Iterator[Reminder]:
    for project in state.projects:
        lead = project.lead or NOBODY
        if not _is_asked(person, lead, project.number, state, today):
            continue
        held = kept(first_unanswered(project, rhythm_of(project, state), work), work)
        kind = Kind.STATUS_DUE if held >= today else Kind.STATUS_OVERDUE
        about = StatusDue(project.number, lead=project.lead, newest=project.newest)
        yield _duty(kind, project.number, person, lead, work.closing(held), about, project.title)


def _owed(person: PersonId, state: ReminderState, today: date) -> Iterator[Reminder]:
    for one in state.obligations:
        owner = one.owner or NOBODY
        may_stand_in = one.origin in WITH_DEPUTIES
        is_asked = _is_asked(person, owner, one.project or "", state, today) if may_stand_in else person == owner
        if is_asked and not one.is_met:
            yield _obligation(one, person, owner)


def _obligation(one: Obligation, person: PersonId, owner: PersonId) -> Reminder:
    return _duty(Kind.DEADLINE, one.key, person, owner, one.due, Owed(one.origin, one.project), one.title)


def _meetings(person: PersonId, state: ReminderState, now: datetime) -> Iterator[Reminder]:
    bodies = {body.name for body in state.bodies if body.has(person)}
    for meeting in state.meetings:
        if meeting.body in bodies and meeting.start > now:
            about, key = MeetingSoon(meeting), meeting_key(meeting)
            yield _duty(Kind.MEETING_SOON, key, person, person, meeting.start, about, meeting.body)


def _is_asked(person: PersonId, whose: PersonId, project: str, state: ReminderState, today: date) -> bool:
    return person == whose or person in state.deputies_of(whose, project, today)


def _duty(
    kind: Kind,
    subject: str,
    person: PersonId,
    whose: PersonId,
    deadline: datetime,
    about: About,
    title: str,
) -> Reminder:
    duty = reminder_without_step(kind, subject, Recipient(person), deadline, about, title)
    return duty if person == whose else replace(duty, in_place_of=whose)
