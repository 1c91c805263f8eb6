"""Tells the people of a body, or its channel, that a meeting is near, or has changed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from dialogs.cards.buttons import ask
from dialogs.cards.elements import Element
from dialogs.feature import Look, Row, Section
from dialogs.turn.audience import Audience, Scope
from dialogs.values.plain import one_line
from dialogs.wording.days import LONGEST_NAME, days_left, meeting_day, meeting_time
from dialogs.wording.reminders import counted, title_of
from dialogs.wording.values import listed
from portfolio.bodies import Meeting
from portfolio.reminders.kinds import MeetingChanged, MeetingSoon, Reminder

LONGEST_PLACE = 120
MOST_BODIES = 3


def _soon_row(reminder: Reminder, audience: Audience) -> Row:
    meeting = reminder.about_a(MeetingSoon).meeting
    details = (meeting_time(meeting, audience), days_left(meeting.start, audience), *_where(meeting))
    return Row(title_of(reminder), details)


def _changed_row(reminder: Reminder, audience: Audience) -> Row:
    change, say = reminder.about_a(MeetingChanged), audience.texts.say
    before = meeting_time(Meeting(reminder.title, change.was), audience)
    if change.meeting is None:
        return Row(title_of(reminder), (say("reminder_row.cancelled", was=before),))
    after = meeting_time(change.meeting, audience)
    words = say("reminder_row.restored" if _is_restored(change) else "reminder_row.moved", was=before, now=after)
    return Row(title_of(reminder), (words, *_where(change.meeting)))


def _is_restored(change: MeetingChanged) -> bool:
    """Say whether it is held after all, when it was to be held."""
    return change.meeting is not None and change.meeting.start == change.was


def _where(meeting: Meeting) -> tuple[str, ...]:
    return tuple(one_line(part, LONGEST_PLACE) for part in (meeting.place, meeting.topic) if part)


def _soon_heading(reminders: Sequence[Reminder], audience: Audience) -> str:
    first = min(reminder.deadline for reminder in reminders)
    return counted("reminder.soon", reminders, audience, meeting_day(first, audience))


def _changed_heading(reminders: Sequence[Reminder], audience: Audience) -> str:
    first, say = reminders[0], audience.texts.say
    if len(reminders) > 1:
        return counted("reminder.changes", reminders, audience)
    change = first.about_a(MeetingChanged)
    words = {"title": title_of(first), "by": meeting_day(first.deadline, audience)}
    if change.meeting is None:
        return say("reminder.cancelled", **words)
    return say("reminder.restored" if _is_restored(change) else "reminder.moved", **words)


def _why(reminders: Sequence[Reminder], audience: Audience) -> str:
    """Names the bodies, of many the first."""
    names = list(dict.fromkeys(one_line(reminder.title, LONGEST_NAME) for reminder in reminders))
    if len(names) > MOST_BODIES:
        more = audience.texts.count("reminder.more", len(names) - MOST_BODIES)
        bodies = f"{', '.join(names[:MOST_BODIES])} {more}"
    else:
        bodies = listed(names, audience)
    if audience.scope is Scope.CHANNEL:
        return audience.texts.say("reminder_why.channel", bodies=bodies)
    return audience.texts.say("reminder_why.member", bodies=bodies)


def _all_meetings(audience: Audience) -> Element:
    return ask(audience.texts.say("example.meetings"))


_SOON = Section(
    title="reminder_part.soon",
    heading=_soon_heading,
    joint_heading="reminder.meetings",
    row=_soon_row,
    why=_why,
    show_all=_all_meetings,
)
_CHANGED = Section(
    title="reminder_part.changed",
    heading=_changed_heading,
    joint_heading="reminder.meetings",
    row=_changed_row,
    why=_why,
    show_all=None,
)

SOON = Look(
    name="reminder_kind.meeting_soon",
    fixed_because=None,
    brief=partial(counted, "preview.meeting_soon"),
    explained="explained_kind.meeting_soon",
    sections=(_SOON,),
    section=lambda _reminder, _audience: _SOON,
)
CHANGED = Look(
    name="reminder_kind.meeting_changed",
    fixed_because="reminder_fixed.meeting_changed",
    brief=partial(counted, "preview.meeting_changed"),
    explained="explained_kind.meeting_changed",
    sections=(_CHANGED,),
    section=lambda _reminder, _audience: _CHANGED,
)
