"""A number as it is said: "12,5", "cirka 60 %", "1,2 mio.", "halvtreds"."""

from __future__ import annotations

import re
from decimal import Decimal

from dialogs.forms.checking import Unread, number_fault
from dialogs.forms.fields import Field
from dialogs.forms.said.words import group, spoken, without_filler
from dialogs.texts import Texts
from dialogs.values.calendar_words import Language
from dialogs.values.letters import fold
from dialogs.values.number_words import number_of_words
from dialogs.values.numbers import UnreadableNumber, parse_number, write_number

_SIGNS = " \t\n.!?;:»«\"'()"
_POINT = re.compile(r"(?<=\d) ?(?:komma|comma|point) ?(?=\d)", re.IGNORECASE)
_MINUS = re.compile(r"^minus (?=\S)", re.IGNORECASE)
_UNITS = frozenset({"%", "procent", "pct", "percent", "kr", "kroner", "dkk"})
_MOST_WORDS_NEAR = 4


def read_number(field: Field, text: str, texts: Texts) -> str:
    """Return the canonical value. Raises Unread."""
    said = " ".join(text.split()).strip(_SIGNS)
    for words in dict.fromkeys((said, _bare(said, field))):
        value = _number(words, texts.language)
        if value is not None:
            return write_number(value, "en") if value else "0"
    raise Unread(number_fault(field, texts), is_near=_is_near(said, field))


def _number(words: str, language: Language) -> Decimal | None:
    written = _MINUS.sub("-", _POINT.sub("," if language == "da" else ".", words))
    try:
        return parse_number(written, language)
    except UnreadableNumber:
        pass
    sign, positive = (-1, written[1:]) if written.startswith("-") else (1, written)
    number = number_of_words(positive)
    return None if number is None else sign * number


def _bare(said: str, field: Field) -> str:
    """Leave out small words, the field's name and the unit."""
    units = _UNITS.union(spoken(field.unit or ""))
    # "12 %" and "1,2 mio. kr." lose a unit that they are read with anyway.
    return without_filler(said, _SIGNS + ",", "number", field=field, units=units).strip(_SIGNS)


def _is_near(said: str, field: Field) -> bool:
    """Say whether the text is nothing but numbers, and words between numbers."""
    words = _bare(said, field).split()
    joins = group("weighing", "words")
    telling = [word for word in words if fold(word.strip(",.")) not in joins]
    return 0 < len(telling) <= _MOST_WORDS_NEAR and all(_is_numeric(word) for word in telling)


def _is_numeric(word: str) -> bool:
    return word[:1].isdigit() or word[1:2].isdigit() or number_of_words(word.strip(",.")) is not None
