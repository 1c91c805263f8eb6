"""The cast's meetings, as they are by now."""

from __future__ import annotations

from datetime import datetime

from round_cast import BOARD, MEETING
from talk import Talk

from dialogs.turn.visit import Desk
from portfolio.bodies import Meeting
from portfolio.questions.question import Question, Target


async def starts(desk: Desk, talk: Talk, body: str = BOARD.name) -> list[datetime]:
    page = await desk.reader.meetings(Question(Target.MEETINGS, bodies=(body,)), talk.now, size=20)
    return [one.start for one in page.meetings]


async def boards(desk: Desk) -> Meeting:
    """The board's next meeting, wherever it is by now, cancelled or not."""
    meeting = await desk.reminding.meetings.known_at(BOARD.name, MEETING)
    assert meeting is not None
    return meeting
