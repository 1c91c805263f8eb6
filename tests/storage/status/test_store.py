from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portfolio.audit import Action, AuditEntry
from portfolio.deputies import Deputy
from portfolio.projects.project import Project
from portfolio.status.reporting import Overtaken, ProjectClosed
from portfolio.whole import Portfolio
from storage.audit import SqlAuditLog, audit
from storage.database import Database
from storage.questions.reader import SqlPortfolioReader
from storage.status.store import SqlReportingStore
from storage.whole import SqlPortfolioWriter
from tests.world.people import ASTRID, METTE, SOREN, id_of
from tests.world.reported import NOW, PORTFOLIO, TODAY, handed_in, later

FOR_ALL = Deputy(SOREN.id, METTE.id, TODAY, TODAY + timedelta(days=7))
FOR_ONE = Deputy(SOREN.id, ASTRID.id, TODAY - timedelta(days=3), TODAY, "P1")


@pytest.fixture
async def store(database: Database) -> SqlReportingStore:
    await SqlPortfolioWriter(database).apply(PORTFOLIO)
    return SqlReportingStore(database)


@pytest.fixture
def log(database: Database) -> SqlAuditLog:
    return SqlAuditLog(database)


async def _led_by(store: SqlReportingStore, email: str, today: date = TODAY) -> list[str]:
    return [one.detail.project.number for one in await store.led_by(email, today)]


async def _log(database: Database) -> list[AuditEntry]:
    columns = (audit.c.at, audit.c.by, audit.c.action, audit.c.project, audit.c.detail)
    async with database.connect() as connection:
        return [AuditEntry(*row) for row in await connection.execute(select(*columns).order_by(audit.c.number))]


async def test_reporter_sees_all_of_the_project(store: SqlReportingStore, database: Database) -> None:
    await store.set_deputy(FOR_ALL, SOREN.id, NOW)
    await store.set_deputy(replace(FOR_ONE, lead=ASTRID.id, deputy=SOREN.id), SOREN.id, NOW)
    seen = await store.reportable("P1")
    assert seen is not None
    assert seen.detail == await SqlPortfolioReader(database).project("P1")
    assert (seen.revision, seen.publications, seen.deputies) == (1, (), (FOR_ALL,))
    assert await store.reportable("P99") is None


async def test_lead_sees_first_what_was_never_reported_then_what_is_overdue_longest(store: SqlReportingStore) -> None:
    # P2 has no report, P1's was due on 15 May, P5's is due in four weeks; P4 is closed.
    assert await _led_by(store, SOREN.id) == ["P2", "P1", "P5"]
    assert await _led_by(store, ASTRID.id) == ["P3"]
    assert await _led_by(store, METTE.id) == []
    await store.publish(handed_in())
    assert await _led_by(store, SOREN.id) == ["P2", "P1", "P5"]  # every fortnight, so it is due before P5


async def test_each_of_several_projects_has_its_own_reports_and_milestones(
    store: SqlReportingStore, database: Database
) -> None:
    reader = SqlPortfolioReader(database)
    for one in await store.led_by(SOREN.id, TODAY):
        assert one.detail == await reader.project(one.detail.project.number)


async def test_deputy_reports_from_the_first_day_to_the_last(store: SqlReportingStore) -> None:
    await store.set_deputy(FOR_ALL, SOREN.id, NOW)
    await store.set_deputy(FOR_ONE, SOREN.id, NOW)
    assert await _led_by(store, METTE.id, FOR_ALL.first - timedelta(days=1)) == []
    assert await _led_by(store, METTE.id, FOR_ALL.first) == ["P2", "P1", "P5"]
    assert await _led_by(store, METTE.id, FOR_ALL.last) == ["P2", "P1", "P5"]
    assert await _led_by(store, METTE.id, FOR_ALL.last + timedelta(days=1)) == []
    assert await _led_by(store, ASTRID.id) == ["P3", "P1"]


async def test_deputies_that_have_ended_are_no_longer_shown(store: SqlReportingStore, database: Database) -> None:
    for deputy in (FOR_ALL, FOR_ONE):
        await store.set_deputy(deputy, SOREN.id, NOW)
    assert await store.deputies_of(SOREN.id, TODAY) == [FOR_ONE, FOR_ALL]
    assert await store.deputies_of(SOREN.id, TODAY + timedelta(days=1)) == [FOR_ALL]
    assert await store.deputies_of(METTE.id, TODAY) == []


async def test_deputys_time_is_changed_and_ended_and_written_down(store: SqlReportingStore, database: Database) -> None:
    await store.set_deputy(FOR_ONE, SOREN.id, NOW)
    longer = replace(FOR_ONE, last=TODAY + timedelta(days=30))
    await store.set_deputy(longer, ASTRID.id, later(1))
    assert await store.deputies_of(SOREN.id, TODAY) == [longer]
    assert await store.end_deputy(longer, SOREN.id, later(2))
    assert not await store.end_deputy(longer, SOREN.id, later(3))
    assert await store.deputies_of(SOREN.id, TODAY) == []
    days = {"lead": SOREN.id, "deputy": ASTRID.id, "first": "2026-06-06"}
    assert await _log(database) == [
        AuditEntry(NOW, SOREN.id, Action.DEPUTY_SET, "P1", days | {"last": "2026-06-09"}),
        AuditEntry(later(1), ASTRID.id, Action.DEPUTY_SET, "P1", days | {"last": "2026-07-09"}),
        AuditEntry(later(2), SOREN.id, Action.DEPUTY_ENDED, "P1", days | {"last": "2026-07-09"}),
    ]


async def test_project_that_is_handed_over_is_the_new_leads(
    store: SqlReportingStore, log: SqlAuditLog, database: Database
) -> None:
    reader = SqlPortfolioReader(database)
    version = await reader.version()
    await store.set_deputy(FOR_ALL, SOREN.id, NOW)
    await store.hand_over("P1", ASTRID.id, 1, SOREN.id, NOW)
    assert await _led_by(store, ASTRID.id) == ["P3", "P1"]
    assert await _led_by(store, METTE.id) == ["P2", "P5"]  # who stands in for the old lead
    seen = await store.reportable("P1")
    assert seen is not None
    assert (seen.detail.project.lead, seen.revision, seen.deputies) == (ASTRID.id, 2, ())
    assert await reader.version() == version + 1
    assert await log.log_of("P1") == [
        AuditEntry(NOW, SOREN.id, Action.HANDED_OVER, "P1", {"from": SOREN.id, "to": ASTRID.id})
    ]
    await store.hand_over("P6", ASTRID.id, 0, METTE.id, NOW)
    assert [dict(entry.detail) for entry in await log.log_of("P6")] == [{"from": "", "to": ASTRID.id}]


async def test_of_two_hand_overs_at_once_one_is_done(store: SqlReportingStore, database: Database) -> None:
    both = (store.hand_over("P1", lead, 1, SOREN.id, NOW) for lead in (ASTRID.id, METTE.id))
    done = await asyncio.gather(*both, return_exceptions=True)
    assert sorted(type(one).__name__ for one in done) == ["NoneType", "Overtaken"]
    assert len(await _log(database)) == 1


async def test_report_on_a_project_handed_over_meanwhile_is_not_taken(store: SqlReportingStore) -> None:
    await store.hand_over("P1", ASTRID.id, 1, SOREN.id, NOW)
    with pytest.raises(Overtaken):
        await store.publish(handed_in())


@pytest.mark.parametrize("number", ["P4", "P99"])
async def test_closed_project_is_not_handed_over(store: SqlReportingStore, database: Database, number: str) -> None:
    with pytest.raises(ProjectClosed):
        await store.hand_over(number, ASTRID.id, 0, SOREN.id, NOW)
    assert await _log(database) == []


async def test_log_of_a_project_has_the_newest_first(log: SqlAuditLog) -> None:
    denied = [AuditEntry(later(hour), METTE.id, Action.REPORT_DENIED, "P1") for hour in range(3)]
    for entry in (*denied, AuditEntry(NOW, ASTRID.id, Action.ROUND_DENIED, None, {"body": "Direktion"})):
        await log.note(entry)
    assert await log.log_of("P1") == denied[::-1]
    assert await log.log_of("P1", 1) == [denied[-1]]
    assert await log.log_of("P2") == []


async def test_lead_with_nothing_has_nothing_to_report(store: SqlReportingStore, database: Database) -> None:
    assert await store.led_by(id_of("nobody@ex.dk"), TODAY) == []
    await SqlPortfolioWriter(database).apply(Portfolio(projects=(Project("P7", "Nyt", lead=id_of("nobody@ex.dk")),)))
    (one,) = await store.led_by(id_of("nobody@ex.dk"), TODAY)
    assert (one.detail.project.number, one.newest, one.revision) == ("P7", None, 0)
