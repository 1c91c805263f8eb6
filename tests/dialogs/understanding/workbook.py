"""The example workbook as plain rows, read without any of the product's own code."""

from __future__ import annotations

import calendar
import re
from collections import defaultdict
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "portfolio.xlsx"
COLOURS = {"Rød": "red", "Gul": "amber", "Grøn": "green", None: "none"}
MONTHS = (
    "januar", "februar", "marts", "april", "maj", "juni",
    "juli", "august", "september", "oktober", "november", "december",
)  # fmt: skip

Row = dict[str, Any]
Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Book:
    projects: Mapping[str, Row]
    reports: Mapping[str, list[Row]]
    milestones: Mapping[str, list[Row]]
    benefits: Mapping[str, list[Row]]
    risks: Mapping[str, list[Row]]
    people: Mapping[str, Row]
    units: Mapping[str, Row]
    areas: Mapping[str, Row]
    bodies: Mapping[str, Row]
    meetings: list[Row]

    def __hash__(self) -> int:
        return hash(tuple(self.projects))


def load(path: Path = EXAMPLE) -> Book:
    with closing(openpyxl.load_workbook(path, read_only=True)) as workbook:
        sheets = {sheet.title: _rows(sheet.values) for sheet in workbook}
    return Book(
        projects={row["Nr"]: row for row in sheets["Projekter"]},
        reports=_by_project(sheets["Statusser"]),
        milestones=_by_project(sheets["Milepæle"]),
        benefits=_by_project(sheets["Gevinster"]),
        risks=_by_project(sheets["Risici"]),
        people={row["E-mail"]: row for row in sheets["Personer"]},
        units={row["Navn"]: row for row in sheets["Fagområder"]},
        areas={row["Navn"]: row for row in sheets["Fokusområder"]},
        bodies={row["Navn"]: row for row in sheets["Fora"]},
        meetings=sheets["Møder"],
    )


def _rows(values: Any) -> list[Row]:
    headers, *rows = values
    return [dict(zip(headers, row, strict=True)) for row in rows]


def _by_project(rows: list[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["Nr"]].append(row)
    return found


def parts(cell: object) -> list[str]:
    """The values of a cell that holds several, separated by semicolons."""
    return [part.strip() for part in str(cell).split(";")] if cell not in (None, "") else []


def days(cell: object) -> Days | None:
    """First and last day of a date cell: an Excel date, "uge 26 2026", "2. kvartal 2026", "juni-juli 2026" …"""
    if cell is None:
        return None
    if isinstance(cell, datetime):
        return cell.date(), cell.date()
    text = str(cell)
    if found := re.fullmatch(r"uge (\d+) (\d+)", text):
        monday = date.fromisocalendar(int(found[2]), int(found[1]), 1)
        return monday, monday + timedelta(days=6)
    if found := re.fullmatch(r"(\d)\. kvartal (\d+)", text):
        return date(int(found[2]), 3 * int(found[1]) - 2, 1), _month_end(int(found[2]), 3 * int(found[1]))
    if found := re.fullmatch(r"(\d+)\. (\w+) (\d+)", text):
        day = date(int(found[3]), MONTHS.index(found[2]) + 1, int(found[1]))
        return day, day
    if found := re.fullmatch(r"(\w+?)(?:-(\w+))? (\d+)", text):
        year, first, last = int(found[3]), MONTHS.index(found[1]) + 1, MONTHS.index(found[2] or found[1]) + 1
        return date(year, first, 1), _month_end(year, last)
    raise ValueError(f"no date: {text}")


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
