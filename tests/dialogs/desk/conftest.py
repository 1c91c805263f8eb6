"""People at the desk, on a real database."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from databases import Original
from fakes import FakeCourier
from round_cast import CAST
from small_portfolio import NOW
from sql_desk import sql_desk
from talk import Talk

from dialogs.assistant import Assistant
from dialogs.texts import Texts
from dialogs.turn.audience import Audience, Names, Scope
from dialogs.turn.visit import Desk, Visit
from dialogs.understanding import understand
from portfolio.organisation import Person
from portfolio.whole import Portfolio
from storage.database import Database

ZONE = ZoneInfo("Europe/Copenhagen")
HERE = NOW.astimezone(ZONE)
Visiting = Callable[..., Visit]


@pytest.fixture
def courier() -> FakeCourier:
    return FakeCourier()


@pytest.fixture
async def sqlite_database(original_of: Callable[[Portfolio], Original]) -> AsyncIterator[Database]:
    """Holds the cast."""
    async with original_of(CAST).copied() as database:
        yield database


@pytest.fixture
def cast_desk(sqlite_database: Database, courier: FakeCourier) -> Desk:
    """The desk of the cast's municipality."""
    return sql_desk(sqlite_database, ZONE, courier)


@pytest.fixture
async def visiting(cast_desk: Desk) -> Visiting:
    """Somebody's visit; by default in their own chat, in Danish, on a Tuesday morning."""
    names = Names(await cast_desk.reader.vocabulary())

    def visit(
        person: Person, *, scope: Scope = Scope.PERSONAL, language: str = "da", now: datetime = HERE, where: str = ""
    ) -> Visit:
        audience = Audience(Texts.of(language), names, now, person, scope)
        return Visit(
            cast_desk, person, audience, where or f"{scope}-of-{person.email if scope is Scope.PERSONAL else 'all'}"
        )

    return visit


@pytest.fixture
def talking(cast_desk: Desk) -> Callable[..., Talk]:
    """Somebody's conversation; by default in their own chat, in Danish, on a Tuesday morning."""
    assistant = Assistant(cast_desk.reader, understand, cast_desk)

    def talk(person: Person | None, **more: Any) -> Talk:
        where = person.email if person else "nobody"
        return Talk(assistant, person, **{"now": HERE, "conversation": f"chat-of-{where}", **more})

    return talk
