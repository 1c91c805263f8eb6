"""The days that are meant by what was said of reminders, absence and meetings, and the time of day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from dialogs.understanding.language.times import Time, in_other_year
from dialogs.understanding.orders.named import days_of
from portfolio.dates import Unit, end_of, start_of

# "til 14.12" is a date, "til 14:12" and "to 2 pm" are none.
_CLOCK = re.compile(
    r"\b(?:kl\.?|klokken|at|(?:til|to)(?=\s\d{1,2}(?::\d{2}|(?:\.\d{2})?\s?[ap]m\b)))"
    r"\s{0,3}(\d{1,2})(?:[.:](\d{2}))?(?![\d.:])(?:\s?[-–]\s?\d{1,2}(?:[.:]\d{2})?)?\s?([ap]m\b)?",
    re.IGNORECASE,
)
_DAY = timedelta(days=1)
_SUNDAY = 7

Days = tuple[date | None, date | None]


def without_clock(text: str) -> tuple[str | None, str]:
    """The time of day as "13.00", and the text with blanks in its place; the last one, where two are said."""
    clocks = [match for match in _CLOCK.finditer(text) if int(match[1]) < 24 and int(match[2] or 0) < 60]
    if not clocks:
        return None, text
    for match in clocks:
        text = text[: match.start()] + " " * (match.end() - match.start()) + text[match.end() :]
    hour, minute, half = int(clocks[-1][1]), clocks[-1][2] or "00", (clocks[-1][3] or "").lower()
    if half:
        hour = hour % 12 + 12 * (half == "pm")
    return f"{hour:02}.{minute}", text


def one_day(times: Sequence[Time], today: date) -> date | None:
    """The first day of a week, the last of "om 3 dage" and "til mandag", and the Monday of "mandag i næste uge"."""
    first, last = days_of(times, today)
    weeks = [time.first for time in times if time.first and time.last == time.first + timedelta(days=6)]
    named = [time.first for time in times if time.first and time.first == time.last]
    if weeks and named:
        return weeks[0] + timedelta(days=named[0].weekday())
    if first is None and last:  # "til næste uge" is to its beginning
        unit = Unit.WEEK if last.isoweekday() == _SUNDAY else times[0].unit
        return last if unit is Unit.DAY else max(start_of(last, unit), today)
    return first if first and (first > today or last is None) else last


def away(times: Sequence[Time], length: int | None, today: date) -> Days:
    """Return the days of an absence. It is from today where nothing says from when, or that was earlier. `length` is in
    days."""
    first, last = days_of(times, today)
    if length and (last is None or first == last):
        first = first or today
        return first, first + timedelta(days=length) - _DAY
    if last and (first is None or first < today <= last):
        first = today
    return first, last


def away_until_back(times: Sequence[Time], today: date) -> Days:
    """The last day said is the first one back."""
    if not times:
        return None, None
    *before, back = times
    (first, _), (day, until) = days_of(before, today), days_of([back], today)
    returns = day or until
    return first or today, returns - _DAY if returns else None


def moved(times: Sequence[Time], today: date) -> Days:
    """Return the day of the meeting, and the day that it is moved to. A day alone is the latter if "til" stands before
    it; weeks are no day that anything can be moved to."""
    if not times:
        return None, None
    start, end = times[0], times[-1]
    day = _ahead(start.first or (start.last if len(times) > 1 else None), start, today)
    is_one_day = len(times) == 1 and start.first == start.last
    return day, None if is_one_day or _is_period(end) else _ahead(end.last, end, today)


def _is_period(time: Time) -> bool:
    """ "næste uge", "uge 50", "juli" """
    if time.last is None or time.first == time.last:
        return False
    is_week = time.unit is Unit.DAY and time.last.isoweekday() == _SUNDAY
    return is_week or (time.unit is not Unit.DAY and time.last == end_of(time.last, time.unit))


def _ahead(day: date | None, time: Time, today: date) -> date | None:
    return in_other_year(day, 1, time.unit) if day and day < today and not time.has_year else day
