"""Reads a cell's value as its column says."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from bot.importing.columns import Choice, Column, fold
from bot.importing.refusals import UnreadableCellError
from bot.importing.tables import Cell, ErrorCell, TimeCell
from dialogs.values.dates import UnreadableDate, parse_date
from dialogs.values.numbers import UnreadableNumber, parse_number
from portfolio.dates import PlanDate, on_day

LONGEST_NAME = 300
LONGEST_TEXT = 20_000
LARGEST_NUMBER = Decimal(10) ** 11

# Control characters, lone surrogates, marks that turn the direction of writing, and byte order marks.
_UNWANTED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_EMAIL = re.compile(r"[^@\s;,<>\"()]{1,64}@[^@\s;,<>\"()]{1,180}\.[^@\s.;,<>\"()]{2,20}")
_PERIOD = re.compile(r"(\d{4})(?:\s?[-–]\s?(\d{4}))?")
_TIME = r"(?P<hour>\d{1,2})[.:](?P<minute>\d{2})(?:[.:]00)?"
_TIME_ALONE = re.compile(rf"(?:kl\.? ?)?{_TIME}", re.IGNORECASE)
_MOMENT = re.compile(rf"(?P<day>.+?)(?:,? kl\.? ?|,? |t){_TIME}", re.IGNORECASE)


def clean(text: str, *, lines: bool = False) -> str:
    """Composes and trims the text and takes out what can't be seen; line breaks are kept where `lines` says so."""
    visible = unicodedata.normalize("NFC", _UNWANTED.sub("", text.replace("\r\n", "\n")))
    if lines:
        return "\n".join(line.rstrip() for line in visible.replace("\t", " ").split("\n")).strip()
    return " ".join(visible.split())


def shown(cell: Cell) -> str:
    """Writes the cell as a person sees it, for saying which value is meant."""
    match cell:
        case None:
            return ""
        case ErrorCell(text) | TimeCell(text):
            return text
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


def read_cell(cell: Cell, column: Column, zone: ZoneInfo, day: date | None = None) -> Any:
    """Returns the value, None for an empty cell; `day` is for a time alone. Raises UnreadableCellError."""
    if isinstance(cell, ErrorCell):
        raise UnreadableCellError("formula_error")
    if isinstance(cell, str):
        cell = clean(cell, lines=column.kind in {"text", "names", "emails", "goals"})
    if cell is None or cell == "":
        return None
    if column.choice is not None:
        return _choice(cell, column.choice)
    if column.kind == "moment":
        return _moment(cell, zone, day)
    return _READERS[column.kind](cell)


def _name(cell: Cell) -> str:
    return _text(cell, LONGEST_NAME)


def _text(cell: Cell, longest: int = LONGEST_TEXT) -> str:
    if isinstance(cell, bool | date | TimeCell):
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


def _email(cell: Cell) -> str:
    email = _name(cell).lower()
    if not _EMAIL.fullmatch(email):
        raise UnreadableCellError("not_an_email")
    return email


def _emails(cell: Cell) -> tuple[str, ...]:
    return tuple(_email(item) for item in _names(cell))


def _choice(cell: Cell, choice: Choice) -> Any:
    meaning = choice.meanings.get(fold(_name(cell)))
    if meaning is None:
        raise UnreadableCellError("not_a_choice", choices=", ".join(choice.shown))
    return meaning


def _decimal(cell: Cell) -> Decimal:
    if isinstance(cell, str):
        try:
            return parse_number(cell)
        except UnreadableNumber:
            raise UnreadableCellError("not_a_number") from None
    if isinstance(cell, bool) or not isinstance(cell, int | float) or not math.isfinite(cell):
        raise UnreadableCellError("not_a_number")
    return Decimal(repr(cell))


def _number(cell: Cell, decimals: int = 6) -> Decimal:
    number = _decimal(cell)
    if abs(number) > LARGEST_NUMBER:
        raise UnreadableCellError("too_great")
    return number.quantize(Decimal(1).scaleb(-decimals))


def _money(cell: Cell) -> Decimal:
    money = _number(cell, decimals=2)
    if money < 0:
        raise UnreadableCellError("negative_money")
    return money


def _percent(cell: Cell) -> Decimal:
    percent = _number(cell, decimals=2)
    if not 0 <= percent <= 100:
        raise UnreadableCellError("not_a_percentage")
    return percent


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


def _date(cell: Cell) -> PlanDate:
    if isinstance(cell, datetime):
        return on_day(cell.date())
    if isinstance(cell, date):
        return on_day(cell)
    try:
        return parse_date(_text(cell))
    except UnreadableDate as unreadable:
        raise UnreadableCellError(f"date_{unreadable.reason}") from None


def _day(cell: Cell) -> date:
    plan_date = _date(cell)
    if plan_date.first != plan_date.last:
        raise UnreadableCellError("not_one_day")
    return plan_date.first


def _moment(cell: Cell, zone: ZoneInfo, day: date | None) -> datetime:
    """Reads a time of a day, or the day's beginning where no time is given."""
    if isinstance(cell, datetime):
        return cell if cell.tzinfo else cell.replace(tzinfo=zone)
    words = cell.text if isinstance(cell, TimeCell) else shown(cell)[:LONGEST_NAME]
    if match := _TIME_ALONE.fullmatch(words):
        if day is None:
            raise UnreadableCellError("time_without_day")
        return datetime.combine(day, _time(match), zone)
    if match := _MOMENT.fullmatch(words):
        return datetime.combine(_day(match["day"].strip()), _time(match), zone)
    return datetime.combine(_day(cell), time(), zone)


def _time(match: re.Match[str]) -> time:
    try:
        return time(int(match["hour"]), int(match["minute"]))
    except ValueError:
        raise UnreadableCellError("not_a_time") from None


def _period(cell: Cell) -> str:
    match = _PERIOD.fullmatch(_name(cell))
    if match is None or (match[2] and match[2] < match[1]):
        raise UnreadableCellError("not_a_period")
    return f"{match[1]}-{match[2]}" if match[2] else match[1]


_READERS: dict[str, Callable[[Cell], Any]] = {
    "name": _name,
    "text": _text,
    "names": _names,
    "email": _email,
    "emails": _emails,
    "grade": partial(_whole_number, code="not_a_grade", largest=5),
    "goals": _goals,
    "date": _date,
    "day": _day,
    "money": _money,
    "number": _number,
    "percent": _percent,
    "period": _period,
}
