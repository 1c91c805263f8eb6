"""A meeting's buttons, with the verbs that they send."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from dialogs.cards.elements import Element, button
from dialogs.turn.button import BodyName, Button, MeetingId, Moment, Name, Number
from portfolio.bodies import Meeting


@dataclass(frozen=True, slots=True)
class OfMeeting(Button):
    """A button about a meeting. On cards of earlier versions that was known by its body and its start."""

    meeting: MeetingId | None = None
    body: BodyName | None = None
    start: Moment | None = None

    def __post_init__(self) -> None:
        if self.meeting is None and (self.body is None or self.start is None):
            raise ValueError("no meeting")


@dataclass(frozen=True, slots=True)
class Move(OfMeeting):
    """Ask for a yes before it is moved."""

    verb: ClassVar[str] = "meeting_move"
    command: ClassVar[str] = "move_meeting"
    to: Moment | None = None


@dataclass(frozen=True, slots=True)
class Cancel(OfMeeting):
    """Say yes to cancelling the meeting as the card shows it."""

    verb: ClassVar[str] = "meeting_cancel"
    command: ClassVar[str] = "cancel_meeting"
    revision: Number | None = None


@dataclass(frozen=True, slots=True)
class Restore(OfMeeting):
    """Hold it after all; `sure` on the yes to that, which isn't the button that takes the cancelling back. On cards of
    earlier versions the rest of it stood too."""

    verb: ClassVar[str] = "meeting_restore"
    command: ClassVar[str] = "restore_meeting"
    sure: bool = False
    end: Moment | None = None
    place: Name | None = None
    topic: Name | None = None


@dataclass(frozen=True, slots=True)
class SetChannel(Button):
    """Say yes to making the channel where it is pressed the body's, or to taking its channel from it."""

    verb: ClassVar[str] = "channel"
    body: BodyName
    bound: bool


def move_meeting(title: str, meeting: Meeting, to: datetime | None = None) -> Element:
    return button(title, Move(meeting.id, to=to))


def cancel_meeting(title: str, meeting: Meeting) -> Element:
    return button(title, Cancel(meeting.id, revision=meeting.revision))


def restore_meeting(title: str, meeting: Meeting) -> Element:
    return button(title, Restore(meeting.id))
