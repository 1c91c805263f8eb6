"""Reads a file of people, as identity systems and directories export them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from bot.importing.cells import shown
from bot.importing.columns import Column
from bot.importing.files import file_lines
from bot.importing.headers import LONGEST_SEEN, column_of
from bot.importing.layout import MOST_TITLE_ROWS, Layout, header_line, layout_of
from bot.importing.mapping import HeaderMapping
from bot.importing.people_cells import people_book
from bot.importing.people_rows import IDENTITY, PeopleRows
from bot.importing.refusals import FileRefusedError, Note, Refusal
from bot.importing.tables import Cell, Line
from portfolio.directory import DirectoryEntry

_ANSWERS = re.compile(r"\((\s*\w+\s*/\s*\w+\s*)\)")


@dataclass(frozen=True)
class PeopleReading:
    """`entries` are the good rows', one a person, and `rows` the row that each is told of in first. `columns` are the
    fields of an entry that the file speaks of. Whoever stands in a refused row alone is in no entry, and yet in the
    file: with `refused_rows` nobody can be said to have left."""

    entries: tuple[DirectoryEntry, ...] = ()
    rows: tuple[int, ...] = ()
    columns: frozenset[str] = frozenset()
    refusals: Sequence[Refusal] = ()
    refused_rows: int = 0
    unknown_sheets: Sequence[str] = ()
    unknown_columns: Sequence[str] = ()
    notes: Sequence[Note] = field(default_factory=tuple)


def read_people_file(path: Path, mapping: HeaderMapping | None = None) -> PeopleReading:
    """Reads a `.csv` or `.xlsx` file, one person a row. A mapping is one that was read for `people_book()`. A file that
    can't be used at all gives one refusal, about no person, and no entries. Raises OSError when it can't be opened."""
    mapping = mapping or HeaderMapping(book=people_book())
    try:
        with closing(file_lines(path, mapping)) as lines:
            return people_of(lines, mapping)
    except FileRefusedError as error:
        return PeopleReading(refusals=[error.refusal])


def people_of(lines: Iterable[Line], mapping: HeaderMapping) -> PeopleReading:
    """Raises FileRefusedError where the lines aren't laid out as people."""
    all_lines = [_told_apart(line, mapping) for line in lines]
    mapping = _fed_by_one(all_lines, mapping)
    layout = layout_of(_without_doubles(all_lines, mapping), mapping)
    (section,) = layout.sections
    rows = PeopleRows(section)
    _check_identity(layout, rows)
    rows.read()
    return PeopleReading(
        tuple(rows.entries),
        tuple(rows.numbers),
        rows.given,
        sorted(rows.refusals, key=lambda refusal: refusal.row or 0),
        len(rows.refused),
        layout.unknown_sheets,
        _unknown_columns(layout, rows),
        [*layout.notes, *rows.notes],
    )


def _unknown_columns(layout: Layout, rows: PeopleRows) -> list[str]:
    unknown = [header for headers in layout.unknown_columns.values() for header in headers]
    return [*unknown, *rows.ignored]


def _fed_by_one(lines: Sequence[Line], mapping: HeaderMapping) -> HeaderMapping:
    """Returns the mapping with the sheet that holds the people, by its name or by its headers."""
    sheets = {name: list(of_sheet) for name, of_sheet in groupby(lines, key=attrgetter("sheet"))}
    if any(mapping.sheets_fed_by(name) for name in sheets):
        return mapping
    found = [name for name, of_sheet in sheets.items() if _holds_people(of_sheet, mapping)]
    ours = mapping.book.main.names[0]
    if len(found) > 1:
        raise FileRefusedError("people_in_several", found=", ".join(found), first=found[0], name=ours)
    if not sheets:
        raise FileRefusedError("is_empty")
    if not found and len(sheets) > 1:
        raise FileRefusedError("people_nowhere", found=", ".join(sheets), name=ours)
    (name,) = found or sheets
    return replace(mapping, sheets={**mapping.sheets, name: [mapping.book.main.key]})


def _told_apart(line: Line, mapping: HeaderMapping) -> Line:
    """Takes the "(ja/nej)" of "Leder (ja/nej)" out of its brackets, in which it would count for nothing."""
    if line.number > MOST_TITLE_ROWS:
        return line
    return replace(
        line, cells=[_without_brackets(cell, mapping) if isinstance(cell, str) else cell for cell in line.cells]
    )


def _without_brackets(header: str, mapping: HeaderMapping) -> str:
    bare = _ANSWERS.sub(r" \1", header)
    is_ours = bare != header and column_of(mapping.book.main, bare) and mapping.foreign_header(header) is None
    return bare if is_ours else header


def _without_doubles(lines: Sequence[Line], mapping: HeaderMapping) -> Iterator[Line]:
    """Numbers the header of a column that only says what another of the same meaning says, as "mail" and "EmailAddress"
    do where a whole directory was exported, so that it is left out and told."""
    for name, of_sheet in groupby(lines, key=attrgetter("sheet")):
        filled = list(of_sheet)
        fed = mapping.sheets_fed_by(name)
        if fed:
            header = header_line(filled, fed, mapping)
            at = filled.index(header)
            filled[at] = replace(header, cells=_numbered(header, filled[at + 1 :], mapping))
        yield from filled


def _numbered(header: Line, rows: Sequence[Line], mapping: HeaderMapping) -> list[Cell]:
    cells = list(header.cells)
    first_of: dict[str, int] = {}
    for index, cell in enumerate(header.cells):
        column = _column(shown(cell), mapping)
        if column is None:
            continue
        other = first_of.setdefault(column.field, index)
        if other == index:
            continue
        if _adds_nothing(rows, index, other):
            cells[index] = f"{shown(cell)} 2"
        elif _adds_nothing(rows, other, index):
            cells[other] = f"{shown(cells[other])} 2"
            first_of[column.field] = index
    return cells


def _adds_nothing(rows: Sequence[Line], index: int, other: int) -> bool:
    texts = ([shown(line.cells[at]) if at < len(line.cells) else "" for at in (index, other)] for line in rows)
    return all(text.casefold() in ("", of_other.casefold()) for text, of_other in texts)


def _column(header: str, mapping: HeaderMapping) -> Column | None:
    foreign = mapping.foreign_header(header)
    return column_of(mapping.book.main, mapping.columns[foreign].column if foreign else header)


def _holds_people(lines: Sequence[Line], mapping: HeaderMapping) -> bool:
    """Says whether a line near the top has a header by which people are told apart."""
    return any(
        (column := _column(shown(cell), mapping)) is not None and column.field in IDENTITY
        for line in lines[:MOST_TITLE_ROWS]
        for cell in line.cells
    )


def _check_identity(layout: Layout, rows: PeopleRows) -> None:
    if rows.given.isdisjoint(IDENTITY):
        line = layout.headers[0].line
        seen = ", ".join(text for cell in line.cells if (text := shown(cell)))[:LONGEST_SEEN]
        raise FileRefusedError("identity_missing", sheet=line.sheet, row=line.number, seen=seen)
