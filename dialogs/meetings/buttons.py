"""A meeting's buttons."""

from __future__ import annotations

from datetime import datetime

from dialogs.cards.buttons import Verb
from dialogs.cards.elements import Element, button
from portfolio.bodies import Meeting


def move_meeting(title: str, meeting: Meeting, to: datetime | None = None) -> Element:
    """Asks for a yes before it is moved."""
    return button(title, Verb.MEETING_MOVE, {**_of_meeting(meeting), **({"to": to.isoformat()} if to else {})})


def cancel_meeting(title: str, meeting: Meeting) -> Element:
    return button(title, Verb.MEETING_CANCEL, _of_meeting(meeting))


def restore_meeting(title: str, meeting: Meeting) -> Element:
    """With all that the meeting was, since it is no longer there."""
    end = meeting.end.isoformat() if meeting.end else None
    more = {"end": end, "place": meeting.place, "topic": meeting.topic}
    return button(
        title, Verb.MEETING_RESTORE, {**_of_meeting(meeting), **{name: one for name, one in more.items() if one}}
    )


def _of_meeting(meeting: Meeting) -> dict[str, str]:
    return {"body": meeting.body, "start": meeting.start.isoformat()}
