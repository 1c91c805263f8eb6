from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from portfolio.history import ProjectHistory
from portfolio.projects.project import Project
from portfolio.projects.status import Rag, StatusReport
from portfolio.whole import Portfolio
from storage.database import Database
from storage.questions.reader import SqlPortfolioReader
from storage.whole import SqlPortfolioWriter
from tests.world.people import ASTRID
from tests.world.reported import PORTFOLIO
from tests.world.strategies import TODAY, portfolios

FIRST = date(2026, 1, 1)
_ANY = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
async def reader(database: Database) -> SqlPortfolioReader:
    more = tuple(StatusReport("P1", FIRST + timedelta(days=28 * month), Rag.RED) for month in range(3))
    await SqlPortfolioWriter(database).apply(replace(PORTFOLIO, reports=(*PORTFOLIO.reports, *more)))
    return SqlPortfolioReader(database)


async def test_each_projects_reports_come_in_the_order_asked_for(reader: SqlPortfolioReader) -> None:
    third, first, unknown, *rest = await reader.history(["P3", "P1", "P6", "P99", "P3"])
    assert rest == []
    assert (third.number, third.title, third.lead_name) == ("P3", "Energi", ASTRID.name)
    assert [report.day for report in first.reports] == [FIRST, date(2026, 1, 29), date(2026, 2, 26), date(2026, 5, 1)]
    assert first.before is None
    assert unknown == ProjectHistory("P6", "Uden leder", None, None, None, ())
    assert first.colours == (Rag.NONE, Rag.RED, Rag.GREEN)


async def test_colour_at_the_beginning_is_that_of_the_report_before(reader: SqlPortfolioReader) -> None:
    (found,) = await reader.history(["P1"], date(2026, 2, 1), date(2026, 2, 26))
    assert found.before is not None
    assert found.before.day == date(2026, 1, 29)
    assert [report.day for report in found.reports] == [date(2026, 2, 26)]
    (whole,) = await reader.history(["P1"], last=date(2026, 1, 29))
    assert (whole.before, len(whole.reports)) == (None, 2)


async def test_sixty_newest_reports_are_enough(database: Database) -> None:
    days = [FIRST + timedelta(days=day) for day in range(70)]
    reports = tuple(StatusReport("P1", day, Rag.GREEN) for day in days)
    await SqlPortfolioWriter(database).apply(Portfolio(projects=(Project("P1", "Daglig"),), reports=reports))
    (found,) = await SqlPortfolioReader(database).history(["P1"])
    assert [report.day for report in found.reports] == days[10:]


_offsets = st.none() | st.integers(-90, 90)


@_ANY
@given(portfolio=portfolios(), first=_offsets, last=_offsets)
async def test_history_is_what_the_reports_say(
    database: Database, portfolio: Portfolio, first: int | None, last: int | None
) -> None:
    async with database.transaction() as connection:
        for table in ("projects", "org_units"):
            await connection.execute(text(f"DELETE FROM {table}"))  # noqa: S608
    await SqlPortfolioWriter(database).apply(portfolio)
    begin, end = (None if offset is None else TODAY + timedelta(days=offset) for offset in (first, last))
    numbers = [project.number for project in portfolio.projects]
    found = await SqlPortfolioReader(database).history(numbers, begin, end)
    assert [one.number for one in found] == numbers
    for one in found:
        mine = sorted((r for r in portfolio.reports if r.project == one.number), key=lambda report: report.day)
        assert list(one.reports) == [
            report for report in mine if (begin or report.day) <= report.day <= (end or report.day)
        ]
        earlier = [report for report in mine if begin is not None and report.day < begin]
        assert one.before == (earlier[-1] if earlier else None)
