"""An assistant on a real database that holds the small portfolio."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from databases import Original
from fakes import Readings
from small_portfolio import LEAD, NOW, SMALL

from dialogs.assistant import Assistant, Turn
from dialogs.texts import Texts
from dialogs.turn.audience import Audience, Names
from portfolio.whole import Portfolio
from storage.database import Database
from storage.questions.reader import SqlPortfolioReader

HERE = NOW.astimezone(ZoneInfo("Europe/Copenhagen"))


@pytest.fixture
def readings() -> Readings:
    return Readings()


@pytest.fixture
async def database(original_of: Callable[[Portfolio], Original]) -> AsyncIterator[Database]:
    async with original_of(SMALL).copied() as database:
        yield database


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
