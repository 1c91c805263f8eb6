"""A question as plain data, so that a card's button can carry it, and back again."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from dialogs.turn.older_questions import renewed
from portfolio.projects.status import Rag
from portfolio.questions.catalogue import ATTRIBUTES, Attribute, Kind
from portfolio.questions.question import (
    Changed,
    During,
    Figure,
    FigureKind,
    Is,
    Mentions,
    PeopleRole,
    Question,
    Sort,
    Target,
    Test,
    Tests,
    Within,
)

MAX_BYTES = 6000
MAX_TEXT = 400
MAX_VALUES = 50
MAX_NUMBER = 10**15

Data = dict[str, Any]
_NOT = "-"


class MalformedButton(ValueError):  # noqa: N818 - reads as what it tells
    """The data is no button's: it was made by hand, or by another version."""


class MalformedQuestion(MalformedButton):
    """The data is no question."""


@lru_cache(maxsize=512)
def to_data(question: Question) -> Data:
    """Compact: only what differs from an empty question. The rows of a list carry the same; it isn't to be changed."""
    figure = question.figure
    data: Data = {
        "target": question.target.value if question.target is not Target.PROJECTS else None,
        "where": [_written(test) for test in question.where],
        "any_of": [[_written(test) for test in tests] for tests in question.any_of],
        "sort": _sort_data(question.sort) if question.sort else None,
        "limit": question.limit,
        "include_closed": question.include_closed or None,
        "figure": _figure_data(figure) if figure else None,
        "group_by": question.group_by.name if question.group_by else None,
        "fact": question.fact.name if question.fact else None,
        "people": question.people.value if question.people is not PeopleRole.LEAD else None,
        "inherited": sorted(question.inherited),
    }
    return _given(data)


def _given(data: Data) -> Data:
    return {name: value for name, value in data.items() if value is not None and value != []}


def _written(test: Test) -> Data:
    """Write a test as one entry: its attribute's name, "-" before it where denied, and what it is held against."""
    match test:
        case Mentions(text):
            return {"text": text}
        case Changed(first, last, to, meeting):
            days = {"first": _day(first), "last": _day(last), "to": [colour.value for colour in to]}
            old = [colour.value for colour in test.old]
            return {"changed": _given({**days, "since_meeting": meeting, "old": old, "way": test.way})}
        case During(first=first, last=last):
            held: Any = _given({"first": _day(first), "last": _day(last)})
        case Within(at_least=low, at_most=high):
            held = _given({"at_least": _number(low), "at_most": _number(high)})
        case Is(values=values):
            held = True if test.attribute.kind is Kind.FLAG else [_plain(value) for value in values]
    return {f"{_NOT if test.denied else ''}{test.attribute.name}": held}


def _plain(value: str | int) -> str | int:
    return str(value) if isinstance(value, str) else value


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _number(number: Decimal | None) -> str | None:
    return None if number is None else str(number)


def _sort_data(sort: Sort) -> Data:
    return _given({"field": sort.field, "descending": sort.descending or None})


def _figure_data(figure: Figure) -> Data:
    amount = figure.amount.name if figure.amount else None
    return _given({"kind": figure.kind.value, "amount": amount, "among": [_written(test) for test in figure.among]})


def from_data(data: object) -> Question:
    """Raises MalformedQuestion for unknown keys, wrong types and unreasonable sizes."""
    try:
        written = json.dumps(data, ensure_ascii=False, allow_nan=False).encode()
        if len(written) > MAX_BYTES:
            raise MalformedQuestion(f"{len(written)} bytes")
        question = _question(renewed(json.loads(written)))
    except (TypeError, ValueError, RecursionError, KeyError, ArithmeticError) as fault:
        raise MalformedQuestion(type(fault).__name__) from fault
    if not question.is_sound:
        raise MalformedQuestion("of another thing")
    return question


def _question(data: Data) -> Question:
    return Question(
        **_read(
            data,
            target=Target,
            where=_tests,
            any_of=lambda written: tuple(_tests(tests) for tests in _listed(written)),
            sort=lambda written: Sort(**_read(written, field=_text, descending=_truth)),
            limit=_limit,
            include_closed=_truth,
            figure=lambda written: Figure(**_read(written, kind=FigureKind, amount=_attribute, among=_tests)),
            group_by=_attribute,
            fact=_attribute,
            people=PeopleRole,
            inherited=lambda written: frozenset(map(_text, _listed(written))),
        )
    )


def _read(data: object, **readers: Callable[[Any], Any]) -> Data:
    """Read an object that may have these keys and no others."""
    if not isinstance(data, dict):
        raise TypeError("no object")
    return {name: readers[name](value) for name, value in data.items()}


def _tests(written: object) -> Tests:
    return tuple(_test(entry) for entry in _listed(written))


def _test(entry: object) -> Test:
    if not isinstance(entry, dict):
        raise TypeError("no test")
    ((name, held),) = entry.items()
    match name:
        case "text":
            return Mentions(_text(held))
        case "changed":
            readers = {
                "first": _date,
                "last": _date,
                "to": _colours,
                "since_meeting": _text,
                "old": _colours,
                "way": _way,
            }
            return Changed(**_read(held, **readers))
    denied = name.startswith(_NOT)
    attribute = _attribute(name.removeprefix(_NOT))
    match held:
        case True:
            return Is(attribute, (True,), denied)
        case list():
            return Is(attribute, tuple(_value(value) for value in _listed(held)), denied)
        case {"at_least": _} | {"at_most": _}:
            return Within(attribute, denied=denied, **_read(held, at_least=_amount, at_most=_amount))
    return During(attribute, denied=denied, **_read(held, first=_date, last=_date))


def _attribute(name: object) -> Attribute:
    return ATTRIBUTES[_text(name)]


def _listed(written: object) -> list[Any]:
    if not isinstance(written, list) or len(written) > MAX_VALUES:
        raise TypeError("no list of that size")
    return written


def _value(value: object) -> str | int:
    if type(value) is int and abs(value) <= MAX_NUMBER:
        return value
    return _text(value)


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > MAX_TEXT or has_controls(value):
        raise TypeError("no text")
    return value


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError("neither true nor false")
    return value


def _limit(value: object) -> int:
    if type(value) is not int or not 0 <= value <= MAX_NUMBER:
        raise TypeError("no limit")
    return value


def _date(value: object) -> date:
    return date.fromisoformat(_text(value))


def _amount(value: object) -> Decimal:
    amount = Decimal(_text(value))
    if not -MAX_NUMBER <= amount <= MAX_NUMBER:  # raises for what is no number
        raise ValueError("amount out of range")
    return amount


def _way(value: object) -> str:
    if value not in ("better", "worse"):
        raise ValueError("no way to change")
    return str(value)


def _colours(value: object) -> tuple[Rag, ...]:
    return tuple(map(Rag, _listed(value)))


def has_controls(text: str) -> bool:
    return any(unicodedata.category(letter) in ("Cc", "Cs") for letter in text)


USUAL_SORT = "usual"


def sort_token(sort: Sort) -> str:
    """ "budget", "-budget" for descending"""
    return f"{'-' if sort.descending else ''}{sort.field}"


def sort_of(token: str) -> Sort | None:
    """Raises MalformedQuestion for what is no order."""
    if token == USUAL_SORT:
        return None
    try:
        return Sort(token.removeprefix("-"), descending=token.startswith("-"))
    except ValueError as fault:
        raise MalformedQuestion("no such order") from fault
