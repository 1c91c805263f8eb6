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
    if match := _WEEK.fullmatch(text):
        monday = date.fromisocalendar(int(match[2]), int(match[1]), 1) + by
        return f"uge {monday.isocalendar().week} {monday.isocalendar().year}"
    if match := _QUARTER.fullmatch(text):
        middle = date(int(match[2]), 3 * int(match[1]) - 1, 15) + by
        return f"{(middle.month + 2) // 3}. kvartal {middle.year}"
    if match := _DAY.fullmatch(text):
        day = date(int(match[3]), MONTHS.index(match[2]) + 1, int(match[1])) + by
        return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"
    if match := _MONTHS.fullmatch(text):
        return _moved_months(match[1], match[2], int(match[3]), by)
    raise ValueError(f"no date: {text}")


def _moved_months(first: str, last: str | None, year: int, by: timedelta) -> str:
    start = date(year, MONTHS.index(first) + 1, 15) + by
    end = date(year, MONTHS.index(last or first) + 1, 15) + by
    words = MONTHS[start.month - 1]
    if start.year == end.year and start.month != end.month:
        words += f"-{MONTHS[end.month - 1]}"
    return f"{words} {start.year}"
