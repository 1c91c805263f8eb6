"""Projects are changed in Tovholder, taken back, and go before a file until that says something else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from portfolio.dates import PlanDate, Unit
from portfolio.projects.changes import Aspect, ProjectChange, Value
from portfolio.projects.project import Milestone, Phase, Project
from portfolio.status.reporting import Overtaken, ProjectClosed
from portfolio.whole import ImportChanges, Portfolio
from storage.audit import audit
from storage.database import Database
from storage.projects.changes import SqlProjectChangeStore
from storage.questions.reader import SqlPortfolioReader
from storage.status.store import SqlReportingStore
from storage.whole import SqlPortfolioWriter
from tests.world.people import GRY, SOREN

NOW = datetime(2026, 6, 9, 10, tzinfo=ZoneInfo("Europe/Copenhagen"))
JUNE, JULY, MARCH = (
    PlanDate(date(2026, month, 1), date(2026, month, last), Unit.MONTH) for month, last in ((6, 30), (7, 31), (3, 31))
)
PROJECT = Project("P001", "Skærmbesøg", lead=SOREN.id, phase=Phase.EXECUTION, end=JUNE)
TENDER = Milestone("P001", "Udbud", MARCH)
FILE = Portfolio(projects=(PROJECT,), milestones=(TENDER,), people=(SOREN, GRY))


@pytest.fixture
async def store(database: Database) -> SqlProjectChangeStore:
    await SqlPortfolioWriter(database).apply(FILE)
    return SqlProjectChangeStore(database)


async def take_in(database: Database, project: Project = PROJECT, milestone: Milestone = TENDER) -> ImportChanges:
    return await SqlPortfolioWriter(database).apply(Portfolio(projects=(project,), milestones=(milestone,)))


async def read(database: Database) -> tuple[Project, Milestone]:
    detail = await SqlPortfolioReader(database).project("P001")
    assert detail is not None
    return detail.project, detail.milestones[0]


async def revision(database: Database) -> int:
    reportable = await SqlReportingStore(database).reportable("P001")
    assert reportable is not None
    return reportable.revision


async def change(
    store: SqlProjectChangeStore, database: Database, aspect: Aspect, after: Value, milestone: str | None = None
) -> int:
    project, tender = await read(database)
    before = {
        Aspect.PHASE: project.phase, Aspect.END: project.end, Aspect.DUE: tender.due, Aspect.REACHED: tender.reached,
    }[aspect]  # fmt: skip
    made = ProjectChange("P001", aspect, before, after, SOREN.id, NOW, "Udbuddet trak ud", milestone)
    return await store.change(made, await revision(database))


async def lines(database: Database) -> Sequence[tuple[str, dict[str, str]]]:
    rows = await database.execute(audit.select().order_by(audit.c.number))
    return [(row.action.value, row.detail) for row in rows]


@pytest.mark.parametrize(
    ("aspect", "after", "milestone"),
    [
        (Aspect.PHASE, Phase.STOPPED, None),
        (Aspect.END, JULY, None),
        (Aspect.DUE, JULY, "Udbud"),
        (Aspect.REACHED, date(2026, 6, 3), "Udbud"),
    ],
)
async def test_change_is_stored_with_its_reason_and_taken_back(
    store: SqlProjectChangeStore, database: Database, aspect: Aspect, after: Value, milestone: str | None
):
    before = await read(database)
    made = await change(store, database, aspect, after, milestone)
    assert await read(database) != before
    detail = await SqlPortfolioReader(database).project("P001")
    assert detail is not None
    (kept,) = detail.changes
    assert (kept.aspect, kept.after, kept.reason, kept.by) == (aspect, after, "Udbuddet trak ud", SOREN.id)
    await store.take_back(made, await revision(database), SOREN.id, NOW)
    assert await read(database) == before
    assert [action for action, _ in await lines(database)] == ["project_changed", "change_taken_back"]
    assert "Udbud" not in str(await lines(database))


async def test_closed_project_takes_no_change_but_its_opening(store: SqlProjectChangeStore, database: Database):
    await change(store, database, Aspect.PHASE, Phase.CLOSED)
    assert (await read(database))[0].is_closed
    with pytest.raises(ProjectClosed):
        await change(store, database, Aspect.END, JULY)
    await change(store, database, Aspect.PHASE, Phase.REALISATION)
    assert not (await read(database))[0].is_closed


async def test_change_of_something_else_than_was_seen_is_not_stored(store: SqlProjectChangeStore, database: Database):
    made = ProjectChange("P001", Aspect.END, JUNE, JULY, SOREN.id, NOW)
    seen = await revision(database)
    await store.change(made, seen)
    with pytest.raises(Overtaken):
        await store.change(replace(made, before=JULY, after=MARCH), seen)
    assert (await read(database))[0].end == JULY


async def test_milestone_that_is_gone_is_not_reached(store: SqlProjectChangeStore, database: Database):
    made = ProjectChange("P001", Aspect.REACHED, None, date(2026, 6, 3), SOREN.id, NOW, milestone="Nedlagt")
    with pytest.raises(Overtaken):
        await store.change(made, await revision(database))
    assert await lines(database) == []


async def test_file_that_says_what_it_said_leaves_the_change(store: SqlProjectChangeStore, database: Database):
    await change(store, database, Aspect.PHASE, Phase.CLOSED)
    changes = await take_in(database)
    assert (await read(database))[0].phase is Phase.CLOSED
    assert (await read(database))[0].is_closed
    assert changes.is_empty
    assert [(one.table, one.record, one.fields) for one in changes.kept] == [("projects", "P001", ("phase",))]


async def test_file_that_changes_another_column_leaves_the_change(store: SqlProjectChangeStore, database: Database):
    await change(store, database, Aspect.PHASE, Phase.CLOSED)
    await take_in(database, replace(PROJECT, title="Skærmbesøg 2"))
    project, _ = await read(database)
    assert (project.title, project.phase) == ("Skærmbesøg 2", Phase.CLOSED)
    assert project.is_closed


async def test_file_that_says_something_new_goes_before_the_change(store: SqlProjectChangeStore, database: Database):
    await change(store, database, Aspect.END, JULY)
    await take_in(database, replace(PROJECT, end=MARCH))
    assert (await read(database))[0].end == MARCH
    await take_in(database)
    assert (await read(database))[0].end == JUNE


async def test_file_that_caught_up_is_followed_again(store: SqlProjectChangeStore, database: Database):
    await change(store, database, Aspect.END, JULY)
    await take_in(database, replace(PROJECT, end=JULY))
    await take_in(database)
    assert (await read(database))[0].end == JUNE


async def test_second_change_stands_as_the_first_did(store: SqlProjectChangeStore, database: Database):
    await change(store, database, Aspect.END, JULY)
    await change(store, database, Aspect.END, MARCH)
    await take_in(database)
    assert (await read(database))[0].end == MARCH


async def test_first_change_stands_again_when_the_second_is_taken_back(
    store: SqlProjectChangeStore, database: Database
):
    await change(store, database, Aspect.END, JULY)
    second = await change(store, database, Aspect.END, MARCH)
    await store.take_back(second, await revision(database), SOREN.id, NOW)
    await take_in(database)
    assert (await read(database))[0].end == JULY


async def test_milestone_goes_before_the_file_by_itself(store: SqlProjectChangeStore, database: Database):
    day = date(2026, 6, 3)
    await change(store, database, Aspect.REACHED, day, "Udbud")
    await take_in(database)
    assert (await read(database))[1].reached == day
    await take_in(database, milestone=replace(TENDER, due=JULY))
    assert (await read(database))[1] == replace(TENDER, due=JULY, reached=day)
    await take_in(database, milestone=replace(TENDER, reached=day + timedelta(days=1)))
    assert (await read(database))[1] == replace(TENDER, reached=day + timedelta(days=1))


async def test_column_that_the_file_has_not_leaves_all_as_it_is(store: SqlProjectChangeStore, database: Database):
    await change(store, database, Aspect.END, JULY)
    writer = SqlPortfolioWriter(database)
    await writer.apply(Portfolio(projects=(replace(PROJECT, end=None),)), not_given={"projects": {"end"}})
    await take_in(database)
    assert (await read(database))[0].end == JULY


async def test_plan_tells_what_would_be_kept_and_changes_nothing(store: SqlProjectChangeStore, database: Database):
    await change(store, database, Aspect.END, JULY)
    writer = SqlPortfolioWriter(database)
    assert (await writer.plan(Portfolio(projects=(PROJECT,)))).kept
    await writer.plan(Portfolio(projects=(replace(PROJECT, end=MARCH),)))
    await take_in(database)
    assert (await read(database))[0].end == JULY


async def test_change_that_a_file_overruled_is_not_taken_back(store: SqlProjectChangeStore, database: Database):
    made = await change(store, database, Aspect.END, JULY)
    await take_in(database, replace(PROJECT, end=MARCH))
    with pytest.raises(Overtaken):
        await store.take_back(made, await revision(database), SOREN.id, NOW)
    assert (await read(database))[0].end == MARCH
