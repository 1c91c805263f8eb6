"""Any question on any portfolio: the database answers as the plain rules do."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from portfolio.projects.signals import ALWAYS, disputed_after
from portfolio.projects.status import Rag
from portfolio.questions.question import Changed, Question, Target, which
from portfolio.whole import Portfolio
from storage.database import Database
from storage.questions.reader import SqlPortfolioReader
from storage.whole import SqlPortfolioWriter
from tests.world.oracle import Oracle, merged
from tests.world.oracle_of_groups import Divider
from tests.world.oracle_of_parts import Parts
from tests.world.strategies import TODAY, asked_of_parts, divisions, portfolios, questions

_PAGE = 4
_ANY = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


async def _empty(database: Database) -> None:
    async with database.transaction() as connection:
        for table in ("projects", "org_units"):
            await connection.execute(text(f"DELETE FROM {table}"))  # noqa: S608


@_ANY
@given(first=portfolios(), second=portfolios(), asked=st.lists(questions(), min_size=8, max_size=8))
async def test_every_question_gets_the_answer_of_the_plain_rules(
    database: Database, first: Portfolio, second: Portfolio, asked: list[Question]
) -> None:
    await _empty(database)
    writer = SqlPortfolioWriter(database)
    await writer.apply(first)
    known = {project.number for project in first.projects}
    await writer.apply(second)
    oracle = Oracle(merged(first, second), TODAY)
    reader = SqlPortfolioReader(database)
    assert known <= {name.number for name in (await reader.vocabulary()).projects}
    for question in asked:
        await _same(reader, oracle, question)


@settings(_ANY, max_examples=100)
@given(portfolio=portfolios())
async def test_figures_contradict_the_lead_from_the_very_day(database: Database, portfolio: Portfolio) -> None:
    await _empty(database)
    await SqlPortfolioWriter(database).apply(portfolio)
    reader = SqlPortfolioReader(database)
    plain = Oracle(portfolio, TODAY)
    turning = {disputed_after(plain.figures(project)) for project in portfolio.projects} - {None, ALWAYS}
    for day in sorted({TODAY, *turning, *(day + timedelta(days=1) for day in turning)}):
        question = Question(where=which(disputed=True), include_closed=True)
        assert await reader.project_numbers(question, day) == Oracle(portfolio, day).numbers(question)


@_ANY
@given(portfolio=portfolios(), to=st.lists(st.sampled_from(Rag), max_size=2, unique=True))
async def test_change_of_colour_counts_from_its_day_to_its_day(
    database: Database, portfolio: Portfolio, to: list[Rag]
) -> None:
    await _empty(database)
    await SqlPortfolioWriter(database).apply(portfolio)
    reader, oracle = SqlPortfolioReader(database), Oracle(portfolio, TODAY)
    for day in sorted({report.day for report in portfolio.reports}):
        for first, last in ((day, None), (None, day), (day, day)):
            question = Question(where=(Changed(first, last, tuple(to)),), include_closed=True)
            assert await reader.project_numbers(question, TODAY) == oracle.numbers(question)


@_ANY
@given(portfolio=portfolios(), asked=st.lists(divisions(), min_size=12, max_size=12))
async def test_projects_divide_as_by_the_plain_rules(
    database: Database, portfolio: Portfolio, asked: list[Question]
) -> None:
    await _empty(database)
    await SqlPortfolioWriter(database).apply(portfolio)
    reader, divider = SqlPortfolioReader(database), Divider(Oracle(portfolio, TODAY))
    for question in asked:
        assert await reader.groups(question, TODAY) == divider.groups(question)


@_ANY
@given(portfolio=portfolios(), asked=st.lists(asked_of_parts(), min_size=12, max_size=12))
async def test_what_belongs_to_projects_is_found_as_by_the_plain_rules(
    database: Database, portfolio: Portfolio, asked: list[Question]
) -> None:
    await _empty(database)
    await SqlPortfolioWriter(database).apply(portfolio)
    reader, parts = SqlPortfolioReader(database), Parts(Oracle(portfolio, TODAY))
    read = {
        Target.MILESTONES: reader.milestones,
        Target.BENEFITS: reader.benefits,
        Target.OBSTACLES: reader.obstacles,
    }
    titles = {project.number: project.title for project in portfolio.projects}
    for question in asked:
        rows = parts.rows(question)
        for offset in (0, _PAGE):
            page = await read[question.target](question, TODAY, offset=offset, size=_PAGE)
            shown = rows[offset : offset + _PAGE]
            assert [(row.item, row.title) for row in page.rows] == [(part, titles[part.project]) for part in shown]
            assert page.total == len(rows)
            assert page.projects == tuple(dict.fromkeys(part.project for part in rows))


async def _same(reader: SqlPortfolioReader, oracle: Oracle, question: Question) -> None:
    numbers = oracle.numbers(question)
    assert await reader.project_numbers(question, TODAY) == numbers
    assert await reader.count(question, TODAY) == len(numbers)
    for offset in (0, _PAGE):
        page = await reader.projects(question, TODAY, offset=offset, size=_PAGE)
        assert [row.number for row in page.rows] == numbers[offset : offset + _PAGE]
        assert [row.figures for row in page.rows] == [oracle.disputing(row.number) for row in page.rows]
        assert page.total == len(numbers)
        assert page.colours == oracle.colours(question)
    assert await reader.figure(question, TODAY) == oracle.figure(question)
