"""The language that a message is plainly written in."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

from dialogs.understanding.language.lexicon import Lexicon
from dialogs.understanding.language.phrasebook import LANGUAGES, read_phrases
from dialogs.values.calendar_words import Language
from dialogs.values.letters import words_of

_FEWEST = 2
# What belongs to a department that is called so is "IT's".
_IT_IS = frozenset({"it's", "It's"})
# The sections of the words with which one asks: "my", "which", "projects".
_ASKING = ("ask", "scope", "target")


def plain_language(text: str, lexicon: Lexicon) -> Language | None:
    """Return the language of which at least two words are, and more than twice as many as of the other; or one word
    with which one asks, where all may be of that language; or what is said for itself, as "help". None where the words
    belong to both, or are names."""
    words = words_of(text)
    if language := _said_alone().get(tuple(word.key for word in words)):
        return language
    keys = {word.key for word in words if word.text in _IT_IS or not lexicon.knows(word.stem, word.key)}
    counts = {language: len(keys & words) for language, words in _own_words().items()}
    first, second = sorted(LANGUAGES, key=lambda language: -counts[language])
    if counts[first] >= _FEWEST and counts[first] > 2 * counts[second]:
        return first
    is_asking = len(words) >= _FEWEST and not keys.isdisjoint(_own_words()[first] & _words_in(first, *_ASKING))
    return first if is_asking and keys <= _words_in(first) else None


@lru_cache(maxsize=1)
def _own_words() -> dict[Language, frozenset[str]]:
    """The words of each language's phrases that are none of the other's."""
    words = {language: _words_in(language) for language in LANGUAGES}
    return {
        language: own.difference(*(words[other] for other in LANGUAGES if other != language))
        for language, own in words.items()
    }


@lru_cache(maxsize=1)
def _said_alone() -> dict[tuple[str, ...], Language]:
    """Read the phrases that are a whole message in one language alone: calls for help, greetings, thanks."""
    said: dict[tuple[str, ...], set[Language]] = defaultdict(set)
    for language in LANGUAGES:
        phrases = read_phrases(language)
        for phrase in (*phrases["help"]["wanted"], *phrases["command"]["greeting"], *phrases["command"]["thanks"]):
            said[tuple(word.key for word in words_of(phrase))].add(language)
    return {keys: languages.copy().pop() for keys, languages in said.items() if len(languages) == 1}


@lru_cache(maxsize=4)
def _words_in(language: Language, *names: str) -> frozenset[str]:
    """The words of the language's phrases; of those of some sections."""
    sections = (
        values for name, values in read_phrases(language).items() if (name in names if names else name != "translation")
    )
    phrases = (phrase for values in sections for listed in values.values() for phrase in listed)
    return frozenset(word.key for phrase in phrases for word in words_of(phrase))
