"""A table as a workbook: the list on one sheet, and what it is on another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from itertools import islice
from typing import Any

from dialogs.exports.written import begins_formula, fitting, written
from dialogs.turn.table import Cell, Table

NARROWEST, WIDEST = 8, 60
# So many rows are looked at to say how wide a column is.
_MEASURED = 1_000
# Formats that each program shows in its reader's own way.
_DAY, _MOMENT, _WHOLE, _EXACT, _TEXT = "mm-dd-yy", "m/d/yy h:mm", "#,##0", "#,##0.00", "@"
# What stands in a workbook for a letter that XML can't hold; as text it is written in another way.
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_DAY_WIDTH, _MOMENT_WIDTH = 10, 16


@dataclass(frozen=True, slots=True)
class Sheets:
    """Texts of a workbook: the name of the list's sheet; name and lines of the sheet that explains the list."""

    name: str
    about: str
    lines: Sequence[str]


def workbook_of(table: Table, sheets: Sheets, made: datetime) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    book.properties.creator = "Tovholder"
    book.properties.created = book.properties.modified = made.replace(tzinfo=None)
    sheet, bold = book.create_sheet(sheets.name), Font(name="Calibri", size=11, bold=True)
    last = get_column_letter(len(table.columns))
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{last}{len(table.rows) + 1}"
    for place, width in enumerate(_widths(table), start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.append(list(_cells(sheet, table.columns, bold)))
    for row in table.rows:
        sheet.append(list(_cells(sheet, row)))
    about = book.create_sheet(sheets.about)
    about.column_dimensions["A"].width = 2 * WIDEST
    for place, line in enumerate(sheets.lines):
        about.append(list(_cells(about, [line], bold if place == 0 else None)))
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _cells(sheet: Any, row: Iterable[Cell], font: Any = None) -> Iterator[Any]:
    from openpyxl.cell import WriteOnlyCell

    for given in row:
        value = fitting(written(given)) if isinstance(given, str) else given
        if value is None:
            yield None
            continue
        cell: Any = WriteOnlyCell(sheet)
        cell.value = _LOOKS_ESCAPED.sub("_x005F_", value) if isinstance(value, str) else value
        if isinstance(value, str):
            cell.data_type = "s"  # whatever the library takes it for
        if kind := _format(value):
            cell.number_format = kind
        if font:
            cell.font = font
        yield cell


def _format(value: Cell) -> str | None:
    match value:
        case str():
            return _TEXT if begins_formula(value) else None  # so that it stays text when somebody edits it
        case datetime():
            return _MOMENT
        case date():
            return _DAY
        case Decimal():
            return _WHOLE if value == value.to_integral_value() else _EXACT
    return None


def _widths(table: Table) -> list[int]:
    """Return widths that fit what stands in each column, with room for the sign of the filter in its head."""
    widths = [len(header) + 3 for header in table.columns]
    for row in islice(table.rows, _MEASURED):
        widths = [max(width, _width(cell)) for width, cell in zip(widths, row, strict=True)]
    return [min(max(width + 1, NARROWEST), WIDEST) for width in widths]


def _width(cell: Cell) -> int:
    match cell:
        case None:
            return 0
        case datetime():
            return _MOMENT_WIDTH
        case date():
            return _DAY_WIDTH
        case Decimal():
            return len(f"{cell:,}")
    return max(map(len, str(cell).splitlines()), default=0)
