"""The words of texts.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Literal

from bot.importing.refusals import Refusal

Language = Literal["da", "en"]


@cache
def _texts() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("texts.toml").read_text(encoding="utf-8"))


def say(key: str, language: Language, **details: str) -> str:
    sentence: str = _texts()["sentences"][key][language]
    return sentence.format(**details)


def rows_in_words(count: int, language: Language) -> str:
    return say("one_row" if count == 1 else "rows", language, count=str(count))


def explain(refusal: Refusal, language: Language) -> tuple[str, str]:
    """Says what is wrong, and what to do."""
    reason, what_to_do = _texts()["refusals"][refusal.code][language]
    return reason.format(**refusal.details), what_to_do.format(**refusal.details)


def in_one_line(refusal: Refusal, language: Language) -> str:
    """Says all of it in a line, as "Projekter, række 7, Slut »snart«: Datoen kan ikke læses. Skriv …"."""
    place = [refusal.sheet or say("place_file", language)]
    if refusal.row is not None:
        place.append(say("place_row", language, row=str(refusal.row)))
    if refusal.column:
        place.append(refusal.column)
    if refusal.value:
        place[-1] += f" »{refusal.value}«" if language == "da" else f" “{refusal.value}”"
    return f"{', '.join(place)}: {' '.join(explain(refusal, language))}"
