"""Numbers in a message: counts, and amounts with what they are counted in."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from dialogs.understanding.language.phrasebook import phrasebook
from dialogs.understanding.language.sentence import Sentence
from dialogs.values.numbers import UnreadableNumber, parse_number

_LEVELS = {"first": (1,), "high": (1, 2), "low": (4, 5)}
_FACTORS = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}


@dataclass(frozen=True, slots=True)
class Quantity:
    """`value` in kroner, per cent or pieces; `unit` as in the phrases, None where none stands there."""

    value: Decimal
    unit: str | None
    end: int


def count_at(sentence: Sentence, start: int) -> tuple[int, int] | None:
    """A whole number, "14" or "fem", and the index after it."""
    if start >= len(sentence):
        return None
    word, tag = sentence.word(start), sentence.tags[start]
    if tag.entities or not tag.is_one_word:  # "Et længere liv" is a name
        return None
    if word.is_number and word.text.isdecimal() and len(word.text) <= 4:
        return int(word.text), start + 1
    known = phrasebook().numbers.get(word.key)
    return None if known is None else (known, start + 1)


def _counts_at(sentence: Sentence, start: int) -> tuple[tuple[int, ...], int] | None:
    """A list of whole numbers, "3, 11 og 13" or "1-2", and the index after it."""
    counts: list[int] = []
    end = start
    for position in range(start, len(sentence)):
        word = sentence.word(position)
        if word.is_number and (both := word.text.split("-")) and len(both) == 2 and all(map(str.isdecimal, both)):
            low, high = int(both[0]), int(both[1])
            counts.extend(range(low, high + 1) if 0 <= high - low < 20 else ())
        elif counted := count_at(sentence, position):
            counts.append(counted[0])
        elif word.key in {"og", "eller", "and", "or", ",", "samt", "nr", "nummer"}:
            continue
        else:
            break
        end = position + 1
    return (tuple(counts), end) if counts else None


def goals_at(sentence: Sentence, start: int) -> tuple[tuple[int, ...], int] | None:
    """ "verdensmål 3 og 11"."""
    return _counts_at(sentence, start + 1) if sentence.tags[start].has("goal") else None


def priorities_at(sentence: Sentence, start: int) -> tuple[tuple[int, ...], int] | None:
    """ "prioritet 1-2", "høj prioritet"."""
    following = sentence.tag(start + 1)
    if following.has("priority", "word") and sentence.word(start).is_number:  # "2. prioritet"
        counted = count_at(sentence, start)
        return ((counted[0],), start + 2) if counted else None
    level = sentence.tags[start].value("priority")
    if level == "word":
        return _counts_at(sentence, start + 1)
    return (_LEVELS[level], start + 1) if level else None


def quantity_at(sentence: Sentence, start: int) -> Quantity | None:
    """ "1,5 mio. kr.", "500.000", "50 %", "en million"."""
    if start >= len(sentence):
        return None
    word = sentence.word(start)
    if word.is_number:
        try:
            value = parse_number(word.text)
        except UnreadableNumber:
            return None
    elif word.key in phrasebook().numbers:
        value = Decimal(phrasebook().numbers[word.key])
    else:
        return None
    unit = sentence.tag(start + 1).value("unit")
    if unit is None:
        return Quantity(value, None, start + 1)
    end = start + 2
    if unit in _FACTORS:
        value *= _FACTORS[unit]
        if sentence.tag(end).has("unit", "kroner"):
            end += 1
        unit = "kroner"
    return Quantity(value, unit, end)
