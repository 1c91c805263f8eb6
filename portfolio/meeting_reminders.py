"""Who is reminded of a body's meetings: its channel where it has one, else each of its people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from portfolio.bodies import Body, Meeting
from portfolio.reminders import Considered, Kind, MeetingChange, Outcome, Recipient, Reminder, ReminderState
from portfolio.rungs import Climb, Rung, climbed

DAYS_BEFORE = 7
WORKING_DAYS_BEFORE = 1


def meeting_key(body: str, start: datetime) -> str:
    return f"{body}|{start.timestamp():.0f}"


def people_of(body: Body) -> tuple[str, ...]:
    named = (body.chair, body.secretary, *body.members)
    return tuple(dict.fromkeys(email for email in named if email))


def recipients_of(name: str, state: ReminderState) -> tuple[Recipient, ...]:
    """Nobody where the body is not known and has no channel."""
    if name in state.channels:
        return (Recipient(name, is_channel=True),)
    return tuple(Recipient(email) for body in state.bodies if body.name == name for email in people_of(body))


def meeting_reminders(climb: Climb) -> Iterator[Considered]:
    for meeting in climb.state.meetings:
        rungs = _rungs(meeting, climb)
        for recipient in recipients_of(meeting.body, climb.state):
            reminder = _reminder(Kind.MEETING_SOON, meeting, recipient, meeting.start)
            yield from climbed(climb, rungs, reminder, ends=meeting.start)


def meeting_changes(climb: Climb) -> Iterator[Considered]:
    """Told once, when people are next at work: where the meeting ended up, of one that was moved more than once."""
    on_the_way = {(one.body, one.moved_to) for one in climb.state.changes}
    for change in climb.state.changes:
        if (change.body, change.start) in on_the_way:
            continue  # told by the first of the moves
        yield from _told(change, climb)


def _told(first: MeetingChange, climb: Climb) -> Iterator[Considered]:
    last = _last_move(first, climb.state)
    due_at = climb.work.next_open(last.at)
    ends = max(first.start, last.moved_to or first.start)
    if due_at > climb.now or (ends <= climb.now and due_at <= climb.since):
        return
    found = [one for one in climb.state.meetings if (one.body, one.start) == (last.body, last.moved_to)]
    meeting = found[0] if found else Meeting(last.body, first.start)
    what = "cancelled" if last.moved_to is None else f"{last.moved_to.timestamp():.0f}"
    for recipient in recipients_of(last.body, climb.state):
        reminder = _reminder(Kind.MEETING_CHANGED, meeting, recipient, last.moved_to or first.start)
        told = Reminder(
            kind=Kind.MEETING_CHANGED,
            subject=meeting_key(first.body, first.start),
            recipient=recipient,
            occasion=what,
            due_at=due_at,
            expires_at=ends,
            deadline=reminder.deadline,
            title=last.body,
            meeting=meeting if last.moved_to else None,
            was=first.start,
        )
        yield Considered(told, _excuse(told, climb))


def _last_move(change: MeetingChange, state: ReminderState) -> MeetingChange:
    """A meeting moved back to where it was is one that is held as planned: the chain ends there."""
    seen = {change.start}
    while change.moved_to is not None and change.moved_to not in seen:
        seen.add(change.moved_to)
        following = [one for one in state.changes if (one.body, one.start) == (change.body, change.moved_to)]
        if not following:
            return change
        change = following[0]
    return change


def _excuse(told: Reminder, climb: Climb) -> Outcome | None:
    state, person = climb.state, told.recipient
    if state.all_stopped or told.key in state.stopped:
        return Outcome.STOPPED
    if told.expires_at <= climb.now:
        return Outcome.EXPIRED
    if person.is_channel:
        return None
    if person.id not in state.people:
        return Outcome.LEFT
    is_away_until_then = told.deadline and state.is_away(person.id, told.deadline.astimezone(climb.work.zone).date())
    return Outcome.ABSENT if is_away_until_then and state.is_away(person.id, climb.today) else None


def _rungs(meeting: Meeting, climb: Climb) -> tuple[Rung, ...]:
    """On one day alone where the two fall together."""
    day = meeting.start.astimezone(climb.work.zone).date()
    occasion = f"{meeting.start.timestamp():.0f}"
    early = climb.work.on_or_before(day - timedelta(days=DAYS_BEFORE))
    late = climb.work.before(day, WORKING_DAYS_BEFORE)
    return (
        Rung(early, Kind.MEETING_SOON, -DAYS_BEFORE, f"{occasion}-early"),
        Rung(late, Kind.MEETING_SOON, -WORKING_DAYS_BEFORE, f"{occasion}-late"),
    )


def _reminder(kind: Kind, meeting: Meeting, recipient: Recipient, deadline: datetime) -> Reminder:
    return Reminder(
        kind=kind,
        subject=meeting_key(meeting.body, meeting.start),
        recipient=recipient,
        occasion="",
        due_at=deadline,
        expires_at=deadline,
        deadline=deadline,
        title=meeting.body,
        meeting=meeting,
    )
