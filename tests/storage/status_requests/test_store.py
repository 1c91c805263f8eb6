"""Requests for a status are kept, one for each project, and written down."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from portfolio.identity import PersonId
from portfolio.reminders.kinds import StatusRequest
from portfolio.working_time import WorkingTime
from storage.audit import audit
from storage.database import Database
from storage.reminders.store import SqlReminderStore
from storage.whole import SqlPortfolioWriter
from tests.world.municipality import CAST
from tests.world.people import GRY, INGE, SOREN

ZONE = ZoneInfo("Europe/Copenhagen")
NOW = datetime(2026, 6, 9, 10, tzinfo=ZONE)
ASKED = {"P001": SOREN.id, "P002": SOREN.id}


@pytest.fixture
async def store(database: Database) -> SqlReminderStore:
    await SqlPortfolioWriter(database).apply(CAST)
    return SqlReminderStore(database, WorkingTime(ZONE))


async def requests(store: SqlReminderStore) -> dict[str, StatusRequest]:
    state = await store.state(NOW)
    return {one.number: one.request for one in state.projects if one.request}


async def lines(database: Database) -> list[tuple[str, str, str]]:
    rows = await database.execute(audit.select().order_by(audit.c.number))
    return [(row.action.value, row.project, row.by) for row in rows]


async def test_request_is_read_with_its_project(store: SqlReminderStore, database: Database):
    assert await store.request_status(ASKED, [], GRY.id, NOW) == ASKED.keys()
    assert await requests(store) == {number: StatusRequest(number, GRY.id, NOW) for number in ASKED}
    assert await lines(database) == [("status_requested", number, GRY.id) for number in ASKED]


async def test_later_request_takes_the_place_of_the_one_that_was_seen(store: SqlReminderStore):
    await store.request_status(ASKED, [], GRY.id, NOW)
    seen = list((await requests(store)).values())
    later = NOW + timedelta(days=7)
    assert await store.request_status({"P001": SOREN.id}, seen, INGE.id, later) == {"P001"}
    assert (await requests(store))["P001"] == StatusRequest("P001", INGE.id, later)


async def test_request_that_nobody_saw_stays(store: SqlReminderStore, database: Database):
    await store.request_status({"P001": SOREN.id}, [], GRY.id, NOW)
    assert await store.request_status(ASKED, [], INGE.id, NOW) == {"P002"}
    assert (await requests(store))["P001"].by == GRY.id
    assert ("status_requested", "P001", INGE.id) not in await lines(database)


async def test_of_two_at_once_one_is_taken(store: SqlReminderStore):
    taken = await asyncio.gather(
        *(store.request_status({"P001": SOREN.id}, [], PersonId(who), NOW) for who in (GRY.id, INGE.id))
    )
    assert sorted(map(len, taken)) == [0, 1]


async def test_withdrawn_request_leaves_the_earlier_one(store: SqlReminderStore, database: Database):
    await store.request_status({"P001": SOREN.id}, [], GRY.id, NOW)
    seen, later = list((await requests(store)).values()), NOW + timedelta(days=7)
    await store.request_status(ASKED, seen, INGE.id, later)
    assert await store.withdraw_requests(list(ASKED), later, seen, INGE.id, later)
    assert await requests(store) == {"P001": seen[0]}
    assert (await lines(database))[3:] == [("request_withdrawn", number, INGE.id) for number in ASKED]


@pytest.mark.parametrize(("by", "minutes"), [(GRY.id, 1), (INGE.id, 0)])
async def test_nothing_is_withdrawn_that_is_not_there(store: SqlReminderStore, by: PersonId, minutes: int):
    await store.request_status(ASKED, [], GRY.id, NOW)
    before = await requests(store)
    assert not await store.withdraw_requests(list(ASKED), NOW + timedelta(minutes=minutes), [], by, NOW)
    assert await requests(store) == before
