"""Somewhere to restore to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.kit.databases import Server


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
