"""The words by which a message goes on from the answer before it, where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from dialogs.understanding.language.phrasebook import LANGUAGES, Matcher, phrases_of, read_phrases
from dialogs.values.calendar_words import MONTH_NUMBERS, Language
from dialogs.values.letters import Word, fold, words_of
from dialogs.values.number_words import place_of_word

_SECTION, _SMALL = "follow_cue", "follow_small"
_FIRST_ALONE = frozenset({"opening", "correct", "except"})
# "her" is hers in English, and here in Danish.
_FIRST_WORDS = frozenset({"her"})
# In Danish it is IT.
_OF_ONE_LANGUAGE = frozenset({"it", "its", "it's"})
# Those that were shown, unless it is said which ones.
_OF_SOME = frozenset({"them", "maybe_them", "those"})
# What an article may be taken for: "det dyreste", "de to dyreste".
_DESCRIBED = frozenset({"it", "them"})
# Said by nothing else: "vis flere", "tilbage".
_WHOLE = frozenset({"more", "back"})
# The name of such a cue, and of what it says where nothing follows it: "denne", but not "denne måned".
_AT_END = {"this": "it", "corrected": "correct"}
# The same of what is said only where nothing stands before it.
_AT_START = {"lacking": "except"}


@dataclass(frozen=True, slots=True)
class Cue:
    """A phrase of the group `name` of the phrase files: the words from `first` to before `end`."""

    name: str
    first: int
    end: int


def cues_in(words: Sequence[Word], language: Language | None) -> tuple[Cue, ...]:
    cues: list[Cue] = []
    at = 0
    while at < len(words):
        if cue := _cue_at(words, at, cues, language):
            cues.append(cue)
            at = cue.end
        else:
            at += 1
            if at < len(words) and words[at - 1].text == "," and cues and cues[-1].end == at - 1:
                cues[-1] = Cue(cues[-1].name, cues[-1].first, at)
    return tuple(cues)


def _cue_at(words: Sequence[Word], at: int, before: Sequence[Cue], language: Language | None) -> Cue | None:
    """Return the longest phrase there that may stand in that place."""
    keys = [word.key for word in words]
    is_name = _is_within(words, at) or _is_written_date(words, at) or (keys[at] in _FIRST_WORDS and at and not before)
    end = at if is_name else len(keys)
    while found := _matcher(language).longest(keys[:end], at):
        end, names = found
        if fits := [name for name in names if _may_stand(name, words, at, end, before)]:
            return Cue((_AT_END | _AT_START).get(fits[0], fits[0]), at, end)
        end -= 1
    return None


def _may_stand(name: str, words: Sequence[Word], at: int, end: int, before: Sequence[Cue]) -> bool:
    is_first = all(cue.name in _FIRST_ALONE for cue in before) and at == (before[-1].end if before else 0)
    # "hvor mange er der" points nowhere.
    is_expletive = at > 0 and words[at - 1].key in small_words("is") and end == at + 1
    if not _fits(name, at, end, len(words), is_first=is_first, is_expletive=is_expletive):
        return False
    if name in _OF_SOME and not _is_done_to(words, at) and _is_described(words, end):
        return False
    return name not in _DESCRIBED or not _is_superlative(words, end)


def _is_within(words: Sequence[Word], at: int) -> bool:
    """ "dem i it", "the ones in IT": the department, which is written like the word for what was shown."""
    return at > 0 and words[at].key == "it" and words[at - 1].key in small_words("within")


def _is_written_date(words: Sequence[Word], at: int) -> bool:
    """ "til den femte november": no place on a list."""
    ahead = [word.text.lower() for word in words[at + 1 : at + 3]]
    return len(ahead) == 2 and place_of_word(ahead[0]) is not None and ahead[1] in MONTH_NUMBERS


def _is_described(words: Sequence[Word], end: int) -> bool:
    """ "de projekter, jeg ejer", "dem der er røde": which ones is said there and then."""
    follows = next((word.key for word in words[end:] if word.text != ","), "")
    return words[end - 1].key in small_words("relative") or follows in small_words("relative")


def _is_done_to(words: Sequence[Word], at: int) -> bool:
    """ "fordel dem på fase", "læg dem i excel": what follows says what is done to them, not which ones they are."""
    return at > 0 and words[at - 1].key in small_words("does_to")


def _is_superlative(words: Sequence[Word], end: int) -> bool:
    """ "det dyreste": what stands before it is an article."""
    stems = [word.stem for word in words[end:]]
    return bool(stems) and words[end].key.endswith("e") and phrases_of("sort").longest(stems, 0) is not None


def _fits(name: str, first: int, end: int, count: int, *, is_first: bool, is_expletive: bool) -> bool:
    if name in _FIRST_ALONE:
        return is_first
    if name in _AT_START:
        return first == 0 and end < count
    if name in _AT_END or name == "there":
        return end == count and not is_expletive
    return (is_first and end == count) if name in _WHOLE else first < end


@lru_cache(maxsize=len(LANGUAGES) + 1)
def _matcher(known: Language | None) -> Matcher[str]:
    """The cues of the language, or of all, by the spelling of their words."""
    matcher: Matcher[str] = Matcher()
    for language in [known] if known else LANGUAGES:
        for name, phrases in read_phrases(language)[_SECTION].items():
            for phrase in phrases if known else set(phrases) - _OF_ONE_LANGUAGE:
                matcher.add([word.key for word in words_of(phrase)], name)
    return matcher


def small_words(group: str) -> frozenset[str]:
    return _small()[group]


@lru_cache(maxsize=1)
def _small() -> dict[str, frozenset[str]]:
    """The groups of small words, each of all languages; the files are read once."""
    files = [read_phrases(language)[_SMALL] for language in LANGUAGES]
    return {group: frozenset(fold(word) for file in files for word in file[group]) for group in files[0]}
