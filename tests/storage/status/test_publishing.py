from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select, text

from portfolio.audit import Action, AuditEntry
from portfolio.drafts import FormDraft
from portfolio.ports.errors import DatabaseError
from portfolio.projects.project import Milestone, Phase, Project
from portfolio.projects.status import Rag, StatusReport
from portfolio.questions.question import Question, which
from portfolio.status.reporting import Overtaken, ProjectClosed, Reportable, Snapshot
from portfolio.whole import Portfolio
from storage.audit import SqlAuditLog
from storage.columns import metadata
from storage.database import Database
from storage.forms import SqlDraftStore
from storage.questions.reader import SqlPortfolioReader
from storage.status.store import SqlReportingStore
from storage.whole import SqlPortfolioWriter
from tests.world.people import ASTRID, METTE, SOREN
from tests.world.reported import AMBER, NOW, PORTFOLIO, SCREENS, TODAY, handed_in, later, whole

FORM = FormDraft("form", "status", SOREN.id, "a:soeren", "P1", NOW, revision=1)


@pytest.fixture
async def store(database: Database) -> SqlReportingStore:
    await SqlPortfolioWriter(database).apply(PORTFOLIO)
    return SqlReportingStore(database)


@pytest.fixture
def log(database: Database) -> SqlAuditLog:
    return SqlAuditLog(database)


async def _seen(store: SqlReportingStore, number: str = "P1") -> Reportable:
    seen = await store.reportable(number)
    assert seen is not None
    return seen


async def _everything(database: Database) -> dict[str, list[tuple[object, ...]]]:
    async with database.connect() as connection:
        return {
            table.name: [tuple(row) for row in await connection.execute(select(table).order_by(*table.primary_key))]
            for table in metadata.sorted_tables
        }


async def test_lead_sees_in_the_lists_what_was_just_published(store: SqlReportingStore, database: Database) -> None:
    reader = SqlPortfolioReader(database)
    version = await reader.version()
    await store.publish(handed_in())
    (row,) = (await reader.projects(Question(where=which(overall=(Rag.AMBER,), projects=("P1",))), TODAY)).rows
    assert (row.status_day, row.progress, row.missing_status) == (TODAY, Decimal("62.5"), False)
    assert await reader.version() == version + 1


async def test_published_report_is_kept_with_what_was_true_then(store: SqlReportingStore, database: Database) -> None:
    publication = await store.publish(whole())
    seen = await _seen(store)
    assert seen.publications == (publication,)
    assert seen.newest == publication.report == replace(whole().report, author=SOREN.id)
    assert (publication.version, publication.at, publication.by) == (1, NOW, SOREN.id)
    frozen = publication.snapshot
    assert (frozen.phase, frozen.end, frozen.budget) == (Phase.EXECUTION, SCREENS.end, Decimal("1000000.50"))
    reached = {one.title: one.reached for one in frozen.milestones}
    assert reached == {"Udbud": TODAY, "Behov": date(2026, 1, 5), "Drift": None}
    assert frozen.benefits[0].realised == Decimal("7.25")
    assert set(frozen.risks) == {PORTFOLIO.risks[1], whole().obstacle}
    # It is what the project itself says now, and stays when the project moves on.
    assert set(seen.detail.risks) == set(frozen.risks)
    assert (seen.detail.milestones, seen.detail.benefits) == (frozen.milestones, frozen.benefits)
    moved = replace(SCREENS, phase=Phase.REALISATION, budget=Decimal(1))
    await SqlPortfolioWriter(database).apply(Portfolio(projects=(moved,)))
    assert (await _seen(store)).publications[0].snapshot == frozen


async def test_figures_finer_than_the_tables_keep_are_frozen_as_they_are_kept(store: SqlReportingStore) -> None:
    fine = replace(whole(), report=replace(AMBER, progress=Decimal("33.33333")))
    fine = replace(fine, realised={"Færre kørsler": Decimal("0.12345678")})
    publication = await store.publish(fine)
    seen = await _seen(store)
    assert seen.newest == publication.report
    assert seen.detail.benefits == publication.snapshot.benefits


async def test_first_report_ever_is_taken_in(store: SqlReportingStore, log: SqlAuditLog) -> None:
    assert (await _seen(store, "P2")).newest is None
    await store.publish(handed_in(StatusReport("P2", TODAY, Rag.GREEN), revision=0))
    assert (await _seen(store, "P2")).newest == StatusReport("P2", TODAY, Rag.GREEN, author=SOREN.id)
    (entry,) = await log.log_of("P2")
    assert entry == AuditEntry(
        NOW, SOREN.id, Action.REPORT_PUBLISHED, "P2", {"day": "2026-06-09", "version": "1", "overall": "green"}
    )


async def test_corrected_report_keeps_its_history(store: SqlReportingStore, log: SqlAuditLog) -> None:
    first = await store.publish(handed_in())
    second = await store.publish(handed_in(replace(AMBER, overall=Rag.RED), revision=2, at=later(3), by=ASTRID.id))
    seen = await _seen(store)
    assert seen.publications == (second, first)
    assert (second.version, seen.newest) == (2, second.report)
    assert seen.detail.reports == (second.report, PORTFOLIO.reports[0])
    newest, older = await log.log_of("P1")
    assert (newest.action, newest.by) == (Action.REPORT_CORRECTED, ASTRID.id)
    assert dict(newest.detail) == {"day": "2026-06-09", "version": "2", "overall": "red", "before": "amber"}
    assert (older.action, older.detail["before"]) == (Action.REPORT_PUBLISHED, "green")


async def test_unchanged_report_is_told_apart_in_the_log(store: SqlReportingStore, log: SqlAuditLog) -> None:
    publication = await store.publish(replace(handed_in(replace(AMBER, overall=Rag.GREEN)), is_unchanged=True))
    assert publication.is_unchanged
    assert (await _seen(store)).publications[0].is_unchanged
    assert [entry.action for entry in await log.log_of("P1")] == [Action.REPORT_UNCHANGED]


async def test_imported_report_of_the_same_day_becomes_history(store: SqlReportingStore) -> None:
    imported = PORTFOLIO.reports[1]
    mine = await store.publish(handed_in(replace(imported, overall=Rag.GREEN, author=None)))
    kept = (await _seen(store, "P5")).publications[1]
    assert mine.version == 2
    assert (kept.report, kept.version, kept.by, kept.snapshot) == (imported, 1, METTE.id, Snapshot())
    nobodys = replace(PORTFOLIO.reports[0], overall=Rag.RED)
    await store.publish(handed_in(nobodys))
    assert (await _seen(store)).publications[1].by == "import"


async def test_of_two_who_saw_the_same_one_is_taken_and_one_is_told(store: SqlReportingStore) -> None:
    both = [handed_in(by=SOREN.id), handed_in(replace(AMBER, overall=Rag.RED), by=ASTRID.id)]
    done = await asyncio.gather(*(store.publish(one) for one in both), return_exceptions=True)
    (publication,) = [one for one in done if not isinstance(one, BaseException)]
    assert [type(one) for one in done if isinstance(one, BaseException)] == [Overtaken]
    assert (await _seen(store)).publications == (publication,)


async def test_report_on_what_was_seen_before_an_import_is_not_taken(
    store: SqlReportingStore, database: Database
) -> None:
    seen = await _seen(store)
    writer = SqlPortfolioWriter(database)
    await writer.apply(Portfolio(reports=(StatusReport("P1", date(2026, 6, 8), Rag.RED),)))
    with pytest.raises(Overtaken):
        await store.publish(handed_in(revision=seen.revision))
    now = await _seen(store)
    assert now.revision == seen.revision + 1
    await writer.apply(Portfolio(projects=(replace(SCREENS, lead=ASTRID.id),)))
    assert (await _seen(store)).revision == now.revision + 1
    await writer.apply(Portfolio(projects=(replace(SCREENS, lead=ASTRID.id, title="Skærm"),)))
    assert (await _seen(store)).revision == now.revision + 1


@pytest.mark.parametrize("number", ["P4", "P99"])
async def test_closed_or_removed_project_takes_no_report(
    store: SqlReportingStore, database: Database, number: str
) -> None:
    before = await _everything(database)
    with pytest.raises(ProjectClosed):
        await store.publish(handed_in(replace(AMBER, project=number), revision=0))
    assert await _everything(database) == before


async def test_form_is_done_with_its_report(store: SqlReportingStore, database: Database) -> None:
    drafts = SqlDraftStore(database)
    await drafts.begin(FORM)
    await store.publish(handed_in(), FORM.id)
    done = await drafts.draft(FORM.id)
    assert done is not None
    assert done.outcome == "P1|2026-06-09|1"


async def test_form_that_is_done_is_not_published_again(store: SqlReportingStore, database: Database) -> None:
    drafts = SqlDraftStore(database)
    await drafts.begin(FORM)
    await drafts.finish(FORM.id, "P1|2026-06-01|1")
    before = await _everything(database)
    with pytest.raises(Overtaken):
        await store.publish(handed_in(), FORM.id)
    with pytest.raises(Overtaken):
        await store.publish(handed_in(), "no such form")
    assert await _everything(database) == before


_FAILING_AT = {
    "publications": "CHECK (version <> 1)",
    "reports": "CHECK (overall <> 'amber')",
    "risks": "CHECK (impact <> 5)",
    "audit": "CHECK (action <> 'report_published')",
}


@pytest.mark.parametrize("table", list(_FAILING_AT))
async def test_publishing_that_fails_midway_leaves_nothing_behind(
    store: SqlReportingStore, database: Database, table: str
) -> None:
    await SqlDraftStore(database).begin(FORM)
    await _constrain(database, table, _FAILING_AT[table])
    before = await _everything(database)
    with pytest.raises(DatabaseError):
        await store.publish(whole(), FORM.id)
    assert await _everything(database) == before


async def _constrain(database: Database, table: str, check: str) -> None:
    """Makes the table refuse a row of the report."""
    if database.engine.dialect.name == "postgresql":
        statement = f"ALTER TABLE {table} ADD {check} NOT VALID"
    else:
        condition = check.removeprefix("CHECK ").replace("(", "(NEW.")
        statement = (
            f"CREATE TRIGGER refuse BEFORE INSERT ON {table} WHEN NOT {condition} "
            "BEGIN SELECT RAISE(ABORT, 'refused'); END"
        )
    async with database.transaction() as connection:
        await connection.execute(text(statement))


async def test_milestone_of_another_project_with_the_same_title_is_left_alone(
    store: SqlReportingStore, database: Database
) -> None:
    other = Milestone("P2", "Udbud", PORTFOLIO.milestones[0].due)
    await SqlPortfolioWriter(database).apply(Portfolio(milestones=(other,)))
    await store.publish(whole())
    assert (await _seen(store, "P2")).detail.milestones == (other,)


async def test_reached_milestone_and_new_end_move_what_the_figures_say(
    store: SqlReportingStore, database: Database
) -> None:
    reader = SqlPortfolioReader(database)
    disputed = Question(where=which(disputed=True))
    assert await reader.project_numbers(disputed, TODAY) == ["P1"]  # green, with a milestone passed
    green = replace(AMBER, overall=Rag.GREEN)
    await store.publish(replace(handed_in(green), reached=("Udbud",)))
    assert await reader.project_numbers(disputed, TODAY) == []
    much_later = replace(green, expected_end=replace(SCREENS.end, first=date(2027, 4, 1), last=date(2027, 6, 30)))
    await store.publish(handed_in(much_later, revision=2))
    assert await reader.project_numbers(disputed, TODAY) == ["P1"]


async def test_forty_newest_versions_are_seen(store: SqlReportingStore) -> None:
    for revision in range(1, 43):
        day = TODAY + timedelta(days=revision // 2)
        await store.publish(handed_in(replace(AMBER, day=day), revision=revision))
    seen = await _seen(store)
    assert len(seen.publications) == 40
    assert [(one.report.day, one.version) for one in seen.publications][:3] == [
        (TODAY + timedelta(days=21), 1),
        (TODAY + timedelta(days=20), 2),
        (TODAY + timedelta(days=20), 1),
    ]


async def test_project_that_is_deleted_takes_its_history_along(store: SqlReportingStore, database: Database) -> None:
    await store.publish(handed_in())
    async with database.transaction() as connection:
        await connection.execute(text("DELETE FROM projects WHERE number = 'P1'"))
    assert await store.reportable("P1") is None
    await SqlPortfolioWriter(database).apply(Portfolio(projects=(Project("P1", "Nyt"),)))
    assert (await _seen(store)).publications == ()
