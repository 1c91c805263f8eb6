"""Projects of the former strategy stay in sight when their focus area has been replaced."""

from __future__ import annotations

from dataclasses import replace

from dialogs.assistant import Assistant, Turn
from dialogs.turn.readings import Asked
from portfolio.projects.project import Project
from portfolio.projects.strategy import FocusArea, with_predecessors
from portfolio.questions.question import Question, which
from portfolio.whole import Portfolio
from storage.database import Database
from storage.whole import SqlPortfolioWriter
from tests.kit.cards import press_of
from tests.kit.fakes import Readings
from tests.world.portfolio import CLIMATE

OLD, OLDEST = FocusArea("Bæredygtig vækst", "2016-2020", replaced_by=CLIMATE), FocusArea("Grøn it", "2011-2015")


def test_an_area_is_followed_back_through_all_periods_and_round_no_circle() -> None:
    areas = [FocusArea(CLIMATE), OLD, replace(OLDEST, replaced_by=OLD.name)]
    assert with_predecessors([CLIMATE], areas) == {CLIMATE, OLD.name, OLDEST.name}
    circle = [FocusArea("a", replaced_by="b"), FocusArea("b", replaced_by="a")]
    assert with_predecessors(["a"], circle) == {"a", "b"}


async def test_manager_is_offered_the_projects_of_the_former_focus_area(
    assistant: Assistant, readings: Readings, database: Database, turn: Turn
) -> None:
    old = Project("X9", "Varmestyring", focus_areas=(OLD.name,))
    await SqlPortfolioWriter(database).apply(Portfolio(projects=(old,), focus_areas=(OLD,)))
    readings.meaning["klima"] = Asked(Question(where=which(focus_areas=(CLIMATE,))))
    reply = await assistant.ask("klima", turn)
    assert "Varmestyring" not in reply.text
    assert "Tag 1 projekt med fra det tidligere fokusområde" in reply.text
    verb, data = press_of(reply.card, "Tag 1 projekt med fra det tidligere fokusområde")
    assert "Varmestyring" in (await assistant.press(verb, data, turn)).text
