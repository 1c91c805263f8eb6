"""Reminders of meetings and of their changes: to the body's channel where it has one, else to each of its people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby, pairwise

from portfolio.bodies import Body, Meeting, MeetingChange
from portfolio.identity import NOBODY, PersonId
from portfolio.reminders.keys import MeetingSubject, change_occasion, meeting_step
from portfolio.reminders.kinds import (
    Considered,
    Kind,
    MeetingChanged,
    MeetingSoon,
    Recipient,
    Reminder,
    ReminderState,
)
from portfolio.reminders.ladder import Moment, Step, due_steps, reason_not_to_send, reminder_without_step

DAYS_BEFORE = 7
WORKING_DAYS_BEFORE = 1
# A change that somebody who comes back has not heard of by then is no news.
NEWS_FOR = timedelta(days=30)


def meeting_key(meeting: Meeting) -> str:
    """Writes the subject of the reminders of a meeting."""
    return MeetingSubject(meeting.id).write()


def people_of(body: Body) -> tuple[PersonId, ...]:
    named = (body.chair, body.secretary, *body.members)
    return tuple(dict.fromkeys(one for one in named if one))


def recipients_of(name: str, state: ReminderState) -> tuple[Recipient, ...]:
    """Lists those to remind; nobody where the body is not known and has no channel."""
    if name in state.channels:
        return (Recipient(name, is_channel=True),)
    return tuple(Recipient(one) for body in state.bodies if body.name == name for one in people_of(body))


def meeting_reminders(moment: Moment) -> Iterator[Considered]:
    for meeting in moment.state.meetings:
        steps = _steps(meeting, moment)
        for recipient in recipients_of(meeting.body, moment.state):
            yield from due_steps(moment, steps, _reminder(meeting, recipient), ends=meeting.start)


def meeting_changes(moment: Moment) -> Iterator[Considered]:
    """Yields where each meeting ended up, once, when people are next at work."""
    in_order = sorted(moment.state.changes, key=lambda change: (change.meeting.id, change.at))
    for _, group in groupby(in_order, key=lambda change: change.meeting.id):
        changes = list(group)
        first, last = changes[0], changes[-1]
        ends = min(max(first.start, last.start, last.moved_to or last.start), last.at + NEWS_FOR)
        is_back = last.moved_to == first.start and not last.is_restored
        if last.at < ends and (not is_back or _may_be_known(changes, moment)):
            yield from _change_reminders(changes, ends, moment)


def _may_be_known(changes: Sequence[MeetingChange], moment: Moment) -> bool:
    """Says whether somebody was at work between the changes of a meeting that was moved back."""
    return any(moment.work.next_open(change.at) < after.at for change, after in pairwise(changes))


def _change_reminders(changes: Sequence[MeetingChange], ends: datetime, moment: Moment) -> Iterator[Considered]:
    last = changes[-1]
    due_at = moment.work.next_open(last.at)
    is_over = ends <= moment.now
    if due_at > moment.now or (is_over and due_at <= moment.since):
        return
    day = due_at.astimezone(moment.work.zone).date() if is_over else moment.today
    to_all = _change_reminder(changes, due_at, ends)
    for recipient in recipients_of(last.meeting.body, moment.state):
        reminder = replace(to_all, recipient=recipient)
        yield Considered(reminder, reason_not_to_send(reminder, day, moment.state, is_over=is_over))


def _change_reminder(changes: Sequence[MeetingChange], due_at: datetime, ends: datetime) -> Reminder:
    first, last = changes[0], changes[-1]
    was = last.start if last.moved_to == first.start or last.is_restored else first.start
    return Reminder(
        kind=Kind.MEETING_CHANGED,
        subject=meeting_key(last.meeting),
        recipient=Recipient(NOBODY),
        occasion=change_occasion(last.moved_to, last.at),
        due_at=due_at,
        expires_at=ends,
        deadline=last.moved_to or was,
        about=MeetingChanged(was, last.meeting if last.moved_to else None),
        title=last.meeting.body,
    )


def _steps(meeting: Meeting, moment: Moment) -> tuple[Step, ...]:
    day = meeting.start.astimezone(moment.work.zone).date()
    early = moment.work.on_or_before(day - timedelta(days=DAYS_BEFORE))
    late = moment.work.before(day, WORKING_DAYS_BEFORE)
    return (
        Step(early, Kind.MEETING_SOON, -DAYS_BEFORE, meeting_step(meeting.start, "early")),
        Step(late, Kind.MEETING_SOON, -WORKING_DAYS_BEFORE, meeting_step(meeting.start, "late")),
    )


def _reminder(meeting: Meeting, recipient: Recipient) -> Reminder:
    subject, about = meeting_key(meeting), MeetingSoon(meeting)
    return reminder_without_step(Kind.MEETING_SOON, subject, recipient, meeting.start, about, meeting.body)
