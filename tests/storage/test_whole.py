from dataclasses import fields, replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from portfolio.bodies import Body, BodyKind, Meeting
from portfolio.dates import Unit, iso_week, on_day, span
from portfolio.organisation import OrgUnit
from portfolio.projects.project import Benefit, BenefitKind, Milestone, Phase, Project, ProjectKind, Risk, RiskKind
from portfolio.projects.status import Rag, StatusReport
from portfolio.projects.strategy import FocusArea
from portfolio.questions.question import Mentions, Question, which
from portfolio.status.reporting import Submission
from portfolio.whole import ImportChange, Portfolio, Tally
from storage.database import Database
from storage.questions.reader import SqlPortfolioReader
from storage.status.store import SqlReportingStore
from storage.whole import MAPPINGS, FrozenReportsError, SqlPortfolioWriter, UnknownProjectsError
from tests.world.people import SOREN, id_of, mentioned

TODAY = date(2024, 6, 15)
PROJECT = Project(
    "P001",
    "Skærmbesøg i hjemmeplejen",
    kind=ProjectKind.CROSS_CUTTING,
    focus_areas=("Velfærd", "Klima"),
    org_unit="Ældre",
    lead=SOREN.id,
    owner=id_of("unknown@ex.dk"),
    phase=Phase.EXECUTION,
    priority=1,
    start=iso_week(2024, 3),
    end=span(iso_week(2024, 40), iso_week(2024, 42)),
    budget=Decimal("1250000.50"),
    spend=Decimal("0.01"),
    goals=(3, 11),
    case_number="S2021-4857",
    description="Borgere og hjælpere ses på skærm",
    aliases=("skærm", "video"),
    rhythm_days=14,
)
REPORT = StatusReport("P001", date(2024, 6, 1), Rag.GREEN, risk=Rag.RED, progress=Decimal("12.5"), comment="Godt")
WHOLE = Portfolio(
    projects=(PROJECT, Project("P002", "Energi")),
    reports=(REPORT,),
    milestones=(Milestone("P001", "Udbud", on_day(date(2024, 5, 1)), date(2024, 5, 3)),),
    benefits=(
        Benefit("P001", "Færre kørsler", BenefitKind.ECONOMIC, Decimal("0.125"), "kr.", follow_up=iso_week(2025, 1)),
    ),
    risks=(Risk("P001", "Netværk", RiskKind.BARRIER, 3, 4),),
    people=(SOREN,),
    mentioned=(mentioned("unknown@ex.dk"),),
    org_units=(OrgUnit("Ældre", aliases=("hjemmepleje",)),),
    focus_areas=(FocusArea("Velfærd", "2021-2025", aliases=("omsorg",)),),
    bodies=(Body("Styregruppen", BodyKind.STEERING_GROUP, members=(SOREN.id,)),),
    meetings=(Meeting("Styregruppen", datetime(2024, 6, 20, 9, tzinfo=UTC), place="Rådhuset"),),
)


@pytest.fixture
def writer(database: Database) -> SqlPortfolioWriter:
    return SqlPortfolioWriter(database)


@pytest.fixture
def reader(database: Database) -> SqlPortfolioReader:
    return SqlPortfolioReader(database)


async def test_everything_taken_in_comes_out_as_it_was(writer: SqlPortfolioWriter, reader: SqlPortfolioReader) -> None:
    await writer.apply(WHOLE)
    detail = await reader.project("P001")
    assert detail is not None
    assert detail.project == PROJECT
    assert (detail.lead, detail.owner) == (*WHOLE.people, *WHOLE.mentioned)
    assert (detail.reports, detail.milestones) == (WHOLE.reports, WHOLE.milestones)
    assert (detail.benefits, detail.risks) == (WHOLE.benefits, WHOLE.risks)
    (meeting,) = (await reader.meetings(Question(), datetime(2024, 6, 1, tzinfo=UTC))).meetings
    assert replace(meeting, id=0) == WHOLE.meetings[0]
    names = await reader.vocabulary()
    assert names.bodies == WHOLE.bodies
    assert names.org_units == WHOLE.org_units
    assert names.focus_areas == (*WHOLE.focus_areas, FocusArea("Klima"))


async def test_plan_says_what_apply_does_and_stores_nothing(
    writer: SqlPortfolioWriter, reader: SqlPortfolioReader
) -> None:
    plan = await writer.plan(WHOLE)
    assert plan.tallies["projects"] == Tally(added=2)
    assert ImportChange("reports", "P001 · 2024-06-01") in plan.examples
    assert await reader.count(Question(), TODAY) == 0
    assert await reader.version() == 0
    assert await writer.apply(WHOLE) == plan


async def test_same_import_twice_changes_nothing(writer: SqlPortfolioWriter, reader: SqlPortfolioReader) -> None:
    await writer.apply(WHOLE)
    version = await reader.version()
    again = await writer.apply(WHOLE)
    assert again.is_empty
    assert again.tallies == {table: Tally(unchanged=len(getattr(WHOLE, table))) for table in MAPPINGS}
    assert await reader.version() == version


async def test_figures_finer_than_the_database_keeps_are_no_change(writer: SqlPortfolioWriter) -> None:
    fine = Portfolio(projects=(replace(PROJECT, budget=Decimal("10.12345")),))
    await writer.apply(fine)
    assert (await writer.apply(fine)).is_empty


async def test_changes_are_named_field_by_field(writer: SqlPortfolioWriter, reader: SqlPortfolioReader) -> None:
    await writer.apply(WHOLE)
    later = replace(PROJECT, title="Skærm", end=None, focus_areas=("Klima",), phase=Phase.CLOSED)
    changes = await writer.apply(Portfolio(projects=(later,)))
    assert changes.tallies["projects"] == Tally(changed=1)
    assert [(change.record, set(change.fields)) for change in changes.examples] == [
        ("P001", {"title", "end", "focus_areas", "phase"})
    ]
    in_welfare = Question(where=which(focus_areas=("Velfærd",)), include_closed=True)
    assert await reader.project_numbers(in_welfare, TODAY) == []
    assert await reader.version() == 2


async def test_what_a_later_import_leaves_out_stays(writer: SqlPortfolioWriter, reader: SqlPortfolioReader) -> None:
    await writer.apply(WHOLE)
    await writer.apply(Portfolio(projects=(Project("P003", "Print"),)))
    assert await reader.project_numbers(Question(), TODAY) == ["P002", "P003", "P001"]


async def test_columns_that_a_file_does_not_have_keep_what_is_stored(
    writer: SqlPortfolioWriter, reader: SqlPortfolioReader
) -> None:
    await writer.apply(WHOLE)
    bare = Portfolio(projects=(Project("P001", "Nyt navn", aliases=("ny",)),))
    rest = {item.name for item in fields(Project)} - {"number", "title", "aliases"}
    changes = await writer.apply(bare, not_given={"projects": rest})
    assert changes.examples == (ImportChange("projects", "P001", ("title", "aliases")),)
    detail = await reader.project("P001")
    assert detail is not None
    assert detail.project == replace(PROJECT, title="Nyt navn", aliases=("ny",))
    assert await reader.project_numbers(Question(where=(Mentions("hjælpere"),)), TODAY) == ["P001"]


async def test_report_on_an_unknown_project_stops_the_whole_import(
    writer: SqlPortfolioWriter, reader: SqlPortfolioReader
) -> None:
    lost = Portfolio(
        projects=(PROJECT,), reports=(replace(REPORT, project="P9"),), milestones=(Milestone("P8", "Udbud"),)
    )
    for run in (writer.plan, writer.apply):
        with pytest.raises(UnknownProjectsError, match="P8, P9") as refused:
            await run(lost)
        assert refused.value.numbers == ("P8", "P9")
    assert await reader.count(Question(), TODAY) == 0


async def test_reports_may_come_in_a_later_file_than_their_project(
    writer: SqlPortfolioWriter, reader: SqlPortfolioReader
) -> None:
    await writer.apply(Portfolio(projects=(PROJECT,)))
    await writer.apply(Portfolio(reports=(REPORT,)))
    (row,) = (await reader.projects(Question(), TODAY)).rows
    assert (row.overall, row.status_day, row.progress) == (Rag.GREEN, date(2024, 6, 1), Decimal("12.5"))


async def test_older_report_that_comes_late_does_not_change_the_colour(
    writer: SqlPortfolioWriter, reader: SqlPortfolioReader
) -> None:
    await writer.apply(WHOLE)
    await writer.apply(Portfolio(reports=(replace(REPORT, day=date(2024, 3, 1), overall=Rag.RED),)))
    assert await reader.project_numbers(Question(where=which(overall=(Rag.RED,))), TODAY) == []
    await writer.apply(Portfolio(reports=(replace(REPORT, overall=Rag.AMBER),)))
    assert await reader.project_numbers(Question(where=which(overall=(Rag.AMBER,))), TODAY) == ["P001"]


async def test_what_only_tovholder_asks_for_survives_an_import(
    writer: SqlPortfolioWriter, reader: SqlPortfolioReader
) -> None:
    later = replace(REPORT, expected_end=iso_week(2024, 50), decision_wanted="Forlæng fristen")
    await writer.apply(replace(WHOLE, reports=(later,)))
    await writer.apply(Portfolio(reports=(REPORT,)))
    await writer.apply(
        Portfolio(reports=(replace(REPORT, comment="Bedre"),)), not_given={"reports": {"expected_end", "next_step"}}
    )
    detail = await reader.project("P001")
    assert detail is not None
    assert detail.reports == (replace(later, comment="Bedre"),)


async def test_report_given_through_tovholder_is_not_changed_by_an_import(
    writer: SqlPortfolioWriter, reader: SqlPortfolioReader, database: Database
) -> None:
    await writer.apply(WHOLE)
    given = replace(REPORT, day=TODAY, overall=Rag.RED, author=SOREN.id)
    await SqlReportingStore(database).publish(Submission(given, 1, SOREN.id, datetime(2024, 6, 15, 9, tzinfo=UTC)))
    version = await reader.version()
    assert (await writer.apply(Portfolio(reports=(given,)))).is_empty
    against = Portfolio(projects=(Project("P003", "Nyt"),), reports=(replace(given, comment="Fint"), REPORT))
    for run in (writer.plan, writer.apply):
        with pytest.raises(FrozenReportsError, match="P001 2024-06-15") as refused:
            await run(against)
        assert refused.value.reports == (("P001", TODAY),)
    assert await reader.version() == version
    assert (await writer.apply(against, not_given={"reports": {"comment"}})).tallies["reports"].changed == 0
    # Reports that came with an import are changed by the next.
    assert (await writer.apply(Portfolio(reports=(replace(REPORT, overall=Rag.AMBER),)))).tallies[
        "reports"
    ].changed == 1


async def test_reopened_project_and_missed_milestone_are_late_again(
    writer: SqlPortfolioWriter, reader: SqlPortfolioReader
) -> None:
    late = Question(where=which(late=True), include_closed=True)
    overrun = Project("P1", "Udbud", end=on_day(date(2024, 6, 14)), phase=Phase.CLOSED)
    await writer.apply(Portfolio(projects=(overrun,)))
    assert await reader.count(late, TODAY) == 0
    await writer.apply(Portfolio(projects=(replace(overrun, phase=Phase.EXECUTION),)))
    assert await reader.count(late, TODAY) == 1
    assert await reader.count(late, date(2024, 6, 14)) == 0
    await writer.apply(
        Portfolio(projects=(replace(overrun, end=None),), milestones=(Milestone("P1", "Test", iso_week(2024, 23)),))
    )
    assert await reader.count(late, TODAY) == 1


async def test_progress_is_told_up_to_the_last_record(writer: SqlPortfolioWriter) -> None:
    told: list[tuple[int, int]] = []
    await writer.apply(WHOLE, lambda done, total: told.append((done, total)))
    assert told[-1] == (11, 11)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


async def test_range_keeps_the_unit_it_was_said_in(writer: SqlPortfolioWriter, reader: SqlPortfolioReader) -> None:
    await writer.apply(WHOLE)
    detail = await reader.project("P001")
    assert detail is not None
    assert detail.project.end is not None
    assert (detail.project.end.unit, detail.project.end.is_range) == (Unit.WEEK, True)
