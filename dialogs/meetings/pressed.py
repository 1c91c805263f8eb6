"""Finds the meeting that a button is about, also on cards from when a meeting was known by its body and start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from dialogs.turn.payload import MAX_NUMBER, MalformedQuestion, token, whole_number, word
from dialogs.turn.visit import Visit
from portfolio.bodies import Meeting
from portfolio.meetings.reminders import meeting_key
from portfolio.reminders.keys import EarlierMeetingSubject

_LONGEST = timedelta(days=7)


async def meeting_in(visit: Visit, data: Mapping[str, Any]) -> Meeting | str:
    """The meeting, or, on an old card, the name of the body that has no such meeting, or more than one. Raises
    MalformedQuestion."""
    store = visit.stores.reminding.meetings
    if "meeting" not in data:
        body, start = word(data.get("body")), moment(data.get("start"))
        return await store.known_at(body, start) or body
    meeting = await store.meeting(whole_number(data["meeting"], MAX_NUMBER))
    if meeting is None:
        raise MalformedQuestion("no such meeting")
    return meeting


def cancelled_in(meeting: Meeting, data: Mapping[str, Any]) -> Meeting | None:
    """The cancelled meeting that a button is to bring back. A meeting from when cancelled ones were not kept gets its
    end, place and topic from the old card; None where that card is about another time. Raises MalformedQuestion."""
    if "meeting" in data:
        return meeting
    start, end = moment(data.get("start")), moment(data["end"]) if data.get("end") else None
    place, topic = (word(data[name]) if data.get(name) else None for name in ("place", "topic"))
    if end is not None and not start < end <= start + _LONGEST:
        raise MalformedQuestion("no such time")
    if start != meeting.start:
        return None
    return replace(meeting, end=meeting.end or end, place=meeting.place or place, topic=meeting.topic or topic)


async def current_subject(visit: Visit, subject: str) -> str:
    """Translate a reminder's subject on an old card: "Styregruppen|1781766000" became "meeting:12"."""
    earlier = EarlierMeetingSubject.read(subject)
    meeting = await visit.stores.reminding.meetings.known_at(earlier.body, earlier.start) if earlier else None
    return meeting_key(meeting) if meeting else subject


def moment(value: object) -> datetime:
    """Raises MalformedQuestion for what no button of ours holds."""
    try:
        found = datetime.fromisoformat(token(value))
    except ValueError as fault:
        raise MalformedQuestion("no such time") from fault
    if found.tzinfo is None or not 2000 <= found.year <= 2100:
        raise MalformedQuestion("no such time")
    return found
