"""The example portfolio, loaded afresh into a database of its own."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from importlib.util import find_spec
from pathlib import Path

from bot.importing.mapping import HeaderMapping
from bot.importing.reading import read_portfolio
from bot.operator_texts import say
from bot.settings import Settings
from bot.wiring import open_intake
from storage.database import sqlite_file

EXAMPLES = Path(__file__).parents[2] / "examples"
WORKBOOK = EXAMPLES / "portfolio.xlsx"
MAKER = EXAMPLES / "make_example.py"
DATABASE_FILES = ("", "-wal", "-shm")


class NoExampleError(Exception):
    """The example portfolio is not there, or cannot be read; the message is for the person at the terminal."""


def workbook_of(today: date, folder: Path) -> Path:
    """Returns the example as it looks on that day, so that its statuses have sensible ages. Without the library that
    writes workbooks it is the example as it lies in the project. Raises NoExampleError."""
    if not WORKBOOK.is_file():
        raise NoExampleError(say("example_portfolio.missing", file=WORKBOOK))
    if find_spec("xlsxwriter") is None:
        return WORKBOOK
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / WORKBOOK.name
    command = [sys.executable, str(MAKER), "--today", today.isoformat(), "--out", str(fresh)]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603
    return fresh


async def load_example(settings: Settings, workbook: Path, today: date) -> int:
    """Empties the SQLite database that the settings name and fills it again; its projects are known from `today` on.
    Returns how many there are. Raises NoExampleError."""
    if file := sqlite_file(settings.database_url):
        for suffix in DATABASE_FILES:
            file.with_name(file.name + suffix).unlink(missing_ok=True)
    async with open_intake(settings, today) as intake:
        reading = read_portfolio(workbook, intake.vocabulary, settings.zone, HeaderMapping())
        if reading.refusals:
            raise NoExampleError(say("example_portfolio.unreadable", count=len(reading.refusals), file=workbook))
        await intake.writer.apply(reading.portfolio, None, reading.not_given)
    return len(reading.portfolio.projects)
