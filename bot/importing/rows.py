"""Makes records of the portfolio from the rows of a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import Any
from zoneinfo import ZoneInfo

from bot.importing.cells import clean, read_cell, shown
from bot.importing.columns import Column, Sheet, fold, sheet_keys, workbook
from bot.importing.mapping import HeaderMapping, translated
from bot.importing.refusals import FileRefusedError, Refusal, UnreadableCellError
from bot.importing.tables import Cell, Line

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

    def refusal(self, code: str, column: str | None = None, value: str | None = None, **details: str) -> Refusal:
        """Refuses the row or, of it, the cell of `column`, a field of the record."""
        header = None if column is None else self.headers.get(column, column)
        return Refusal(code, self.sheet, self.row, header, value, details)


@dataclass(slots=True)
class Rows:
    """The rows of a file; `given` are the fields that each table has columns for."""

    entries: list[Entry] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    unknown_sheets: list[str] = field(default_factory=list)
    unknown_columns: dict[str, list[str]] = field(default_factory=dict)
    given: dict[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Place:
    index: int
    header: str
    column: Column
    words: Mapping[str, str]


def read_rows(lines: Iterable[Line], mapping: HeaderMapping, zone: ZoneInfo) -> Rows:
    """Raises FileRefusedError when a sheet or a column that must be there isn't."""
    rows = Rows()
    for name, sheet_lines in groupby(lines, key=attrgetter("sheet")):
        sheet = workbook().get(sheet_keys().get(fold(mapping.sheet(name)), ""))
        if sheet is None:
            rows.unknown_sheets.append(clean(name))
        elif sheet.key in rows.given:
            raise FileRefusedError("sheet_twice", sheet=name, names=", ".join(sheet.names))
        else:
            _read_sheet(rows, sheet, iter(sheet_lines), mapping, zone)
    if "projects" not in rows.given:
        raise FileRefusedError("sheet_missing", name=workbook()["projects"].names[0])
    return rows


def known_headers(sheet: Sheet, mapping: HeaderMapping) -> frozenset[str]:
    """Returns the folded headers that a file may use for the sheet."""
    return frozenset(sheet.by_header) | frozenset(mapping.columns)


def _read_sheet(rows: Rows, sheet: Sheet, lines: Iterable[Line], mapping: HeaderMapping, zone: ZoneInfo) -> None:
    places: list[_Place] = []
    headers: dict[str, str] = {}
    for line in lines:
        if not places:
            places, unknown = _places(line, sheet, mapping)
            headers = {place.column.field: place.header for place in places}
            rows.given[sheet.key] = frozenset(headers)
            if unknown:
                rows.unknown_columns[line.sheet] = unknown
        elif any(shown(cell) for cell in line.cells):
            _read_row(rows, sheet, line, places, headers, zone)


def _places(line: Line, sheet: Sheet, mapping: HeaderMapping) -> tuple[list[_Place], list[str]]:
    """Finds where the known columns stand in the sheet's first row, and the headers that mean nothing here."""
    places: dict[str, _Place] = {}
    unknown: list[str] = []
    for index, cell in enumerate(line.cells):
        header = shown(cell)
        column = sheet.by_header.get(fold(mapping.header(header)))
        if column is None:
            unknown += [header] if header else []
        elif column.field in places:
            other = places[column.field].header
            raise FileRefusedError("column_twice", sheet=line.sheet, first=other, second=header, title=column.title)
        else:
            places[column.field] = _Place(index, header, column, mapping.words_for(column, header))
    missing = [column.title for column in sheet.columns if column.required and column.field not in places]
    if missing:
        seen = ", ".join(shown(cell) for cell in line.cells)[:200]
        raise FileRefusedError("column_missing", sheet=line.sheet, row=line.number, names=", ".join(missing), seen=seen)
    return list(places.values()), unknown


def _read_row(
    rows: Rows, sheet: Sheet, line: Line, places: list[_Place], headers: Mapping[str, str], zone: ZoneInfo
) -> None:
    values: dict[str, Any] = {}
    refusals: list[Refusal] = []
    for place in places:
        cell = line.cells[place.index] if place.index < len(line.cells) else None
        try:
            value = _value(cell, place, values, zone)
        except UnreadableCellError as unreadable:
            where = (line.sheet, line.number, place.header, shown(cell)[:100])
            refusals.append(Refusal(unreadable.code, *where, unreadable.details))
        else:
            if value is not None:
                values[place.column.field] = value
    record = None if refusals else sheet.record(**values)
    rows.entries.append(Entry(sheet.key, line.sheet, line.number, key_of(sheet, values), record, headers))
    rows.refusals += refusals


def _value(cell: Cell, place: _Place, before: Mapping[str, Any], zone: ZoneInfo) -> Any:
    column = place.column
    cell = translated(cell, place.words, several=column.kind in {"names", "emails", "goals"})
    start = before.get("start") if column.kind == "moment" else None
    value = read_cell(cell, column, zone, day=start.date() if start else None)
    if column.required and value is None:
        raise UnreadableCellError("is_required")
    return value


def key_of(sheet: Sheet, values: Mapping[str, Any]) -> Key | None:
    """Returns what the row is about, without regard to case; None when that could not be read."""
    if any(name not in values for name in sheet.identity):
        return None
    return tuple(str(values[name]).casefold() for name in sheet.identity)
