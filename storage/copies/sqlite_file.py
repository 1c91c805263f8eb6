"""Copies of a SQLite file, made while others work in it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from portfolio.ports.errors import DatabaseError
from storage.copies.files import CopyError, Progress
from storage.whole_files import those_beside

_PAGES = 1000
_WAIT_SECONDS = 15
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def copy(source: Path, target: Path, progress: Progress | None = None) -> None:
    """Copies what the source holds at this moment into an empty file, which then stands alone. Others go on reading and
    writing in it meanwhile. Raises CopyError where the copy isn't whole, and DatabaseError."""
    with opened(source) as reading, _as_database_errors(), closing(sqlite3.connect(target)) as writing:
        # What is written meanwhile isn't seen: else every write would make the copy begin anew.
        reading.execute("BEGIN")
        reading.execute("SELECT count(*) FROM sqlite_master").fetchone()
        reading.backup(writing, pages=_PAGES, progress=_steps(progress))
        reading.execute("COMMIT")
        writing.execute("PRAGMA journal_mode=DELETE")
        _require_whole(writing)


def gather(file: Path) -> None:
    """Brings what lies beside it into the file, so that it stands alone. Raises CopyError where somebody has it open,
    and DatabaseError."""
    with opened(file) as connection, _as_database_errors():
        connection.execute("PRAGMA busy_timeout=1000")
        connection.execute("PRAGMA journal_mode=DELETE")


def revision_of(file: Path) -> str | None:
    """The schema of a file that holds Tovholder's tables; None where it holds none. Raises CopyError where it is
    damaged, and DatabaseError."""
    with opened(file) as connection, _as_database_errors():
        _require_whole(connection)
        if not has_table(connection, "alembic_version") or not has_table(connection, "projects"):
            return None
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        return str(row[0]) if row else None


def is_blank(file: Path) -> bool:
    """Says whether nothing would be lost if another file took its place: there may be much to save in a damaged one.
    Raises DatabaseError."""
    if any(beside.exists() for beside in those_beside(file)):
        return False
    if not file.exists() or file.stat().st_size == 0:
        return True
    try:
        with opened(file) as connection, _as_database_errors():
            return not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    except CopyError:
        return False


def has_table(connection: sqlite3.Connection, name: str) -> bool:
    named = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
    return connection.execute(named, (name,)).fetchone() is not None


@contextmanager
def opened(file: Path) -> Iterator[sqlite3.Connection]:
    """Opens a file that is there, and changes nothing in it. Raises DatabaseError."""
    # A file on a disk that can't be written to has no place for what SQLite lays beside it, and needs none.
    may_write = os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)
    stands_alone = not any(beside.exists() for beside in those_beside(file))
    how = "mode=ro&immutable=1" if stands_alone and not may_write else "mode=rw"
    with _as_database_errors():
        address = f"file:{quote(str(file.absolute()))}?{how}"
        with closing(sqlite3.connect(address, uri=True, timeout=_WAIT_SECONDS, isolation_level=None)) as connection:
            yield connection


def _require_whole(connection: sqlite3.Connection) -> None:
    if connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
        raise CopyError("damaged")


def _steps(progress: Progress | None) -> Callable[[int, int, int], None]:
    def step(_status: int, remaining: int, total: int) -> None:
        if progress:
            progress(total - remaining, total)

    return step


@contextmanager
def _as_database_errors() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        number = getattr(error, "sqlite_errorcode", None)
        if number in _DAMAGED:
            raise CopyError("damaged") from error
        if number in _BUSY:
            raise CopyError("not_alone") from error
        if number == sqlite3.SQLITE_FULL:
            raise CopyError("full") from error
        raise DatabaseError(type(error).__name__) from error
