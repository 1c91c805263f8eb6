"""Reads a cell's value as its column says."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from bot.importing.accounts import read_entra_id, read_upn
from bot.importing.amounts import written
from bot.importing.columns import Choice, Column, fold, words_for_errors
from bot.importing.conventions import NUMBERS, Convention, folded_name
from bot.importing.dates import clock, read_date, read_moment
from bot.importing.refusals import UnreadableCellError
from bot.importing.tables import Cell, ErrorCell, MergedCell, PercentCell, PeriodCell, TimeCell, UnitCell
from dialogs.values.numbers import UnreadableNumber, parse_number
from portfolio.dates import PlanDate, Unit, in_unit, on_day

LONGEST_NAME = 300
LONGEST_TEXT = 20_000
EARLIEST_YEAR = 1901
LARGEST_NUMBER = Decimal(10) ** 11

# Control characters, lone surrogates, soft hyphens, and marks of no width, of byte order and of the direction of text.
_UNWANTED = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]"
)
_EMAIL = re.compile(r"[^@\s;,<>\"()]{1,64}@[^@\s;,<>\"()]{1,180}\.[^@\s.;,<>\"()]{2,20}")
_NAMED_EMAIL = re.compile(r".*<([^<>]+)>|.*\(([^()@]+@[^()]+)\)|mailto:(.+)", re.IGNORECASE)
_MISREAD = re.compile(r"[ÂÃ][\x80-\xbf†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸƒ„…€]|â€")
_ROUNDED = re.compile(r"\d[.,]\d+E\+\d+")
_PERIOD = re.compile(r"(\d{4})(?:\s?[-–]\s?(\d{4}))?")
_TIME_ALONE = re.compile(
    r"(?:kl\.? ?)?(?P<hour>\d{1,2})[.:](?P<minute>\d{2})(?:[.:]\d\d)?(?: ?(?P<half>[ap])\.?m\.?)?"
    r"|kl\.? ?(?P<full_hour>\d{1,2})",
    re.IGNORECASE,
)


def clean(text: str, *, lines: bool = False) -> str:
    """Composes and trims the text and takes out what can't be seen; line breaks are kept where `lines` says so."""
    visible = _visible(text.replace("\r\n", "\n"))
    while _MISREAD.search(visible) and (mended := _visible(visible)) != visible:
        visible = mended  # what can't be seen stood in the way
    if lines:
        return "\n".join(line.rstrip() for line in visible.replace("\t", " ").split("\n")).strip()
    return " ".join(visible.split())


def _visible(text: str) -> str:
    return unicodedata.normalize("NFC", _UNWANTED.sub("", _mended(text)))


def _mended(text: str) -> str:
    """Mends what was written as UTF-8 and read as another encoding before we got it: "SkÃ¦rm" is "Skærm"."""
    while _MISREAD.search(text):
        try:
            text = b"".join(map(_byte, text)).decode("utf-8")
        except UnicodeError:
            return text
    return text


def _byte(letter: str) -> bytes:
    try:
        return letter.encode("cp1252")
    except UnicodeEncodeError:
        return letter.encode("latin-1")


def shown(cell: Cell) -> str:
    """Writes the cell as a person sees it, for saying which value is meant."""
    match cell:
        case None:
            return ""
        case ErrorCell(text) | TimeCell(text):
            return text
        case MergedCell(inner) | UnitCell(inner):
            return shown(inner)
        case PercentCell(number):
            return f"{shown(number)} %"
        case PeriodCell(day, unit):
            return f"{day.year}" if unit is Unit.YEAR else f"{day:%Y-%m}"
        case datetime():
            return cell.isoformat(" ").removesuffix(" 00:00:00")
        case date():
            return cell.isoformat()
        case bool():
            return "Ja" if cell else "Nej"
        case float():
            return str(int(cell)) if cell.is_integer() else repr(cell)
        case _:
            return clean(str(cell))


def read_cell(cell: Cell, column: Column, way: Convention, day: date | None = None) -> Any:
    """Returns the value, None for an empty cell; `day` is for a time alone. Raises UnreadableCellError."""
    if isinstance(cell, ErrorCell):
        raise UnreadableCellError("formula_error" if cell.is_worked_out else "formula_not_worked_out")
    if isinstance(cell, MergedCell):
        if column.kind in NUMBERS:
            raise UnreadableCellError("merged_number")
        cell = cell.cell
    if isinstance(cell, str):
        cell = clean(cell, lines=column.kind in {"text", "names", "emails", "goals", "choices"})
        _check_text(cell)
    if cell is None or cell == "":
        return None
    if column.choice is not None:
        return _choices(cell, column.choice) if column.kind == "choices" else _choice(cell, column.choice)
    if column.kind == "moment":
        return _moment(cell, way, day)
    return _READERS[column.kind](cell, way)


def _check_text(text: str) -> None:
    """Refuses what Excel, or another program, wrote in the place of a value."""
    if text.upper() in words_for_errors():
        raise UnreadableCellError("formula_error")
    if len(text) > 2 and not text.strip("#"):
        raise UnreadableCellError("column_too_narrow")


def _name(cell: Cell) -> str:
    if isinstance(cell, str) and _ROUNDED.fullmatch(cell):
        raise UnreadableCellError("number_rounded")
    if isinstance(cell, str) and "\ufffd" in cell:
        raise UnreadableCellError("letters_lost")
    return _text(cell, LONGEST_NAME)


def _text(cell: Cell, longest: int = LONGEST_TEXT) -> str:
    if isinstance(cell, bool | date | TimeCell | PeriodCell):
        raise UnreadableCellError("not_a_text_cell")
    text = cell if isinstance(cell, str) else shown(cell)
    if len(text) > longest:
        raise UnreadableCellError("too_long", longest=str(longest))
    return text


def _names(cell: Cell) -> tuple[str, ...]:
    """Splits the text at semicolons and line breaks; each item comes once."""
    items: dict[str, str] = {}
    for part in re.split(r"[;\n]", _text(cell)):
        if item := clean(part):
            items.setdefault(item.casefold(), item)
    if any(len(item) > LONGEST_NAME for item in items):
        raise UnreadableCellError("too_long", longest=str(LONGEST_NAME))
    return tuple(items.values())


def address(text: str) -> str | None:
    """Returns the e-mail address of "asta@kommune.dk" or "Asta Lund <asta@kommune.dk>"; None where there is none."""
    match = _NAMED_EMAIL.fullmatch(text)
    email = (match[1] or match[2] or match[3] if match else text).strip(" ;,").lower()
    return email if _EMAIL.fullmatch(email) else None


def _email(cell: Cell, people: Mapping[str, frozenset[str]]) -> str:
    """Reads an address, or the name of a person who is the only one of that name."""
    name = _name(cell)
    if email := address(name):
        return email
    known = (people.get(folded_name(one)) for one in (name, re.sub(r"\(.*?\)", "", name)))
    same_name = next(filter(None, known), frozenset())
    if len(same_name) > 1:
        raise UnreadableCellError("name_of_several", people=", ".join(sorted(same_name)))
    if not same_name:
        raise UnreadableCellError("not_an_email")
    return next(iter(same_name))


def _choice(cell: Cell, choice: Choice) -> Any:
    meaning = choice.meanings.get(fold(_name(cell)))
    if meaning is None:
        raise UnreadableCellError("not_a_choice", choices=", ".join(choice.shown))
    return meaning


def _amount(cell: Cell, way: Convention) -> Decimal:
    """Reads a number as its column is written, in the column's unit."""
    number = written(cell)
    if number is None or not way.takes(number):
        raise UnreadableCellError("not_a_number")
    if way.kind == "money" and number.currency not in {None, way.currency}:
        raise UnreadableCellError("currency_differs", column=way.currency, cell=number.currency)
    match way.values(number):
        case []:
            raise UnreadableCellError("not_a_number")
        case [value]:
            return value
        case [first, second, *_]:
            code = "number_in_two_ways" if way.fractions is not None else "percent_in_two_ways"
            raise UnreadableCellError(code, first=first, second=second)
    raise AssertionError


def _number(number: Decimal, decimals: int = 6) -> Decimal:
    if abs(number) > LARGEST_NUMBER:
        raise UnreadableCellError("too_great")
    return number.quantize(Decimal(1).scaleb(-decimals))


def _money(number: Decimal) -> Decimal:
    money = _number(number, decimals=2)
    if money < 0:
        raise UnreadableCellError("negative_money")
    return money


def _percent(number: Decimal) -> Decimal:
    percent = _number(number, decimals=2)
    if not 0 <= percent <= 100:
        raise UnreadableCellError("not_a_percentage")
    return percent


def _decimal(cell: Cell) -> Decimal:
    if isinstance(cell, str):
        try:
            return parse_number(cell)
        except UnreadableNumber:
            raise UnreadableCellError("not_a_number") from None
    number = written(cell)
    if number is None or number.exact is None:
        raise UnreadableCellError("not_a_number")
    return number.exact


def _whole_number(cell: Cell, code: str, largest: int) -> int:
    try:
        number = _decimal(cell)
    except UnreadableCellError:
        raise UnreadableCellError(code) from None
    if number != number.to_integral_value() or not 1 <= number <= largest:
        raise UnreadableCellError(code)
    return int(number)


def _goals(cell: Cell) -> tuple[int, ...]:
    items = re.split(r"[;,\s]+", cell.strip(";, ")) if isinstance(cell, str) else [cell]
    return tuple(sorted({_whole_number(item, "not_a_goal", 17) for item in items}))


def _date(cell: Cell, way: Convention) -> PlanDate:
    """Raises UnreadableCellError, also for the first day that a program knows, which it writes for none."""
    day = _written_date(cell, way)
    if day.first.year < EARLIEST_YEAR:
        raise UnreadableCellError("date_of_none")
    return day


def _written_date(cell: Cell, way: Convention) -> PlanDate:
    if isinstance(cell, PeriodCell):
        return in_unit(cell.day, cell.unit)
    if isinstance(cell, TimeCell):
        raise UnreadableCellError("date_unknown_form" if cell.text.strip("0:") else "date_of_none")
    if isinstance(cell, date):
        day = cell.date() if isinstance(cell, datetime) else cell
        if way.month_first is None and day.day <= 12 and day.day != day.month:
            turned = on_day(day.replace(day=day.month, month=day.day))
            raise UnreadableCellError("date_in_two_orders", first=on_day(day), second=turned)
        return on_day(day)
    return read_date(clean(_text(cell)), way.zone, month_first=way.month_first)


def _day(cell: Cell, way: Convention) -> date:
    plan_date = on_day(cell.day) if isinstance(cell, PeriodCell) else _date(cell, way)
    if plan_date.first != plan_date.last:
        raise UnreadableCellError("not_one_day")
    return plan_date.first


def _choices(cell: Cell, choice: Choice) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(_choice(item, choice) for item in _names(cell)))


def _moment(cell: Cell, way: Convention, day: date | None) -> datetime:
    """Reads a time of a day, or the day's beginning where no time is given."""
    if isinstance(cell, datetime):
        _date(cell, way)
        return cell if cell.tzinfo else cell.replace(tzinfo=way.zone)
    words = cell.text if isinstance(cell, TimeCell) else shown(cell)[:LONGEST_NAME]
    if match := _TIME_ALONE.fullmatch(words):
        if day is None:
            raise UnreadableCellError("time_without_day")
        at = clock(match["hour"] or match["full_hour"], match["minute"] or "0", match["half"])
        return datetime.combine(day, at, way.zone)
    moment = read_moment(words, way.zone, month_first=way.month_first)
    return moment or datetime.combine(_day(cell, way), time(), way.zone)


def _period(cell: Cell) -> str:
    match = _PERIOD.fullmatch(_name(cell))
    if match is None or (match[2] and match[2] < match[1]):
        raise UnreadableCellError("not_a_period")
    return f"{match[1]}-{match[2]}" if match[2] else match[1]


_READERS: dict[str, Callable[[Cell, Convention], Any]] = {
    "name": lambda cell, _: _name(cell),
    "text": lambda cell, _: _text(cell),
    "names": lambda cell, _: _names(cell),
    "email": lambda cell, way: _email(cell, way.people),
    "emails": lambda cell, way: tuple(_email(item, way.people) for item in _names(cell)),
    "upn": lambda cell, _: read_upn(_name(cell)),
    "entra_id": lambda cell, _: read_entra_id(_name(cell)),
    "grade": lambda cell, _: _whole_number(cell, "not_a_grade", 5),
    "goals": lambda cell, _: _goals(cell),
    "date": _date,
    "day": _day,
    "money": lambda cell, way: _money(_amount(cell, way)),
    "number": lambda cell, way: _number(_amount(cell, way)),
    "percent": lambda cell, way: _percent(_amount(cell, way)),
    "period": lambda cell, _: _period(cell),
}
