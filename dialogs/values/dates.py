"""Dates as people write them: "15. juni 2021", "uge 26 2021", "2. kvartal 2021", "juni-juli 2021"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from dialogs.values.calendar_words import ENGLISH_ONLY_MONTHS, MONTH_NUMBERS, ORDINALS, SEASONS, THIRDS, WEEKDAYS
from portfolio.dates import PlanDate, Unit, end_of, in_unit, iso_week, on_day, span

LONGEST_TEXT = 64
LONG_PAST = timedelta(days=183)
YEARS = range(1900, 2200)


class DateFault(StrEnum):
    EMPTY = "empty"
    TOO_LONG = "too_long"
    UNKNOWN_FORM = "unknown_form"
    SEASON = "season"
    AMBIGUOUS = "ambiguous"
    NO_SUCH_DATE = "no_such_date"
    YEAR_MISSING = "year_missing"
    YEAR_OUT_OF_RANGE = "year_out_of_range"
    WRONG_ORDER = "wrong_order"
    WRONG_WEEKDAY = "wrong_weekday"


class UnreadableDate(ValueError):  # noqa: N818 - a thing said of the text, as the other refusals are
    def __init__(self, reason: DateFault) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class _Part:
    """The parts of a date that are written. `number` is the day, week or quarter; `until` the last of several.

    `is_unclear`: "april 21" is a month of 2021 to some, a day in April to others.
    """

    unit: Unit | None
    year: int | None = None
    month: int | None = None
    number: int | None = None
    until: int | None = None
    is_unclear: bool = False


def parse_date(text: str, today: date | None = None) -> PlanDate:
    """Read the whole text as one date, day before month. Raises UnreadableDate.

    A date without a year is read only when `today` is given: it is this year's, or next year's
    when this year's ended more than 183 days ago.
    """
    words = re.sub(r"\s*[-–—]\s*", "-", " ".join(text.lower().split())).replace("−", "-")
    if not words:
        raise UnreadableDate(DateFault.EMPTY)
    if len(words) > LONGEST_TEXT:
        raise UnreadableDate(DateFault.TOO_LONG)
    weekday, words = _without_preamble(words)
    day = _read(words, today)
    if weekday is not None and (day.first != day.last or day.first.weekday() != weekday):
        raise UnreadableDate(DateFault.WRONG_WEEKDAY)
    return day


_PREAMBLE = re.compile(rf"(?:(?P<weekday>{'|'.join(WEEKDAYS)}),? )?(?:d\. ?|d |den |the |on |i |in |fra |from )?")
_MONTH = rf"(?P<month>{'|'.join(sorted(MONTH_NUMBERS, key=len, reverse=True))})\.?"
_YEAR = r"(?P<year>\d{4})"
_LATER_YEAR = rf"(?:(?:[ ,/-]{{1,2}}| of | i | in ){_YEAR})?"
_NTH = r"(?:\.|st|nd|rd|th)?"
_QUARTER_NAME = r"(?:kvartal|kvt\.?|kv\.?|quarter)"
_ORDINAL = rf"(?P<number>[1-9]|{'|'.join(ORDINALS)})"

_FORMS: tuple[tuple[Unit | None, re.Pattern[str]], ...] = tuple(
    (unit, re.compile(pattern))
    for unit, pattern in (
        (Unit.DAY, rf"{_YEAR}([-./])(?P<month>\d{{1,2}})\2(?P<number>\d{{1,2}})(?:[ t]00:00(?::00)?)?"),
        (
            Unit.DAY,
            r"(?P<number>\d{1,2})[./-] ?(?P<month>\d{1,2})(?:[./-] ?| |\. )(?P<year>\d{4}|\d{2})(?: 00:00(?::00)?)?",
        ),
        (Unit.DAY, r"(?P<number>\d{1,2})[./] ?(?P<month>\d{1,2})\.?"),
        (Unit.DAY, rf"(?P<number>\d{{1,2}}){_NTH} ?(?:of )?{_MONTH}{_LATER_YEAR}"),
        (Unit.DAY, rf"(?P<number>\d{{1,2}})[-/.]{_MONTH}[-/.]?(?P<year>\d{{4}}|\d{{2}})"),
        (Unit.DAY, rf"{_YEAR}[-/]{_MONTH}[-/](?P<number>\d{{1,2}})"),
        (Unit.DAY, rf"{_MONTH} (?P<number>\d{{1,2}})(?P<nth>st|nd|rd|th)?(?:,? {_YEAR})?"),
        (Unit.WEEK, rf"(?:uge|ugen|uger|ugerne|weeks?|wk|[uw]\.?) ?(?P<number>\d{{1,2}}){_LATER_YEAR}"),
        (Unit.WEEK, rf"{_YEAR}[ ,-]{{0,2}}(?:uge|week|w) ?(?P<number>\d{{1,2}})"),
        (Unit.MONTH, rf"{_MONTH}{_LATER_YEAR}"),
        (Unit.MONTH, rf"{_YEAR}-(?P<month>\d{{1,2}})"),
        (Unit.MONTH, rf"(?P<month>\d{{1,2}})[./-]{_YEAR}"),
        (Unit.DAY, rf"(?P<third>{'|'.join(THIRDS)})[ -]{_MONTH}{_LATER_YEAR}"),
        (Unit.DAY, rf"(?P<third>primo|ultimo)[ -]{_YEAR}"),
        (Unit.QUARTER, rf"{_ORDINAL}{_NTH} ?{_QUARTER_NAME}{_LATER_YEAR}"),
        (Unit.QUARTER, rf"(?:q|k|{_QUARTER_NAME}) ?(?P<number>[1-9])\.?{_LATER_YEAR}"),
        (Unit.QUARTER, rf"{_YEAR}[ ,-]{{0,2}}(?:q|k|{_QUARTER_NAME}) ?(?P<number>[1-9])"),
        (Unit.QUARTER, rf"{_ORDINAL.replace('number', 'half')}{_NTH} ?(?:halvår|half)(?: year)?{_LATER_YEAR}"),
        (Unit.QUARTER, rf"h(?P<half>[1-9]){_LATER_YEAR}"),
        (Unit.YEAR, _YEAR),
        (None, rf"(?P<number>\d{{1,2}}){_NTH}(?:,? {_YEAR})?"),
    )
)
_LONGEST_OVER = timedelta(days=183)
_SEPARATOR = re.compile(r"-| (?:til|to) |/")


def _without_preamble(words: str) -> tuple[int | None, str]:
    match = _PREAMBLE.match(words)
    if match is None:
        return None, words
    name = match["weekday"]
    return None if name is None else WEEKDAYS[name], words[match.end() :]


def _read(words: str, today: date | None) -> PlanDate:
    part = _part(words)
    if part is not None and part.unit is not None:
        if part.is_unclear:
            raise UnreadableDate(DateFault.AMBIGUOUS)
        year = part.year or _nearest_year(part, today)
        return _dated(replace(part, year=year))
    for left, right in _halves(words):
        return _range(left, right, today)
    raise UnreadableDate(DateFault.SEASON if words.startswith(SEASONS) else DateFault.UNKNOWN_FORM)


def _halves(words: str) -> Iterator[tuple[_Part, _Part]]:
    """Yield every way to see the words as two dates with something between them."""
    for cut in _SEPARATOR.finditer(words):
        left, right = _part(words[: cut.start()]), _part(words[cut.end() :])
        if left and right and (left.unit or right.unit) and _can_share(left, right):
            yield left, right


def _can_share(left: _Part, right: _Part) -> bool:
    """Say whether both are dates, or one is a bare number that can be a date of the other's unit."""
    if left.unit and right.unit:
        return True
    return (left.unit or right.unit) in {Unit.DAY, Unit.WEEK, Unit.QUARTER}


def _range(left: _Part, right: _Part, today: date | None) -> PlanDate:
    left, right = _complete(left, right), _complete(right, left)
    if left.year is None or right.year is None:
        year = _nearest_year(right, today)
        right = replace(right, year=year)
        left = replace(left, year=year - 1 if _is_over_new_year(left, right, year) else year)
    first, last = _dated(left), _dated(right)
    if last < first or last.last < first.last:
        raise UnreadableDate(DateFault.WRONG_ORDER)
    return span(first, last)


def _is_over_new_year(left: _Part, right: _Part, year: int) -> bool:
    """ "15. december til 5. januar"; not "31-15 januar", which would be most of a year."""
    try:
        return _dated(right).last - _dated(replace(left, year=year - 1)).first <= _LONGEST_OVER
    except UnreadableDate:  # 29 February, or week 53
        return False


def _complete(part: _Part, other: _Part) -> _Part:
    """Take the unit, month and year that one side of a range leaves out from the other side."""
    bare = part.unit is None
    return replace(
        part,
        unit=other.unit if bare else part.unit,
        month=other.month if bare else part.month,
        year=part.year or other.year,
    )


def _part(words: str) -> _Part | None:
    for unit, form in _FORMS:
        match = form.fullmatch(words)
        if match is not None:
            return _written_part(unit, match.groupdict())
    return None


def _written_part(unit: Unit | None, groups: dict[str, str | None]) -> _Part:
    month, number = groups.get("month"), groups.get("number")
    part = _Part(
        unit,
        year=_year(groups.get("year")),
        month=None if month is None else MONTH_NUMBERS.get(month) or int(month),
        number=None if number is None else _count(number),
        is_unclear="nth" in groups and not (groups["nth"] or groups["year"] or month in ENGLISH_ONLY_MONTHS),
    )
    if half := groups.get("half"):
        last_quarter = 2 * _count(half)
        return replace(part, number=last_quarter - 1, until=last_quarter)
    if third := groups.get("third"):
        first, last = THIRDS[third]
        return replace(part, month=part.month or (1 if last else 12), number=first, until=last or 31)
    return part


def _count(word: str) -> int:
    return ORDINALS.get(word) or int(word)


def _year(digits: str | None) -> int | None:
    if digits is None:
        return None
    year = int(digits) + (2000 if len(digits) == 2 else 0)
    if year not in YEARS:
        raise UnreadableDate(DateFault.YEAR_OUT_OF_RANGE)
    return year


def _nearest_year(part: _Part, today: date | None) -> int:
    if today is None:
        raise UnreadableDate(DateFault.YEAR_MISSING)
    year = today.isocalendar().year if part.unit is Unit.WEEK else today.year
    is_long_past = _dated(replace(part, year=year)).last < today - LONG_PAST
    return year + 1 if is_long_past else year


def _dated(part: _Part) -> PlanDate:
    try:
        first = _starting(part, part.number)
        if part.until is None:
            return first
        last_day = end_of(first.first, Unit.MONTH).day
        until = min(part.until, last_day) if part.unit is Unit.DAY else part.until
        return span(first, _starting(part, until))
    except ValueError:
        raise UnreadableDate(DateFault.NO_SUCH_DATE) from None


def _starting(part: _Part, number: int | None) -> PlanDate:
    """Date the part by that number; raises ValueError when the calendar has no such day, week or quarter."""
    year, month, number = part.year or 0, part.month or 1, number or 0
    match part.unit:
        case Unit.DAY:
            return on_day(date(year, month, number))
        case Unit.WEEK:
            return iso_week(year, number)
        case Unit.QUARTER:
            return in_unit(date(year, 3 * number - 2, 1), Unit.QUARTER)
        case Unit.MONTH | Unit.YEAR as unit:
            return in_unit(date(year, month, 1), unit)
        case None:
            raise ValueError("a number alone is no date")
