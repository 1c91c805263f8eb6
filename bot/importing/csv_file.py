"""The rows of a `.csv` file, whose encoding and separator are found out."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator

from bot.importing.columns import Sheet, fold
from bot.importing.refusals import FileRefusedError
from bot.importing.tables import Cell, Line

LARGEST_ROW_COUNT = 200_000
_SEPARATORS = (";", "\t", ",")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def csv_lines(content: bytes, sheet: Sheet, known_headers: frozenset[str]) -> Iterator[Line]:
    """Yields rows of `sheet`. `known_headers` are folded. Raises FileRefusedError, with the row's number if any."""
    text = decoded(content)
    number = width = 0
    try:
        separator = _separator(text, known_headers)
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        for number, row in enumerate(rows, 1):
            while row and not row[-1].strip():
                row.pop()
            if not row:
                continue
            _check_width(row, width, number, separator)
            if number > LARGEST_ROW_COUNT:
                raise FileRefusedError("too_many_rows", sheet=sheet.names[0])
            width = width or len(row)
            yield Line(sheet.names[0], number, list[Cell](row))
    except csv.Error:
        raise FileRefusedError("csv_quotes", row=number + 1) from None


def decoded(content: bytes) -> str:
    """Reads UTF-8 or UTF-16 as marked, else UTF-8, else what Danish Windows writes. Raises FileRefusedError."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strictly(content, encoding)
    if b"\0" in content:
        raise FileRefusedError("not_text")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _strictly(content, "cp1252")


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        raise FileRefusedError("csv_encoding", row=row) from None


def _separator(text: str, known_headers: frozenset[str]) -> str:
    """Picks the separator that gives most known headers in the first line that holds something."""
    first = next((line for line in text.splitlines() if line.strip()), "")

    def known(separator: str) -> int:
        return sum(fold(header) in known_headers for header in next(csv.reader([first], delimiter=separator), []))

    return max(_SEPARATORS, key=known)


def _check_width(row: list[str], width: int, number: int, separator: str) -> None:
    """Refuses a row with more cells than headers, or a lone cell with another separator: it is cut in a wrong way."""
    if not width:
        return
    lone = len(row) == 1 < width and any(mark in row[0] for mark in _SEPARATORS)
    if len(row) > width or lone:
        raise FileRefusedError("csv_width", row=number, cells=str(len(row)), headers=str(width), separator=separator)
