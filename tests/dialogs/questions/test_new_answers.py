"""Groups, single facts, what belongs to projects, and names: what their cards say, and what scripts are promised."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from dialogs.assistant import Assistant, Turn
from dialogs.turn.readings import Asked
from portfolio.projects.status import Rag
from portfolio.questions import catalogue
from portfolio.questions.catalogue import Attribute
from portfolio.questions.question import Figure, FigureKind, Question, Sort, Target, which
from tests.kit.cards import elements_of, faults, words_on
from tests.kit.fakes import Readings
from tests.world.people import GRY, SOREN
from tests.world.portfolio import CLIMATE, LONG_TITLE

BUDGET = Figure(FigureKind.SUM, catalogue.BUDGET)
MOST = Sort("value", descending=True)


def by(attribute: Attribute, **more: Any) -> Question:
    return Question(Target.GROUPS, group_by=attribute, **more)


def of(number: str, attribute: Attribute) -> Question:
    return Question(Target.FIELD, which(projects=(number,)), fact=attribute)


async def said(question: Question, assistant: Assistant, readings: Readings, turn: Turn) -> list[str]:
    """The lines of the text, which the card says too."""
    readings.meaning["?"] = Asked(question)
    reply = await assistant.ask("?", turn)
    assert reply.card is not None
    assert faults(reply.card) == []
    return reply.text.splitlines()


async def document(question: Question, assistant: Assistant, readings: Readings, turn: Turn) -> dict[str, Any]:
    readings.meaning["?"] = Asked(question)
    return await assistant.document("?", turn)


@pytest.mark.parametrize(
    ("question", "danish", "english"),
    [
        (by(catalogue.OVERALL), "23 projekter fordelt på farver.", "23 projects by colour."),
        (
            by(catalogue.ORG_UNITS, where=which(overall=(Rag.RED,))),
            "2 røde projekter fordelt på fagområder.",
            "2 red projects by department.",
        ),
        (by(catalogue.LEAD, figure=BUDGET), "Budget i alt fordelt på projektledere.", "Budget in all by project lead."),
        (
            by(catalogue.ORG_UNITS, sort=MOST, limit=1),
            "Flest projekter: Teknik (20).",
            "Most projects: Teknik (20).",
        ),
        (of("P001", catalogue.LEAD), f"Skærmbesøg i hjemmeplejen ledes af {SOREN.name}.", None),
        (of("P001", catalogue.BUDGET), "Skærmbesøg i hjemmeplejen: budget 1.250.000 kr.", None),
        (Question(Target.MILESTONES, which(missed=True)), "1 overskredet milepæl.", "1 missed milestone."),
        (Question(Target.BENEFITS), "2 gevinster.", "2 benefits."),
        (Question(Target.OBSTACLES, which(open=True, obstacle_kinds=("risk",))), "1 åben risiko.", "1 open risk."),
        (Question(Target.BENEFITS, which(projects=("P002",))), "Ingen gevinster.", "No benefits."),
        (Question(Target.FOCUS_AREAS), "1 fokusområde.", "1 focus area."),
        (Question(Target.ORG_UNITS), "3 fagområder.", "3 departments."),
    ],
)
async def test_answer_begins_with_what_was_asked(
    question: Question, danish: str, english: str | None, assistant: Assistant, readings: Readings, turn: Turn
):
    assert (await said(question, assistant, readings, turn))[0] == danish
    if english:
        assert (await said(question, assistant, readings, replace(turn, language="en")))[0] == english


async def test_every_group_is_told_with_its_value(assistant: Assistant, readings: Readings, turn: Turn):
    lines = await said(by(catalogue.ORG_UNITS, figure=BUDGET), assistant, readings, turn)
    assert [line for line in lines if line.startswith("- ")] == [
        "- Børn og Unge: 1,8 mio. kr.",
        "- Teknik: intet tal",
    ]


async def test_what_has_none_is_a_group_of_its_own(assistant: Assistant, readings: Readings, turn: Turn):
    written = await document(by(catalogue.FOCUS_AREAS), assistant, readings, turn)
    assert [(group["key"], group["value"]) for group in written["groups"]] == [(None, 22), (CLIMATE, 1)]
    assert written["understood"] == {"group_by": "focus_areas", "measure": "count"}


async def test_group_is_a_button_to_its_projects(assistant: Assistant, readings: Readings, turn: Turn):
    readings.meaning["?"] = Asked(by(catalogue.OVERALL))
    card = (await assistant.ask("?", turn)).card
    assert card is not None
    titles = [box["selectAction"]["title"] for box in elements_of(card, "Container") if "selectAction" in box]
    assert titles[0] == "Vis projekterne: gul, 19"


async def test_scripts_read_keys_by_canonical_names_and_people_by_address(
    assistant: Assistant, readings: Readings, english: Turn
):
    written = await document(by(catalogue.LEAD, figure=BUDGET), assistant, readings, english)
    groups = {group["key"]: (group["value"], group["projects"]) for group in written["groups"]}
    assert written["kind"] == "groups"
    assert groups[SOREN.email] == (1_750_000, ["P001", "P003"])
    assert written["understood"] == {"group_by": "lead", "measure": "sum", "amount": "budget"}


@pytest.mark.parametrize(
    ("attribute", "value"),
    [
        (catalogue.LEAD, SOREN.email),
        (catalogue.OWNER, GRY.email),
        (catalogue.ORG_UNITS, "Skoler"),
        (catalogue.FOCUS_AREAS, [CLIMATE]),
        (catalogue.PHASES, "Gennemførelse"),
        (catalogue.KINDS, "Lokal"),
        (catalogue.PRIORITY, 1),
        (catalogue.GOALS, [3, 13]),
        (catalogue.START, "2025-01-01"),
        (catalogue.END, "2026-09-30"),
        (catalogue.BUDGET, 1_250_000),
        (catalogue.REMAINING, -250_000),
        (catalogue.CONSUMPTION, 120),
        (catalogue.PROGRESS, 12.5),
        (catalogue.OVERALL, "red"),
        (catalogue.STATUS, "2026-04-03"),
        (catalogue.CASE_NUMBER, "S2026-4857"),
        (catalogue.MILESTONE, "Aftale *klar*"),
    ],
)
async def test_scripts_read_the_fact(
    attribute: Attribute, value: object, assistant: Assistant, readings: Readings, turn: Turn
):
    written = await document(of("P001", attribute), assistant, readings, turn)
    assert (written["kind"], written["value"], written["projects"]) == ("field", value, ["P001"])
    assert written["understood"]["field"] == attribute.fact


async def test_what_is_planned_is_expected_where_nobody_says_otherwise(
    assistant: Assistant, readings: Readings, turn: Turn
):
    written = await document(of("P001", catalogue.EXPECTED_END), assistant, readings, turn)
    assert (written["value"], written["understood"]["field"]) == ("2026-09-30", "end")


async def test_fact_that_nobody_knows_is_said_to_be_unknown(assistant: Assistant, readings: Readings, turn: Turn):
    (first, *_) = await said(of("P029", catalogue.BUDGET), assistant, readings, turn)
    assert "budget" in first
    assert not any(letter.isdigit() for letter in first.replace("29", ""))


async def test_scripts_read_what_belongs_to_projects_whole(assistant: Assistant, readings: Readings, turn: Turn):
    written = await document(Question(Target.MILESTONES, which(reached=False)), assistant, readings, turn)
    assert (written["kind"], written["total"], len(written["rows"])) == ("milestones", 32, 32)
    assert written["projects"] == ["P001", "P003"]
    assert written["rows"][0] == {"project": "P001", "title": "Udbud sendt", "date": "2026-03-01", "reached": None}


async def test_scripts_read_benefits_and_obstacles_with_the_fields_of_their_sheets(
    assistant: Assistant, readings: Readings, turn: Turn
):
    benefits = await document(Question(Target.BENEFITS), assistant, readings, turn)
    assert benefits["rows"][0] == {
        "project": "P001",
        "title": "Færre kørte km",
        "kind": "citizen",
        "goal": 20,
        "unit": "%",
        "realised": 7.5,
        "responsible": GRY.email,
        "follow_up": "2027-03-31",
    }
    obstacles = await document(Question(Target.OBSTACLES, which(open=True)), assistant, readings, turn)
    assert [(row["title"], row["kind"]) for row in obstacles["rows"]] == [
        ("Leverandøren går", "risk"),
        ("Ingen borgere vil", "barrier"),
    ]


async def test_longest_names_are_cut_and_markup_is_only_letters(assistant: Assistant, readings: Readings, turn: Turn):
    readings.meaning["?"] = Asked(Question(Target.MILESTONES, which(reached=False)))
    card = (await assistant.ask("?", turn)).card
    assert card is not None
    assert LONG_TITLE.strip() not in words_on(card)
    assert "*klar*" not in str(elements_of(card, "TextBlock")).replace("\\*", "")


@pytest.mark.parametrize(("target", "names"), [
    (Target.FOCUS_AREAS, [CLIMATE]),
    (Target.ORG_UNITS, ["Børn og Unge", "Skoler", "Teknik"]),
    (Target.BODIES, ["Digitaliseringsstyregruppen"]),
])  # fmt: skip
async def test_scripts_read_names(
    target: Target, names: list[str], assistant: Assistant, readings: Readings, turn: Turn
):
    written = await document(Question(target), assistant, readings, turn)
    assert (written["kind"], written["names"], written["total"]) == (target.value, names, len(names))


async def test_share_is_of_each_groups_own(assistant: Assistant, readings: Readings, turn: Turn):
    question = by(catalogue.ORG_UNITS, where=which(overall=(Rag.RED,)), figure=Figure(FigureKind.SHARE))
    written = await document(question, assistant, readings, turn)
    assert [(group["key"], group["value"]) for group in written["groups"]] == [
        ("Børn og Unge", float(round(Decimal(200) / 3, 2)))
    ]
