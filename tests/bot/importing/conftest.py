from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import xlsxwriter

from bot.cli.importing import portfolio
from bot.importing.mapping import HeaderMapping
from bot.importing.reading import Reading, portfolio_of, read_portfolio
from bot.importing.tables import Line
from portfolio.questions.answers import Vocabulary

Sheets = Mapping[str, Iterable[Iterable[Any]]]
NOTHING_KNOWN = Vocabulary(0, (), (), frozenset(), frozenset(), (), (), ())
ZONE = ZoneInfo("Europe/Copenhagen")


@pytest.fixture
def make_workbook(tmp_path: Path) -> Callable[[Sheets], Path]:
    """Writes sheets of rows; dates become Excel dates."""

    def make(sheets: Sheets, name: str = "portfolio.xlsx") -> Path:
        path = tmp_path / name
        with xlsxwriter.Workbook(path, {"default_date_format": "dd-mm-yyyy"}) as book:
            for title, rows in sheets.items():
                sheet = book.add_worksheet(title)
                for number, row in enumerate(rows):
                    for index, value in enumerate(row):
                        if isinstance(value, datetime | date):
                            sheet.write_datetime(number, index, value)
                        else:
                            sheet.write(number, index, value)
        return path

    return make


@pytest.fixture
def make_list(tmp_path: Path) -> Callable[[Iterable[Iterable[Any]]], Path]:
    """Writes the sheet of projects alone, as a `.csv` file."""

    def make(rows: Iterable[Iterable[Any]]) -> Path:
        path = tmp_path / "projekter.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=";").writerows(rows)
        return path

    return make


@pytest.fixture
def read() -> Callable[..., Reading]:
    """Reads a file, or sheets as if they came from one."""

    def reading(source: Sheets | Path, known: Vocabulary = NOTHING_KNOWN, *, partial: bool = False) -> Reading:
        if isinstance(source, Path):
            return read_portfolio(source, known, ZONE, HeaderMapping(), partial=partial)
        lines = (
            Line(title, number, list(row))
            for title, rows in source.items()
            for number, row in enumerate(rows, 1)
            if row
        )
        return portfolio_of(lines, known, ZONE, HeaderMapping(), partial=partial)

    return reading


@pytest.fixture
def database_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "tovholder.db"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TOVHOLDER_DATABASE_URL", f"sqlite+aiosqlite:///{file}")
    monkeypatch.setenv("TOVHOLDER_LANGUAGE", "da")
    return file


@pytest.fixture
def run_import(database_file: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, dict[str, Any]]]:
    """Runs `import portfolio --json` and gives the exit code and the document."""

    def run(path: Path, **options: Any) -> tuple[int, dict[str, Any]]:
        code = portfolio(path, json=True, **options)
        return code, json.loads(capsys.readouterr().out)

    return run
