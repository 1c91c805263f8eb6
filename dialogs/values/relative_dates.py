"""Dates said from today: "i dag", "på fredag", "om to uger", "næste uge", "med udgangen af juni", "den 15."."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from dialogs.values.calendar_words import WEEKDAYS
from dialogs.values.dates import YEARS, DateFault, UnreadableDate, parse_date
from dialogs.values.number_words import in_digits, number_of_words
from portfolio.dates import PlanDate, Unit, end_of, in_unit, on_day

_DAYS = {
    "i dag": 0, "idag": 0, "dags dato": 0, "today": 0,
    "i morgen": 1, "imorgen": 1, "tomorrow": 1,
    "i overmorgen": 2, "overmorgen": 2, "the day after tomorrow": 2, "day after tomorrow": 2,
    "i går": -1, "igår": -1, "yesterday": -1, "i forgårs": -2, "forgårs": -2, "the day before yesterday": -2,
}  # fmt: skip
_UNITS = {
    Unit.DAY: ("dag", "dage", "day", "days"),
    Unit.WEEK: ("uge", "uger", "ugen", "week", "weeks"),
    Unit.MONTH: ("måned", "måneder", "måneden", "month", "months"),
    Unit.QUARTER: ("kvartal", "kvartaler", "kvartalet", "quarter", "quarters"),
    Unit.YEAR: ("år", "året", "year", "years"),
}
_UNIT_OF = {name: unit for unit, names in _UNITS.items() for name in names}
STEPS: dict[str, relativedelta] = {
    Unit.DAY: relativedelta(days=1),
    Unit.WEEK: relativedelta(weeks=1),
    Unit.MONTH: relativedelta(months=1),
    Unit.QUARTER: relativedelta(months=3),
    Unit.YEAR: relativedelta(years=1),
}
_NAMES = "|".join(sorted(_UNIT_OF, key=len, reverse=True))
_WEEKDAY_NAMES = "|".join(WEEKDAYS)
_SIDES = {"sidste": -1, "forrige": -1, "last": -1, "denne": 0, "dette": 0, "this": 0, "næste": 1, "next": 1}
_SIDE = rf"(?P<side>{'|'.join(_SIDES)})"
_ON = r"(?:nu )?(?:på |den |on |kommende |førstkommende |coming |the )*"
_WEEKDAY = re.compile(rf"{_ON}(?:{_SIDE} )?(?P<day>{_WEEKDAY_NAMES})")
_WEEKDAY_OF_WEEK = re.compile(rf"{_ON}(?P<day>{_WEEKDAY_NAMES}) (?:i |in |of )?(?P<week>.+)")
_AHEAD = re.compile(rf"(?:om|in) (?P<count>[^\W_]+(?: og [^\W_]+)?) (?P<unit>{_NAMES})(?: (?:fra nu|from now))?")
_HENCE = re.compile(rf"(?P<count>[^\W_]+) (?P<unit>{_NAMES}) (?:fra nu af|fra nu|from now)")
_NEAR_PERIOD = re.compile(rf"(?:i |til |in )?(?:den )?(?:{_SIDE}|(?P<coming>kommende|coming)) (?P<unit>{_NAMES})")
_HALF_YEAR = ("om et halvt år", "om ½ år", "in half a year")
_END = re.compile(
    r"(?:ved |med |inden |by |at )?(?:the )?(?:udgangen af|end of|(?P<named>månedens|kvartalets|årets|ugens) udgang)"
    r"(?: the)?(?: (?P<what>.+))?"
)
_NAMED_ENDS = {"ugens": Unit.WEEK, "månedens": Unit.MONTH, "kvartalets": Unit.QUARTER, "årets": Unit.YEAR}
_THIRD = re.compile(
    r"(?:i |in |the )*(?P<third>starten af|begyndelsen af|først i|start of|beginning of|early in"
    r"|midten af|midt i|middle of|slutningen af|sidst i|late in) (?P<what>.+)"
)
_THIRDS = {"s": "primo", "b": "primo", "f": "primo", "e": "primo", "m": "medio", "l": "ultimo"}
_LAST_THIRDS = ("slutningen af", "sidst i")
_DAY_OF_MONTH = re.compile(r"(?:på |den |d\. ?|d |the |on )+(?P<number>\d{1,2})(?:\.|st|nd|rd|th)?|(?P<bare>\d{1,2})\.")
_DAY_IN_MONTH = re.compile(r"(?:den |d\. ?)?(?P<number>\d{1,2})\.? i (?P<month>\d{1,2})\.?")
_MOST_STEPS = 1000
_JUST_PAST = timedelta(days=31)


def relative_date(text: str, today: date) -> PlanDate | None:
    """Read the whole text as one date; return None for other words. A weekday is the next to come, "næste fredag" is
    in next week; "om to uger" is a day, "næste uge" the whole week."""
    words = " ".join(text.lower().split())
    if words in _DAYS:
        return on_day(today + timedelta(days=_DAYS[words]))
    if words in _HALF_YEAR:
        return on_day(today + relativedelta(months=6))
    if words == "i år":
        return in_unit(today, Unit.YEAR)
    for pattern, dated in _FORMS:
        if match := pattern.fullmatch(words):
            try:
                day = dated(match, today)
            except (ValueError, OverflowError):  # unreadable, or the calendar has no such day
                return None
            return day if day and day.last.year in YEARS else None
    return None


def coming_date(text: str, today: date) -> PlanDate:
    """Read a written date; without a year it lies ahead, or less than a month back. Raises UnreadableDate."""
    try:
        return parse_date(text)
    except UnreadableDate as undated:
        if undated.reason is not DateFault.YEAR_MISSING:
            raise
    try:
        nearest = parse_date(text, today)
    except UnreadableDate as mismatch:
        if mismatch.reason is not DateFault.WRONG_WEEKDAY:
            raise
    else:
        if nearest.last >= today - _JUST_PAST:
            return nearest
    return parse_date(text, date(today.year + 1, 1, 7))  # 7 January is in the first week too


def _weekday(match: re.Match[str], today: date) -> PlanDate:
    """Read a bare weekday as the next to come; "næste", "sidste" and "denne" say which week."""
    weekday, side = WEEKDAYS[match["day"]], match["side"]
    if side is None:
        return on_day(today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1))
    return on_day(today + timedelta(days=weekday - today.weekday(), weeks=_SIDES[side]))


def _weekday_of_week(match: re.Match[str], today: date) -> PlanDate | None:
    """ "fredag i næste uge", "fredag i uge 40" """
    week = _period(match["week"], today)
    if week.unit is not Unit.WEEK or week.is_range:
        return None
    return on_day(week.first + timedelta(days=WEEKDAYS[match["day"]]))


def _ahead(match: re.Match[str], today: date) -> PlanDate | None:
    written = match["count"]
    spoken = int(written) if written.isdecimal() and len(written) <= 4 else number_of_words(written)
    if spoken is None or spoken != int(spoken) or spoken > _MOST_STEPS:
        return None
    return on_day(today + int(spoken) * STEPS[_UNIT_OF[match["unit"]]])


def _near_period(match: re.Match[str], today: date) -> PlanDate | None:
    unit = _UNIT_OF[match["unit"]]
    steps = 1 if match["coming"] else _SIDES[match["side"]]
    return None if unit is Unit.DAY else in_unit(today + steps * STEPS[unit], unit)


def _period_end(match: re.Match[str], today: date) -> PlanDate | None:
    what = match["what"]
    unit = _NAMED_ENDS.get(match["named"] or "") or _UNIT_OF.get(what or "")
    if unit is not None:
        return on_day(end_of(today, unit))
    return None if what is None else on_day(_period(what, today).last)


def _third(match: re.Match[str], today: date) -> PlanDate:
    third = match["third"]
    name = "ultimo" if third in _LAST_THIRDS else _THIRDS[third[0]]
    return coming_date(f"{name} {match['what']}", today)


def _period(words: str, today: date) -> PlanDate:
    """Raises UnreadableDate, which is a ValueError."""
    return relative_date(words, today) or coming_date(words, today)


def _day_of_month(match: re.Match[str], today: date) -> PlanDate | None:
    """Return the next such day; a month without it is passed over."""
    number = int(match["number"] or match["bare"])
    if not 1 <= number <= 31:
        return None
    first = today.replace(day=1)
    for months in range(3):
        start = first + relativedelta(months=months)
        if number <= end_of(start, Unit.MONTH).day and (day := start.replace(day=number)) >= today:
            return on_day(day)
    return None


def _day_in_month(match: re.Match[str], today: date) -> PlanDate:
    """ "den 15. i 6." """
    return coming_date(f"{match['number']}/{match['month']}", today)


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], PlanDate | None]], ...] = (
    (_WEEKDAY, _weekday),
    (_AHEAD, _ahead),
    (_HENCE, _ahead),
    (_NEAR_PERIOD, _near_period),
    (_END, _period_end),
    (_THIRD, _third),
    (_DAY_OF_MONTH, _day_of_month),
    (_DAY_IN_MONTH, _day_in_month),
    (_WEEKDAY_OF_WEEK, _weekday_of_week),
)


def said_date(text: str, today: date) -> PlanDate:
    """Read a date said from today, or written, in digits or in words. Raises UnreadableDate."""
    fault: UnreadableDate | None = None
    for words in dict.fromkeys((text, in_digits(text.lower()))):
        if day := relative_date(words, today):
            return day
        try:
            return coming_date(words, today)
        except UnreadableDate as unread:
            if fault is None or fault.reason in (DateFault.UNKNOWN_FORM, DateFault.EMPTY):
                fault = unread
    raise fault or UnreadableDate(DateFault.EMPTY)
