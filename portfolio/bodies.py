"""Groups that meet and decide, and their meetings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


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
    """`name` is the identity; chair, secretary and members are e-mails."""

    name: str
    kind: BodyKind = BodyKind.OTHER
    chair: str | None = None
    secretary: str | None = None
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Meeting:
    """Times carry their zone. A meeting is known by its body and its start."""

    body: str
    start: datetime
    end: datetime | None = None
    place: str | None = None
    topic: str | None = None
