"""Numbers in a message: counts, and amounts with what they are counted in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from dialogs.understanding.phrasebook import phrasebook
from dialogs.understanding.tags import Tag
from dialogs.understanding.words import Word
from dialogs.values.numbers import UnreadableNumber, parse_number

_FACTORS = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}


@dataclass(frozen=True, slots=True)
class Quantity:
    """`value` in kroner, per cent or pieces; `unit` as in the phrases, None where none stands there."""

    value: Decimal
    unit: str | None
    end: int


def count_at(tags: Sequence[Tag], words: Sequence[Word], start: int) -> tuple[int, int] | None:
    """A whole number, "14" or "fem", and the index after it."""
    if start >= len(tags):
        return None
    word = words[tags[start].start]
    if word.is_number and word.text.isdigit() and len(word.text) <= 4:
        return int(word.text), start + 1
    known = phrasebook().numbers.get(word.key)
    return None if known is None else (known, start + 1)


def counts_at(tags: Sequence[Tag], words: Sequence[Word], start: int) -> tuple[tuple[int, ...], int]:
    """A list of whole numbers, "3, 11 og 13" or "1-2", and the index after it."""
    found: list[int] = []
    end = start
    position = start
    while position < len(tags):
        word = words[tags[position].start]
        if word.is_number and (both := word.text.split("-")) and len(both) == 2 and all(map(str.isdigit, both)):
            low, high = int(both[0]), int(both[1])
            found.extend(range(low, high + 1) if 0 <= high - low < 20 else ())
        elif counted := count_at(tags, words, position):
            found.append(counted[0])
        elif word.key not in {"og", "eller", "and", "or", ",", "samt", "nr", "nummer"} or (found and not end):
            break
        else:
            position += 1
            continue
        position += 1
        end = position
    return tuple(found), end


def quantity_at(tags: Sequence[Tag], words: Sequence[Word], start: int) -> Quantity | None:
    """ "1,5 mio. kr.", "500.000", "50 %", "en million"."""
    if start >= len(tags):
        return None
    word = words[tags[start].start]
    if word.is_number:
        try:
            value = parse_number(word.text)
        except UnreadableNumber:
            return None
    elif word.key in phrasebook().numbers:
        value = Decimal(phrasebook().numbers[word.key])
    else:
        return None
    unit = tags[start + 1].value("unit") if start + 1 < len(tags) else None
    if unit is None:
        return Quantity(value, None, start + 1)
    end = start + 2
    if unit in _FACTORS:
        value *= _FACTORS[unit]
        if end < len(tags) and tags[end].has("unit", "kroner"):
            end += 1
        unit = "kroner"
    return Quantity(value, unit, end)
