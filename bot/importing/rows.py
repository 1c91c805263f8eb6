"""Makes records of the portfolio from the rows of a file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.importing.cells import address, read_cell, shown
from bot.importing.columns import Column, Sheet
from bot.importing.conventions import Convention, Filled, conventions_of, folded_name
from bot.importing.layout import Layout, Section, layout_of
from bot.importing.mapping import HeaderMapping
from bot.importing.refusals import Note, Refusal, UnreadableCellError
from bot.importing.tables import Cell, Line
from portfolio.questions.answers import Vocabulary

Key = tuple[str, ...]


@dataclass(slots=True)
class Entry:
    """A row. `record` is None once the row is refused; `key` is None when it can't be told what the row is about."""

    table: str
    sheet: str
    row: int
    key: Key | None
    record: Any | None
    headers: Mapping[str, str]

    def refusal(self, code: str, column: str | None = None, value: str | None = None, **details: Any) -> Refusal:
        """Refuses the row or, of it, the cell of `column`, a field of the record."""
        header = None if column is None else self.headers.get(column, column)
        return Refusal(code, self.sheet, self.row, header, value, details)


@dataclass(slots=True)
class Rows:
    """The rows of a file; `given` are the fields that each table has columns for."""

    layout: Layout
    entries: list[Entry] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    @property
    def given(self) -> dict[str, frozenset[str]]:
        return {
            section.sheet.key: frozenset(place.column.field for place in section.places)
            for section in self.layout.sections
        }


def read_rows(lines: Iterable[Line], mapping: HeaderMapping, zone: ZoneInfo, vocabulary: Vocabulary) -> Rows:
    """Raises FileRefusedError when the file isn't laid out as it must be."""
    rows = Rows(layout_of(lines, mapping))
    rows.notes += rows.layout.notes
    people = _people_by_name(rows.layout.sections, vocabulary)
    for section in rows.layout.sections:
        _read_section(rows, section, zone, people)
    return rows


def _people_by_name(sections: Iterable[Section], vocabulary: Vocabulary) -> dict[str, frozenset[str]]:
    """Returns the addresses of the people of each name, of the file and of the database."""
    named = [(person.name, person.address) for person in vocabulary.people]
    for section in sections:
        if section.sheet.key == "people":
            places = {place.column.field: place for place in section.places}
            named += [(shown(places["name"].meant(line)), shown(places["email"].meant(line))) for line in section.lines]
    found: dict[str, set[str]] = defaultdict(set)
    for name, email in named:
        if name and (known := address(email)):
            found[folded_name(name)].add(known)
    return {name: frozenset(emails) for name, emails in found.items()}


def _read_section(rows: Rows, section: Section, zone: ZoneInfo, people: Mapping[str, frozenset[str]]) -> None:
    """Reads the rows column by column, since a column's cells say together how each of them is meant."""
    filled = [
        Filled(
            place.header, place.column, [place.meant(line) for line in section.lines], place.said, section.unit_of_all
        )
        for place in section.places
    ]
    ways, told = conventions_of(filled, zone, people)
    rows.notes += [Note(code, section.name, details) for code, details in told]
    columns: dict[str, list[Any]] = {}
    for column in filled:
        columns[column.column.field] = _read_column(column, ways[column.column.field], columns.get("start"))
    headers = {place.column.field: place.header for place in section.places}
    for index, line in enumerate(section.lines):
        values: dict[str, Any] = {}
        refusals: list[Refusal] = []
        for place in section.places:
            value = columns[place.column.field][index]
            if isinstance(value, UnreadableCellError):
                written = shown(place.cell(line)) or shown(place.meant(line))
                refusals.append(Refusal(value.code, line.sheet, line.number, place.header, written, value.details))
            elif value is not None:
                values[place.column.field] = value
        record = None if refusals else section.sheet.record_of(values)
        key = key_of(section.sheet, values)
        rows.entries.append(Entry(section.sheet.key, line.sheet, line.number, key, record, headers))
        rows.refusals += refusals


def _read_column(filled: Filled, way: Convention, starts: list[Any] | None) -> list[Any]:
    """Returns each cell's value, or the error that says why it has none; `starts` are days for a time alone."""
    values: list[Any] = []
    for index, cell in enumerate(filled.cells):
        start = starts[index] if starts else None
        values.append(_value(cell, filled.column, way, start.date() if isinstance(start, datetime) else None))
    return values


def _value(cell: Cell, column: Column, way: Convention, day: date | None) -> Any:
    try:
        value = read_cell(cell, column, way, day)
    except UnreadableCellError as unreadable:
        return unreadable
    return UnreadableCellError("is_required") if column.required and value is None else value


def key_of(sheet: Sheet, values: Mapping[str, Any]) -> Key | None:
    """Returns what the row is about, without regard to case; None when that could not be read."""
    if any(name not in values for name in sheet.identity):
        return None
    return tuple(str(values[name]).casefold() for name in sheet.identity)
