"""The days that an order names, and the time of day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from dateutil.relativedelta import relativedelta

from dialogs.understanding.language.times import Time, in_other_year

# "til 14.12" is a date, "til 14:12" and "to 2 pm" are none.
_CLOCK = re.compile(
    r"\b(?:kl\.?|klokken|at|(?:til|to)(?=\s\d{1,2}(?::\d{2}|(?:\.\d{2})?\s?[ap]m\b)))"
    r"\s{0,3}(\d{1,2})(?:[.:](\d{2}))?(?![\d.:])(?:\s?[-–]\s?\d{1,2}(?:[.:]\d{2})?)?\s?([ap]m\b)?",
    re.IGNORECASE,
)

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


def days_of(times: Sequence[Time], today: date) -> Days:
    """Return the first day said and the last; without a year they lie ahead."""
    first = next((time.first for time in times if time.first), None)
    last = next((time.last for time in reversed(times) if time.last), None)
    edge = last or first
    if edge and edge < today and not any(time.has_year for time in times):
        first, last = (day and in_other_year(day, 1, times[0].unit) for day in (first, last))
    if first and last and last < first:
        is_weekdays = (first - last).days < 7 and all(time.has_year for time in times)  # "fra mandag til fredag"
        last += relativedelta(weeks=1) if is_weekdays else relativedelta(years=1)
    return first, last
