"""What people write, as data: `phrases/da/` and `phrases/en/`, looked up by their stems."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import Generic, TypeVar

from dialogs.values.letters import Word, fold, stem, stems_of, words_of

LANGUAGES = ("da", "en")
_SKIPPED_AT_MOST = 2

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase stands for: `section` and `value` as in the phrase files, `keys` as it is written there."""

    section: str
    value: str
    keys: tuple[str, ...] = ()


@dataclass(slots=True)
class Matcher(Generic[T]):
    """Finds the longest known sequence of stems; small words in `skippable` may stand inside it."""

    skippable: frozenset[str] = frozenset()
    _found: dict[tuple[str, ...], list[T]] = field(default_factory=dict)
    _beginnings: set[tuple[str, ...]] = field(default_factory=set)

    @property
    def words(self) -> frozenset[str]:
        return frozenset(stem for stems in self._found for stem in stems)

    def add(self, stems: Sequence[str], payload: T) -> None:
        known = self._found.setdefault(tuple(stems), [])
        if payload not in known:
            known.append(payload)
        self._beginnings.update(tuple(stems[:length]) for length in range(1, len(stems) + 1))

    def longest(self, stems: Sequence[str], start: int) -> tuple[int, list[T]] | None:
        """The end (exclusive) and payloads of the longest match that begins at `start`."""
        best: tuple[int, list[T]] | None = None
        so_far: tuple[str, ...] = ()
        skipped = 0
        for position in range(start, len(stems)):
            grown = (*so_far, stems[position])
            if grown in self._beginnings:
                so_far = grown
                if so_far in self._found:
                    best = position + 1, self._found[so_far]
            elif so_far and stems[position] in self.skippable and skipped < _SKIPPED_AT_MOST:
                skipped += 1
            else:
                break
        return best


@dataclass(frozen=True, slots=True)
class Phrasebook:
    matcher: Matcher[Meaning]
    joiners: frozenset[str]
    words: frozenset[str]
    filler: frozenset[str]
    unless_named: frozenset[str]
    also: frozenset[str]
    heads: tuple[str, ...]
    numbers: dict[str, int]
    gapped: tuple[tuple[str, str, Meaning], ...]
    spellings: tuple[str, ...]
    filler_spellings: tuple[str, ...]
    translations: dict[str, tuple[str, ...]]
    small: dict[str, frozenset[str]]

    def is_filler(self, word: Word) -> bool:
        return word.key in self.filler


# Sections that a question is not made of; what begins so is said in a report, or of reminders.
_NOT_PHRASES = frozenset({"filler", "compound", "numbers", "translation", "small"})
_ELSEWHERE = ("report_", "reminder_")


@lru_cache(maxsize=1)
def phrasebook() -> Phrasebook:
    """All phrases of all languages. People mix the two, so they stand in one book."""
    files = [read_phrases(language) for language in LANGUAGES]
    matcher: Matcher[Meaning] = Matcher(_stems(files, "inside"))
    words: set[str] = set()
    spellings: set[str] = set()
    gapped: list[tuple[str, str, Meaning]] = []
    for sections in files:
        for section, values in sections.items():
            for value, phrases in values.items():
                if section in _NOT_PHRASES or section.startswith(_ELSEWHERE):
                    continue
                for phrase in phrases:
                    stems = stems_of(phrase)
                    if len(pair := phrase.split(" … ")) == 2:
                        gapped.append((stem(fold(pair[0])), stem(fold(pair[1])), Meaning(section, value)))
                        continue
                    keys = tuple(word.key for word in words_of(phrase))
                    matcher.add(stems, Meaning(section, value, keys))
                    words.update(stems)
                    spellings.update(word.key for word in words_of(phrase))
    fillers = {word for sections in files for word in _folded(sections["filler"]["words"])}
    # By spelling, not by stem: "booking" is not "book", and a word dropped unread would be a guess.
    filler = fillers
    heads = {head for sections in files for phrase in sections["compound"]["heads"] for head in _folded([phrase])}
    numbers = {
        one: int(value) for sections in files for value, names in sections["numbers"].items() for one in _folded(names)
    }
    return Phrasebook(
        matcher,
        _stems(files, "joining"),
        frozenset(words),
        frozenset(filler),
        frozenset(word for sections in files for word in _folded(sections["filler"].get("unless_named", []))),
        frozenset(word for sections in files for word in _folded(sections["filler"]["also"])),
        tuple(sorted(heads, key=len, reverse=True)),
        numbers,
        tuple(gapped),
        tuple(sorted(spellings)),
        tuple(sorted(fillers - spellings)),
        {key: tuple(_folded(names)) for sections in files for key, names in sections.get("translation", {}).items()},
        _small(files),
    )


@lru_cache(maxsize=8)
def phrases_of(*groups: str) -> Matcher[Meaning]:
    """Only the phrases of these sections."""
    matcher: Matcher[Meaning] = Matcher()
    for sections in map(read_phrases, LANGUAGES):
        for group in groups:
            for value, phrases in sections.get(group, {}).items():
                for phrase in phrases:
                    keys = tuple(word.key for word in words_of(phrase))
                    matcher.add(stems_of(phrase), Meaning(group, value, keys))
    return matcher


@lru_cache(maxsize=4)
def spelled_phrases(section: str) -> dict[tuple[str, ...], tuple[str, ...]]:
    """What the phrases of a section stand for, by their spelling: "flyttet" is not "flyttede"."""
    found: dict[tuple[str, ...], list[str]] = {}
    for values in (sections.get(section, {}) for sections in map(read_phrases, LANGUAGES)):
        for value, phrases in values.items():
            for phrase in phrases:
                found.setdefault(tuple(word.key for word in words_of(phrase)), []).append(value)
    return {keys: tuple(values) for keys, values in found.items()}


def _small(files: Sequence[dict[str, dict[str, list[str]]]]) -> dict[str, frozenset[str]]:
    """Words that count only in their place, by what they do there."""
    groups = {group for sections in files for group in sections.get("small", {})}
    return {
        group: frozenset(key for sections in files for key in _folded(sections.get("small", {}).get(group, [])))
        for group in groups
    }


def read_phrases(language: str) -> dict[str, dict[str, list[str]]]:
    """Read the language's files, one for each feature: a section may stand in several of them."""
    sections: dict[str, dict[str, list[str]]] = {}
    folder = resources.files("dialogs.understanding") / "phrases" / language
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        for section, values in tomllib.loads(file.read_text(encoding="utf-8")).items():
            sections.setdefault(section, {}).update(values)
    return sections


def _stems(files: Sequence[dict[str, dict[str, list[str]]]], group: str) -> frozenset[str]:
    return frozenset(stem(word) for sections in files for word in _folded(sections["filler"][group]))


def _folded(words: Iterable[str]) -> list[str]:
    return [fold(word) for word in words]
