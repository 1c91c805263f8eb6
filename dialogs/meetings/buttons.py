"""A meeting's buttons, with the verbs that they send."""

from __future__ import annotations

from datetime import datetime

from dialogs.cards.elements import Element, button
from portfolio.bodies import Meeting

MOVE, CANCEL, RESTORE = "meeting_move", "meeting_cancel", "meeting_restore"


def move_meeting(title: str, meeting: Meeting, to: datetime | None = None) -> Element:
    """Asks for a yes before it is moved."""
    return button(title, MOVE, {"meeting": meeting.id, **({"to": to.isoformat()} if to else {})})


def cancel_meeting(title: str, meeting: Meeting) -> Element:
    """The yes is to the meeting as the card shows it."""
    return button(title, CANCEL, {"meeting": meeting.id, "revision": meeting.revision})


def restore_meeting(title: str, meeting: Meeting) -> Element:
    return button(title, RESTORE, {"meeting": meeting.id})
