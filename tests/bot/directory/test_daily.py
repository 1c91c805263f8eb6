"""The directory is read each day while the service runs, by one process, and the office is told what it must know."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from bot.directory.daily import DailySync
from bot.settings import Settings
from portfolio.deliveries import Purpose
from portfolio.whole import Portfolio
from storage.database import Database
from storage.directory.store import SqlDirectory
from storage.organisation import people
from storage.sending.tables import deliveries
from storage.whole import SqlPortfolioWriter
from tests.kit.graph import FakeGraph, user
from tests.kit.teams import APP_ID, SECRET, TENANT
from tests.world.people import INGE

# Half past six in Denmark, on a Tuesday.
MORNING = datetime(2026, 6, 9, 4, 30, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
NAMES = ("Vagn Holm", "Gry Thorlund", "Søren Holm", "Ib Dam", "Mette Lindegaard", "Inge Sandal")


@pytest.fixture
async def graph() -> AsyncIterator[FakeGraph]:
    async with FakeGraph().open() as graph:
        graph.add(*(user(name) for name in NAMES))
        yield graph


@pytest.fixture
def directory(database: Database) -> SqlDirectory:
    return SqlDirectory(database, Settings(_env_file=None).work)


@pytest.fixture
async def daily(graph: FakeGraph, directory: SqlDirectory, database: Database) -> DailySync:
    await SqlPortfolioWriter(database).apply(Portfolio(people=(INGE,)))
    return replica(graph, directory)


def replica(graph: FakeGraph, directory: SqlDirectory) -> DailySync:
    settings = Settings(
        _env_file=None,
        app_id=APP_ID,
        app_tenant_id=TENANT,
        app_password=SECRET,
        token_url=graph.token_url,
        graph_url=graph.url,
        graph_sync="daily",
    )
    return DailySync(directory, settings)


async def here(database: Database) -> int:
    rows = await database.execute(select(people.c.id).where(people.c.standing == "here"))
    return len(rows.all())


async def told(database: Database) -> list[Purpose]:
    return list((await database.execute(select(deliveries.c.purpose).order_by(deliveries.c.id))).scalars())


async def test_one_process_reads_once_a_day(
    graph: FakeGraph, daily: DailySync, directory: SqlDirectory, database: Database
) -> None:
    other = replica(graph, directory)
    for moment in (MORNING, MORNING + HOUR, MORNING + 20 * HOUR):
        await daily.look(moment)
        await other.look(moment)
    assert len(graph.token_forms) == 1
    assert await here(database) == len(NAMES)
    await other.look(MORNING + DAY)
    assert len(graph.token_forms) == 2


async def test_failing_reading_is_tried_again_after_an_hour(
    graph: FakeGraph, daily: DailySync, database: Database
) -> None:
    graph.is_permitted = False
    with capture_logs() as logged:
        await daily.look(MORNING)
        await daily.look(MORNING + HOUR / 2)
    assert [one["reason"] for one in logged if one["event"] == "directory_not_read"] == ["not_allowed"]
    assert await here(database) == 1
    graph.is_permitted = True
    await daily.look(MORNING + HOUR)
    assert await here(database) == len(NAMES)


async def test_too_many_leaving_changes_nothing_and_is_told_once(
    graph: FakeGraph, daily: DailySync, directory: SqlDirectory, database: Database
) -> None:
    await daily.look(MORNING)
    graph.touch("Gry Thorlund", displayName="Gry Dahl")
    for name in ("Ib Dam", "Mette Lindegaard"):
        graph.remove(name)
    for day in (1, 2, 3):
        await daily.look(MORNING + day * DAY)
    assert await here(database) == len(NAMES)
    names = list((await database.execute(select(people.c.name))).scalars())
    assert "Gry Dahl" not in names
    assert await told(database) == [Purpose.HELD_BACK]
    assert await directory.held_back() == (2, len(NAMES))
    graph.restore("Ib Dam")
    await daily.look(MORNING + 4 * DAY)
    assert (await here(database), await directory.held_back()) == (len(NAMES) - 1, None)


async def test_office_is_told_of_what_was_left_behind(graph: FakeGraph, daily: DailySync, database: Database) -> None:
    await daily.look(MORNING)
    roles = people.update().where(people.c.name == "Ib Dam").values(roles=INGE.roles)
    await database.execute(roles)
    graph.touch("Ib Dam", accountEnabled=False)
    await daily.look(MORNING + DAY)
    assert await told(database) == [Purpose.DEPARTURES]
