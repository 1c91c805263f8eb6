"""A question as plain data, so that a card's button can carry it, and back again."""

from __future__ import annotations

import json
import unicodedata
from decimal import Decimal
from functools import lru_cache
from typing import Any

from pydantic import ConfigDict, TypeAdapter

from portfolio.questions.question import Filters, Question, Sort, SortField

MAX_BYTES = 6000
MAX_TEXT = 400
MAX_VALUES = 50
MAX_NUMBER = 10**15

# A tuple around it, because a configuration is not taken for a bare dataclass.
_QUESTIONS = TypeAdapter(tuple[Question], config=ConfigDict(extra="forbid", str_max_length=MAX_TEXT))


class MalformedButton(ValueError):  # noqa: N818 - reads as what it tells
    """The data is no button's: it was made by hand, or by another version."""


class MalformedQuestion(MalformedButton):
    """The data is no question."""


@lru_cache(maxsize=512)
def to_data(question: Question) -> dict[str, Any]:
    """Compact: only what differs from an empty question. The rows of a list carry the same; it isn't to be changed."""
    (data,) = _QUESTIONS.dump_python((question,), mode="json", exclude_defaults=True)
    return dict(data)


def from_data(data: object) -> Question:
    """Raises MalformedQuestion for unknown keys, wrong types and unreasonable sizes."""
    try:
        written = json.dumps([data], ensure_ascii=False, allow_nan=False).encode()
        if len(written) > MAX_BYTES:
            raise MalformedQuestion(f"{len(written)} bytes")
        (question,) = _QUESTIONS.validate_json(written, strict=True)
    except (TypeError, ValueError, RecursionError) as fault:
        raise MalformedQuestion(type(fault).__name__) from fault
    _check(question)
    return question


def _check(question: Question) -> None:
    among = question.figure.among if question.figure and question.figure.among else Filters()
    lists: list[tuple[Any, ...]] = [
        *(values for filters in (question.where, question.without, among) for values in filters.given().values()),
        question.bodies,
        question.amounts,
        question.lacking,
        question.changed.to if question.changed else (),
    ]
    if any(len(values) > MAX_VALUES for values in lists):
        raise MalformedQuestion("too many values")
    bounds = [bound for item in question.amounts for bound in (item.at_least, item.at_most)]
    whole_numbers = [value for values in lists for value in values if isinstance(value, int)]
    numbers: list[int | Decimal | None] = [question.limit, *bounds, *whole_numbers]
    if any(number is not None and not -MAX_NUMBER <= number <= MAX_NUMBER for number in numbers):
        raise MalformedQuestion("number out of range")
    meeting = question.changed.since_meeting if question.changed else None
    texts = [question.text, meeting, *(value for values in lists for value in values if isinstance(value, str))]
    if any(has_controls(text) for text in texts if text):
        raise MalformedQuestion("control characters")
    if question.limit is not None and question.limit < 0:
        raise MalformedQuestion("limit below 0")


def has_controls(text: str) -> bool:
    return any(unicodedata.category(letter) in ("Cc", "Cs") for letter in text)


USUAL_SORT = "usual"


def sort_token(sort: Sort) -> str:
    """ "budget", "-budget" for descending"""
    return f"{'-' if sort.descending else ''}{sort.field.value}"


def sort_of(token: str) -> Sort | None:
    """Raises MalformedQuestion for what is no order."""
    if token == USUAL_SORT:
        return None
    try:
        return Sort(SortField(token.removeprefix("-")), descending=token.startswith("-"))
    except ValueError as fault:
        raise MalformedQuestion("no such order") from fault
