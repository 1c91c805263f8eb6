"""Hides people in a message that is to leave the house, and puts them back into what comes of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from dialogs.understanding.language.lexicon import Lexicon
from dialogs.understanding.language.phrasebook import phrasebook
from dialogs.understanding.language.real_words import is_real_word
from dialogs.values.letters import Word, words_of

_MASK = "PERSON"
# Six digits and four, as a civil registration number has them.
_PERSONAL_NUMBER = re.compile(r"\d{6}[\s–-]{0,3}\d{4}(?!\d)")
# A misspelt name has one letter too many, too few or of another kind. Short ones look like anything.
_MISSPELT_BY = 1
_SHORTEST_MISSPELT = 4


@dataclass(frozen=True, slots=True)
class Masked:
    """A message with people hidden. `people` are the words that stood in the places of PERSON1, PERSON2 …"""

    text: str
    people: Mapping[str, str]


def holds_personal_number(text: str) -> bool:
    return _PERSONAL_NUMBER.search(text) is not None


def masked(text: str, lexicon: Lexicon, *, may_see_names: bool) -> Masked:
    """Hide whatever may be a person's name, unless names may be seen; and every address, with people mentioned."""
    spans: list[tuple[int, int]] = []
    for word in words_of(text):
        goes_on = bool(spans) and not text[spans[-1][1] : word.first].strip()
        # "Hansen" may be a word like others, but not in "Gertrud Hansen".
        names = _may_name_a_person(word, lexicon) or (goes_on and word.text[0].isupper())
        if "@" not in word.text and (may_see_names or not names):
            continue
        if goes_on:
            spans[-1] = (spans[-1][0], word.last)
        else:
            spans.append((word.first, word.last))
    people = {f"{_MASK}{place}": text[first:last] for place, (first, last) in enumerate(spans, 1)}
    for mask, (first, last) in reversed(list(zip(people, spans, strict=True))):
        text = f"{text[:first]}{mask}{text[last:]}"
    return Masked(text, people)


def _may_name_a_person(word: Word, lexicon: Lexicon) -> bool:
    """Say whether somebody here is called so, or nearly so, or it is written as a name that nothing else has."""
    if word.key in lexicon.namesakes:
        return True
    if not word.text[0].isalpha() or _is_known_word(word, lexicon):
        return False
    is_misspelt = len(word.key) >= _SHORTEST_MISSPELT and _is_nearly_a_name(word.key, lexicon)
    return is_misspelt or word.text[0].isupper()


def _is_nearly_a_name(key: str, lexicon: Lexicon) -> bool:
    return process.extractOne(key, lexicon.namesakes.keys(), scorer=OSA.distance, score_cutoff=_MISSPELT_BY) is not None


def _is_known_word(word: Word, lexicon: Lexicon) -> bool:
    book = phrasebook()
    is_phrase = word.stem in book.words or word.key in book.particles
    return is_phrase or is_real_word(word.key) or word.stem in lexicon.parts or word.key in lexicon.spellings
