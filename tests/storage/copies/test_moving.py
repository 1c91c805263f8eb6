"""A database moved to another: every row of every table, in either direction, or nothing."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import inspect, select

from bot.cli import app
from bot.sending.service import SenderLock
from bot.settings import Settings
from portfolio.audit import Action, AuditEntry
from storage import plain_rows
from storage.audit import SqlAuditLog
from storage.columns import metadata
from storage.copies import moving
from storage.copies.files import CopyError
from storage.copies.moving import Held, move
from storage.database import Database, open_database, sqlite_file
from storage.migrating import require_current
from tests.kit.databases import Server
from tests.kit.rows import ROWS, fill_all

KINDS = ("sqlite", "postgresql")
BOTH_WAYS = [
    pytest.param(pair, marks=pytest.mark.postgresql if "postgresql" in pair else (), id="-".join(pair))
    for pair in itertools.product(KINDS, KINDS)
]


@pytest.fixture
def blank_of(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[str], str]]:
    """Gives a blank database of a kind."""
    servers: list[Server] = []

    def made(kind: str) -> str:
        if kind == "sqlite":
            return f"sqlite+aiosqlite:///{tmp_path / 'moved.db'}"
        servers.append(request.getfixturevalue("postgresql_server"))
        return servers[0].create("moved_to", "template0")

    yield made
    for server in servers:
        server.drop("moved_to")


@pytest.fixture
def full_of(request: pytest.FixtureRequest) -> Callable[[str], str]:
    """Gives a database of a kind that has the schema."""
    return lambda kind: (
        request.getfixturevalue("sqlite_url")
        if kind == "sqlite"
        else request.getfixturevalue("postgresql_server").fresh()
    )


async def contents(database: Database) -> dict[str, list[str]]:
    async with database.connect() as connection:
        return {
            table.name: sorted(map(repr, await connection.execute(select(table)))) for table in metadata.sorted_tables
        }


async def is_blank(database: Database) -> bool:
    async with database.engine.connect() as connection:
        return not await connection.run_sync(lambda inner: inspect(inner).get_table_names())


@pytest.mark.parametrize("pair", BOTH_WAYS)
async def test_every_row_of_every_table_is_moved_and_new_ones_are_numbered_after_them(
    pair: tuple[str, str],
    full_of: Callable[[str], str],
    blank_of: Callable[[str], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(plain_rows, "CHUNK", 2)  # so that all keys are gone on from
    url = full_of(pair[0])
    await fill_all(url)
    source, target = open_database(url), open_database(blank_of(pair[1]))
    before = await contents(source)
    steps: list[tuple[int, int]] = []
    moved = await move(source, target, lambda done, total: steps.append((done, total)))
    assert before == await contents(source) == await contents(target)
    assert {name: held.rows for name, held in moved.items()} == {name: len(rows) for name, rows in before.items()}
    total = sum(held.rows for held in moved.values())
    assert steps[-1] == (total, total)
    await require_current(target)
    log = SqlAuditLog(target)
    await log.note(AuditEntry(datetime(2026, 3, 1, tzinfo=UTC), "maja@birkefjord.example", Action.SNOOZED, "P001"))
    async with target.connect() as connection:
        assert max((await connection.execute(select(metadata.tables["audit"].c.number))).scalars()) == ROWS + 1
    await source.close()
    await target.close()


async def test_nothing_is_moved_into_a_database_that_holds_anything_or_into_itself(
    database: Database, sqlite_url: str
) -> None:
    """One of SQLite is the very same file."""
    await fill_all(sqlite_url)
    source = open_database(sqlite_url)
    before = await contents(database)
    with pytest.raises(CopyError) as refused:
        await move(source, database)
    assert refused.value.code == "not_blank"
    assert await contents(database) == before
    await source.close()


@pytest.mark.parametrize("kind", [KINDS[0], pytest.param(KINDS[1], marks=pytest.mark.postgresql)])
async def test_what_does_not_arrive_as_it_was_is_not_kept(
    kind: str, sqlite_url: str, blank_of: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    await fill_all(sqlite_url)
    source, target = open_database(sqlite_url), open_database(blank_of(kind))

    async def one_lost(*_: object) -> Held:
        return Held(1, 1)

    with monkeypatch.context() as patched:
        patched.setattr(moving, "_held", one_lost)
        with pytest.raises(CopyError) as refused:
            await move(source, target)
    assert (refused.value.code, await is_blank(target)) == ("differs", True)

    def stopped(done: int, total: int) -> None:
        if done > total / 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await move(source, target, stopped)
    assert await is_blank(target)
    await move(source, target)
    await source.close()
    await target.close()


@pytest.mark.parametrize("rows", [[{"a": 1, "b": "x"}, {"a": 2, "b": None}]])
def test_checksum_is_of_every_value_in_whatever_order(rows: list[dict[str, object]]) -> None:
    whole = Held().and_also(rows)
    assert whole == Held().and_also(rows[1:]).and_also(rows[:1])
    for other in ([rows[0]], [*rows, rows[0]], [rows[0], {"a": 2, "b": ""}], [{"a": 1, "b": None}, {"a": 2, "b": "x"}]):
        assert Held().and_also(other) != whole


@pytest.mark.postgresql
async def test_database_that_others_use_is_not_moved(postgresql_server: Server, blank_of: Callable[[str], str]) -> None:
    url = postgresql_server.fresh()
    source, target, service = open_database(url), open_database(blank_of("sqlite")), open_database(url)
    async with service.connect():
        with pytest.raises(CopyError) as refused:
            await move(source, target)
    assert refused.value.code == "not_alone"
    assert await is_blank(target)
    await service.close()
    await move(source, target)
    await source.close()
    await target.close()


@pytest.fixture
def typed(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[[str], tuple[int, str]]:
    """Types the command on a SQLite file; gives the exit code and what it said."""

    def type_(to: str) -> tuple[int, str]:
        monkeypatch.setenv("TOVHOLDER_MODE", "local")
        monkeypatch.setenv("TOVHOLDER_DATABASE_URL", sqlite_url)
        code = app(["move", "--to", to], result_action="return_value")
        said = capsys.readouterr()
        return code, said.out + said.err

    return type_


def test_operator_is_told_what_was_moved_and_what_to_do_next(
    typed: Callable[[str], tuple[int, str]], blank_of: Callable[[str], str]
) -> None:
    to = blank_of("sqlite")
    code, said = typed(to)
    assert code == 0
    assert said.startswith("Flyttet: ")
    assert "Sæt nu DATABASE_URL til den nye adresse" in said
    code, said = typed(to)
    assert (code, "ikke tom" in said) == (1, True)


@pytest.mark.parametrize(
    ("to", "told"),
    [
        ("mysql://maja:hush@db/x", "--to skal begynde med"),
        ("postgresql+psycopg://maja:hush@127.0.0.1:1/x", "Databasen i --to svarer ikke"),
        ("sqlite+aiosqlite:////proc/nowhere/x.db", "Intet er flyttet"),
    ],
)
def test_operator_who_mistypes_the_address_is_told_so_without_its_password(
    typed: Callable[[str], tuple[int, str]], to: str, told: str
) -> None:
    code, said = typed(to)
    assert (code, told in said, "hush" in said) == (1, True, False), said


def test_nothing_is_moved_while_the_service_sends(
    typed: Callable[[str], tuple[int, str]], blank_of: Callable[[str], str], sqlite_url: str
) -> None:
    lock = SenderLock(Settings(_env_file=None, mode="local", database_url=sqlite_url))
    assert lock.take()
    code, said = typed(blank_of("sqlite"))
    lock.give_back()
    assert (code, "Tjenesten kører" in said) == (1, True)


def test_nothing_is_moved_out_of_a_file_that_somebody_works_in(
    typed: Callable[[str], tuple[int, str]], blank_of: Callable[[str], str], sqlite_url: str
) -> None:
    file, to = sqlite_file(sqlite_url), blank_of("sqlite")
    assert file is not None
    with closing(sqlite3.connect(file)) as somebody:
        somebody.execute("SELECT count(*) FROM projects").fetchone()
        code, said = typed(to)
        assert (code, "Andre bruger databasen" in said) == (1, True), said
    assert typed(to)[0] == 0


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE alembic_version SET version_num = '0007'", "Kør: tovholder migrate"),
        ("DROP TABLE snoozes", "Intet er flyttet"),
    ],
)
def test_database_that_is_not_as_this_version_makes_it_is_not_moved(
    typed: Callable[[str], tuple[int, str]],
    blank_of: Callable[[str], str],
    sqlite_url: str,
    statement: str,
    told: str,
    tmp_path: Path,
) -> None:
    file = sqlite_file(sqlite_url)
    assert file is not None
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute(statement)
    code, said = typed(blank_of("sqlite"))
    assert (code, told in said) == (1, True), said


@pytest.mark.postgresql
def test_text_that_the_other_kind_can_not_hold_is_refused_and_nothing_moved(
    typed: Callable[[str], tuple[int, str]], blank_of: Callable[[str], str], sqlite_url: str
) -> None:
    file, to = sqlite_file(sqlite_url), blank_of("postgresql")
    assert file is not None
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("INSERT INTO snoozes VALUES ('maja' || char(0), 'P001', '2026-06-01')")
    code, said = typed(to)
    assert (code, "Intet er flyttet" in said) == (1, True), said
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("DELETE FROM snoozes")
    assert typed(to)[0] == 0
