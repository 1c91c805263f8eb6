"""Words that tell orders of reminders, absence, channels and meetings, found with small misspellings too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from dialogs.texts import Texts
from dialogs.understanding.language.lexicon import Lexicon
from dialogs.understanding.language.phrasebook import LANGUAGES, is_typed, phrasebook, spelled_phrases
from dialogs.understanding.language.sentence import Sentence
from dialogs.values.letters import Word, words_of

OFTEN = "often"
_SHORTEST_MENDED = 6
_LONG = 10
# The groups of the names of kinds of reminders begin so, as in the texts.
NAME_OF_KIND = "reminder_kind."
_MOST_MENDED = 3

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Cues:
    """The places in the text of each group of the phrase files; `every` is how often, in days, 0 as usual, None where
    that isn't said."""

    spans: Mapping[str, Sequence[Span]] = field(default_factory=dict)
    every: int | None = None

    def has(self, *groups: str) -> bool:
        return not self.spans.keys().isdisjoint(groups)

    def has_beside(self, group: str, *longer: str) -> bool:
        """Say whether the group stands anywhere but within phrases of the longer ones."""
        around = [span for name in longer for span in self.spans.get(name, ())]
        return any(
            not any(begins <= first and last <= ends for begins, ends in around)
            for first, last in self.spans.get(group, ())
        )

    def begins(self, word: Word, *groups: str) -> bool:
        """Say whether a phrase of one of the groups begins with the word."""
        return any(word.first == first for group in groups for first, _ in self.spans.get(group, ()))

    def covers(self, word: Word, groups: frozenset[str]) -> bool:
        return any(
            first <= word.first and word.last <= last for group in groups for first, last in self.spans.get(group, ())
        )


@dataclass(frozen=True, slots=True)
class _Book:
    """`groups` of each phrase; `often` are the days of those that say how often."""

    groups: Mapping[tuple[str, ...], tuple[str, ...]]
    often: Mapping[tuple[str, ...], int]
    longest: int
    beginnings: frozenset[str]
    words: frozenset[str]
    mendable: Sequence[str]


@lru_cache(maxsize=1)
def _book() -> _Book:
    groups = spelled_phrases("reminder_cue")
    often = {keys: int(days[0]) for keys, days in spelled_phrases("reminder_every").items()}
    groups = groups | {keys: (*groups.get(keys, ()), OFTEN) for keys in often}
    groups = groups | {keys: (*groups.get(keys, ()), name) for keys, name in _names_of_kinds()}
    words = frozenset(key for keys in groups for key in keys)
    mendable = sorted(key for key in words if len(key) >= _SHORTEST_MENDED)
    beginnings = frozenset(keys[0] for keys in groups)
    return _Book(groups, often, max(map(len, groups)), beginnings, words, mendable)


def _names_of_kinds() -> Iterator[tuple[tuple[str, ...], str]]:
    """The names that the cards have for kinds of reminders: what is read there can be written."""
    for language in LANGUAGES:
        for key, name in Texts.of(language).by_key.items():
            if key.startswith(NAME_OF_KIND):
                yield tuple(word.key for word in words_of(name)), key


def groups_called(beginning: str) -> frozenset[str]:
    """Return the groups whose names begin so."""
    return frozenset(group for groups in _book().groups.values() for group in groups if group.startswith(beginning))


def cues_in(sentence: Sentence) -> Cues:
    names = [(word.first, word.last) for word in sentence.words if word.is_name]
    meant = {word.first: word for word in sentence.words if is_typed(word)}  # "mæ" is mig
    words = [meant.get(word.first, word) for word in words_of(sentence.text)]
    mended = zip(words, _mended_keys(words, sentence.lexicon), strict=True)
    # A name is no part of a cue, and none goes on behind it: "luk P001 ned".
    keys = ["" if any(first <= word.first < last for first, last in names) else key for word, key in mended]
    spans: dict[str, list[Span]] = {}
    every: int | None = None
    for first, last in _phrases_in(keys):
        phrase = tuple(keys[first:last])
        for group in _book().groups[phrase]:
            spans.setdefault(group, []).append((words[first].first, words[last - 1].last))
        every = _book().often.get(phrase, every)
    return Cues(spans, every)


def _phrases_in(keys: Sequence[str]) -> Iterator[Span]:
    """Every phrase that stands there, also inside longer ones."""
    book = _book()
    for first in range(len(keys)):
        if keys[first] not in book.beginnings:
            continue
        for last in range(first + 1, min(len(keys), first + book.longest) + 1):
            if tuple(keys[first:last]) in book.groups:
                yield first, last


def _mended_keys(words: Sequence[Word], lexicon: Lexicon) -> list[str]:
    """Return the words' spellings; those that mean nothing as they stand, as what they are close to."""
    left = _MOST_MENDED
    keys = []
    for word in words:
        key = word.key
        if left and key not in _book().words and _is_strange(word, lexicon):
            near = _nearest(key)
            left -= near is not None
            key = near or key
        keys.append(key)
    return keys


def _is_strange(word: Word, lexicon: Lexicon) -> bool:
    book = phrasebook()
    is_known = word.key in book.particles or word.stem in book.words or lexicon.knows(word.stem, word.key)
    return not is_known and len(word.key) >= _SHORTEST_MENDED - 1 and word.key.isalpha()


def _nearest(key: str) -> str | None:
    most = 2 if len(key) >= _LONG else 1
    match = process.extractOne(key, _book().mendable, scorer=OSA.distance, score_cutoff=most)
    return match[0] if match and match[0][0] == key[0] else None
