"""An assistant on a small portfolio, and people of a small municipality who do something, on real databases."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from dialogs.assistant import Assistant, Turn
from dialogs.features import understand
from dialogs.rounds.handlers import catch_up
from dialogs.texts import Texts
from dialogs.turn.audience import Audience, Names, Scope
from dialogs.turn.visit import Stores, Visit
from portfolio.organisation import Person
from portfolio.principal import speaking_as
from portfolio.whole import Portfolio
from storage.database import Database
from storage.questions.reader import SqlPortfolioReader
from tests.kit.databases import Original
from tests.kit.fakes import FakeCourier, Readings
from tests.kit.stores import sql_stores
from tests.kit.talk import Talk
from tests.world.municipality import CAST
from tests.world.people import SOREN
from tests.world.portfolio import NOW, SMALL

ZONE = ZoneInfo("Europe/Copenhagen")
HERE = NOW.astimezone(ZONE)
Visiting = Callable[..., Visit]


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
    return Turn(speaking_as(SOREN), "da-DK", HERE)


@pytest.fixture
def english(turn: Turn) -> Turn:
    return replace(turn, language="en-GB")


@pytest.fixture
async def audience(reader: SqlPortfolioReader) -> Audience:
    return Audience(Texts.of("da"), Names(await reader.vocabulary()), HERE, SOREN)


@pytest.fixture
def courier() -> FakeCourier:
    return FakeCourier()


@pytest.fixture
async def cast_database(original_of: Callable[[Portfolio], Original]) -> AsyncIterator[Database]:
    """Holds the small municipality's people and projects."""
    async with original_of(CAST).copied() as database:
        yield database


@pytest.fixture
def cast_stores(cast_database: Database, courier: FakeCourier) -> Stores:
    """The stores of the cast's municipality."""
    return sql_stores(cast_database, ZONE, courier)


@pytest.fixture
async def visiting(cast_stores: Stores) -> Visiting:
    """Somebody's visit; by default in their own chat, in Danish, on a Tuesday morning."""
    names = Names(await cast_stores.reader.vocabulary())

    def visit(
        person: Person, *, scope: Scope = Scope.PERSONAL, language: str = "da", now: datetime = HERE, where: str = ""
    ) -> Visit:
        audience = Audience(Texts.of(language), names, now, person, scope)
        return Visit(
            cast_stores, person, audience, where or f"{scope}-of-{person.id if scope is Scope.PERSONAL else 'all'}"
        )

    return visit


@pytest.fixture
def talking(cast_stores: Stores) -> Callable[..., Talk]:
    """Somebody's conversation; by default in their own chat, in Danish, on a Tuesday morning."""
    assistant = Assistant(cast_stores.reader, understand, cast_stores)

    async def follow(turn: Turn) -> None:
        await catch_up(cast_stores, turn.now, lambda: assistant.audience(turn.now, "da"))

    def talk(person: Person | None, **more: Any) -> Talk:
        where = person.id if person else "nobody"
        usual = {"now": HERE, "conversation": f"chat-of-{where}", "afterwards": follow}
        return Talk(assistant, person, **{**usual, **more})

    return talk
