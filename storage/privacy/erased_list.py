"""The list of the erased, in a file outside the database: after a restore, whoever is on it is erased again."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime
from pathlib import Path

from portfolio.identity import PersonId, is_person_id
from storage.whole_files import written_in_full


class UnreadableListError(Exception):
    """The list has a line that can't be read, so it isn't known who was erased."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line}")
        self.line = line


class ErasedList:
    """Has a line for each of them: their id, which tells of nobody any more, and when it was. The file is written anew
    each time, in full or not at all."""

    def __init__(self, file: Path) -> None:
        self.file = file

    @property
    def is_there(self) -> bool:
        return self.file.exists()

    def read(self) -> frozenset[PersonId]:
        """Raises UnreadableListError and OSError."""
        return frozenset(_person_of(line, at) for at, line in enumerate(self._lines(), 1) if line.strip())

    def add(self, persons: Collection[PersonId], at: datetime) -> None:
        """Returns when it is on the disk. Raises UnreadableListError and OSError, and then the list is as it was."""
        new = sorted(set(persons) - self.read())
        if not new:
            return
        written = [json.dumps({"person": person, "at": at.isoformat(timespec="seconds")}) for person in new]
        self.file.parent.mkdir(parents=True, exist_ok=True)
        with written_in_full(self.file) as beside:
            beside.write_text("".join(f"{line}\n" for line in (*self._lines(), *written)), encoding="utf-8")

    def _lines(self) -> list[str]:
        return self.file.read_text(encoding="utf-8", errors="replace").splitlines() if self.is_there else []


def _person_of(line: str, at: int) -> PersonId:
    try:
        person = json.loads(line)["person"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise UnreadableListError(at) from None
    if not (isinstance(person, str) and is_person_id(person)):
        raise UnreadableListError(at)
    return PersonId(person)
