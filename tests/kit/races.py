"""Two people who report on the same project at the same moment, over and over."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from sqlalchemy import func, select

from portfolio.projects.project import Project
from portfolio.projects.status import Rag, StatusReport
from portfolio.status.reporting import Overtaken, Publication, Submission
from portfolio.whole import Portfolio
from storage.database import Database
from storage.status.store import SqlReportingStore
from storage.status.tables import publications
from storage.whole import SqlPortfolioWriter
from tests.world.people import ASTRID, SOREN
from tests.world.reported import NOW, TODAY

# Races on several projects at once, so that the winners hinder one another too.
PROJECTS = 5


async def run_races(database: Database, races: int) -> None:
    """Each has one winner and one who is told; nothing else is stored."""
    numbers = [f"R{number}" for number in range(PROJECTS)]
    await SqlPortfolioWriter(database).apply(Portfolio(projects=tuple(Project(one, one) for one in numbers)))
    store = SqlReportingStore(database)
    await asyncio.gather(*(_races_on(store, number, races // PROJECTS) for number in numbers))
    async with database.connect() as connection:
        stored = (await connection.execute(select(func.count()).select_from(publications))).scalar_one()
    assert stored == races


async def _races_on(store: SqlReportingStore, number: str, races: int) -> None:
    for revision in range(races):
        day = TODAY + timedelta(days=revision)
        both = (
            Submission(StatusReport(number, day, colour, comment=by), revision, by, NOW)
            for colour, by in ((Rag.RED, SOREN.id), (Rag.GREEN, ASTRID.id))
        )
        done = await asyncio.gather(*map(store.publish, both), return_exceptions=True)
        (winner,) = [one for one in done if isinstance(one, Publication)]
        (told,) = [one for one in done if isinstance(one, Overtaken)]
        assert (str(told), winner.version) == (number, 1)
    seen = await store.reportable(number)
    assert seen is not None
    assert (seen.revision, seen.newest) == (races, winner.report)
