"""A full database, a blank one, and a terminal to type commands in."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.cli import app
from storage.database import sqlite_file
from tests.kit.databases import Server
from tests.kit.rows import fill_all


@pytest.fixture
def blank(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[str], str]]:
    """Gives a blank database of the kind that another is of."""
    servers: list[Server] = []

    def made(url: str) -> str:
        if url.startswith("sqlite"):
            return f"sqlite+aiosqlite:///{tmp_path}/elsewhere/tovholder.db"
        servers.append(request.getfixturevalue("postgresql_server"))
        return servers[0].create("elsewhere", "template0")

    yield made
    for server in servers:
        server.drop("elsewhere")


@pytest.fixture
def full_url(database_url: str) -> str:
    """A database of each kind in turn, with rows in every table."""
    asyncio.run(fill_all(database_url))
    return database_url


@pytest.fixture
def full_file(sqlite_url: str) -> Path:
    asyncio.run(fill_all(sqlite_url))
    file = sqlite_file(sqlite_url)
    assert file is not None
    return file


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    """Types a command on a database; gives the exit code and what it said."""
    monkeypatch.setenv("TOVHOLDER_MODE", "local")

    def type_(url: str, *words: object) -> tuple[int, str]:
        monkeypatch.setenv("TOVHOLDER_DATABASE_URL", url)
        code = app(list(map(str, words)), result_action="return_value")
        said = capsys.readouterr()
        assert not (code and said.out), "what isn't done has no result"
        return code, said.out + said.err

    return type_
