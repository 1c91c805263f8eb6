"""A small portfolio, and the service on it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator, MutableMapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import structlog

from bot.logs import where_it_failed
from bot.settings import Settings
from portfolio.organisation import OrgUnit
from portfolio.projects.project import Phase, Project
from portfolio.projects.status import Rag, StatusReport
from portfolio.projects.strategy import FocusArea
from portfolio.whole import Portfolio
from storage.database import open_database
from storage.whole import SqlPortfolioWriter
from tests.kit.bench import Bench, open_bench
from tests.kit.teams import APP_ID, SECRET, TENANT, FakeTeams
from tests.world.people import MAJA, OLE

PORTFOLIO = Portfolio(
    projects=(
        Project("P001", "Skærmbesøg", focus_areas=("Velfærd",), org_unit="Ældre", lead=MAJA.id),
        Project(
            "P002", "Varmestyring", focus_areas=("Klima og ressourcer",), phase=Phase.EXECUTION, budget=Decimal(100)
        ),
    ),
    reports=(StatusReport("P002", date(2026, 6, 1), overall=Rag.RED),),
    people=(
        MAJA,
        replace(OLE, roles=(), entra_id=None),
    ),
    org_units=(OrgUnit("Ældre"),),
    focus_areas=(FocusArea("Klima og ressourcer"), FocusArea("Velfærd")),
)


# An address, a token, or what may be a civil registration number.
_TELLS_TOO_MUCH = re.compile(r"[\w.+-]+@[\w-]+\.\w|eyJ[\w-]|(?<!\d)(?:[0-2]\d|3[01])(?:0\d|1[0-2])\d\d-?\d{4}(?!\d)")


@pytest.fixture(autouse=True, scope="session")
def brief_logs() -> Iterator[None]:
    """Tracebacks with all their values take seconds to write. Whatever any test has logged tells of nobody."""
    telling: list[str] = []

    def noted(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        if _TELLS_TOO_MUCH.search(repr(event)):
            telling.append(repr(event)[:500])
        return event

    structlog.configure(processors=[where_it_failed, noted, structlog.processors.JSONRenderer(default=str)])
    yield
    assert telling == []


@pytest.fixture
async def teams() -> AsyncIterator[FakeTeams]:
    async with FakeTeams().open() as teams:
        yield teams


@pytest.fixture
async def seeded_url(sqlite_url: str) -> str:
    database = open_database(sqlite_url)
    await SqlPortfolioWriter(database).apply(PORTFOLIO)
    await database.close()
    return sqlite_url


@pytest.fixture
def production(teams: FakeTeams, seeded_url: str) -> Settings:
    """The signed path, with all of Teams on loopback."""
    return Settings(
        _env_file=None,
        database_url=seeded_url,
        app_id=APP_ID,
        app_tenant_id=TENANT,
        app_password=SECRET,
        openid_metadata_url=teams.metadata_url,
        token_url=teams.token_url,
        connector_hosts="127.0.0.1",
    )


@pytest.fixture
async def bench(production: Settings, teams: FakeTeams) -> AsyncIterator[Bench]:
    async with open_bench(production, teams) as bench:
        yield bench


@pytest.fixture
def local_settings(seeded_url: str) -> Settings:
    return Settings(_env_file=None, mode="local", database_url=seeded_url)


@pytest.fixture
async def local_bench(local_settings: Settings, teams: FakeTeams) -> AsyncIterator[Bench]:
    async with open_bench(local_settings, teams) as bench:
        yield bench
