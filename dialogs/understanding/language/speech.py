"""The language that a message is plainly written in."""

from __future__ import annotations

from functools import lru_cache

from dialogs.understanding.language.lexicon import Lexicon
from dialogs.understanding.language.phrasebook import LANGUAGES, read_phrases
from dialogs.values.calendar_words import Language
from dialogs.values.letters import words_of

_FEWEST = 2


def plain_language(text: str, lexicon: Lexicon) -> Language | None:
    """Return the language of which at least two words are, and more than twice as many as of the other; None where the
    words belong to both, or are names."""
    keys = {word.key for word in words_of(text) if not lexicon.knows(word.stem, word.key)}
    counts = {language: len(keys & words) for language, words in _own_words().items()}
    first, second = sorted(LANGUAGES, key=lambda language: -counts[language])
    is_plain = counts[first] >= _FEWEST and counts[first] > 2 * counts[second]
    return first if is_plain else None


@lru_cache(maxsize=1)
def _own_words() -> dict[Language, frozenset[str]]:
    """The words of each language's phrases that are none of the other's."""
    words = {language: _words_in(language) for language in LANGUAGES}
    return {
        language: own.difference(*(words[other] for other in LANGUAGES if other != language))
        for language, own in words.items()
    }


def _words_in(language: Language) -> frozenset[str]:
    sections = (values for name, values in read_phrases(language).items() if name != "translation")
    phrases = (phrase for values in sections for listed in values.values() for phrase in listed)
    return frozenset(word.key for phrase in phrases for word in words_of(phrase))
