"""A report that is taken back: what was in force before it is in force again, and the history keeps both."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from portfolio.audit import Action
from portfolio.history import corrections
from portfolio.projects.status import Rag
from portfolio.status.reporting import Overtaken, Reportable
from storage.audit import SqlAuditLog
from storage.database import Database
from storage.questions.reader import SqlPortfolioReader
from storage.status.store import SqlReportingStore
from storage.whole import SqlPortfolioWriter
from tests.world.people import SOREN
from tests.world.reported import AMBER, NOW, PORTFOLIO, handed_in, whole

SOON = NOW + timedelta(minutes=1)


@pytest.fixture
async def store(database: Database) -> SqlReportingStore:
    await SqlPortfolioWriter(database).apply(PORTFOLIO)
    return SqlReportingStore(database)


async def _seen(store: SqlReportingStore) -> Reportable:
    seen = await store.reportable("P1")
    assert seen is not None
    return seen


async def test_project_is_as_it_was_and_the_history_keeps_both(store: SqlReportingStore, database: Database) -> None:
    before = await _seen(store)
    given = await store.publish(whole())
    assert (await _seen(store)).detail != before.detail
    back = await store.take_back("P1", before.revision + 1, SOREN.id, SOON)
    seen = await _seen(store)
    assert seen.detail == before.detail
    assert seen.publications == (back, given)
    assert seen.standing == ()
    assert seen.correctable(SOON) is None
    assert (back.version, back.is_withdrawn, back.report) == (2, True, given.report)
    (withdrawal,) = corrections(await SqlPortfolioReader(database).publications("P1"))
    assert (withdrawal.is_withdrawal, withdrawal.by, withdrawal.at) == (True, SOREN.id, SOON)
    newest = (await SqlAuditLog(database).log_of("P1"))[0]
    assert (newest.action, newest.by) == (Action.REPORT_TAKEN_BACK, SOREN.id)


async def test_correction_that_is_taken_back_gives_way_to_the_report_that_it_corrected(
    store: SqlReportingStore,
) -> None:
    first = await store.publish(handed_in())
    seen = await _seen(store)
    red = replace(AMBER, overall=Rag.RED)
    await store.publish(replace(handed_in(), report=red, revision=seen.revision))
    back = await store.take_back("P1", seen.revision + 1, SOREN.id, SOON)
    after = await _seen(store)
    assert after.newest == first.report == back.report
    assert (back.version, back.is_withdrawn) == (3, False)
    assert after.standing == after.publications


async def test_report_given_after_one_that_was_taken_back_corrects_nothing(store: SqlReportingStore) -> None:
    before = await _seen(store)
    await store.publish(handed_in())
    await store.take_back("P1", before.revision + 1, SOREN.id, SOON)
    again = await store.publish(replace(handed_in(), revision=before.revision + 2))
    seen = await _seen(store)
    assert (again.version, seen.corrects(again), seen.newest) == (3, False, again.report)
    assert seen.standing[0] == again


async def test_report_that_somebody_has_followed_up_stays(store: SqlReportingStore) -> None:
    before = await _seen(store)
    await store.publish(handed_in())
    await store.publish(handed_in(revision=before.revision + 1))
    seen = await _seen(store)
    with pytest.raises(Overtaken):
        await store.take_back("P1", before.revision + 1, SOREN.id, SOON)
    assert await _seen(store) == seen
