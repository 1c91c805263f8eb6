"""Dates and times as other systems write them, beside those that people write (dialogs/values/dates)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.importing.columns import weekday_letters
from bot.importing.refusals import UnreadableCellError
from dialogs.values.dates import YEARS, DateFault, UnreadableDate, parse_date
from portfolio.dates import PlanDate, on_day

# Excel counts days from here. Five digits are too many for a year and too few for a date written without marks.
_EXCEL_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a cell's clock has no zone
_SERIALS = range(30_000, 73_051)  # 1982 to 2099
_SHORT_YEARS_IN_DOUBT_FROM = 2070
_SERIAL = re.compile(r"\d{5}(?:[.,]\d+)?")
# The years that other systems write where there is no date.
_OF_NONE = re.compile(r"(?:\d{1,2}[./-]\d{1,2}[./-])?(?:0000|0001|9999)(?!\d)")
_COMPACT = re.compile(r"(?:19|20|21)\d{6}")
_STAMP = re.compile(
    r"\d{4}-?\d\d-?\d\d[T ]\d\d:?\d\d(?::?\d\d(?:[.,]\d+)?)?(?P<zone> ?(?:Z|UTC|GMT|[+-]\d\d:?(?:\d\d)?))",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"(?P<day>.+?)(?:,? kl\.? ?|,? |t)(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?:[:.](?P<second>\d\d)(?:[.,]\d+)?)?"
    r"(?: ?(?P<half>[ap])\.?m\.?)?",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d\d)(?!\d)")
_HOUR = re.compile(r"(?P<day>.+?),? kl\.? ?(?P<hour>\d{1,2})", re.IGNORECASE)
_SHORT_YEAR = re.compile(r"^(\d{1,2})\.? ([a-z]{3,9})\.? '?(\d\d)$", re.IGNORECASE)
# English "on 15 June" is no Wednesday.
_WEEKDAY = re.compile(r"(?!on .*[a-z])(?P<weekday>[a-zæøå]{2,5})\.?,? (?:d\. ?|den )?(?=\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Numbers:
    """The first two numbers of "5/02/2016 5:00 PM" or "5-02-2016", of which either may be the day."""

    mark: str
    first: int
    second: int

    @property
    def month_first(self) -> bool | None:
        """Says which order makes sense; None where both or neither do."""
        return None if (self.first > 12) == (self.second > 12) else self.second > 12


def numbers_of(text: str) -> Numbers | None:
    match = _NUMBERS.match(text)
    return Numbers(match[2], int(match[1]), int(match[3])) if match else None


def has_half_days(text: str) -> bool:
    """Says whether the time is told with AM or PM, as where the month comes first."""
    match = _CLOCK.fullmatch(text)
    return bool(match and match["half"])


def is_serial(text: str) -> bool:
    return bool(_SERIAL.fullmatch(text)) and int(text[:5]) in _SERIALS


def read_date(text: str, zone: ZoneInfo, *, month_first: bool | None) -> PlanDate:
    """Raises UnreadableCellError; where `month_first` is None, a date that can mean two days is refused."""
    if _OF_NONE.match(text):
        raise UnreadableCellError("date_of_none")
    weekday, text = _without_weekday(text)
    ordered = _in_danish_order(_SHORT_YEAR.sub(r"\1/\2/\3", text), month_first=month_first)
    reason = DateFault.UNKNOWN_FORM
    if ordered is not None:
        try:
            return _on(weekday, _in_this_century(parse_date(ordered), ordered))
        except UnreadableDate as unreadable:
            reason = unreadable.reason
    moment = read_moment(text, zone, month_first=month_first)
    if moment is None:
        raise UnreadableCellError(f"date_{reason}")
    return _on(weekday, on_day(moment.date()))


def read_moment(text: str, zone: ZoneInfo, *, month_first: bool | None) -> datetime | None:
    """Reads a day with a time; None when the text isn't one. A stamp with a zone is told in our own."""
    if is_serial(text):
        days = timedelta(days=float(text.replace(",", ".")))
        return (_EXCEL_EPOCH + days + timedelta(seconds=30)).replace(second=0, microsecond=0, tzinfo=zone)
    if _COMPACT.fullmatch(text):
        return _iso(text).replace(tzinfo=zone)
    if stamp := _STAMP.fullmatch(text):
        plain = text.upper()[: stamp.start("zone")].replace(" ", "T") + stamp["zone"].upper().strip()
        return _iso(re.sub("UTC|GMT", "Z", plain)).astimezone(zone)
    match = _CLOCK.fullmatch(text) or _HOUR.fullmatch(text)
    if match is None:
        return None
    day = read_date(match["day"].strip(), zone, month_first=month_first)
    if day.first != day.last:
        raise UnreadableCellError("not_one_day")
    told = match.groupdict()
    return datetime.combine(day.first, clock(told["hour"], told.get("minute", "0"), told.get("half")), zone)


def _in_this_century(day: PlanDate, text: str) -> PlanDate:
    """Refuses "15-06-98", which may be of the last century."""
    year = day.last.year
    if year >= _SHORT_YEARS_IN_DOUBT_FROM and str(year) not in text:
        raise UnreadableCellError("date_year_short", first=str(year - 100), second=str(year))
    return day


def _without_weekday(text: str) -> tuple[int | None, str]:
    match = _WEEKDAY.match(text)
    number = weekday_letters().get(match["weekday"].lower()) if match else None
    return (None, text) if match is None or number is None else (number, text[match.end() :])


def _on(weekday: int | None, day: PlanDate) -> PlanDate:
    if weekday is not None and (day.first != day.last or day.first.weekday() != weekday):
        raise UnreadableCellError("date_wrong_weekday")
    return day


def clock(hour: str, minute: str, half: str | None = None) -> time:
    """Raises UnreadableCellError."""
    hours = int(hour)
    if half is not None:
        hours = hours % 12 + (12 if half.lower() == "p" else 0) if 1 <= hours <= 12 else -1
    try:
        return time(hours, int(minute))
    except ValueError:
        raise UnreadableCellError("not_a_time") from None


def _iso(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text.replace(",", "."))
    except ValueError:
        raise UnreadableCellError("date_no_such_date") from None
    if moment.year not in YEARS:
        raise UnreadableCellError(f"date_{DateFault.YEAR_OUT_OF_RANGE}")
    return moment


def _in_danish_order(text: str, *, month_first: bool | None) -> str | None:
    """Puts the day first; None where more than the date is written, and its order isn't the usual one."""
    match = _NUMBERS.match(text)
    if match is None or month_first is False:
        return text
    if match.end() < len(text):
        return None
    first, mark, second, year = match.groups()
    if month_first is None and first != second and max(int(first), int(second)) <= 12:
        readings = [parse_date(f"{day}/{month}/{year}") for day, month in ((first, second), (second, first))]
        raise UnreadableCellError("date_in_two_orders", first=readings[0], second=readings[1])
    # Hyphens are Danish: "06-30-2026" among them is a slip, unless the whole column is so
    swapped = month_first or (int(second) > 12 and mark == "/")
    return f"{second}/{first}/{year}" if swapped else text
