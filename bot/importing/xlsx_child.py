"""Reads a workbook from standard input and writes its rows to standard output as lines of JSON.

Run as a program of its own, with hard limits, because a crafted workbook can eat any amount of memory and time.
Imports nothing of Tovholder. Lines: ["sheet", name], [row, [cells], is it hidden], and ["end"] or ["refused", code,
sheet] last; a line missing at the end means that the program died. Cells: null, text, number, true/false, or one of
{"date": ISO}, {"time": ISO}, {"period": [ISO, "month" or "year"]}, {"percent": number}, {"unit": [number, text, how
many times smaller it is shown]}, {"error": text}, {"formula": text}, {"merged": cell} for one that covers
several rows.
"""

from __future__ import annotations

import json
import re
import sys
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from functools import cache
from typing import Any
from xml.etree import ElementTree
from xml.parsers import expat

MEMORY_BYTES = 640 * 2**20
CPU_SECONDS = 60
UNPACKED_BYTES = 320 * 2**20
ENTRIES = 1000
PACKING_RATIO = 250
PACKING_RATIO_FROM_BYTES = 2**20
SHEET_ROWS = 200_000
ALL_ROWS = 400_000
COLUMNS = 200
EMPTY_ROWS_IN_BETWEEN = 5_000
CELL_LETTERS = 32_767
CHUNK_BYTES = 2**14
LONGEST_MERGE = 300

MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})"')

# Quoted words, an escaped letter, a currency in brackets, and codes; other brackets and what takes up room say nothing.
FORMAT = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]|[_*].|(.)', re.DOTALL)
SHOWN_SMALLER = re.compile(r"[0#?](,+)(?![0#?,])")

ESCAPED = re.compile("_x(00[01][0-9A-Fa-f])_")
STRICT = b"http://purl.oclc.org/ooxml/"

WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


class RefusedError(Exception):
    def __init__(self, code: str, sheet: str | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.sheet = sheet


def limit_this_process() -> None:
    """Sets limits where the system can; the parent's clock is there in any case."""
    if sys.platform == "win32":
        return
    import resource  # not there on Windows

    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":  # macOS has the constant and refuses to set it
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


def check_package(archive: zipfile.ZipFile) -> None:
    """Judges the package by its directory alone; nothing but the list of types is unpacked."""
    entries = archive.infolist()
    if len(entries) > ENTRIES or sum(entry.file_size for entry in entries) > UNPACKED_BYTES:
        raise RefusedError("too_large_unpacked")
    for entry in entries:
        if entry.file_size > max(PACKING_RATIO_FROM_BYTES, entry.compress_size * PACKING_RATIO):
            raise RefusedError("too_large_unpacked")
    names = {entry.filename for entry in entries}
    if "[Content_Types].xml" not in names:
        raise RefusedError("not_a_workbook")
    types = archive.read("[Content_Types].xml").decode("utf-8", "replace")
    if "macroEnabled" in types or any("vbaproject" in name.lower() for name in names):
        raise RefusedError("has_macros")
    if WORKBOOK_TYPE not in types:
        raise RefusedError("not_a_workbook")
    if STRICT in b"".join(archive.read(name) for name in names if name == "xl/workbook.xml"):
        raise RefusedError("is_strict")


class _RootReachedError(Exception):
    pass


def check_for_entities(archive: zipfile.ZipFile) -> None:
    """Refuses parts that declare a document type, the only way to entities; workbooks never do."""

    def declared(*_declaration: object) -> None:
        raise RefusedError("damaged")

    def reached(*_element: object) -> None:
        raise _RootReachedError

    for entry in archive.infolist():
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = declared
        parser.StartElementHandler = reached
        with archive.open(entry) as part, suppress(_RootReachedError, expat.ExpatError):
            while beginning := part.read(CHUNK_BYTES):
                parser.Parse(beginning)


def plain(cell: Any) -> Any:
    """A cell's value as JSON can carry it; a text of spaces is none."""
    value = cell.value
    if isinstance(value, str):
        if cell.data_type == "e":
            return {"formula" if value.startswith("=") else "error": value}
        return None if not value or value.isspace() else unescaped(value[: CELL_LETTERS + 1])
    if isinstance(value, bool) or value is None:
        return value
    unit, codes, smaller = look(cell.number_format or "")
    if isinstance(value, int | float):
        if "%" in codes:
            return {"percent": round(value * 100, 10)}
        return {"unit": [value, unit, smaller]} if unit or smaller > 1 else value
    if isinstance(value, datetime | date):
        unit_shown = period_shown(value, codes)
        return {"period": [value.isoformat(), unit_shown]} if unit_shown else {"date": value.isoformat()}
    return {"time": str(value)}  # a time of day, or a span


def unescaped(text: str) -> str:
    """Returns the text with the letters that XML can't hold, such as the "_x000D_" before a line break."""
    return ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


@cache
def look(number_format: str) -> tuple[str, str, int]:
    """Returns the words that a format shows beside a number above zero, its codes, and how many times smaller it shows
    the number."""
    unit = codes = ""
    for words, letter, currency, code in FORMAT.findall(number_format):
        if code == ";":
            break
        unit += words or letter or currency or (code if code in "$£€" else "")
        codes += code.lower()
    thousands = SHOWN_SMALLER.search(codes)
    return " ".join(unit.split()), codes, 1000 ** len(thousands[1]) if thousands else 1


def period_shown(value: date, codes: str) -> str | None:
    """Says whether a format shows a month or a year alone; of "June 2026" Excel keeps the first of June."""
    if value.day > 1 or set(codes) & set("dhs") or "y" not in codes:
        return None
    return "month" if "m" in codes else "year" if value.month == 1 else None


def tell_more(hidden: set[int]) -> None:
    """Makes openpyxl tell of a formula whose value the file lacks, which it takes for an empty cell, and of the hidden
    rows, which it keeps to itself."""
    from openpyxl.worksheet import _reader

    parser_class: Any = _reader.WorkSheetParser
    parse_cell, parse_row = parser_class.parse_cell, parser_class.parse_row

    def parsed(parser: Any, element: Any) -> Any:
        cell = parse_cell(parser, element)
        if cell["value"] is None and element.get("t") != "str":  # of a text, an empty one is a value
            formula = element.find(_reader.FORMULA_TAG)
            if formula is not None:
                cell |= {"value": f"={formula.text or ''}", "data_type": "e"}
        return cell

    def parsed_row(parser: Any, element: Any) -> Any:
        number, cells = parse_row(parser, element)
        if element.get("hidden") in {"1", "true"}:
            hidden.add(number)
        return number, cells

    parser_class.parse_cell, parser_class.parse_row = parsed, parsed_row


def cells_of(row: tuple[Any, ...]) -> list[Any]:
    """Reads a row without the empty cells at its end."""
    cells = [plain(cell) for cell in row]
    while cells and cells[-1] is None:
        cells.pop()
    return cells


def merges(part: Any) -> dict[int, list[tuple[int, int]]]:
    """Finds the cells of a sheet that cover several rows: by their first row, the column and the last row of each."""
    found: dict[int, list[tuple[int, int]]] = {}
    text = b""
    while chunk := part.read(CHUNK_BYTES):
        text += chunk
        seen = 0
        for match in MERGED.finditer(text):
            letters, first, last = match.groups()
            seen = match.end()
            if first != last:
                found.setdefault(int(first), []).append((column_number(letters), int(last)))
        text = text[max(seen, len(text) - LONGEST_MERGE) :]
    return found


def column_number(letters: bytes) -> int:
    """Counts from 0 for "A"."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


class Merged:
    """Fills the rows that a merged cell covers with its value, where they hold something else too."""

    def __init__(self, by_first_row: dict[int, list[tuple[int, int]]]) -> None:
        self.by_first_row = by_first_row
        self.covering: list[tuple[int, int, Any]] = []

    def fill(self, number: int, cells: list[Any]) -> None:
        self.covering = [covering for covering in self.covering if covering[1] >= number]
        for column, last in self.by_first_row.get(number, ()):
            if column < min(len(cells), COLUMNS) and cells[column] is not None:
                self.covering.append((column, last, {"merged": cells[column]}))
        for column, _, value in self.covering if cells else ():
            cells += [None] * (column + 1 - len(cells))
            cells[column] = value


def lines(archive_file: Any) -> Iterator[list[Any]]:
    from openpyxl import load_workbook  # after the limits are set

    hidden: set[int] = set()
    tell_more(hidden)
    book: Any = load_workbook(archive_file, read_only=True, data_only=True, keep_links=False)
    count = 0
    for sheet in book.worksheets:
        yield ["sheet", sheet.title]
        hidden.clear()
        # openpyxl leaves the merges out when it streams
        with book._archive.open(sheet._worksheet_path) as part:
            merged = Merged(merges(part))
        sheet.reset_dimensions()  # what the file says of its size is not to be trusted
        empty = 0
        for number, row in enumerate(sheet.iter_rows(), 1):
            cells = cells_of(row)
            merged.fill(number, cells)
            if not cells:
                empty += 1
                continue
            count += 1
            if number > SHEET_ROWS or count > ALL_ROWS or empty > EMPTY_ROWS_IN_BETWEEN:
                raise RefusedError("gap_in_rows" if empty > EMPTY_ROWS_IN_BETWEEN else "too_many_rows", sheet.title)
            empty = 0
            if len(cells) > COLUMNS:
                raise RefusedError("too_many_columns", sheet.title)
            yield [number, cells, number in hidden or sheet.sheet_state != "visible"]


def main() -> None:
    limit_this_process()
    try:
        with zipfile.ZipFile(sys.stdin.buffer) as archive:
            check_package(archive)
            check_for_entities(archive)
        for line in lines(sys.stdin.buffer):
            print(json.dumps(line))  # noqa: T201 - the lines are what this program is for
        last: list[Any] = ["end"]
    except RefusedError as refused:
        last = ["refused", refused.code, refused.sheet]
    except MemoryError:
        last = ["refused", "too_large_unpacked", None]
    except (zipfile.BadZipFile, ElementTree.ParseError):
        last = ["refused", "damaged", None]
    print(json.dumps(last))  # noqa: T201


if __name__ == "__main__":
    main()
