"""Fresh databases for tests: SQLite files, and databases on a PostgreSQL server of the test run's own."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest

from portfolio.whole import Portfolio
from storage.database import Database, open_database
from storage.migrating import upgrade
from storage.whole import SqlPortfolioWriter

_PROGRAMS = Path("/usr/lib/postgresql")
_TEMPLATE = "template_tovholder"
_SETTINGS = "-c listen_addresses='' -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c autovacuum=off"
_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of the run's own is made in it
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


class Original:
    """A SQLite file that isn't touched, and one place for its copies, of which there is one at a time. The engine at
    that place is kept, since to compile every statement anew for each test takes longer than most tests."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._copy = file.with_name(f"copy-of-{file.name}")
        self._database = open_database(_sqlite_url(self._copy))

    @asynccontextmanager
    async def copied(self) -> AsyncIterator[Database]:
        """A database as the original is, whatever happened to the copy before it."""
        for left in self._copy.parent.glob(f"{self._copy.name}*"):  # a copy that was not closed has its -wal and -shm
            left.unlink()
        shutil.copyfile(self._file, self._copy)
        try:
            yield self._database
        finally:
            await self._database.close()


@pytest.fixture(scope="session")
def quick_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """In memory where the system has a place for it: there a copy is made and opened in a fifth of the time."""
    if not os.access(_MEMORY, os.W_OK):
        yield tmp_path_factory.mktemp("originals")
        return
    with tempfile.TemporaryDirectory(prefix="tovholder-", dir=_MEMORY) as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def original_of(sqlite_template: Path, quick_folder: Path) -> Callable[[Portfolio], Original]:
    """Gives the original that holds a portfolio, which is written once."""

    @cache
    def original(portfolio: Portfolio) -> Original:
        file = quick_folder / f"{next(_names)}.db"
        shutil.copyfile(sqlite_template, file)
        _run(_with_database(_sqlite_url(file), lambda database: SqlPortfolioWriter(database).apply(portfolio)))
        return Original(file)

    return original


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
    _run(_with_database(url, lambda database: upgrade(database)))


async def _with_database(url: str, work: Callable[[Database], Coroutine[Any, Any, Any]]) -> None:
    database = open_database(url)
    try:
        await work(database)
    finally:
        await database.close()


def _run(work: Coroutine[Any, Any, None]) -> None:
    """In a thread of its own: the tests' event loop may be set up in this one."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()
