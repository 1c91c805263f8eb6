"""A meeting's buttons."""

from __future__ import annotations

from datetime import datetime

from dialogs.cards.elements import Element, button
from dialogs.cards.verbs import Verb
from portfolio.bodies import Meeting


def move_meeting(title: str, meeting: Meeting, to: datetime | None = None) -> Element:
    """Asks for a yes before it is moved."""
    return button(title, Verb.MEETING_MOVE, {"meeting": meeting.id, **({"to": to.isoformat()} if to else {})})


def cancel_meeting(title: str, meeting: Meeting) -> Element:
    """The yes is to the meeting as the card shows it."""
    return button(title, Verb.MEETING_CANCEL, {"meeting": meeting.id, "revision": meeting.revision})


def restore_meeting(title: str, meeting: Meeting) -> Element:
    return button(title, Verb.MEETING_RESTORE, {"meeting": meeting.id})
