"""The rows of a `.csv` file, whose encoding and separator are found out."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from operator import itemgetter

from bot.importing.columns import Sheet, fold
from bot.importing.headers import keys_of
from bot.importing.layout import MOST_TITLE_ROWS
from bot.importing.mapping import HeaderMapping
from bot.importing.refusals import FileRefusedError
from bot.importing.tables import Cell, Line

LARGEST_ROW_COUNT = 200_000
LARGEST_CELL = 2**25  # a text that is too long is refused with its column
_SEPARATORS = (";", "\t", ",", "|")
_SEPARATOR_LINE = re.compile(r"sep=([^\r\n])\s*(?:[\r\n]|$)", re.IGNORECASE)
_SCHEMA_LINE = re.compile(r"\AListSchema=[^\r\n]*")  # what SharePoint writes first
# Danish letters of DOS or of a Mac, as Windows would read them.
_OF_OTHER_MACHINES = re.compile(r"(?<=[^\W\d_])[‘›†¾¿Œ](?=[a-z])|\b[†Œ][a-z]{2}")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def known_headers(fed: Sequence[Sheet], mapping: HeaderMapping) -> frozenset[str]:
    """Returns the folded headers that a file may use for the sheets that it feeds."""
    return frozenset(header for sheet in fed for header in sheet.by_header) | frozenset(map(fold, mapping.columns))


def csv_lines(content: bytes, sheet: str, known: frozenset[str]) -> Iterator[Line]:
    """Yields rows of `sheet`. `known` are folded headers. Raises FileRefusedError, with the row's number if any."""
    text = _SCHEMA_LINE.sub("", decoded(content))
    csv.field_size_limit(LARGEST_CELL)
    number = width = 0
    try:
        separator, header = _separator(text, known)
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        for number, row in enumerate(rows, 1):
            while row and not row[-1].strip():
                row.pop()
            if not row or (number == 1 and _named_separator(text)):
                continue
            _check_width(row, width, number, separator)
            if number > LARGEST_ROW_COUNT:
                raise FileRefusedError("too_many_rows", sheet=sheet)
            width = len(row) if number == header else width
            yield Line(sheet, number, list[Cell](row))
    except csv.Error:
        raise FileRefusedError("csv_quotes", row=number + 1) from None


def decoded(content: bytes) -> str:
    """Reads UTF-8 or UTF-16 as marked, else UTF-8, else what Danish Windows writes. Raises FileRefusedError."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strictly(content, encoding)
    if b"\0" in content:
        return _strictly(content, _unmarked_utf16(content))
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        text = _strictly(content, "cp1252")
    other = None if re.search("[æøåÆØÅ]", text) else _OF_OTHER_MACHINES.search(text)
    if other:
        raise FileRefusedError("csv_encoding", row=text.count("\n", 0, other.start()) + 1)
    return text


def _unmarked_utf16(content: bytes) -> str:
    """Tells which half of each pair is empty, as it is for nearly all letters. Raises FileRefusedError."""
    first, second = content[::2].count(0), content[1::2].count(0)
    if len(content) % 2 or min(first, second) > 0 or max(first, second) < len(content) * 0.4:
        raise FileRefusedError("not_text")
    return "utf-16-be" if first else "utf-16-le"


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        raise FileRefusedError("csv_encoding", row=row) from None


def _named_separator(text: str) -> str | None:
    """Returns the separator of a first line "sep=;", as Excel writes and reads it."""
    match = _SEPARATOR_LINE.match(text)
    return match[1] if match else None


def _separator(text: str, known: frozenset[str]) -> tuple[str, int]:
    """Picks the separator that gives most known headers in a line, and returns it with that line's number."""
    beginning = "".join(islice(io.StringIO(text, newline=""), MOST_TITLE_ROWS))
    named = _named_separator(text)
    found = [_header_row(beginning, separator, known) for separator in ([named] if named else _SEPARATORS)]
    *_, separator, number = max(found, key=itemgetter(0, 1))
    return separator, number


def _header_row(beginning: str, separator: str, known: frozenset[str]) -> tuple[int, int, str, int]:
    """Returns the most known headers in a row, how many cells it has, the separator, and the row's number."""
    best = cells = at = 0
    for number, row in enumerate(csv.reader(io.StringIO(beginning, newline=""), delimiter=separator), 1):
        count = sum(not known.isdisjoint(keys_of(header)) for header in row if header.strip())
        filled = any(header.strip() for header in row)
        if count > best or (not at and filled):
            best, cells, at = count, len(row), number
    return best, cells, separator, at


def _check_width(row: list[str], width: int, number: int, separator: str) -> None:
    """Refuses a row with more cells than headers, or a lone cell with another separator: it is cut in a wrong way."""
    if not width:
        return
    lone = len(row) == 1 < width and any(mark in row[0] for mark in _SEPARATORS)
    if len(row) > width or lone:
        raise FileRefusedError("csv_width", row=number, cells=str(len(row)), headers=str(width), separator=separator)
