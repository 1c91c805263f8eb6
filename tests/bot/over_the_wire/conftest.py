"""The leads and the secretary of the board in Teams, on a clock that stands still."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.settings import Settings
from storage.database import open_database
from storage.whole import SqlPortfolioWriter
from tests.kit.bench import Bench, open_bench
from tests.kit.teams import FakeTeams
from tests.kit.wire import PORTFOLIO, Moment, met


@pytest.fixture
def clock() -> Moment:
    return Moment()


@pytest.fixture
async def board(production: Settings, sqlite_url: str, teams: FakeTeams, clock: Moment) -> AsyncIterator[Bench]:
    database = open_database(sqlite_url)
    await SqlPortfolioWriter(database).apply(PORTFOLIO)
    await database.close()
    settings = production.model_copy(update={"database_url": sqlite_url})
    async with open_bench(settings, teams, clock) as bench:
        await met(bench, "maja", "ole", "ida")
        yield bench
