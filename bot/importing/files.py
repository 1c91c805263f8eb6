"""A file from outside, known by what is in it and never by its name."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import BinaryIO

from bot.importing.csv_file import csv_lines, known_headers
from bot.importing.mapping import HeaderMapping
from bot.importing.refusals import FileRefusedError
from bot.importing.tables import Line
from bot.importing.xlsx import workbook_lines

LARGEST_BYTES = 25 * 2**20
_NAMED_EXCEL = {".xlsx", ".xlsm", ".xls"}
_REFUSED_BEGINNINGS = {
    b"\xd0\xcf\x11\xe0": "old_or_locked_excel",
    b"MZ": "is_program",
    b"\x7fELF": "is_program",
    b"#!": "is_program",
    b"%PDF": "is_pdf",
}


def file_lines(path: Path, mapping: HeaderMapping) -> Generator[Line, None, None]:
    """Yields the rows of a workbook, or of the one sheet of a `.csv` file. Raises FileRefusedError, OSError."""
    with path.open("rb") as file:
        size = path.stat().st_size
        if size > LARGEST_BYTES:
            raise FileRefusedError("too_large", megabytes=str(size // 2**20 + 1), limit=str(LARGEST_BYTES // 2**20))
        if _is_zip(file):
            yield from workbook_lines(file)
        else:
            if path.suffix.lower() in _NAMED_EXCEL:
                raise FileRefusedError("not_excel")
            name = mapping.sheet_of_list(path)
            yield from csv_lines(file.read(), name, known_headers(mapping.sheets_fed_by(name), mapping))


def _is_zip(file: BinaryIO) -> bool:
    beginning = file.read(8)
    file.seek(0)
    if not beginning:
        raise FileRefusedError("is_empty")
    for mark, code in _REFUSED_BEGINNINGS.items():
        if beginning.startswith(mark):
            raise FileRefusedError(code)
    return beginning.startswith(b"PK")
