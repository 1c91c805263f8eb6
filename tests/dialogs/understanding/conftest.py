"""The example portfolio, and others, in databases, for questions to be asked of."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.importing.mapping import HeaderMapping
from bot.importing.reading import read_portfolio
from dialogs.understanding.language.lexicon import Lexicon
from storage.database import Database, open_database
from storage.questions.reader import SqlPortfolioReader
from storage.whole import SqlPortfolioWriter
from tests.dialogs.understanding.workbook import Book, load

WORKBOOK = Path(__file__).parents[3] / "examples" / "portfolio.xlsx"


@asynccontextmanager
async def closing_database(url: str) -> AsyncIterator[Database]:
    database = open_database(url)
    try:
        yield database
    finally:
        await database.close()


@pytest.fixture(scope="session")
def imported(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], str]:
    """Gives the URL of a new database that holds what a workbook says."""

    def into_its_own_database(workbook: Path) -> str:
        file = tmp_path_factory.mktemp(workbook.stem) / "portfolio.db"
        shutil.copy(sqlite_template, file)
        url = f"sqlite+aiosqlite:///{file}"
        asyncio.run(import_workbook(workbook, url))
        return url

    return into_its_own_database


@pytest.fixture(scope="session")
def example_url(imported: Callable[[Path], str]) -> str:
    return imported(WORKBOOK)


async def import_workbook(workbook: Path, url: str) -> None:
    async with closing_database(url) as database:
        vocabulary = await SqlPortfolioReader(database).vocabulary()
        reading = read_portfolio(workbook, vocabulary, ZoneInfo("Europe/Copenhagen"), HeaderMapping())
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
