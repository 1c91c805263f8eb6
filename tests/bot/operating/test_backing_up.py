"""`tovholder backup`: a whole copy while others write, and whatever goes wrong, the one before is left."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import Event, Thread

import pytest

from storage.copies import postgresql_dump
from storage.whole_files import written_in_full
from tests.kit.backups import url_of


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
        "import os, signal, sys; from pathlib import Path; from storage.whole_files import written_in_full\n"
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
