"""The example portfolio in a database, for questions to be asked of."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from understanding.workbook import Book, load

from bot.importing.mapping import HeaderMapping
from bot.importing.reading import read_portfolio
from dialogs.understanding import Lexicon
from storage.database import Database, open_database
from storage.portfolio_reader import SqlPortfolioReader
from storage.portfolio_writer import SqlPortfolioWriter

WORKBOOK = Path(__file__).parents[2] / "examples" / "portfolio.xlsx"


@asynccontextmanager
async def closing_database(url: str) -> AsyncIterator[Database]:
    database = open_database(url)
    try:
        yield database
    finally:
        await database.close()


@pytest.fixture(scope="session")
def example_url(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("example") / "example.db"
    shutil.copy(sqlite_template, file)
    url = f"sqlite+aiosqlite:///{file}"
    asyncio.run(_import(url))
    return url


async def _import(url: str) -> None:
    async with closing_database(url) as database:
        vocabulary = await SqlPortfolioReader(database).vocabulary()
        reading = read_portfolio(WORKBOOK, vocabulary, ZoneInfo("Europe/Copenhagen"), HeaderMapping())
        assert not reading.refusals
        await SqlPortfolioWriter(database).apply(reading.portfolio)


@pytest.fixture
async def example(example_url: str) -> AsyncIterator[Database]:
    async with closing_database(example_url) as database:
        yield database


@pytest.fixture(scope="session")
def lexicon(example_url: str) -> Lexicon:
    async def read() -> Lexicon:
        async with closing_database(example_url) as database:
            return Lexicon.of(await SqlPortfolioReader(database).vocabulary())

    return asyncio.run(read())


@pytest.fixture(scope="session")
def book() -> Book:
    return load()
