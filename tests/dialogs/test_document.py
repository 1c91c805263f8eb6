"""The document of `ask --json`: what scripts are promised."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from dialogs.assistant import Assistant, Turn
from dialogs.turn.orders import ReportStatus
from dialogs.turn.readings import Asked, AskerUnknown, Choice, Clarify, HelpWanted, Reading, Unclear
from portfolio.bodies import Meeting
from portfolio.projects.project import Phase, ProjectKind
from portfolio.projects.status import Rag
from portfolio.questions import catalogue
from portfolio.questions.question import (
    Changed,
    During,
    Figure,
    FigureKind,
    Mentions,
    PeopleRole,
    Question,
    Sort,
    Target,
    Tests,
    Within,
    unless,
    which,
)
from portfolio.whole import Portfolio
from storage.database import Database
from storage.whole import SqlPortfolioWriter
from tests.kit.fakes import Readings
from tests.world.people import GRY, SOREN
from tests.world.portfolio import CLIMATE

BODY = "Digitaliseringsstyregruppen"


async def document(reading: Reading, assistant: Assistant, readings: Readings, turn: Turn) -> dict[str, Any]:
    readings.meaning["?"] = reading
    return await assistant.document("?", turn)


async def understood(question: Question, assistant: Assistant, readings: Readings, turn: Turn) -> Any:
    return (await document(Asked(question), assistant, readings, turn))["understood"]


async def test_list_holds_every_hit_in_the_order_asked_for(assistant: Assistant, readings: Readings, turn: Turn):
    question = Question(where=which(overall=(Rag.RED,)), sort=Sort("number", descending=True))
    written = await document(Asked(question), assistant, readings, turn)
    assert {name: written[name] for name in ("kind", "understood", "total", "projects", "value", "clarify")} == {
        "kind": "projects",
        "understood": {"overall": ["red"], "sort": "-number"},
        "total": 2,
        "projects": ["P002", "P001"],
        "value": None,
        "clarify": [],
    }
    assert written["text"] == (await assistant.ask("?", turn)).text


async def test_all_pages_are_in_the_document(assistant: Assistant, readings: Readings, turn: Turn):
    written = await document(Asked(Question()), assistant, readings, turn)
    assert written["total"] == len(written["projects"]) == 23
    assert written["understood"] == {}


async def test_values_are_the_workbooks_words_in_any_language(assistant: Assistant, readings: Readings, english: Turn):
    question = Question(where=which(kinds=(ProjectKind.CROSS_CUTTING,), phases=(Phase.IDEA,), goals=(13,)))
    assert await understood(question, assistant, readings, english) == {
        "kinds": ["Egen tværgående"],
        "phases": ["Idé"],
        "goals": [13],
    }


async def test_what_is_left_out_is_written_as_what_is_left(assistant: Assistant, readings: Readings, turn: Turn):
    question = Question(
        where=(
            *which(kinds=(ProjectKind.LOCAL, ProjectKind.NATIONAL)),
            *unless(overall=(Rag.GREEN,), kinds=(ProjectKind.LOCAL,), org_units=("Skoler",), lead=(SOREN.id,)),
        ),
    )
    written = await understood(question, assistant, readings, turn)
    assert sorted(written.pop("overall")) == ["amber", "none", "red"]
    assert written == {"kinds": ["National"], "except": {"org_units": ["Skoler"], "lead": [SOREN.email]}}


async def test_every_other_field_is_written_by_its_name(assistant: Assistant, readings: Readings, turn: Turn):
    where = (
        *which(missing_status=True, stale=False, late=True, over_budget=False), Mentions("skærm"),
        During(catalogue.END, None, date(2026, 9, 30)), Within(catalogue.BUDGET, Decimal("1000.5")),
    )  # fmt: skip
    question = Question(where=where, limit=5, include_closed=True)
    assert await understood(question, assistant, readings, turn) == {
        "missing_status": True, "stale": False, "late": True, "over_budget": False, "limit": 5,
        "include_closed": True, "text": "skærm", "period": {"field": "end", "from": None, "to": "2026-09-30"},
        "amounts": [{"amount": "budget", "at_least": 1000.5}],
    }  # fmt: skip


async def test_count_has_its_number_as_value(assistant: Assistant, readings: Readings, turn: Turn):
    written = await document(Asked(Question(Target.COUNT)), assistant, readings, turn)
    assert (written["kind"], written["value"], written["total"]) == ("count", 23, 23)


@pytest.mark.parametrize(
    ("figure", "where", "value", "unit"),
    [
        (Figure(FigureKind.SUM, catalogue.BUDGET), which(), 1_750_000, "kr."),
        (Figure(FigureKind.AVERAGE, catalogue.PROGRESS), which(), 12.5, "%"),
        (Figure(FigureKind.SHARE), which(overall=(Rag.RED,)), 8.7, "%"),
        (Figure(FigureKind.SUM, catalogue.BUDGET), which(org_units=("Teknik",)), None, "kr."),
    ],
)
async def test_figure_has_value_and_unit(
    figure: Figure, where: Tests, value: float, unit: str, assistant: Assistant, readings: Readings, turn: Turn
):
    written = await document(Asked(Question(Target.FIGURE, where, figure=figure)), assistant, readings, turn)
    assert written["kind"] == "figure"
    assert written["understood"]["unit"] == unit
    assert written["value"] == (value if value is None else pytest.approx(value, abs=0.01))


async def test_people_are_given_by_email(assistant: Assistant, readings: Readings, turn: Turn):
    red = which(overall=(Rag.RED,))
    leads = await document(Asked(Question(Target.PEOPLE, red)), assistant, readings, turn)
    assert (leads["kind"], leads["people"]) == ("people", ["bo@birkefjord.example", SOREN.email])
    owners = Question(Target.PEOPLE, red, people=PeopleRole.OWNER)
    assert (await document(Asked(owners), assistant, readings, turn))["people"] == [GRY.email]
    chair = Question(Target.PEOPLE, where=which(bodies=(BODY,)), people=PeopleRole.CHAIR)
    assert (await document(Asked(chair), assistant, readings, turn))["people"] == [GRY.email]
    lead_of_one = Question(Target.PEOPLE, which(projects=("P001",)))
    assert (await document(Asked(lead_of_one), assistant, readings, turn))["people"] == [SOREN.email]


async def test_meetings_are_given_with_time_and_place(assistant: Assistant, readings: Readings, turn: Turn):
    written = await document(Asked(Question(Target.MEETINGS, where=which(bodies=(BODY,)))), assistant, readings, turn)
    assert (written["kind"], written["total"], written["projects"]) == ("meetings", 2, [])
    assert written["meetings"][0]["body"] == BODY
    assert written["meetings"][0]["start"] == "2026-06-16T09:00:00+02:00"


async def test_one_project(assistant: Assistant, readings: Readings, turn: Turn):
    question = Question(Target.PROJECT, which(projects=("P004",)))
    written = await document(Asked(question), assistant, readings, turn)
    assert (written["kind"], written["projects"], written["total"]) == ("project", ["P004"], 1)
    assert written["understood"] == {"projects": ["P004"]}


async def test_trend_is_a_document_of_its_project(assistant: Assistant, readings: Readings, turn: Turn):
    question = Question(Target.TREND, where=(*which(projects=("P001",)), Changed(first=date(2027, 1, 1))))
    written = await document(Asked(question), assistant, readings, turn)
    assert (written["kind"], written["projects"], written["total"]) == ("project", ["P001"], 1)
    assert written["understood"] == {
        "trend": True,
        "projects": ["P001"],
        "changed": {"from": "2027-01-01", "to": None, "colours": []},
    }


async def test_changes_are_a_list_of_every_project_that_changed(assistant: Assistant, readings: Readings, turn: Turn):
    question = Question(where=(*which(disputed=True), Changed(last=date(2026, 4, 3), to=(Rag.RED, Rag.AMBER))))
    written = await document(Asked(question), assistant, readings, turn)
    assert (written["kind"], written["projects"], written["total"]) == ("projects", ["P001"], 1)
    assert written["understood"] == {
        "disputed": True,
        "changed": {"from": None, "to": "2026-04-03", "colours": ["red", "amber"]},
    }
    every = await document(Asked(Question(where=(Changed(),))), assistant, readings, turn)
    assert every["total"] == len(every["projects"]) == 22


async def test_day_of_the_last_meeting_is_written(
    database: Database, assistant: Assistant, readings: Readings, turn: Turn
):
    held = Meeting(BODY, datetime(2026, 6, 8, 7, tzinfo=UTC))
    await SqlPortfolioWriter(database).apply(Portfolio(meetings=(held,)))
    question = Question(where=(Changed(since_meeting=BODY),))
    written = await document(Asked(question), assistant, readings, turn)
    assert written["projects"] == ["P002", "P003"]
    assert written["understood"]["changed"] == {
        "from": "2026-06-08",
        "to": None,
        "colours": [],
        "since_meeting": BODY,
    }


async def test_readings_to_choose_between_are_listed(assistant: Assistant, readings: Readings, turn: Turn):
    choice = Choice("focus_areas", CLIMATE, Question(where=which(focus_areas=(CLIMATE,))))
    written = await document(Clarify("klima", (choice,)), assistant, readings, turn)
    assert written["kind"] == "clarify"
    assert written["clarify"] == [{"field": "focus_areas", "value": CLIMATE, "understood": {"focus_areas": [CLIMATE]}}]


@pytest.mark.parametrize(
    ("reading", "kind", "meaning"),
    [
        (Unclear(("x",)), "unclear", {}),
        (AskerUnknown(), "unclear", {}),
        (HelpWanted(), "help", {}),
        (ReportStatus(("P001",)), "command", {"command": "report_status", "projects": ["P001"]}),
        (Asked(Question(Target.PROPOSALS)), "proposals", {}),
        (Asked(Question(Target.SYSTEMS)), "systems", {}),
    ],
)
async def test_what_is_no_answer_says_what_it_is(
    reading: Reading, kind: str, meaning: dict[str, str], assistant: Assistant, readings: Readings, turn: Turn
):
    written = await document(reading, assistant, readings, turn)
    assert (written["kind"], written["understood"], written["value"]) == (kind, meaning, None)
