"""Files of people: who stands in them, and what came of reading them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.importing.mapping import HeaderMapping
from bot.importing.people_cells import people_book
from bot.importing.people_file import PeopleReading, people_of
from bot.importing.tables import Line
from bot.importing.texts import in_one_line, tell
from portfolio.directory import DirectoryEntry

GRY_ID, SOREN_ID = "6ea91a8d-e32e-41a1-b7bd-d2d185eed0e0", "99789584-a1e1-4232-90e5-866170e3d4e7"
GRY, SOREN = "gry@birkefjord.example", "søren@birkefjord.example"
NO_MAPPING = HeaderMapping(book=people_book())


def people(*rows: Iterable[Any]) -> PeopleReading:
    """Reads rows as if they came from a file's one sheet."""
    return people_of([Line("Ark1", number, list(row)) for number, row in enumerate(rows, 1) if row], NO_MAPPING)


def only(reading: PeopleReading) -> DirectoryEntry:
    assert reading.refusals == []
    (entry,) = reading.entries
    return entry


def told(reading: PeopleReading) -> list[tuple[str, int | None, str | None, str | None]]:
    assert all(in_one_line(refusal, language) for refusal in reading.refusals for language in ("da", "en"))
    return [(refusal.code, refusal.row, refusal.column, refusal.value) for refusal in reading.refusals]


def notes(reading: PeopleReading) -> dict[str, Any]:
    assert all(tell(note, language) for note in reading.notes for language in ("da", "en"))
    return {note.code: dict(note.details) for note in reading.notes}
