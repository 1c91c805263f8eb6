"""Every card, in both languages, with awkward names: what clients drop or can't read aloud is a fault."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from dialogs.assistant import Assistant, Turn
from dialogs.cards.errors import apology
from dialogs.texts import Texts
from dialogs.turn.audience import Scope
from dialogs.turn.orders import Greet, ReportStatus
from dialogs.turn.readings import Asked, AskerUnknown, Choice, Clarify, Grasped, HelpWanted, Reading, Unclear
from dialogs.turn.reply import Reply
from portfolio.principal import speaking_as
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
    Within,
    lacking,
    unless,
    which,
)
from tests.kit.cards import elements_of, faults, words_on
from tests.kit.fakes import Readings
from tests.world.people import GRY, MARKUP_PERSON, SOREN
from tests.world.portfolio import CLIMATE

EVERY_FILTER = Question(
    where=(
        *which(
            projects=("P001", "P002"), focus_areas=(CLIMATE,), org_units=("Børn og Unge", "Teknik"),
            kinds=(ProjectKind.LOCAL, ProjectKind.NATIONAL), phases=(Phase.EXECUTION, Phase.CLOSED),
            overall=(Rag.RED, Rag.NONE), time=(Rag.RED,), economy=(Rag.AMBER,), quality=(Rag.GREEN,),
            benefits=(Rag.NONE,), risk=(Rag.RED,), lead=(MARKUP_PERSON.id,), owner=(GRY.id,), goals=(13, 99),
            priority=(1,), missing_status=True, stale=False, late=True, over_budget=False, disputed=True,
        ),
        *unless(overall=(Rag.GREEN,), kinds=(ProjectKind.CROSS_CUTTING,), org_units=("Skoler",)),
        During(catalogue.END, date(2026, 7, 1), date(2026, 9, 30)),
        During(catalogue.STATUS, date(2026, 7, 1), denied=True),
        Within(catalogue.BUDGET, Decimal(1000), Decimal(5_000_000)),
        Within(catalogue.PROGRESS, Decimal(10), denied=True),
        *lacking(catalogue.BUDGET, catalogue.GOALS), Mentions("[x](http://evil.example)"),
    ),
    any_of=(which(overall=(Rag.RED,), late=True), (Mentions("[y](http://evil.example)"),)),
    sort=Sort("title"), limit=5, include_closed=True,
)  # fmt: skip
SUM = Figure(FigureKind.SUM, catalogue.BUDGET)
QUESTIONS = {
    "everything": Question(),
    "closed too": Question(include_closed=True, sort=Sort("status_age", descending=True)),
    "one department": Question(where=which(org_units=("Skoler",))),
    "dearest": Question(sort=Sort("budget", descending=True), limit=5),
    "over budget": Question(where=which(over_budget=True)),
    "nothing found": EVERY_FILTER,
    "nothing closed": Question(where=which(phases=(Phase.STOPPED,))),
    "project": Question(Target.PROJECT, which(projects=("P001",))),
    "project with markup": Question(Target.PROJECT, which(projects=("P002",))),
    "project with much": Question(Target.PROJECT, which(projects=("P003",))),
    "project without anything": Question(Target.PROJECT, which(projects=("P029",))),
    "closed project": Question(Target.PROJECT, which(projects=("P004",))),
    "lead of a project": Question(Target.PEOPLE, which(projects=("P001",))),
    "owner of a project": Question(Target.PEOPLE, which(projects=("P002",)), people=PeopleRole.OWNER),
    "trend": Question(Target.TREND, which(projects=("P001",))),
    "trend with markup": Question(Target.TREND, which(projects=("P002",))),
    "trend of nothing": Question(Target.TREND, which(projects=("P004",))),
    "trend since": Question(Target.TREND, where=(*which(projects=("P003",)), Changed(first=date(2026, 6, 10)))),
    "changes": Question(where=(Changed(first=date(2026, 4, 1)),)),
    "turned red": Question(where=(Changed(date(2026, 6, 1), date(2026, 6, 30), (Rag.RED,)),)),
    "no changes": EVERY_FILTER.having(Changed(to=(Rag.GREEN,))),
    "disagreements": Question(where=which(disputed=True)),
    "agreements": Question(where=which(disputed=False)),
    "count": Question(Target.COUNT),
    "count of none": replace(EVERY_FILTER, target=Target.COUNT),
    "sum": Question(Target.FIGURE, figure=SUM),
    "sum of none": replace(EVERY_FILTER, target=Target.FIGURE, figure=SUM),
    "average": Question(Target.FIGURE, figure=Figure(FigureKind.AVERAGE, catalogue.PROGRESS)),
    "share": Question(Target.FIGURE, which(overall=(Rag.RED,)), figure=Figure(FigureKind.SHARE)),
    "share of none": Question(
        Target.FIGURE, figure=Figure(FigureKind.SHARE, among=which(kinds=(ProjectKind.NATIONAL,)))
    ),
    "leads": Question(Target.PEOPLE),
    "owners": Question(Target.PEOPLE, people=PeopleRole.OWNER),
    "no leads": replace(EVERY_FILTER, target=Target.PEOPLE),
    "members": Question(Target.PEOPLE, people=PeopleRole.MEMBER),
    "chair": Question(Target.PEOPLE, where=which(bodies=("Digitaliseringsstyregruppen",)), people=PeopleRole.CHAIR),
    "secretary": Question(
        Target.PEOPLE, where=which(bodies=("Digitaliseringsstyregruppen",)), people=PeopleRole.SECRETARY
    ),
    "manager": Question(Target.PEOPLE, which(org_units=("Børn og Unge", "Skoler")), people=PeopleRole.MANAGER),
    "manager of nothing": Question(Target.PEOPLE, people=PeopleRole.MANAGER),
    "meetings": Question(Target.MEETINGS, where=which(bodies=("Digitaliseringsstyregruppen",))),
    "one meeting": Question(Target.MEETINGS, limit=1),
    "no meetings": Question(Target.MEETINGS, where=(During(catalogue.MEETING, date(2020, 1, 6), date(2020, 1, 12)),)),
    **{
        f"{one.name} from 0": Question(where=(Within(one, at_least=Decimal(-(10**9))),))
        for one in catalogue.ATTRIBUTES.values()
        if one.is_amount
    },
    **{
        f"sorted by {name}": Question(sort=Sort(name))
        for name, one in catalogue.SORTS.items()
        if one.subject is catalogue.Subject.PROJECT
    },
    **{
        f"by {one.name}": Question(Target.GROUPS, group_by=one, include_closed=True)
        for one in catalogue.ATTRIBUTES.values()
        if one.groups
    },
    "greatest group": Question(
        Target.GROUPS, group_by=catalogue.LEAD, figure=SUM, sort=Sort("value", descending=True), limit=1
    ),
    "share by phase": Question(
        Target.GROUPS, which(overall=(Rag.RED,)), group_by=catalogue.PHASES, figure=Figure(FigureKind.SHARE)
    ),
    "no groups": replace(EVERY_FILTER, target=Target.GROUPS, group_by=catalogue.PHASES, sort=None),
    **{
        f"{name} of {number}": Question(Target.FIELD, which(projects=(number,)), fact=fact)
        for name, fact in catalogue.FACTS.items()
        for number in ("P001", "P002", "P003", "P029")
    },
    "milestones": Question(Target.MILESTONES),
    "milestones missed": Question(Target.MILESTONES, which(missed=True)),
    "no milestones": Question(Target.MILESTONES, which(projects=("P002",))),
    "benefits": Question(Target.BENEFITS),
    "benefits of a kind": Question(Target.BENEFITS, which(benefit_kinds=("economic",), realised=False)),
    "no benefits": Question(Target.BENEFITS, which(projects=("P002",))),
    "obstacles": Question(Target.OBSTACLES, which(open=True)),
    "severe risks": Question(Target.OBSTACLES, which(obstacle_kinds=("risk",), severe=True, open=True)),
    "barriers": Question(Target.OBSTACLES, which(obstacle_kinds=("barrier",))),
    "no obstacles": Question(Target.OBSTACLES, which(projects=("P002",))),
    "focus areas": Question(Target.FOCUS_AREAS),
    "departments": Question(Target.ORG_UNITS),
    "bodies": Question(Target.BODIES),
    "proposals": Question(Target.PROPOSALS),
    "systems": Question(Target.SYSTEMS),
}
READINGS: dict[str, Reading] = {
    **{name: Asked(question) for name, question in QUESTIONS.items()},
    "help": HelpWanted(),
    "mine": AskerUnknown(),
    "hello": Greet(),
    "report": ReportStatus(),
    "report on projects": ReportStatus(("P001", "P002", "P999")),
    "two readings": Clarify("<at>klima</at>", (
        Choice("focus_areas", CLIMATE, Question(where=which(focus_areas=(CLIMATE,)))),
        Choice("lead", MARKUP_PERSON.id, Question(where=which(lead=(MARKUP_PERSON.id,)))),
        Choice("target", "meetings", Question(Target.MEETINGS)),
    )),
    "unclear": Unclear(
        ("[x](http://evil.example)",),
        (Grasped("projects", "P002", "**Fed**"),),
        (Grasped("org_units", "Skoler", "<at>skole</at>"), Grasped("overall", "red", "røde")),
    ),
    "wholly unclear": Unclear(),
}  # fmt: skip


@pytest.fixture(params=["da", "en"])
def speaker(request: pytest.FixtureRequest, turn: Turn) -> Turn:
    return replace(turn, language=request.param)


def check(reply: Reply) -> None:
    assert reply.card is not None
    assert faults(reply.card) == []
    assert reply.text
    assert not re.search(r"\{\w+\}", reply.text)


@pytest.mark.parametrize("name", READINGS)
async def test_card_is_what_every_client_can_show(name: str, assistant: Assistant, readings: Readings, speaker: Turn):
    readings.meaning["?"] = READINGS[name]
    check(await assistant.ask("?", speaker))
    check(await assistant.ask("?", replace(speaker, principal=speaking_as(None))))


@pytest.mark.parametrize("name", READINGS)
async def test_no_name_becomes_a_link_or_a_mention(name: str, assistant: Assistant, readings: Readings, turn: Turn):
    readings.meaning["?"] = READINGS[name]
    card = (await assistant.ask("?", turn)).card
    assert card is not None
    blocks = [block["text"] for block in elements_of(card, "TextBlock")]
    facts = [fact["value"] for group in elements_of(card, "FactSet") for fact in group["facts"]]
    unescaped = [re.sub(r"\\.", "", text) for text in blocks + facts]
    links = [target for text in unescaped for target in re.findall(r"\]\(([^)]*)\)", text)]
    assert all(target.startswith("https://teams.microsoft.com/l/chat/") for target in links)
    assert not [text for text in unescaped if "<" in text or "{{" in text]


async def test_welcome_is_short_and_names_what_to_ask(assistant: Assistant, speaker: Turn):
    check(await assistant.welcome(speaker))
    check(await assistant.welcome(replace(speaker, scope=Scope.CHANNEL)))


@pytest.mark.parametrize("language", ["da", "en"])
def test_apology_names_the_reference_number(language: str):
    reply = apology("7F3A-22", Texts.of(language))
    check(reply)
    assert "7F3A-22" in reply.text


@pytest.mark.parametrize("name", READINGS)
async def test_danish_card_has_no_english_on_it(name: str, assistant: Assistant, readings: Readings, turn: Turn):
    readings.meaning["?"] = READINGS[name]
    card = (await assistant.ask("?", turn)).card
    assert card is not None
    assert not re.search(r"\b(the|project|status report|show|with|and|red|green)\b", words_on(card))


async def test_screen_reader_hears_the_answer_first(assistant: Assistant, readings: Readings, turn: Turn):
    readings.meaning["?"] = Asked(Question(where=which(overall=(Rag.RED,), lead=(SOREN.id,))))
    card = (await assistant.ask("?", turn)).card
    assert card is not None
    assert card["speak"].startswith("1 rødt projekt som du leder.")
    assert card["fallbackText"].startswith("1 rødt projekt som du leder.")


@pytest.mark.parametrize(
    ("language", "unplaced", "heading"),
    [
        ("da", ["biler", "garagen"], "Jeg forstod ikke »biler« og »garagen«."),
        ("en", ["cars", "garage"], "I did not understand “cars” and “garage”."),
        ("da", ["bananer", "bananer"], "Jeg forstod ikke »bananer«."),
        ("da", ["a", "b", "c", "d", "e"], "Jeg forstod ikke »a«, »b«, »c«, »d« og 1 ord mere."),
        ("da", [], "Det forstod jeg ikke."),
    ],
)
async def test_person_sees_each_word_that_was_not_understood(
    language: str, unplaced: list[str], heading: str, assistant: Assistant, readings: Readings, turn: Turn
):
    readings.meaning["?"] = Unclear(tuple(unplaced))
    reply = await assistant.ask("?", replace(turn, language=language))
    assert reply.text.startswith(f"{heading}\n")
