"""The rows of a workbook, read by a child process that may fail in any way."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from threading import Timer
from typing import Any, BinaryIO

from bot.importing.refusals import FileRefusedError
from bot.importing.tables import Cell, ErrorCell, Line, MergedCell, PercentCell, PeriodCell, TimeCell, UnitCell
from portfolio.dates import Unit

WALL_SECONDS = 120
_CHILD = Path(__file__).with_name("xlsx_child.py")


def workbook_lines(file: BinaryIO) -> Iterator[Line]:
    """Raises FileRefusedError; the child is gone when the iterator is closed."""
    command = [sys.executable, "-I", "-B", str(_CHILD)]
    # The standard library's parser, whatever else is installed: the child has checked the file for that parser.
    surroundings = {"OPENPYXL_LXML": "False", "OPENPYXL_DEFUSEDXML": "False"}
    with subprocess.Popen(  # noqa: S603 - our own program, by its full path
        command, stdin=file, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=surroundings
    ) as child:
        out_of_time = Timer(WALL_SECONDS, child.kill)
        out_of_time.daemon = True
        out_of_time.start()
        try:
            yield from _lines(child)
        finally:
            out_of_time.cancel()
            child.kill()


def _lines(child: subprocess.Popen[bytes]) -> Iterator[Line]:
    sheet = ""
    for written in child.stdout or ():
        match json.loads(written):
            case ["end"]:
                return
            case ["sheet", name]:
                sheet = name
            case ["refused", code, where]:
                raise FileRefusedError(code, sheet=where)
            case [number, cells, is_hidden]:
                yield Line(sheet, number, [_cell(cell) for cell in cells], is_hidden)
    # Killed by a signal: out of processor time, wall time or memory. Otherwise openpyxl could make no sense of it.
    raise FileRefusedError("too_slow" if child.wait() < 0 else "damaged")


def _cell(value: Any) -> Cell:
    match value:
        case {"date": iso}:
            return datetime.fromisoformat(iso) if "T" in iso else date.fromisoformat(iso)
        case {"time": iso}:
            return TimeCell(iso)
        case {"percent": number}:
            return PercentCell(number)
        case {"unit": [number, unit, smaller]}:
            return UnitCell(number, unit, smaller)
        case {"period": [iso, unit]}:
            return PeriodCell(datetime.fromisoformat(iso).date(), Unit(unit))
        case {"formula": text}:
            return ErrorCell(str(text), is_worked_out=False)
        case {"merged": inner}:
            return MergedCell(_cell(inner))
        case {"error": text}:
            return ErrorCell(str(text))
        case int() | float() | str() | None:
            return value
    raise TypeError(f"the child sent a {type(value).__name__}")
