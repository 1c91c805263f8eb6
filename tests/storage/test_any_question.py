"""Any question on any portfolio: the database answers as the plain rules do."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from portfolio_oracle import Oracle, merged
from portfolio_strategies import TODAY, portfolios, questions
from sqlalchemy import text

from portfolio.portfolio import Portfolio
from portfolio.questions import Question
from storage.database import Database
from storage.portfolio_reader import SqlPortfolioReader
from storage.portfolio_writer import SqlPortfolioWriter

_PAGE = 4
_ANY = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


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


async def _same(reader: SqlPortfolioReader, oracle: Oracle, question: Question) -> None:
    numbers = oracle.numbers(question)
    assert await reader.project_numbers(question, TODAY) == numbers
    assert await reader.count(question, TODAY) == len(numbers)
    for offset in (0, _PAGE):
        page = await reader.projects(question, TODAY, offset=offset, size=_PAGE)
        assert [row.number for row in page.rows] == numbers[offset : offset + _PAGE]
        assert page.total == len(numbers)
        assert page.colours == oracle.colours(question)
    assert await reader.figure(question, TODAY) == oracle.figure(question)
