import asyncio
import socket
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select, text, update

from portfolio.ports.errors import DatabaseError
from portfolio.projects.project import Project
from portfolio.questions.question import Question
from portfolio.whole import Portfolio
from storage.conversations import SqlConversationStore
from storage.database import Database, DatabaseUrlError, open_database
from storage.migrating import upgrade
from storage.questions.reader import SqlPortfolioReader
from storage.version import portfolio_state
from storage.whole import SqlPortfolioWriter

_NOW = datetime(2024, 6, 15, tzinfo=UTC)
_OTHER_PROCESS = """
import asyncio, sys
from storage.conversations import SqlConversationStore
from storage.database import open_database

async def main(url):
    database = open_database(url)
    store = SqlConversationStore(database)
    print(sum([await store.welcome_once("tenant", f"chat {number}") for number in range(200)]))
    await database.close()

asyncio.run(main(sys.argv[1]))
"""


async def test_database_answers_a_ping(database: Database) -> None:
    await database.ping()


async def test_folder_of_a_new_database_file_is_made(tmp_path: Path) -> None:
    database = open_database(f"sqlite+aiosqlite:///{tmp_path}/var/demo/tovholder.db")
    await database.ping()
    await database.close()
    assert (tmp_path / "var/demo/tovholder.db").is_file()


def _rights_in(folder: Path) -> dict[str, int]:
    return {file.name.removeprefix("tovholder.db"): file.stat().st_mode & 0o777 for file in folder.iterdir()}


async def test_nobody_else_on_the_machine_reads_a_new_database(tmp_path: Path) -> None:
    database = open_database(f"sqlite+aiosqlite:///{tmp_path}/tovholder.db")
    await upgrade(database)
    assert _rights_in(tmp_path) == {"": 0o600, "-wal": 0o600, "-shm": 0o600}
    await database.close()


@pytest.mark.parametrize(
    "url",
    [
        "mysql://host/db",
        "sqlite:///file.db",
        "postgresql+asyncpg://host/db",
        "sqlite+aiosqlite://",
        "not an address",
        "postgresql+psycopg://host:port/db",
        "sqlite+aiosqlite:///file.db?timeout=long",
    ],
)
def test_database_of_another_kind_is_refused(url: str) -> None:
    with pytest.raises(DatabaseUrlError, match="database URL"):
        open_database(url)


async def test_sqlite_is_set_up_for_safety_and_neighbours(sqlite_database: Database) -> None:
    async with sqlite_database.connect() as connection:
        pragmas = ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
        values = [(await connection.execute(text(f"PRAGMA {name}"))).scalar() for name in pragmas]
    assert values == ["wal", 1, 1, 15_000]


async def test_failed_transaction_leaves_nothing(database: Database) -> None:
    await SqlPortfolioWriter(database).apply(Portfolio(projects=(Project("P1", "Energi"),)))
    with pytest.raises(DatabaseError, match="IntegrityError"):
        await _delete_all_and_fail(database)
    assert len((await SqlPortfolioReader(database).vocabulary()).projects) == 1


async def _delete_all_and_fail(database: Database) -> None:
    async with database.transaction() as connection:
        await connection.execute(text("DELETE FROM projects"))
        await connection.execute(text("INSERT INTO milestones (project, title) VALUES ('P9', 'Udbud')"))


async def test_database_that_is_away_is_an_error_of_our_own_with_its_cause(tmp_path: Path) -> None:
    database = open_database(f"postgresql+psycopg://tovholder@/portfolio?host={tmp_path}")
    with pytest.raises(DatabaseError) as away:
        await database.ping()
    await database.close()
    assert away.value.reason == type(away.value.__cause__).__name__ == "OperationalError"


@pytest.mark.parametrize("way", ["connect", "snapshot", "transaction"])
async def test_statement_that_is_refused_is_the_same_error_whichever_way_it_came(database: Database, way: str) -> None:
    with pytest.raises(DatabaseError) as refused:
        async with getattr(database, way)() as connection:
            await connection.execute(text("SELECT nothing FROM nowhere"))
    assert refused.value.reason in ("OperationalError", "ProgrammingError")


async def test_database_that_is_slow_does_not_answer_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        database = open_database(f"postgresql+psycopg://tovholder@127.0.0.1:{silent.getsockname()[1]}/portfolio")
        with pytest.raises(DatabaseError, match="TimeoutError"):
            await database.ping(0.05)
        await database.close()


def test_program_that_ends_while_a_database_opens_ends_in_peace(tmp_path: Path) -> None:
    """What fails in a thread fails the test."""

    async def give_up() -> None:
        database = open_database(f"sqlite+aiosqlite:///{tmp_path}/tovholder.db")
        opening = asyncio.create_task(database.ping())
        await asyncio.sleep(0)
        opening.cancel()

    for _ in range(20):
        asyncio.run(give_up())


async def test_long_read_keeps_nobody_waiting(sqlite_database: Database) -> None:
    numbers = "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 300000) SELECT i FROM n)"
    reading = asyncio.create_task(sqlite_database.execute(select(func.count()).select_from(text(numbers))))
    turns = 0
    while not reading.done():
        turns += 1
        await asyncio.sleep(0)
    assert (await reading).scalar() == 300_000
    assert turns > 100


async def test_fault_that_is_not_the_databases_stays_what_it_is(database: Database) -> None:
    with pytest.raises(KeyError):
        async with database.transaction():
            raise KeyError("P001")


def test_folder_is_no_place_for_a_database(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match="IsADirectoryError"):
        open_database(f"sqlite+aiosqlite:///{tmp_path}")


async def test_two_processes_share_one_sqlite_file(sqlite_url: str, sqlite_database: Database) -> None:
    command = (sys.executable, "-c", _OTHER_PROCESS, sqlite_url)
    others = [await asyncio.create_subprocess_exec(*command, stdout=subprocess.PIPE) for _ in range(2)]
    store = SqlConversationStore(sqlite_database)
    mine = sum([await store.welcome_once("tenant", f"chat {number}") for number in range(200)])
    theirs = [int((await other.communicate())[0]) for other in others]
    assert mine + sum(theirs) == 200
    assert [other.returncode for other in others] == [0, 0]


async def test_answers_come_while_another_writes(database: Database) -> None:
    reader = SqlPortfolioReader(database)
    async with database.transaction() as connection:
        await connection.execute(text("UPDATE portfolio_state SET version = 7"))
        assert await reader.version() == 0
        assert (await reader.meetings(Question(), _NOW)).total == 0
    assert await reader.version() == 7


async def test_two_imports_at_once_take_turns(database: Database) -> None:
    portfolio = Portfolio(projects=tuple(Project(f"P{number}", "Energi") for number in range(50)))
    writer = SqlPortfolioWriter(database)
    both = await asyncio.gather(writer.apply(portfolio), writer.apply(portfolio))
    assert sorted(changes.tallies["projects"].added for changes in both) == [0, 50]
    assert await SqlPortfolioReader(database).version() == 1


async def test_reader_of_a_snapshot_sees_one_moment(database: Database) -> None:
    version = select(portfolio_state.c.version)
    async with database.snapshot() as reading:
        before = (await reading.execute(version)).scalar_one()
        async with database.transaction() as writing:
            await writing.execute(update(portfolio_state).values(version=before + 1))
        assert (await reading.execute(version)).scalar_one() == before
    async with database.connect() as later:
        assert (await later.execute(version)).scalar_one() == before + 1
