"""An assistant on a real database that holds the small portfolio."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from fakes import Readings
from small_portfolio import LEAD, NOW, SMALL

from dialogs.assistant import Assistant, Turn
from dialogs.texts import Texts
from dialogs.turn.audience import Audience, Names
from storage.database import Database, open_database
from storage.questions.reader import SqlPortfolioReader
from storage.whole import SqlPortfolioWriter

HERE = NOW.astimezone(ZoneInfo("Europe/Copenhagen"))


@pytest.fixture
def readings() -> Readings:
    return Readings()


@pytest.fixture(scope="session")
def small_file(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with the small portfolio, to be copied."""
    file = shutil.copy(sqlite_template, tmp_path_factory.mktemp("small") / "small.db")

    async def fill() -> None:
        database = open_database(f"sqlite+aiosqlite:///{file}")
        await SqlPortfolioWriter(database).apply(SMALL)
        await database.close()

    asyncio.run(fill())
    return Path(file)


@pytest.fixture
async def database(small_file: Path, tmp_path: Path) -> AsyncIterator[Database]:
    database = open_database(f"sqlite+aiosqlite:///{shutil.copy(small_file, tmp_path / 'tovholder.db')}")
    yield database
    await database.close()


@pytest.fixture
async def reader(database: Database) -> SqlPortfolioReader:
    return SqlPortfolioReader(database)


@pytest.fixture
async def assistant(reader: SqlPortfolioReader, readings: Readings) -> Assistant:
    return Assistant(reader, readings)


@pytest.fixture
def turn() -> Turn:
    return Turn(LEAD, "da-DK", HERE)


@pytest.fixture
def english(turn: Turn) -> Turn:
    return replace(turn, language="en-GB")


@pytest.fixture
async def audience(reader: SqlPortfolioReader) -> Audience:
    return Audience(Texts.of("da"), Names(await reader.vocabulary()), HERE, LEAD)
