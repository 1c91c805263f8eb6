"""Finds the meeting that a button is about, also on cards from when a meeting was known by its body and start."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from dialogs.meetings.buttons import OfMeeting, Restore
from dialogs.turn.payload import MalformedButton
from dialogs.turn.visit import Visit
from portfolio.bodies import Meeting
from portfolio.meetings.reminders import meeting_key
from portfolio.reminders.keys import EarlierMeetingSubject

_LONGEST = timedelta(days=7)


async def meeting_on(visit: Visit, button: OfMeeting) -> Meeting | str:
    """The meeting on an old card; the name of the body that has no such meeting, or more than one."""
    if button.body is None or button.start is None:
        raise MalformedButton("no meeting")
    return await visit.stores.reminding.meetings.known_at(button.body, button.start) or button.body


def cancelled_on(meeting: Meeting, button: Restore) -> Meeting | None:
    """The cancelled meeting that a button is to bring back. A meeting from when cancelled ones were not kept gets its
    end, place and topic from the old card; None where that card is about another time. Raises MalformedButton."""
    if button.meeting is not None or button.start is None:
        return meeting
    start, end = button.start, button.end
    if end is not None and not start < end <= start + _LONGEST:
        raise MalformedButton("no such time")
    if start != meeting.start:
        return None
    place, topic = meeting.place or button.place, meeting.topic or button.topic
    return replace(meeting, end=meeting.end or end, place=place, topic=topic)


async def current_subject(visit: Visit, subject: str) -> str:
    """Translate a reminder's subject on an old card: "Styregruppen|1781766000" became "meeting:12"."""
    earlier = EarlierMeetingSubject.read(subject)
    meeting = await visit.stores.reminding.meetings.known_at(earlier.body, earlier.start) if earlier else None
    return meeting_key(meeting) if meeting else subject
