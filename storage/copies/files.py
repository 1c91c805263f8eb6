"""Files that hold a whole database: what is in one."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

# Says how much is done, of how much in all.
Progress = Callable[[int, int], None]

_SQLITE, _POSTGRESQL = b"SQLite format 3\x00", b"PGDMP"
# Where SQLite's header says how it is written: 2 for a database in use, with a log beside it.
_WRITTEN_AT, _WITH_LOG = 18, 2


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
