"""The cast's meetings, as they are by now."""

from __future__ import annotations

from datetime import datetime

from dialogs.turn.visit import Stores
from portfolio.bodies import Meeting
from portfolio.questions.question import Question, Target, which
from tests.kit.talk import Talk
from tests.world.municipality import BOARD, MEETING


async def starts(stores: Stores, talk: Talk, body: str = BOARD.name) -> list[datetime]:
    page = await stores.reader.meetings(Question(Target.MEETINGS, where=which(bodies=(body,))), talk.now, size=20)
    return [one.start for one in page.meetings]


async def boards(stores: Stores) -> Meeting:
    """The board's next meeting, wherever it is by now, cancelled or not."""
    meeting = await stores.reminding.meetings.known_at(BOARD.name, MEETING)
    assert meeting is not None
    return meeting
