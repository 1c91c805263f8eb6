"""The words of texts.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal

from bot.importing.refusals import Note, Refusal
from dialogs.values.numbers import format_number
from dialogs.values.writing_dates import format_date
from portfolio.dates import PlanDate, on_day

Language = Literal["da", "en"]


@cache
def _texts() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("texts.toml").read_text(encoding="utf-8"))


LONGEST_VALUE = 100
EXAMPLES = 3


def say(key: str, language: Language, **details: str) -> str:
    sentence: str = _texts()["sentences"][key][language]
    return sentence.format(**details)


def _in_words(details: Mapping[str, Any], language: Language) -> dict[str, str]:
    return {name: _value(value, language) for name, value in details.items()}


def _value(value: Any, language: Language) -> str:
    match value:
        case Decimal():
            return format_number(value, language)
        case PlanDate():
            return format_date(value, language)
        case datetime():
            return f"{format_date(on_day(value.date()), language)} {value:%H:%M}"
        case _:
            return str(value)


def tell(note: Note, language: Language) -> str:
    sentence: str = _texts()["notes"][note.code][language]
    told = sentence.format(**_in_words(note.details, language))
    return f"{note.sheet}: {told}" if note.sheet else told


def rows_in_words(count: int, language: Language) -> str:
    return say("one_row" if count == 1 else "rows", language, count=str(count))


def explain(refusal: Refusal, language: Language) -> tuple[str, str]:
    """Says what is wrong, and what to do."""
    details = _in_words(refusal.details, language)
    reason, what_to_do = _texts()["refusals"][refusal.code][language]
    return reason.format(**details), what_to_do.format(**details)


def in_one_line(refusal: Refusal, language: Language) -> str:
    """Says all of it in a line, as "Projekter, række 7, Slut »snart«: Datoen kan ikke læses. Skriv …"."""
    place = [refusal.sheet or say("place_file", language)]
    if refusal.row is not None:
        place.append(say("place_row", language, row=str(refusal.row)))
    if refusal.column:
        place.append(refusal.column)
    return f"{', '.join(place)}{_quoted(refusal, language)}: {' '.join(explain(refusal, language))}"


def in_lines(alike: Sequence[Refusal], language: Language) -> Iterator[str]:
    """Says the first of refusals that are alike, then how many more there are, with examples."""
    first, *others = alike
    if first.code == "depends_on_refused" and others:
        examples = ", ".join(_where(refusal, language, sheet=True) for refusal in alike[:EXAMPLES])
        yield say("what_follows", language, count=rows_in_words(len(alike), language), examples=examples)
        return
    yield in_one_line(first, language)
    if others:
        examples = ", ".join(_where(refusal, language) + _quoted(refusal, language) for refusal in _differing(alike))
        yield say("alike", language, count=rows_in_words(len(others), language), examples=examples)


def _differing(alike: Sequence[Refusal]) -> list[Refusal]:
    """Returns examples beside the first, of other values where there are any."""
    by_value = {refusal.value: refusal for refusal in reversed(alike)}
    different = [refusal for refusal in alike[1:] if by_value[refusal.value] is refusal]
    return (different or list(alike[1:]))[: EXAMPLES - 1]


def _where(refusal: Refusal, language: Language, *, sheet: bool = False) -> str:
    row = say("place_row", language, row=str(refusal.row))
    return f"{refusal.sheet} {row}" if sheet else row


def _quoted(refusal: Refusal, language: Language) -> str:
    value = refusal.value
    if not value:
        return ""
    short = value if len(value) <= LONGEST_VALUE else f"{value[:LONGEST_VALUE]}…"
    return f" »{short}«" if language == "da" else f" “{short}”"
