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

    def __init__(self, file: Path, line: int) -> None:
        super().__init__(f"{file}, line {line}")
        self.file = file
        self.line = line


class UnwritableListError(Exception):
    """The list can't be written; it is as it was."""

    def __init__(self, file: Path, reason: str) -> None:
        super().__init__(f"{file}: {reason}")
        self.file = file
        self.reason = reason


class ErasedList:
    """Has a line for each of them: their id, which tells of nobody any more, and when it was. The file is written anew
    each time, in full or not at all."""

    def __init__(self, file: Path) -> None:
        self.file = file

    @property
    def is_there(self) -> bool:
        return self.file.exists()

    def read(self) -> frozenset[PersonId]:
        """Raises UnreadableListError, and OSError."""
        people = set[PersonId]()
        for number, line in enumerate(self._lines(), 1):
            person = _person_of(line)
            if person is None:
                raise UnreadableListError(self.file, number)
            people.add(person)
        return frozenset(people)

    def add(self, persons: Collection[PersonId], at: datetime) -> None:
        """Returns when it is on the disk. Raises UnreadableListError and UnwritableListError."""
        try:
            new = sorted(set(persons) - self.read())
            if new:
                self._write([json.dumps({"person": one, "at": at.isoformat(timespec="seconds")}) for one in new])
        except OSError as error:
            raise UnwritableListError(self.file, error.strerror or type(error).__name__) from error

    def _write(self, new: list[str]) -> None:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        with written_in_full(self.file) as beside:
            beside.write_text("".join(f"{line}\n" for line in (*self._lines(), *new)), encoding="utf-8")

    def _lines(self) -> list[str]:
        return self.file.read_text(encoding="utf-8", errors="replace").splitlines() if self.is_there else []


def _person_of(line: str) -> PersonId | None:
    try:
        person = json.loads(line)["person"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return PersonId(person) if isinstance(person, str) and is_person_id(person) else None
