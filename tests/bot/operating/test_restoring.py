"""`tovholder restore`: everything comes back, and whatever goes wrong, what is there is left alone."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Connection, text

from bot.operating import copying
from bot.sending.service import SenderLock
from storage import migrating
from storage.copies import postgresql_dump, sqlite_file
from storage.database import open_database
from storage.migrating import configuration, require_current
from tests.kit.backups import changed, settings_of, url_of
from tests.kit.databases import Server
from tests.kit.rows import contents_of, fill

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
MIGRATIONS = Path(migrating.__file__).with_name("migrations")
# What a restore settles, or writes down.
SETTLED = {"runs", "deliveries", "reminded", "rounds", "drafts", "audit", "audit_head", "sending"}


async def at_later_revisions(url: str) -> None:
    """Makes revisions later, as after a restore, when what people saw of the days that are lost counts no more."""
    database = open_database(url)
    async with database.transaction() as connection:
        for table in ("projects", "meetings"):
            await connection.execute(text(f"UPDATE {table} SET revision = revision + 1000"))  # noqa: S608
    await database.close()


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
    asyncio.run(at_later_revisions(full_url))
    before, after = asyncio.run(contents_of(full_url)), asyncio.run(contents_of(new))
    assert before.keys() == after.keys()
    assert {table for table in before if before[table] != after[table]} <= SETTLED
    assert {table for table in SETTLED - {"drafts"} if len(after[table]) < len(before[table])} == set()


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


def test_nothing_is_restored_over_a_database_that_somebody_works_in(
    full_file: Path, tmp_path: Path, typed: Callable[..., tuple[int, str]]
) -> None:
    url = url_of(full_file)
    assert typed(url, "backup", tmp_path / "copy")[0] == 0
    changed(full_file, "PRAGMA journal_mode=WAL")
    with closing(sqlite3.connect(full_file)) as somebody:
        somebody.execute("SELECT count(*) FROM projects").fetchone()
        code, said = typed(url, "restore", tmp_path / "copy", "--replace")
        assert (code, "Andre bruger databasen" in said) == (1, True)
    assert not list(tmp_path.glob("tovholder.db.2*"))
    assert typed(url, "restore", tmp_path / "copy", "--replace")[0] == 0


def test_damaged_database_is_put_aside_as_it_is(
    full_file: Path, tmp_path: Path, typed: Callable[..., tuple[int, str]]
) -> None:
    url = url_of(full_file)
    assert typed(url, "backup", tmp_path / "copy")[0] == 0
    full_file.write_bytes(b"no database at all")
    assert typed(url, "restore", tmp_path / "copy")[0] == 1
    assert typed(url, "restore", tmp_path / "copy", "--replace")[0] == 0
    assert [one.read_bytes() for one in tmp_path.glob("tovholder.db.2*")] == [b"no database at all"]
    assert sqlite_file.revision_of(full_file)


async def test_backup_of_an_older_schema_is_brought_to_this_one(
    blank_url: str, blank: Callable[[str], str], tmp_path: Path
) -> None:
    """Made just before the new version migrates."""
    database = open_database(blank_url)
    async with database.transaction() as connection:
        await connection.run_sync(to_first_schema)
        filled = await connection.run_sync(fill)
    await database.close()
    made = await asyncio.to_thread(copying.back_up, settings_of(blank_url), tmp_path / "copy", None)
    assert made.revision == "0001"
    new = blank(blank_url)
    done = await asyncio.to_thread(copying.restore, settings_of(new), tmp_path / "copy", NOW, None)
    assert done.revision == "0001"
    restored = open_database(new)
    await require_current(restored)
    await restored.close()
    after = await contents_of(new)
    gone = {table for table, rows in filled.items() if len(after[table]) < rows}
    assert gone <= {"drafts"}


def test_disk_that_knows_no_second_names_is_restored_to_as_well(
    full_file: Path, tmp_path: Path, typed: Callable[..., tuple[int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    url = url_of(full_file)
    assert typed(url, "backup", tmp_path / "copy")[0] == 0

    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("os.link", refuse)
    assert typed(url, "restore", tmp_path / "copy", "--replace")[0] == 0
    assert sqlite_file.revision_of(full_file)


# The migration of the version after this one.
NEXT = """
from alembic import op
import sqlalchemy as sa
revision, down_revision = "9999", "{newest}"
def upgrade():
    op.create_table("novelties", sa.Column("id", sa.Integer, primary_key=True))
"""


def test_version_before_refuses_what_the_next_one_wrote_and_takes_its_own_backup(
    tmp_path: Path, typed: Callable[..., tuple[int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """This is the one before: it is gone back to."""
    file, copy = tmp_path / "tovholder.db", tmp_path / "migrations"
    url = url_of(file)
    assert typed(url, "migrate")[0] == 0
    newest = sqlite_file.revision_of(file)
    assert f"skema {newest}" in typed(url, "backup", tmp_path / "before")[1]
    shutil.copytree(MIGRATIONS, copy)
    (copy / "versions" / "9999_novelties.py").write_text(NEXT.format(newest=newest))
    after = configuration()
    after.set_main_option("script_location", str(copy))
    with monkeypatch.context() as next_version:
        next_version.setattr(migrating, "configuration", lambda: after)
        assert typed(url, "migrate")[0] == 0
        assert "skema 9999" in typed(url, "backup", tmp_path / "after")[1]
    for words in (("serve",), ("restore", tmp_path / "after", "--replace"), ("backup", tmp_path / "again")):
        code, said = typed(url, *words)
        assert (code, "en nyere version" in said) == (1, True)
    code, said = typed(url, "restore", tmp_path / "before", "--replace")
    assert (code, f"skema {newest}" in said) == (0, True)
    assert sqlite_file.revision_of(file) == newest


def to_first_schema(connection: Connection) -> None:
    config = configuration()
    config.attributes["connection"] = connection
    command.upgrade(config, "0001")


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
def test_dump_that_the_installed_programs_are_too_old_for_is_not_called_damaged(
    postgresql_server: Server, tmp_path: Path, typed: Callable[..., tuple[int, str]]
) -> None:
    url, file = postgresql_server.fresh(), tmp_path / "copy"
    assert typed(url, "backup", file)[0] == 0
    whole = bytearray(file.read_bytes())
    whole[6] = 99  # the version of the format, after its name and its first part
    file.write_bytes(whole)
    code, said = typed(url, "restore", file)
    assert (code, "unsupported version" in said) == (1, True), said


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
