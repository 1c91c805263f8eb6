from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from portfolio.bodies import Meeting
from portfolio.dates import Unit, in_unit, iso_week, on_day
from portfolio.organisation import OrgUnit
from portfolio.projects.project import Milestone, Phase, Project, ProjectKind
from portfolio.projects.status import Rag, StatusReport
from portfolio.questions import catalogue
from portfolio.questions.answers import LeadSummary
from portfolio.questions.catalogue import Attribute
from portfolio.questions.question import (
    Changed,
    During,
    Figure,
    FigureKind,
    Mentions,
    Question,
    Sort,
    Tests,
    Within,
    unless,
    which,
)
from portfolio.whole import Portfolio
from storage.database import Database
from storage.questions.reader import SqlPortfolioReader
from storage.whole import SqlPortfolioWriter
from tests.world.people import ASTRID, GRY, id_of, mentioned

TODAY = date(2024, 6, 15)
COPENHAGEN = ZoneInfo("Europe/Copenhagen")


def _days_ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def _kroner(budget: int | None, spend: int | None) -> dict[str, Decimal | None]:
    return {
        name: None if kroner is None else Decimal(kroner) for name, kroner in (("budget", budget), ("spend", spend))
    }


# Each project is alone in something; P5 has nothing but its name.
PORTFOLIO = Portfolio(
    projects=(
        Project(
            "P1",
            "Ældre og skærmbesøg",
            kind=ProjectKind.LOCAL,
            focus_areas=("Velfærd",),
            org_unit="Hjemmeplejen",
            lead=ASTRID.id,
            owner=GRY.id,
            phase=Phase.EXECUTION,
            priority=1,
            start=on_day(date(2024, 1, 1)),
            end=iso_week(2024, 23),
            goals=(3,),
            aliases=("Video-visit",),
            **_kroner(100, 150),
        ),
        Project(
            "P2",
            "Åben 100 % data",
            kind=ProjectKind.NATIONAL,
            focus_areas=("Velfærd", "Klima"),
            org_unit="Social",
            lead=id_of("bo@ex.dk"),
            phase=Phase.IDEA,
            priority=3,
            start=in_unit(date(2024, 7, 1), Unit.MONTH),
            end=in_unit(date(2024, 7, 1), Unit.QUARTER),
            goals=(3, 13),
            case_number="S2021-4857",
            **_kroner(300, 100),
        ),
        Project(
            "P10",
            "Zoner i a_b",
            lead=ASTRID.id,
            phase=Phase.ANALYSIS,
            rhythm_days=60,
            description="O'Hara",
            **_kroner(200, None),
        ),
        Project(
            "P4",
            "Lukket energi",
            phase=Phase.CLOSED,
            lead=id_of("bo@ex.dk"),
            focus_areas=("Klima",),
            end=on_day(_days_ago(99)),
        ),
        Project("P5", "Bare et navn"),
    ),
    reports=(
        StatusReport("P1", _days_ago(29), Rag.RED, time=Rag.GREEN, progress=Decimal("12.5")),
        StatusReport("P1", _days_ago(60), Rag.GREEN, time=Rag.RED),
        StatusReport("P2", _days_ago(28), Rag.GREEN, economy=Rag.AMBER, progress=Decimal(50)),
        StatusReport("P10", _days_ago(59), Rag.AMBER, risk=Rag.RED),
        StatusReport("P4", _days_ago(400), Rag.RED),
    ),
    milestones=(
        Milestone("P2", "Udbud", on_day(_days_ago(1))),
        Milestone("P10", "Test", on_day(_days_ago(1)), reached=TODAY),
        Milestone("P10", "Drift", on_day(TODAY)),
    ),
    people=(ASTRID, GRY),
    mentioned=(mentioned("bo@ex.dk"),),
    org_units=(OrgUnit("Social"), OrgUnit("Hjemmeplejen", "Social"), OrgUnit("Ring", "Rang"), OrgUnit("Rang", "Ring")),
    meetings=(
        Meeting("Direktion", datetime(2024, 6, 18, 10, tzinfo=COPENHAGEN)),
        Meeting("Styregruppen", datetime(2024, 6, 17, 0, 30, tzinfo=COPENHAGEN)),
        Meeting("Styregruppen", datetime(2024, 3, 1, 9, tzinfo=COPENHAGEN)),
    ),
)


@pytest.fixture
async def reader(database: Database) -> SqlPortfolioReader:
    await SqlPortfolioWriter(database).apply(PORTFOLIO)
    return SqlPortfolioReader(database)


def _period(attribute: Attribute, first: date | None = None, last: date | None = None) -> Question:
    return Question(where=(During(attribute, first, last),))


def _where(**fields: tuple[object, ...]) -> Question:
    return Question(where=which(**fields))


def _without(**fields: tuple[object, ...]) -> Question:
    return Question(where=unless(**fields))


HALF_DONE = Within(catalogue.PROGRESS, Decimal(50))
_JULY, _MAY = (date(2024, 7, 1), date(2024, 7, 31)), (date(2024, 5, 1), date(2024, 5, 31))

QUESTIONS: list[tuple[str, Question, str]] = [
    ("open ones, red first, then by title", Question(), "P1 P10 P5 P2"),
    ("all", Question(include_closed=True), "P4 P1 P10 P5 P2"),
    ("a closed phase", _where(phases=(Phase.CLOSED,)), "P4"),
    ("a closed project by number", _where(projects=("P4", "P2", "P99")), "P4 P2"),
    ("a closed one's focus area", _where(focus_areas=("Klima",)), "P2"),
    ("focus area", _where(focus_areas=("Velfærd",)), "P1 P2"),
    ("department and all below", _where(org_units=("Social",)), "P1 P2"),
    ("departments in a ring", _where(org_units=("Ring",)), ""),
    ("department that is in no list", _where(org_units=("Hjemmeplejen", "Andet")), "P1"),
    ("kind", _where(kinds=(ProjectKind.LOCAL, ProjectKind.NATIONAL)), "P1 P2"),
    ("colour", _where(overall=(Rag.RED, Rag.NONE)), "P1 P5"),
    ("time is the newest report's", _where(time=(Rag.GREEN,)), "P1"),
    ("economy", _where(economy=(Rag.AMBER,)), "P2"),
    ("risk", _where(risk=(Rag.RED,)), "P10"),
    ("quality without colour", _where(quality=(Rag.NONE,)), "P1 P10 P5 P2"),
    ("benefits", _where(benefits=(Rag.GREEN,)), ""),
    ("lead", _where(lead=(ASTRID.id,)), "P1 P10"),
    ("owner", _where(owner=(GRY.id,)), "P1"),
    ("goal", _where(goals=(13, 17)), "P2"),
    ("priority", _where(priority=(1, 3)), "P1 P2"),
    ("two fields at once", _where(lead=(ASTRID.id,), overall=(Rag.AMBER,)), "P10"),
    ("not local keeps those of no kind", _without(kinds=(ProjectKind.LOCAL,)), "P10 P5 P2"),
    ("not green keeps those without status", _without(overall=(Rag.GREEN,)), "P1 P10 P5"),
    ("not of a department, nor below it", _without(org_units=("Social",)), "P10 P5"),
    ("not of a lead", _without(lead=(ASTRID.id,)), "P5 P2"),
    ("not in a focus area", _without(focus_areas=("Velfærd",)), "P10 P5"),
    ("not with a goal", _without(goals=(13,)), "P1 P10 P5"),
    ("not any of two fields", _without(goals=(13,), overall=(Rag.RED,)), "P10 P5"),
    ("not in a phase", _without(phases=(Phase.IDEA,)), "P1 P10 P5"),
    ("not this one", _without(projects=("P5",)), "P1 P10 P2"),
    ("missing status after 28 days or its own rhythm", Question(where=which(missing_status=True)), "P1 P5"),
    ("not missing status", Question(where=which(missing_status=False)), "P10 P2"),
    ("stale has had a report", Question(where=which(stale=True)), "P1"),
    ("not stale", Question(where=which(stale=False)), "P10 P5 P2"),
    ("late by its end or a milestone", Question(where=which(late=True)), "P1 P2"),
    ("not late", Question(where=which(late=False)), "P10 P5"),
    ("closed ones are not late for their end", Question(where=which(late=True), include_closed=True), "P1 P2"),
    ("over budget", Question(where=which(over_budget=True)), "P1"),
    ("not over budget", Question(where=which(over_budget=False)), "P10 P5 P2"),
    ("figures that say worse than the lead", Question(where=which(disputed=True)), "P2"),
    ("figures that say no worse", Question(where=which(disputed=False)), "P1 P10 P5"),
    ("another colour in the last month", Question(where=(Changed(_days_ago(30), TODAY),)), "P1 P2"),
    ("another colour two months ago", Question(where=(Changed(_days_ago(60), _days_ago(59)),)), "P1 P10"),
    ("turned red", Question(where=(Changed(to=(Rag.RED,)),)), "P1"),
    ("turned red or amber before", Question(where=(Changed(last=_days_ago(30), to=(Rag.RED, Rag.AMBER)),)), "P10"),
    ("turned red when it was closed too", Question(where=(Changed(to=(Rag.RED,)),), include_closed=True), "P4 P1"),
    ("ends in July: the last day counts", _period(catalogue.END, *_JULY), ""),
    ("ends in the third quarter", _period(catalogue.END, date(2024, 7, 1), date(2024, 9, 30)), "P2"),
    ("ends by today", _period(catalogue.END, None, TODAY), "P1"),
    ("starts in July: the first day counts", _period(catalogue.START, *_JULY), "P2"),
    ("runs in May", _period(catalogue.ACTIVE, *_MAY), "P1"),
    ("has a milestone yesterday", _period(catalogue.MILESTONE, _days_ago(1), _days_ago(1)), "P10 P2"),
    ("newest status in May", _period(catalogue.STATUS, *_MAY), "P1 P2"),
    ("ever had a status", _period(catalogue.STATUS, date.min), "P1 P10 P2"),
    ("red or half done", Question(any_of=(which(overall=(Rag.RED,)), (HALF_DONE,))), "P1 P2"),
    ("costs at least 200", Question(where=(Within(catalogue.BUDGET, at_least=Decimal(200)),)), "P10 P2"),
    ("has spent 100 to 150", Question(where=(Within(catalogue.SPEND, Decimal(100), Decimal(150)),)), "P1 P2"),
    ("has overspent", Question(where=(Within(catalogue.REMAINING, at_most=Decimal("-0.01")),)), "P1"),
    ("is half done", Question(where=(Within(catalogue.PROGRESS, at_least=Decimal(50)),)), "P2"),
    ("title in capitals", Question(where=(Mentions("ÆLDRE"),)), "P1"),
    ("Å in lower case", Question(where=(Mentions("åben"),)), "P2"),
    ("alias", Question(where=(Mentions("video"),)), "P1"),
    ("number", Question(where=(Mentions("p10"),)), "P10"),
    ("case number", Question(where=(Mentions("s2021-4857"),)), "P2"),
    ("a per cent sign is only that", Question(where=(Mentions("%"),)), "P2"),
    ("an underscore is only that", Question(where=(Mentions("_"),)), "P10"),
    ("an apostrophe is only that", Question(where=(Mentions("o'hara"),)), "P10"),
    ("no statement gets in", Question(where=(Mentions("' OR 1=1 --"),)), ""),
    ("nor in a name", _where(lead=("' OR 1=1 --",)), ""),
    ("control characters", Question(where=(Mentions("100\x00% data\ud800"),)), "P2"),
    ("by title in Danish order", Question(sort=Sort("title")), "P5 P10 P1 P2"),
    ("by title backwards", Question(sort=Sort("title", descending=True)), "P2 P1 P10 P5"),
    ("by number", Question(sort=Sort("number")), "P1 P2 P5 P10"),
    ("by colour backwards", Question(sort=Sort("colour", descending=True)), "P2 P5 P10 P1"),
    ("newest status first", Question(sort=Sort("status_age")), "P2 P1 P10 P5"),
    ("oldest status first", Question(sort=Sort("status_age", descending=True)), "P5 P10 P1 P2"),
    ("cheapest first", Question(sort=Sort("budget")), "P1 P10 P2 P5"),
    ("dearest first", Question(sort=Sort("budget", descending=True)), "P2 P10 P1 P5"),
    ("least spent first", Question(sort=Sort("spend")), "P2 P1 P5 P10"),
    ("most overspent first", Question(sort=Sort("overrun", descending=True)), "P1 P2 P5 P10"),
    ("furthest first", Question(sort=Sort("progress", descending=True)), "P2 P1 P5 P10"),
    ("most important first", Question(sort=Sort("priority")), "P1 P2 P5 P10"),
    ("by start", Question(sort=Sort("start")), "P1 P2 P5 P10"),
    ("last to end first", Question(sort=Sort("end", descending=True)), "P2 P1 P5 P10"),
    ("the two dearest", Question(sort=Sort("budget", descending=True), limit=2), "P2 P10"),
    ("none at all", Question(limit=0), ""),
]


async def test_each_question_finds_its_projects(reader: SqlPortfolioReader) -> None:
    answers = {name: " ".join(await reader.project_numbers(question, TODAY)) for name, question, _ in QUESTIONS}
    assert answers == {name: expected for name, _, expected in QUESTIONS}


async def test_period_of_meetings_is_refused_for_projects(reader: SqlPortfolioReader) -> None:
    with pytest.raises(ValueError, match="what is asked for"):
        await reader.count(_period(catalogue.MEETING, TODAY), TODAY)


async def test_page_tells_of_all_hits_and_shows_some(reader: SqlPortfolioReader) -> None:
    page = await reader.projects(Question(), TODAY, offset=1, size=2)
    assert [row.number for row in page.rows] == ["P10", "P5"]
    assert (page.total, page.colours) == (4, {Rag.RED: 1, Rag.AMBER: 1, Rag.NONE: 1, Rag.GREEN: 1})
    beyond = await reader.projects(Question(), TODAY, offset=20)
    assert (beyond.rows, beyond.total) == ((), 4)


async def test_limit_cuts_before_pages_are_made(reader: SqlPortfolioReader) -> None:
    dearest = Question(sort=Sort("budget", descending=True), limit=3)
    page = await reader.projects(dearest, TODAY, offset=2, size=2)
    assert [row.number for row in page.rows] == ["P1"]
    assert (page.total, page.colours) == (3, {Rag.GREEN: 1, Rag.AMBER: 1, Rag.RED: 1})


async def test_line_of_a_list_says_what_is_known(reader: SqlPortfolioReader) -> None:
    first, _, nothing, unknown_lead = (await reader.projects(Question(), TODAY)).rows
    assert (first.lead_name, first.status_day, first.missing_status, first.late) == (
        ASTRID.name,
        _days_ago(29),
        True,
        True,
    )
    assert (first.budget, first.spend, first.progress) == (Decimal(100), Decimal(150), Decimal("12.5"))
    assert (nothing.lead, nothing.overall, nothing.missing_status, nothing.late) == (None, Rag.NONE, True, False)
    assert (unknown_lead.lead, unknown_lead.lead_name, unknown_lead.is_closed) == (id_of("bo@ex.dk"), "bo@ex.dk", False)


async def test_counted_colours_follow_a_change(reader: SqlPortfolioReader, database: Database) -> None:
    assert (await reader.projects(Question(), TODAY, size=1)).colours[Rag.RED] == 1
    again = Portfolio(reports=(StatusReport("P5", TODAY, Rag.RED),))
    await SqlPortfolioWriter(database).apply(again)
    assert (await reader.projects(Question(), TODAY, size=1)).colours[Rag.RED] == 2


async def test_leads_come_by_name_and_projects_without_lead_last(reader: SqlPortfolioReader) -> None:
    assert await reader.leads(Question(), TODAY) == [
        LeadSummary(ASTRID.id, ASTRID.name, ("P1", "P10")),
        LeadSummary(id_of("bo@ex.dk"), "bo@ex.dk", ("P2",)),
        LeadSummary(None, None, ("P5",)),
    ]


def _share(among: Tests = ()) -> Figure:
    return Figure(FigureKind.SHARE, among=among)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (Question(figure=Figure(FigureKind.SUM, catalogue.BUDGET)), Decimal(600)),
        (Question(figure=Figure(FigureKind.AVERAGE, catalogue.SPEND)), Decimal(125)),
        (Question(figure=Figure(FigureKind.SUM, catalogue.REMAINING)), Decimal(150)),
        (Question(figure=Figure(FigureKind.AVERAGE, catalogue.PROGRESS)), Decimal("31.25")),
        (replace(_where(projects=("P5",)), figure=Figure(FigureKind.SUM, catalogue.BUDGET)), None),
        (replace(_where(overall=(Rag.RED,)), figure=_share()), Decimal(25)),
        (replace(_where(phases=(Phase.CLOSED,)), figure=_share()), Decimal(20)),
        (replace(_where(overall=(Rag.RED,)), figure=_share(which(lead=(ASTRID.id,)))), Decimal(50)),
        (replace(_where(overall=(Rag.RED,)), figure=_share(which(phases=(Phase.CLOSED,)))), Decimal(100)),
        (replace(_where(overall=(Rag.RED,)), figure=_share(which(lead=(id_of("nobody@ex.dk"),)))), None),
    ],
)
async def test_sums_averages_and_shares_are_exact(
    reader: SqlPortfolioReader, question: Question, expected: Decimal | None
) -> None:
    assert (await reader.figure(question, TODAY)).value == expected


async def test_sum_says_of_how_many_it_was_taken(reader: SqlPortfolioReader) -> None:
    spend = Question(figure=Figure(FigureKind.AVERAGE, catalogue.SPEND))
    rows = (await reader.projects(spend, TODAY, size=100)).rows
    known = [row.spend for row in rows if row.spend is not None]
    assert (await reader.figure(spend, TODAY)).over == len(known) < len(rows)


async def test_unknown_project_is_none(reader: SqlPortfolioReader) -> None:
    assert await reader.project("P404") is None


@pytest.mark.parametrize(
    ("question", "starts"),
    [
        (Question(), ["2024-06-16T22:30", "2024-06-18T08:00"]),
        (Question(where=which(bodies=("Direktion",))), ["2024-06-18T08:00"]),
        (_period(catalogue.MEETING, date(2024, 6, 17), date(2024, 6, 17)), ["2024-06-16T22:30"]),
        (_period(catalogue.MEETING, None, TODAY), ["2024-03-01T08:00"]),
        (Question(limit=1), ["2024-06-16T22:30"]),
        (Question(sort=Sort("start", descending=True)), ["2024-06-18T08:00", "2024-06-16T22:30"]),
    ],
)
async def test_meetings_come_by_start_on_local_days(
    reader: SqlPortfolioReader, question: Question, starts: list[str]
) -> None:
    page = await reader.meetings(question, datetime(2024, 6, 15, 12, tzinfo=COPENHAGEN))
    assert [meeting.start for meeting in page.meetings] == [
        datetime.fromisoformat(start).replace(tzinfo=UTC) for start in starts
    ]
    assert page.total == len(starts)


async def test_meeting_must_be_looked_up_before_the_question_is_asked(reader: SqlPortfolioReader) -> None:
    with pytest.raises(ValueError, match="looked up"):
        await reader.count(Question(where=(Changed(since_meeting="Styregruppen"),)), TODAY)
