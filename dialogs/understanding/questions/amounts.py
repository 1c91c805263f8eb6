"""Comparisons in a message: "budget over 1 mio.", "fremdrift under 50 %", "mellem 1 og 2 mio."."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from dialogs.understanding.language.numbers import Quantity, quantity_at
from dialogs.understanding.language.sentence import Sentence
from dialogs.understanding.language.tags import Tag
from portfolio.questions import catalogue
from portfolio.questions.catalogue import ATTRIBUTES, Attribute
from portfolio.questions.question import Within

_LOOK_BACK, _LOOK_AHEAD = 4, 3
_OPEN_BOUND = Decimal("0.01")
_LIKE_MILLIONS = 1000
# "brugt over 80 % af budgettet"
_SPENT = {"budget", "spend"}


def amount_range_at(sentence: Sentence, start: int) -> tuple[Within, int] | None:
    """The comparison that begins at the tag `start`, and the index after it. "over" and "under" leave the bound out."""
    compare = sentence.tags[start].value("compare")
    quantity = quantity_at(sentence, start + 1) if compare else None
    if quantity is None:
        return None
    other = quantity_at(sentence, quantity.end + 1) if compare == "between" else None
    end = other.end if other else quantity.end
    amount = _amount_near(sentence.tags, start, end, (other or quantity).unit)
    if amount is None or (compare == "between" and other is None):
        return None
    match compare:
        case "more":
            return Within(amount, at_least=quantity.value + _OPEN_BOUND), end
        case "less":
            return Within(amount, at_most=quantity.value - _OPEN_BOUND), end
        case "at_most":
            return Within(amount, at_most=quantity.value), end
        case "between" if other:
            return Within(amount, _in_unit_of(quantity, other), other.value), end
        case _:
            return Within(amount, at_least=quantity.value), end


def beyond(amounts: Within) -> Within:
    """Turn a one-sided comparison into what "ikke" before it means."""
    if amounts.at_most is None and amounts.at_least is not None:
        return replace(amounts, at_least=None, at_most=amounts.at_least - _OPEN_BOUND)
    if amounts.at_least is None and amounts.at_most is not None:
        return replace(amounts, at_least=amounts.at_most + _OPEN_BOUND, at_most=None)
    return amounts


def _in_unit_of(low: Quantity, high: Quantity) -> Decimal:
    """ "mellem 1 og 2 mio.": the first number is millions too."""
    if low.unit is None and low.value < _LIKE_MILLIONS and high.value >= 1_000_000:
        return low.value * 1_000_000
    return low.value


def _amount_near(tags: Sequence[Tag], start: int, end: int, unit: str | None) -> Attribute | None:
    """The amount a number is said of; kroner alone are the budget's, per cent alone the progress's."""
    around = [*reversed(tags[max(0, start - _LOOK_BACK) : start]), *tags[end : end + _LOOK_AHEAD]]
    named = next((value for tag in around if (value := tag.value("amount"))), None)
    if any(tag.has("measure", "ratio") for tag in around) or (unit == "percent" and named in _SPENT):
        return catalogue.CONSUMPTION
    if unit == "percent" and named != catalogue.PROGRESS.name and named:
        return None  # per cent of what is left
    if named:
        return ATTRIBUTES[named]
    return {"kroner": catalogue.BUDGET, "percent": catalogue.PROGRESS}.get(unit or "")
