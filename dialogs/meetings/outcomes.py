"""What comes of moving and cancelling meetings, before it becomes a card and a text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from portfolio.bodies import Meeting


@dataclass(frozen=True, slots=True)
class News:
    """Who is told of the change, and when: its channel, or so many `people`, each in their own chat."""

    at: datetime
    people: int
    has_channel: bool


@dataclass(frozen=True, slots=True)
class MeetingMoved:
    """`meeting` as it is now; it began at `before`."""

    meeting: Meeting
    before: datetime
    news: News


@dataclass(frozen=True, slots=True)
class CancellingAsked:
    """Nothing is cancelled before the yes."""

    meeting: Meeting
    news: News


@dataclass(frozen=True, slots=True)
class MeetingCancelled:
    meeting: Meeting
    news: News


@dataclass(frozen=True, slots=True)
class MeetingRestored:
    """Held after all."""

    meeting: Meeting


MeetingOutcome = MeetingMoved | CancellingAsked | MeetingCancelled | MeetingRestored
