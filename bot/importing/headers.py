"""Tells which columns the headers of a sheet stand for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.importing.amounts import header_unit, is_in_another_unit, without_unit
from bot.importing.cells import shown
from bot.importing.columns import Book, Column, Sheet, fold
from bot.importing.conventions import NUMBERS, Said
from bot.importing.mapping import HeaderMapping, Target, Words
from bot.importing.refusals import FileRefusedError
from bot.importing.tables import Cell, Line

LONGEST_SEEN = 200


@dataclass(frozen=True, slots=True)
class Place:
    """The place of a column's cells; nowhere when it has a `constant` alone, which also fills its empty cells."""

    index: int | None
    header: str
    column: Column
    words: Words = field(default_factory=Words)
    said: Said = field(default_factory=Said)
    prefix: str = ""
    constant: str | None = None

    def cell(self, line: Line) -> Cell:
        """Returns the cell as the file has it."""
        return None if self.index is None or self.index >= len(line.cells) else line.cells[self.index]

    def meant(self, line: Line) -> Cell:
        """Returns the cell as the mapping means it."""
        cell = self.words.translated(self.cell(line), self.column)
        if not self.prefix and self.constant is None:
            return cell
        text = shown(cell)
        if self.prefix and text and not self._has_prefix(text):
            cell = self.prefix + text
        return self.constant if self.constant is not None and not text else cell

    def _has_prefix(self, text: str) -> bool:
        """Says whether somebody has written the prefix already; 12 has no prefix 1."""
        return not self.prefix[-1].isdigit() and text.casefold().startswith(self.prefix.casefold())


@dataclass(slots=True)
class Headers:
    """A line read as headers of the sheets that it feeds. `seen` are the mapping's headers that stand in it, and
    `landed` those of them that lead somewhere."""

    line: Line
    fed: Sequence[Sheet]
    mapping: HeaderMapping
    places: dict[tuple[str, str], Place] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    landed: set[str] = field(default_factory=set)

    def place_all(self) -> None:
        """Raises FileRefusedError where a header leads to several columns, two lead to the same, or one is missing."""
        for index, cell in enumerate(self.line.cells):
            if header := shown(cell):
                self._place(index, header)
        missing = [column.title for sheet in self.fed for column in self._missing(sheet)]
        if missing:
            seen = ", ".join(shown(cell) for cell in self.line.cells)[:LONGEST_SEEN]
            names = ", ".join(dict.fromkeys(missing))
            raise FileRefusedError(
                "column_missing", sheet=self.line.sheet, row=self.line.number, names=names, seen=seen
            )

    def in_order(self, sheet: Sheet) -> list[Place]:
        """Returns the places of a sheet's columns, with those that a constant fills, in our own order."""
        constants = self.mapping.constants.get(sheet.key, {})
        ordered: list[Place] = []
        for column in sheet.columns:
            place = self.places.get((sheet.key, column.field))
            if place is None and column.field in constants:
                place = Place(None, column.title, column, constant=constants[column.field])
            ordered += [place] if place else []
        return ordered

    def _missing(self, sheet: Sheet) -> Iterator[Column]:
        there = {place.column.field for place in self.in_order(sheet)}
        return (column for column in sheet.columns if column.required and column.field not in there)

    def _place(self, index: int, header: str) -> None:
        foreign = self.mapping.foreign_header(header)
        target = self.mapping.columns[foreign] if foreign else Target(header)
        if foreign:
            self.seen.add(foreign)
            if not target.column:
                self.landed.add(foreign)
                return
        columns = list(self._columns(target))
        if foreign and columns:
            self.landed.add(foreign)
        if not columns:
            self.unknown.append(header)
        if len(columns) > 1 and not all(is_number_of_project(sheet, column) for sheet, column in columns):
            titles = ", ".join(f"{sheet.names[0]}.{column.title}" for sheet, column in columns)
            raise FileRefusedError("column_in_several", sheet=self.line.sheet, header=header, titles=titles)
        for sheet, column in columns:
            if foreign and not target.said.factor and _is_of_another_unit(header, column):
                raise FileRefusedError(
                    "column_of_another_unit", sheet=self.line.sheet, header=header, title=column.title
                )
            constant = self.mapping.constants.get(sheet.key, {}).get(column.field)
            words, prefix = self.mapping.words_for(column, header), self.mapping.prefix_for(sheet, column)
            self._add(sheet, Place(index, header, column, words, target.said, prefix, constant))

    def _columns(self, target: Target) -> Iterator[tuple[Sheet, Column]]:
        for sheet in self.fed:
            if target.sheet in (None, sheet.key) and (column := column_of(sheet, target.column)):
                yield sheet, column

    def _add(self, sheet: Sheet, place: Place) -> None:
        other = self.places.setdefault((sheet.key, place.column.field), place)
        if other is not place:
            first, second, title = other.header, place.header, place.column.title
            raise FileRefusedError("column_twice", sheet=self.line.sheet, first=first, second=second, title=title)


def column_of(sheet: Sheet, header: str) -> Column | None:
    """Returns the column of a header, which may tell the unit of its numbers without brackets: "Budget i mio. kr."."""
    whole, bare = keys_of(header)
    column = sheet.by_header.get(whole)
    if column is None:
        column = sheet.by_header.get(bare)
        column = column if column and column.kind in NUMBERS else None
    return None if column and _is_of_another_unit(header, column) else column


def keys_of(header: str) -> tuple[str, str]:
    """Returns what a header may be known by: all of it, and what it is without its unit, folded."""
    return fold(header), fold(without_unit(header))


def _is_of_another_unit(header: str, column: Column) -> bool:
    """Says whether it is no money, as "Forbrug (%)", or nothing but money, as "Fremdrift (kr.)"."""
    if column.kind == "percent":
        return header_unit(header).currency is not None
    return column.kind == "money" and is_in_another_unit(header)


def is_number_of_project(sheet: Sheet, column: Column) -> bool:
    """Says whether the column tells which project a row is about, as it may in several sheets at once."""
    return column.refers == "projects" or (sheet.key, column.field) == ("projects", "number")


def elsewhere(sheet: str, header: str, target: Target, book: Book) -> FileRefusedError:
    owners = [book.sheets[target.sheet]] if target.sheet else list(book.sheets_with(target.column))
    names = [owner.names[0] for owner in owners]
    return FileRefusedError(
        "column_elsewhere", sheet=sheet, header=header, column=target.column, sheets=", ".join(names), first=names[0]
    )
