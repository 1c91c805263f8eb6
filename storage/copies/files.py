"""Files that hold a whole database: what is in one, and how one is written in full or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

# Says how much is done, of how much in all.
Progress = Callable[[int, int], None]

_SQLITE, _POSTGRESQL = b"SQLite format 3\x00", b"PGDMP"
# Where SQLite's header says how it is written: 2 for a database in use, with a log beside it.
_WRITTEN_AT, _WITH_LOG = 18, 2
_BESIDE = ("-wal", "-shm", "-journal")


class CopyError(Exception):
    """Copying can't be done, and nothing was changed. `code` names the reason for those who have words for it, and
    `details` are what they name."""

    def __init__(self, code: str, **details: str) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


class FileKind(StrEnum):
    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"


def kind_of(file: Path) -> FileKind | None:
    """Raises OSError."""
    head = _head_of(file)
    if head.startswith(_SQLITE):
        return FileKind.SQLITE
    return FileKind.POSTGRESQL if head.startswith(_POSTGRESQL) else None


def is_in_use(file: Path) -> bool:
    """Says whether it is a database of SQLite that a program works in: backups have no log."""
    head = _head_of(file)
    return head.startswith(_SQLITE) and head[_WRITTEN_AT] == _WITH_LOG


def _head_of(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(_WRITTEN_AT + 1).ljust(_WRITTEN_AT + 1, b"\x00")


@contextmanager
def written_in_full(file: Path, *, replaces: bool = True) -> Iterator[Path]:
    """Gives a file beside it to write, readable by its owner alone, which takes its place at the end, or, unless it
    `replaces`, the place where nothing was. Whatever goes wrong, `file` is whole: as it was, or as it is to be. Raises
    OSError."""
    handle, name = tempfile.mkstemp(prefix=f".{file.name}.", suffix=".part", dir=file.parent)
    os.close(handle)
    beside = Path(name)
    try:
        yield beside
        lay_down(beside)
        if replaces:
            beside.replace(file)
        else:
            _name_anew(beside, file)
        lay_down(file.parent)
    finally:
        for left in (beside, *those_beside(beside)):
            left.unlink(missing_ok=True)


def _name_anew(beside: Path, file: Path) -> None:
    """Raises OSError where there is a file of that name already."""
    try:
        os.link(beside, file)
    except FileExistsError:
        raise
    except OSError:  # a disk on which a file has one name
        if os.path.lexists(file):
            raise
        beside.rename(file)


def those_beside(file: Path) -> list[Path]:
    """Lists what SQLite lays beside a database that is in use, whether it is there or not."""
    return [file.with_name(file.name + ending) for ending in _BESIDE]


def lay_down(path: Path) -> None:
    """Waits until a file, or a folder's list of files, is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
