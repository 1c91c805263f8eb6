"""All of one project, in the order it is looked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from dialogs.projects.card import OneProject
from dialogs.turn.audience import Audience
from dialogs.turn.reply import Reply
from portfolio.questions.answers import ProjectDetail
from portfolio.questions.question import PeopleRole, Question, Target, which
from tests.kit.cards import elements_of, press_of, words_on
from tests.world.people import GRY
from tests.world.portfolio import SCREEN_VISITS, SMALL

ONE = Question(Target.PROJECT, which(projects=("P001",)))


def detail(**changes: Any) -> ProjectDetail:
    mine = {
        name: tuple(one for one in getattr(SMALL, name) if one.project == "P001")
        for name in ("reports", "milestones", "benefits", "risks")
    }
    lead, owner = SMALL.people[0], GRY
    return ProjectDetail(**{"project": SCREEN_VISITS, "lead": lead, "owner": owner, **mine, **changes})


@pytest.fixture
def reply(audience: Audience) -> Reply:
    return OneProject(ONE, detail()).reply(audience)


def test_reader_sees_what_the_project_is_and_how_it_stands(reply: Reply):
    assert reply.text.splitlines()[:2] == ["Skærmbesøg i hjemmeplejen.", "P001 · Lokal · Gennemførelse · Skoler"]
    assert "Rød, 67 dage gammel. Fremdrift: 12,5 %. Forsinket, mangler status." in reply.text
    assert "Tid: gul; Økonomi: rød; Kvalitet: grøn; Gevinst: ingen; Risiko: ingen" in reply.text


def test_reader_sees_money_in_full_and_by_how_much_it_is_over(reply: Reply):
    assert "Forbrug 1.500.000 kr. af 1.250.000 kr. (120 %) · 250.000 kr. over budget" in reply.text


def test_dates_keep_the_precision_they_were_given_in(reply: Reply):
    assert "Periode: 1. januar 2025 til 3. kvartal 2026" in reply.text
    assert "- Aftale *klar*: ventes juli 2026" in reply.text


def test_missed_milestones_come_first_and_reached_ones_last(reply: Reply):
    found = [line for line in reply.text.splitlines() if line.startswith(("- Udbud", "- Aftale", "- Behov"))]
    assert [line.split(":")[1].split()[0] for line in found] == ["skulle", "ventes", "nået"]


def test_open_risks_come_first_with_the_worst_on_top(reply: Reply):
    found = [reply.text.index(title) for title in ("Leverandøren går", "Ingen borgere vil", "Lukket risiko")]
    assert found == sorted(found)
    assert "Risiko · 12 point (3 × 4)" in reply.text


def test_lead_can_be_written_to(reply: Reply):
    assert reply.card is not None
    assert (
        r"[Søren Æbelø-Østergård](https://teams.microsoft.com/l/chat/0/0?users=soeren@birkefjord.example)"
        in words_on(reply.card)
    )
    assert "Søren Æbelø-Østergård <soeren@birkefjord.example>" in reply.text


def test_goals_are_named(reply: Reply):
    assert "Verdensmål: 3 Sundhed og trivsel; 13 Klimaindsats" in reply.text


def test_section_with_much_is_folded_and_one_with_little_is_open(audience: Audience):
    many = tuple(SMALL.milestones[3:])
    card = OneProject(ONE, detail(milestones=many)).reply(audience).card
    assert card is not None
    sections = {one["id"]: one.get("isVisible", True) for one in elements_of(card, "Container") if "id" in one}
    assert sections == {"milestones": False, "benefits": True, "risks": True, "history": True}


def test_lead_comes_first_when_asked_for(audience: Audience):
    asked = Question(Target.PEOPLE, which(projects=("P001",)))
    reply = OneProject(asked, detail()).reply(audience)
    assert reply.text.startswith("Skærmbesøg i hjemmeplejen ledes af Søren Æbelø-Østergård.")


def test_owner_comes_first_when_asked_for(audience: Audience):
    asked = Question(Target.PEOPLE, which(projects=("P001",)), people=PeopleRole.OWNER)
    reply = OneProject(asked, detail()).reply(audience)
    assert reply.text.startswith("Skærmbesøg i hjemmeplejen ejes af Gry Thorlund.")


def test_project_without_a_report_says_so(audience: Audience):
    text = OneProject(ONE, detail(reports=())).reply(audience).text
    assert "Der er ikke meldt status på projektet endnu." in text


def test_budget_of_nothing_has_no_share(audience: Audience):
    poor = replace(SCREEN_VISITS, budget=Decimal(0))
    assert "Forbrug 1.500.000 kr. · Budget 0 kr." in OneProject(ONE, detail(project=poor)).reply(audience).text


@pytest.mark.parametrize(("days", "age"), [(0, "fra i dag"), (1, "fra i går"), (2, "2 dage gammel")])
def test_age_is_said_in_words(days: int, age: str, audience: Audience):
    newest = replace(SMALL.reports[0], day=audience.today - timedelta(days=days))
    assert f"Rød, {age}." in OneProject(ONE, detail(reports=(newest,))).reply(audience).text


def test_way_back_to_the_list_is_there_when_there_was_one(audience: Audience):
    card = OneProject(ONE, detail(), back=Question(where=which(late=True))).reply(audience).card
    assert card is not None
    assert press_of(card, "Tilbage")[1]["question"] == {"where": [{"late": True}]}
