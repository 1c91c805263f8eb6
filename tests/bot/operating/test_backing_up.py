"""`tovholder backup` and `restore`: everything comes back, and whatever goes wrong, nothing is lost."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread

import pytest

from bot.cli import app
from bot.operating import copying
from bot.sending.service import SenderLock
from bot.settings import Settings
from storage.copies import postgresql_dump, sqlite_file
from storage.copies.files import written_in_full
from storage.database import sqlite_file as file_of
from tests.kit.databases import Server
from tests.kit.rows import contents_of, fill_all

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
# What a restore settles, or writes down.
SETTLED = {"runs", "deliveries", "reminded", "rounds", "drafts", "audit", "sending"}


def settings_of(url: str) -> Settings:
    return Settings(_env_file=None, mode="local", database_url=url)


@pytest.fixture
def full_url(database_url: str) -> str:
    """A database of each kind in turn, with rows in every table."""
    asyncio.run(fill_all(database_url))
    return database_url


@pytest.fixture
def full_file(sqlite_url: str) -> Path:
    asyncio.run(fill_all(sqlite_url))
    file = file_of(sqlite_url)
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


def url_of(file: Path) -> str:
    return f"sqlite+aiosqlite:///{file}"


def test_everything_that_was_backed_up_is_there_again(
    full_url: str, blank: Callable[[str], str], typed: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    file = tmp_path / "tovholder.backup"
    code, said = typed(full_url, "backup", file)
    assert (code, stat.S_IMODE(file.stat().st_mode)) == (0, 0o600)
    assert said.startswith(f"Sikkerhedskopien er skrevet: {file} (")
    assert f"tovholder restore {file}" in said
    new = blank(full_url)
    code, said = typed(new, "restore", file)
    assert code == 0, said
    assert "tovholder serve" in said
    before, after = asyncio.run(contents_of(full_url)), asyncio.run(contents_of(new))
    assert before.keys() == after.keys()
    assert {table for table in before if before[table] != after[table]} <= SETTLED
    assert {table for table in SETTLED - {"drafts"} if len(after[table]) < len(before[table])} == set()


def test_backup_is_of_one_moment_while_others_write_and_holds_up_nobody(
    full_file: Path, tmp_path: Path, typed: Callable[..., tuple[int, str]]
) -> None:
    """A row in each of two tables is always written together."""
    with closing(sqlite3.connect(full_file, isolation_level=None)) as connection:
        connection.execute("CREATE TABLE a (text)")
        connection.execute("CREATE TABLE b (text)")
    began, enough = Event(), Event()

    def write() -> None:
        with closing(sqlite3.connect(full_file, isolation_level=None)) as connection:
            while not enough.is_set():
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("INSERT INTO a VALUES (zeroblob(10000))")
                connection.execute("INSERT INTO b VALUES (zeroblob(10000))")
                connection.execute("COMMIT")
                began.set()

    writer = Thread(target=write)
    writer.start()
    began.wait()
    try:
        assert typed(url_of(full_file), "backup", tmp_path / "copy")[0] == 0
    finally:
        enough.set()
        writer.join()
    with closing(sqlite3.connect(tmp_path / "copy")) as copy:
        found = [copy.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in "ab"]  # noqa: S608
    assert found[0] == found[1] > 0


def test_nightly_backup_takes_the_place_of_the_one_before(
    full_url: str, tmp_path: Path, typed: Callable[..., tuple[int, str]]
) -> None:
    file = tmp_path / "nightly"
    file.touch()
    for _ in range(2):
        assert typed(full_url, "backup", file)[0] == 0
    assert [one.name for one in tmp_path.iterdir() if "nightly" in one.name] == ["nightly"]


@pytest.mark.parametrize("name", ["workbook.xlsx", "tovholder.db", "other.db", "folder", "nowhere/copy", "link.db"])
def test_backup_is_written_over_nothing_but_a_backup(
    full_file: Path, name: str, tmp_path: Path, typed: Callable[..., tuple[int, str]]
) -> None:
    (tmp_path / "workbook.xlsx").write_bytes(b"PK\x03\x04")
    shutil.copy(full_file, tmp_path / "other.db")  # of another service, maybe
    (tmp_path / "folder").mkdir()
    (tmp_path / "link.db").symlink_to(full_file)
    before = {one: one.read_bytes() for one in tmp_path.iterdir() if one.is_file()}
    code, said = typed(url_of(full_file), "backup", tmp_path / name)
    assert code == 1
    assert said.startswith("Der er ingen sikkerhedskopi skrevet: ")
    assert {one: one.read_bytes() for one in tmp_path.iterdir() if one.is_file()} == before


def test_backup_that_fails_leaves_the_one_before_whole(
    full_file: Path, tmp_path: Path, typed: Callable[..., tuple[int, str]]
) -> None:
    file = tmp_path / "copy"
    assert typed(url_of(full_file), "backup", file)[0] == 0
    before = file.read_bytes()
    with full_file.open("r+b") as damaged:
        damaged.seek(5000)
        damaged.write(b"\xff" * 30000)
    code, said = typed(url_of(full_file), "backup", file)
    assert (code, "beskadiget" in said) == (1, True)
    assert file.read_bytes() == before
    assert not list(tmp_path.glob(".copy*"))


def test_backup_that_is_killed_leaves_the_one_before_whole(full_file: Path, tmp_path: Path) -> None:
    file = tmp_path / "copy"
    file.write_bytes(b"before")
    killed = (
        "import os, signal, sys; from pathlib import Path; from storage.copies.files import written_in_full\n"
        "with written_in_full(Path(sys.argv[1])) as beside:\n"
        "    beside.write_bytes(b'half'); os.kill(os.getpid(), signal.SIGKILL)"
    )
    root = Path(__file__).parents[3]
    died = subprocess.run([sys.executable, "-c", killed, file], cwd=root, env=os.environ | {"PYTHONPATH": str(root)})
    assert died.returncode < 0
    assert file.read_bytes() == b"before"
    with written_in_full(file) as beside:
        beside.write_bytes(b"after")
    assert file.read_bytes() == b"after"


def test_no_database_is_nothing_to_back_up(tmp_path: Path, typed: Callable[..., tuple[int, str]]) -> None:
    (tmp_path / "empty.db").touch()
    for name in ("empty.db", "missing.db"):
        code, said = typed(url_of(tmp_path / name), "backup", tmp_path / "copy")
        assert (code, "ingen Tovholder-database" in said) == (1, True)
    assert [one.name for one in tmp_path.iterdir()] == ["empty.db"]


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda file: file.unlink(), "findes ikke"),
        (lambda file: file.write_bytes(file.read_bytes()[:20000]), "er ikke hel"),
        (lambda file: file.write_bytes(b"PK\x03\x04 a workbook"), "er ikke en sikkerhedskopi"),
        (lambda file: file.write_bytes(b""), "er ikke en sikkerhedskopi"),
        (lambda file: file.write_bytes(b"PGDMP\x01"), "er fra PostgreSQL, og DATABASE_URL er SQLite"),
        (lambda file: changed(file, "DROP TABLE projects"), "er ikke en sikkerhedskopi"),
        (lambda file: changed(file, "UPDATE alembic_version SET version_num = '9999'"), "en nyere version"),
    ],
    ids=["gone", "cut off", "a workbook", "empty", "a dump", "another program's", "newer"],
)  # fmt: skip
def test_what_is_no_whole_backup_of_ours_is_refused_and_the_database_left_alone(
    full_file: Path, spoil: Callable[[Path], object], told: str, tmp_path: Path, typed: Callable[..., tuple[int, str]]
) -> None:
    file = tmp_path / "copy"
    assert typed(url_of(full_file), "backup", file)[0] == 0
    spoil(file)
    before = full_file.read_bytes()
    for words in (("restore", file, "--replace"), ("restore", file)):
        code, said = typed(url_of(full_file), *words)
        assert code == 1
        assert told in said
    assert full_file.read_bytes() == before
    assert not (tmp_path / "new.db").exists()
    assert typed(url_of(tmp_path / "new.db"), "restore", file)[0] == 1
    assert not (tmp_path / "new.db").exists()


def changed(file: Path, statement: str) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute(statement)


def test_database_that_is_there_is_put_aside_only_when_asked(
    full_file: Path, tmp_path: Path, typed: Callable[..., tuple[int, str]]
) -> None:
    file, url = tmp_path / "copy", url_of(full_file)
    assert typed(url, "backup", file)[0] == 0
    changed(full_file, "UPDATE projects SET title = 'senere'")
    code, said = typed(url, "restore", file)
    assert (code, "--replace" in said) == (1, True)
    for _ in range(2):
        assert typed(url, "restore", file, "--replace")[0] == 0
    first, second = sorted(tmp_path.glob("tovholder.db.2*"))
    titles = "SELECT DISTINCT title FROM projects WHERE title = 'senere'"
    found = []
    for database in (first, second, full_file):
        with closing(sqlite3.connect(database)) as connection:
            found.append(connection.execute(titles).fetchall())
    assert found == [[("senere",)], [], []]


def test_log_that_a_lost_database_left_behind_is_not_read_into_the_restored_one(
    full_file: Path, tmp_path: Path, typed: Callable[..., tuple[int, str]]
) -> None:
    file, url = tmp_path / "copy", url_of(full_file)
    assert typed(url, "backup", file)[0] == 0
    full_file.unlink()
    log = full_file.with_name("tovholder.db-wal")
    log.write_bytes(b"of another database")
    assert typed(url, "restore", file)[0] == 1
    assert typed(url, "restore", file, "--replace")[0] == 0
    assert not log.exists()
    assert [one.read_bytes() for one in tmp_path.glob("tovholder.db.2*-wal")] == [b"of another database"]


def test_nothing_is_restored_while_the_service_sends(
    full_file: Path, tmp_path: Path, typed: Callable[..., tuple[int, str]]
) -> None:
    url = url_of(full_file)
    assert typed(url, "backup", tmp_path / "copy")[0] == 0
    lock = SenderLock(settings_of(url))
    assert lock.take()
    code, said = typed(url, "restore", tmp_path / "copy", "--replace")
    lock.give_back()
    assert (code, "Tjenesten kører" in said) == (1, True)
    assert typed(url, "restore", tmp_path / "copy", "--replace")[0] == 0


def test_restore_that_fails_half_way_leaves_what_was_there(
    full_file: Path, tmp_path: Path, typed: Callable[..., tuple[int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    url = url_of(full_file)
    assert typed(url, "backup", tmp_path / "copy")[0] == 0

    async def fails(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(copying, "make_ready", fails)
    before = sorted(tmp_path.iterdir())
    code, said = typed(url, "restore", tmp_path / "copy", "--replace")
    assert (code, "Databasen er urørt" in said) == (1, True)
    assert sorted(one for one in tmp_path.iterdir() if one.suffix != ".sending") == before
    assert sqlite_file.revision_of(full_file)


@pytest.mark.postgresql
def test_dump_is_restored_into_an_empty_database_alone(
    postgresql_server: Server, tmp_path: Path, typed: Callable[..., tuple[int, str]]
) -> None:
    full, file = postgresql_server.fresh(), tmp_path / "copy"
    assert typed(full, "backup", file)[0] == 0
    for words, told in (((), "er ikke tom"), (("--replace",), "--replace gælder kun SQLite")):
        code, said = typed(full, "restore", file, *words)
        assert (code, told in said) == (1, True)
    blank = postgresql_server.create("to_be_refused", "template0")
    whole = file.read_bytes()
    for spoiled, told in ((whole[: len(whole) // 2], "er ikke hel"), (b"SQLite format 3\x00", "er fra SQLite")):
        file.write_bytes(spoiled)
        code, said = typed(blank, "restore", file)
        assert (code, told in said) == (1, True), said
    file.write_bytes(whole)
    assert typed(blank, "restore", file)[0] == 0
    postgresql_server.drop("to_be_refused")


@pytest.mark.postgresql
def test_dump_that_is_not_made_ready_can_not_be_used(
    postgresql_server: Server, tmp_path: Path, typed: Callable[..., tuple[int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process is killed just before all is done."""
    file, half = tmp_path / "copy", postgresql_server.create("half_restored", "template0")
    assert typed(postgresql_server.fresh(), "backup", file)[0] == 0
    postgresql_dump.restore(file, half)
    for words in (("serve",), ("remind",), ("restore", file), ("migrate",)):
        code, said = typed(half, *words)
        assert (code, "atabase" in said) == (1, True)
    postgresql_server.drop("half_restored")


def test_password_stands_on_no_command_line_and_in_no_error(
    tmp_path: Path, typed: Callable[..., tuple[int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program that says what it was given, and fails."""
    program = tmp_path / "bin" / "pg_dump"
    program.parent.mkdir()
    program.write_text(
        '#!/bin/sh\necho "$*" >"$0.words"; env >"$0.env"; echo "pg_dump: error: no such server" >&2; exit 1\n'
    )
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    code, said = typed(
        "postgresql+psycopg://maja:hush%21@db.example:5433/portfolio?sslmode=require", "backup", tmp_path / "copy"
    )
    assert (code, "no such server" in said) == (1, True)
    words, environment = (program.with_name(f"pg_dump.{one}").read_text() for one in ("words", "env"))
    assert "hush" not in said + words
    assert {"PGPASSWORD=hush!", "PGUSER=maja", "PGPORT=5433", "PGSSLMODE=require"} <= set(environment.splitlines())
    assert not (tmp_path / "copy").exists()


def test_operator_is_told_which_program_is_missing(
    tmp_path: Path, typed: Callable[..., tuple[int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(postgresql_dump, "_PROGRAMS", tmp_path)
    code, said = typed("postgresql+psycopg://maja:hush@db.example/portfolio", "backup", tmp_path / "copy")
    assert code == 1
    assert "pg_dump er ikke installeret" in said
