"""Dates as the example's data files write them, moved in time without losing their precision."""

from __future__ import annotations

import re
from datetime import date, timedelta

MONTHS = (
    "januar", "februar", "marts", "april", "maj", "juni",
    "juli", "august", "september", "oktober", "november", "december",
)  # fmt: skip

_WEEK = re.compile(r"uge (\d+) (\d{4})")
_QUARTER = re.compile(r"(\d)\. kvartal (\d{4})")
_DAY = re.compile(r"(\d+)\. (\w+) (\d{4})")
_MONTHS = re.compile(r"(\w+?)(?:-(\w+))? (\d{4})")


def moved(text: str, by: timedelta) -> date | str:
    """A day written 2026-06-15 becomes a date; "uge 26 2026", "juni 2026" and the like stay words."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return date.fromisoformat(text) + by
    if found := _WEEK.fullmatch(text):
        monday = date.fromisocalendar(int(found[2]), int(found[1]), 1) + by
        return f"uge {monday.isocalendar().week} {monday.isocalendar().year}"
    if found := _QUARTER.fullmatch(text):
        middle = date(int(found[2]), 3 * int(found[1]) - 1, 15) + by
        return f"{(middle.month + 2) // 3}. kvartal {middle.year}"
    if found := _DAY.fullmatch(text):
        day = date(int(found[3]), MONTHS.index(found[2]) + 1, int(found[1])) + by
        return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"
    if found := _MONTHS.fullmatch(text):
        return _moved_months(found[1], found[2], int(found[3]), by)
    raise ValueError(f"no date: {text}")


def _moved_months(first: str, last: str | None, year: int, by: timedelta) -> str:
    start = date(year, MONTHS.index(first) + 1, 15) + by
    end = date(year, MONTHS.index(last or first) + 1, 15) + by
    words = MONTHS[start.month - 1]
    if start.year == end.year and start.month != end.month:
        words += f"-{MONTHS[end.month - 1]}"
    return f"{words} {start.year}"
