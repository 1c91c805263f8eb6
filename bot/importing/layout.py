"""Tells which sheets of a file feed which of ours, where their headers stand, and which rows are theirs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from string import ascii_uppercase

from bot.importing.amounts import HeaderUnit, header_unit, unit_of_all, written
from bot.importing.cells import clean, shown
from bot.importing.columns import Sheet, fold, is_word_for_totals
from bot.importing.headers import Headers, Place, column_of, elsewhere, is_number_of_project
from bot.importing.mapping import HeaderMapping
from bot.importing.refusals import FileRefusedError, Note, in_short
from bot.importing.tables import Line

MOST_TITLE_ROWS = 50
_DRAWN = re.compile(r"[-=_+|]{5,}")


@dataclass(frozen=True, slots=True)
class Section:
    """The rows of a file's sheet that go to one of ours, with the places of our columns in our order."""

    sheet: Sheet
    name: str
    places: Sequence[Place]
    lines: Sequence[Line]
    unit_of_all: HeaderUnit = field(default_factory=HeaderUnit)


@dataclass(slots=True)
class Layout:
    sections: list[Section] = field(default_factory=list)
    unknown_sheets: list[str] = field(default_factory=list)
    unknown_columns: dict[str, list[str]] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    headers: list[Headers] = field(default_factory=list)


def layout_of(lines: Iterable[Line], mapping: HeaderMapping) -> Layout:
    """Raises FileRefusedError when a sheet or a column that must be there isn't, or the mapping leads elsewhere."""
    layout = Layout()
    for name, of_sheet in groupby(lines, key=attrgetter("sheet")):
        filled = filled_lines(of_sheet)
        fed = mapping.sheets_fed_by(name)
        for sheet in fed:
            if any(section.sheet is sheet for section in layout.sections):
                raise FileRefusedError("sheet_twice", sheet=name, names=", ".join(sheet.names))
        if not fed:
            layout.unknown_sheets.append(clean(name))
        elif filled:
            layout.sections += _sections(layout, filled, fed, mapping)
    _check_whole(layout, mapping)
    return layout


def filled_lines(lines: Iterable[Line]) -> list[Line]:
    """Leaves out lines that hold nothing, or that are drawn: "-----"."""
    return [line for line in lines if any(text and not _DRAWN.fullmatch(text) for text in map(shown, line.cells))]


def _check_whole(layout: Layout, mapping: HeaderMapping) -> None:
    given = {section.sheet.key for section in layout.sections}
    if mapping.book.main.key not in given:
        raise _without_main(layout.unknown_sheets, mapping.book.main.names[0])
    for key in mapping.constants:
        if key not in given:
            raise FileRefusedError("constant_for_no_sheet", name=mapping.book.sheets[key].names[0])
    seen = set[str]().union(*(headers.seen for headers in layout.headers))
    landed = set[str]().union(*(headers.landed for headers in layout.headers))
    for header in sorted(seen - landed):
        where = next(headers.line.sheet for headers in layout.headers if header in headers.seen)
        raise elsewhere(where, header, mapping.columns[header], mapping.book)
    sheets = {fold(name) for name in [*layout.unknown_sheets, *(headers.line.sheet for headers in layout.headers)]}
    unused = [name for name in mapping.sheets if fold(name) not in sheets]
    unused += [header for header in mapping.columns if header not in seen]
    if unused:
        layout.notes.append(Note("mapping_unused", None, {"names": ", ".join(unused)}))


def _without_main(found: Sequence[str], ours: str) -> FileRefusedError:
    if not found:
        return FileRefusedError("sheet_missing", name=ours)
    return FileRefusedError("sheet_of_another_name", name=ours, found=", ".join(found), first=found[0])


def _sections(layout: Layout, lines: list[Line], fed: list[Sheet], mapping: HeaderMapping) -> Iterator[Section]:
    headers = Headers(header_line(lines, fed, mapping), fed, mapping)
    headers.place_all()
    layout.headers.append(headers)
    if headers.unknown:
        layout.unknown_columns[headers.line.sheet] = headers.unknown
    above = lines.index(headers.line)
    if above:
        layout.notes.append(Note("headers_below", headers.line.sheet, {"row": headers.line.number}))
    rows = _left(layout, "headers_again", lines[above + 1 :], lambda line: _is_header_again(line, headers))
    unit = _unit_of_all([*lines[:above], *filter(_is_remark, rows)], headers)
    rows = _left(layout, "unit_beside", rows, lambda line: _is_remark(line) and unit_of_all(_first(line)) is not None)
    main = headers.in_order(fed[0])
    rows = _left(layout, "sums_left_out", rows, lambda line: _is_sum(line, main))
    if hidden := [line.number for line in rows if line.is_hidden]:
        layout.notes.append(Note("hidden_rows", headers.line.sheet, {"rows": in_short(hidden)}))
    if unnamed := _without_header(rows, headers.line):
        layout.notes.append(Note("without_header", headers.line.sheet, {"columns": ", ".join(unnamed)}))
    for sheet in fed:
        own = rows if len(fed) == 1 else [line for line in rows if sheet in _fed_by(line, headers)]
        yield Section(sheet, headers.line.sheet, headers.in_order(sheet), own, unit)


def _without_header(rows: Iterable[Line], header: Line) -> list[str]:
    """Returns the letters, as in Excel, of columns that hold something below no header."""
    filled = {index for line in rows for index, cell in enumerate(line.cells) if shown(cell)}
    named = {index for index, cell in enumerate(header.cells) if shown(cell)}
    return [_letters(index) for index in sorted(filled - named)]


def _letters(index: int) -> str:
    first, last = divmod(index, len(ascii_uppercase))
    return (ascii_uppercase[first - 1] if first else "") + ascii_uppercase[last]


def _unit_of_all(beside: Iterable[Line], headers: Headers) -> HeaderUnit:
    """Returns the unit that a line above or below the table gives all amounts. Raises FileRefusedError where another
    line or a header contradicts it."""
    said: dict[str, HeaderUnit] = {}
    for line in beside:
        units = {text: unit for cell in line.cells if (unit := unit_of_all(text := shown(cell)))}
        if not any(written(cell) and shown(cell) not in units for cell in line.cells):  # "Ramme (mio. kr.)", 125
            said |= units
    if not said:
        return HeaderUnit()
    text, unit = next(iter(said.items()))
    others = [other for other, own in said.items() if unit.contradicts(own)]
    places = (place for place in headers.places.values() if place.column.kind == "money" and not place.said.factor)
    for place in places:
        own = header_unit(place.header)
        if not own.factor and own.currency and unit.contradicts(own):
            others.append(place.header)
    if others:
        raise FileRefusedError("units_differ", sheet=headers.line.sheet, first=text, second=others[0])
    return unit


def _is_remark(line: Line) -> bool:
    return sum(bool(shown(cell)) for cell in line.cells) == 1


def header_line(lines: list[Line], fed: list[Sheet], mapping: HeaderMapping) -> Line:
    """Returns the line with most known headers, as there may be titles above it."""

    def known(line: Line) -> int:
        return sum(_is_known(header, fed, mapping) for cell in line.cells if (header := shown(cell)))

    return max(lines[:MOST_TITLE_ROWS], key=known)


def _is_known(header: str, fed: list[Sheet], mapping: HeaderMapping) -> bool:
    return mapping.foreign_header(header) is not None or any(column_of(sheet, header) for sheet in fed)


def _left(layout: Layout, code: str, lines: list[Line], is_out: Callable[[Line], bool]) -> list[Line]:
    """Leaves lines out, and tells which."""
    out = [line.number for line in lines if is_out(line)]
    if not out:
        return lines
    layout.notes.append(Note(code, lines[0].sheet, {"rows": in_short(out)}))
    gone = set(out)
    return [line for line in lines if line.number not in gone]


def _first(line: Line) -> str:
    return next(text for cell in line.cells if (text := shown(cell)))


def _is_header_again(line: Line, headers: Headers) -> bool:
    """Says whether the headers stand here once more, in the same words or in the other language."""
    if _first(line) == _first(headers.line):
        return [fold(shown(cell)) for cell in line.cells] == [fold(shown(cell)) for cell in headers.line.cells]
    cells = [(sheet, place, shown(place.cell(line))) for sheet in headers.fed for place in headers.in_order(sheet)]
    filled = [(sheet, place, text) for sheet, place, text in cells if text]
    return len(filled) > 1 and all(column_of(sheet, text) is place.column for sheet, place, text in filled)


def _is_sum(line: Line, places: Sequence[Place]) -> bool:
    """Says whether the row begins as sums do, and lacks something that a row of its own must have."""
    return is_word_for_totals(_first(line)) and any(
        place.column.required and not shown(place.meant(line)) for place in places
    )


def _fed_by(line: Line, headers: Headers) -> list[Sheet]:
    """Returns the sheets for which a row has anything beside which project it is about; one at least."""
    told = [sheet for sheet in headers.fed if any(_says_more(line, sheet, place) for place in headers.in_order(sheet))]
    return told or [headers.fed[0]]


def _says_more(line: Line, sheet: Sheet, place: Place) -> bool:
    return bool(shown(place.cell(line))) and not is_number_of_project(sheet, place.column)
