"""Groups that meet and decide, and their meetings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from portfolio.identity import PersonId


class BodyKind(StrEnum):
    STEERING_GROUP = "steering_group"
    PROGRAMME_GROUP = "programme_group"
    PROJECT_BOARD = "project_board"
    EXECUTIVE_BOARD = "executive_board"
    MANAGERS_FORUM = "managers_forum"
    INNOVATION_GROUP = "innovation_group"
    SECURITY_GROUP = "security_group"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Body:
    """`name` is the identity."""

    name: str
    kind: BodyKind = BodyKind.OTHER
    chair: PersonId | None = None
    secretary: PersonId | None = None
    members: tuple[PersonId, ...] = ()

    def has(self, person: PersonId) -> bool:
        return person in (self.chair, self.secretary, *self.members)


class MeetingState(StrEnum):
    """`moved`: the meeting is held at another time than it was first to start."""

    HELD = "held"
    MOVED = "moved"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting of a body. Times carry their zone.

    `id` stays the same whatever becomes of the meeting; it is 0 until the meeting is stored. `revision` counts the
    changes that were made through Tovholder, so that nobody changes a meeting without having seen the last one.
    """

    body: str
    start: datetime
    end: datetime | None = None
    place: str | None = None
    topic: str | None = None
    id: int = 0
    revision: int = 0
    state: MeetingState = MeetingState.HELD

    @property
    def is_cancelled(self) -> bool:
        return self.state is MeetingState.CANCELLED


@dataclass(frozen=True, slots=True)
class MeetingChange:
    """A meeting that was to start at `start` was moved to `moved_to`, or, with None, cancelled; one that is held after
    all is moved to where it was. `meeting` is how it stands now."""

    meeting: Meeting
    start: datetime
    moved_to: datetime | None
    at: datetime

    @property
    def is_restored(self) -> bool:
        return self.moved_to == self.start
