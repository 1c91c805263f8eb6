"""Fresh databases for tests: SQLite files, and databases on a PostgreSQL server of the test run's own."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg
import pytest

from storage.database import Database, open_database
from storage.migrating import upgrade

_PROGRAMS = Path("/usr/lib/postgresql")
_TEMPLATE = "template_tovholder"
_SETTINGS = "-c listen_addresses='' -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c autovacuum=off"
_BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]
_names = (f"test_{number}" for number in count(1))


@dataclass(frozen=True)
class Server:
    """A PostgreSQL server that listens on a socket in `folder`."""

    folder: Path
    control: tuple[str, ...] = ()

    def start(self) -> None:
        start = ["-w", "-l", str(self.folder / "log"), "-o", f"-k {self.folder} {_SETTINGS}", "start"]
        subprocess.run([*self.control, *start], check=True, stdout=subprocess.DEVNULL)

    def stop(self) -> None:
        subprocess.run([*self.control, "-m", "immediate", "stop"], check=False, capture_output=True)

    def restart(self) -> None:
        """Connections are cut off in the middle of what they do."""
        subprocess.run([*self.control, "-m", "fast", "-w", "stop"], check=True, capture_output=True)
        self.start()

    def fresh(self) -> str:
        """A new database with the schema."""
        return self.create(next(_names), _TEMPLATE)

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://tovholder@/{database}?host={self.folder}"

    def create(self, database: str, template: str) -> str:
        self._run(f'CREATE DATABASE "{database}" TEMPLATE "{template}"')
        return self.url(database)

    def drop(self, database: str) -> None:
        self._run(f'DROP DATABASE "{database}" WITH (FORCE)')

    def _run(self, statement: str) -> None:
        with psycopg.connect(f"host={self.folder} user=tovholder dbname=postgres", autocommit=True) as connection:
            connection.execute(statement.encode())


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[Server]:
    """Skips without PostgreSQL's programs, except with CI=true."""
    if not _programs():
        missing = "PostgreSQL's server programs are not installed"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    with serving() as server:
        yield server


@contextmanager
def serving() -> Iterator[Server]:
    """A server with a template database that has the schema."""
    binaries = _programs()[-1].parent
    folder = Path(tempfile.mkdtemp(prefix="tovholder-postgresql-"))
    as_server = _as_unprivileged(folder)
    data = str(folder / "data")
    initdb = [
        binaries / "initdb",
        "-D",
        data,
        "-U",
        "tovholder",
        "--auth=trust",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
        "-N",
    ]
    server = Server(folder, (*as_server, str(binaries / "pg_ctl"), "-D", data))
    try:
        subprocess.run([*as_server, *initdb], check=True, capture_output=True)
        server.start()
        _migrate(server.create(_TEMPLATE, "template0"))
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> list[Path]:
    return sorted(_PROGRAMS.glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the schema, to be copied."""
    file = tmp_path_factory.mktemp("sqlite") / "template.db"
    _migrate(_sqlite_url(file))
    return file


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A migrated SQLite database, for tests that any database will do for."""
    return _sqlite_url(shutil.copy(sqlite_template, tmp_path / "tovholder.db"))


@pytest.fixture
async def sqlite_database(sqlite_url: str) -> AsyncIterator[Database]:
    database = open_database(sqlite_url)
    yield database
    await database.close()


@pytest.fixture(params=_BOTH)
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A migrated database of each kind in turn."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_url")
    else:
        yield from _on_server(request.getfixturevalue("postgresql_server"), _TEMPLATE)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A migrated database of each kind in turn, open."""
    database = open_database(database_url)
    yield database
    await database.close()


@pytest.fixture(params=_BOTH)
def blank_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database of each kind in turn, without any table."""
    if request.param == "sqlite":
        yield _sqlite_url(tmp_path / "blank.db")
    else:
        yield from _on_server(request.getfixturevalue("postgresql_server"), "template0")


def _on_server(server: Server, template: str) -> Iterator[str]:
    name = next(_names)
    yield server.create(name, template)
    server.drop(name)


def _sqlite_url(file: Path) -> str:
    return f"sqlite+aiosqlite:///{file}"


def _as_unprivileged(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root; then it runs as the user that Debian made for it."""
    if os.geteuid() != 0:
        return []
    shutil.chown(folder, "postgres", "postgres")
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]


def _migrate(url: str) -> None:
    async def migrate() -> None:
        database = open_database(url)
        await upgrade(database)
        await database.close()

    # In a thread of its own: the tests' event loop may be set up in this one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(migrate())).result()
