"""Files that are written in full or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_BESIDE = ("-wal", "-shm", "-journal")


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
