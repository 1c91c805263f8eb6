"""What people do in several tests, and what is held of everything that they are shown."""

from __future__ import annotations

from dialogs.forms.questions import AskedFirst, Confirming
from dialogs.rounds import handlers as rounds
from dialogs.rounds.buttons import Open
from dialogs.rounds.card import RoundOpened, RoundShown
from dialogs.rounds.orders import OpenRound
from dialogs.turn.answer import Answer
from dialogs.turn.audience import Audience
from dialogs.turn.reply import Reply
from dialogs.turn.visit import Visit
from portfolio.projects.project import Risk
from portfolio.projects.status import Rag, StatusReport
from portfolio.status.reporting import Submission
from tests.kit.cards import checked
from tests.world.municipality import BOARD

OPEN = OpenRound(bodies=(BOARD.name,))


def said(answer: Answer, visit: Visit) -> Reply:
    """What is said, on a card that every client can show."""
    return checked(answer.reply(visit.audience))


async def open_round(visit: Visit, order: OpenRound = OPEN) -> Answer:
    """Open a round, and return what that is answered with once the question before it is answered with a yes."""
    answer = await rounds.open_round(visit, order)
    asked = answer.answer if isinstance(answer, AskedFirst) else answer
    if isinstance(asked, Confirming) and isinstance(asked.yes, Open):
        return await rounds.open_round_pressed(visit, asked.yes)
    return answer


async def opened(visit: Visit) -> str:
    """The id of the board's next round, opened."""
    answer = await open_round(visit)
    assert isinstance(answer, RoundOpened | RoundShown)
    await follow(visit)
    return answer.view.round.id


async def follow(visit: Visit) -> None:
    """Does what follows a turn that stored something: the rounds' cards show it."""

    async def anybody() -> Audience:
        return visit.audience

    await rounds.catch_up(visit.stores, visit.now, anybody)


async def report(visit: Visit, number: str, colour: Rag, *, obstacle: Risk | None = None, **more: str) -> None:
    """Publishes a report, and lets the rounds know."""
    await publish(visit, number, colour, obstacle=obstacle, **more)
    await rounds.leave_cards_behind(visit, number)
    await follow(visit)


async def publish(visit: Visit, number: str, colour: Rag, *, obstacle: Risk | None = None, **more: str) -> None:
    reportable = await visit.stores.reporting.reportable(number)
    assert reportable is not None
    status = StatusReport(number, visit.today, colour, **more)
    submission = Submission(status, reportable.revision, visit.person.id, visit.now, obstacle=obstacle)
    await visit.stores.reporting.publish(submission)
