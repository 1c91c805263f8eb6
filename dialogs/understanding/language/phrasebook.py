"""Phrases that people write, as data: `phrases/da/` and `phrases/en/`, looked up by their stems."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import Generic, TypeVar

from dialogs.understanding.language.spellings import Spellings
from dialogs.values.calendar_words import Language
from dialogs.values.letters import Word, by_plain_letters, fold, stem, stems_of, words_of

LANGUAGES: tuple[Language, ...] = ("da", "en")
_SKIPPED_AT_MOST = 2

T = TypeVar("T")
File = dict[str, dict[str, list[str]]]


@dataclass(frozen=True, slots=True)
class Meaning:
    """A phrase and what it stands for: `section` and `value` as in the phrase files, `keys` as it is written there, and
    their stems."""

    section: str
    value: str
    keys: tuple[str, ...] = ()
    stems: frozenset[str] = frozenset()


@dataclass(slots=True)
class Matcher(Generic[T]):
    """Finds the longest known sequence of stems; small words in `skippable` may stand inside it."""

    skippable: frozenset[str] = frozenset()
    _payloads: dict[tuple[str, ...], list[T]] = field(default_factory=dict)
    _beginnings: set[tuple[str, ...]] = field(default_factory=set)

    @property
    def words(self) -> frozenset[str]:
        return frozenset(stem for stems in self._payloads for stem in stems)

    def add(self, stems: Sequence[str], payload: T) -> None:
        known = self._payloads.setdefault(tuple(stems), [])
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
                if so_far in self._payloads:
                    best = position + 1, self._payloads[so_far]
            elif so_far and stems[position] in self.skippable and skipped < _SKIPPED_AT_MOST:
                skipped += 1
            else:
                break
        return best


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """The phrases of all languages. `words` are their stems, `near` finds their words by misspellings, `plainly` by
    how they look without æ, ø and å; `gapped` are phrases that may have other words inside them, as the stems
    of both ends."""

    matcher: Matcher[Meaning]
    joiners: frozenset[str]
    joining: frozenset[str]
    inside: frozenset[str]
    words: frozenset[str]
    particles: frozenset[str]
    unless_named: frozenset[str]
    never_alone: frozenset[str]
    also: frozenset[str]
    heads: tuple[str, ...]
    numbers: dict[str, int]
    gapped: tuple[tuple[str, str, Meaning], ...]
    spelled: frozenset[str]
    near: Spellings
    plainly: dict[str, str]
    near_particles: Spellings
    typed: dict[str, tuple[str, ...]]
    translations: dict[str, tuple[str, ...]]
    small: dict[str, frozenset[str]]


# Sections that a question is not made of; what begins so is said in a report, of reminders or files, or says what the
# sentence does, or how it goes on from the answer before.
_NOT_PHRASES = frozenset({"typed", "filler", "compound", "numbers", "translation", "small"})
PARTICLE = "particle"
_ELSEWHERE = ("report_", "reminder_", "act_", "follow_", "lead_", "file_")


@lru_cache(maxsize=1)
def phrasebook() -> Phrasebook:
    """Return all phrases of all languages. People mix the two, so they stand in one book."""
    files = [read_phrases(language) for language in LANGUAGES]
    matcher: Matcher[Meaning] = Matcher(_stems(files, "inside"))
    spellings: set[str] = set()
    gapped: list[tuple[str, str, Meaning]] = []
    sections = {section for file in files for section in file if not section.startswith(_ELSEWHERE)} - _NOT_PHRASES
    for meaning, phrase in _meanings(files, sections):
        first, gap, last = phrase.partition(" … ")
        if gap:
            gapped.append((stem(fold(first)), stem(fold(last)), meaning))
        else:
            matcher.add(stems_of(phrase), meaning)
            spellings.update(meaning.keys if meaning.section != PARTICLE else ())
    particles = frozenset(key for file in files for key in _one_word_each(file["particle"]))
    groups = {group for file in files for group in file.get("small", {})}
    return Phrasebook(
        matcher=matcher,
        joiners=_stems(files, "joining") - {""},
        joining=_words(files, "filler", "joining"),
        inside=_words(files, "filler", "inside"),
        words=matcher.words,
        particles=particles,
        unless_named=_words(files, "filler", "unless_named"),
        never_alone=_words(files, "filler", "never_alone"),
        also=_words(files, "filler", "also"),
        heads=tuple(sorted(_words(files, "compound", "heads"), key=lambda head: (-len(head), head))),
        numbers={
            fold(name): int(value) for file in files for value, names in file["numbers"].items() for name in names
        },
        gapped=tuple(gapped),
        spelled=frozenset(spellings),
        near=Spellings.of(spellings),
        plainly=by_plain_letters(sorted(spellings)),
        near_particles=Spellings.of(particles - spellings),
        typed={
            fold(short): tuple(map(fold, meant.split()))
            for file in files
            for meant, forms in file["typed"].items()
            for short in forms
        },
        translations={
            key: tuple(map(fold, names)) for file in files for key, names in file.get("translation", {}).items()
        },
        # Words that count only in their place, by what they do there.
        small={group: _words(files, "small", group) for group in groups},
    )


def is_small(word: Word, *groups: str) -> bool:
    """Say whether it is one of these groups of small words."""
    return any(word.key in phrasebook().small[group] for group in groups)


def is_typed(word: Word) -> bool:
    """Say whether its key is how the word is meant, rather than how it is written, and one word: "mæ" for mig."""
    if word.text == word.key:  # as most words are
        return False
    key = fold(word.text)
    is_one = phrasebook().typed.get(key) == (word.key,)
    return is_one or (word.key != key and is_small(word._replace(key=key), "typed_in_place"))


@lru_cache(maxsize=16)
def phrases_of(*sections: str) -> Matcher[Meaning]:
    """Return the phrases of these sections alone."""
    matcher: Matcher[Meaning] = Matcher()
    for meaning, phrase in _meanings(map(read_phrases, LANGUAGES), sections):
        matcher.add(stems_of(phrase), meaning)
    return matcher


@lru_cache(maxsize=8)
def spelled_phrases(section: str) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return the values of a section's phrases by their spelling: "flyttet" is not "flyttede"."""
    values: dict[tuple[str, ...], list[str]] = {}
    for meaning, _ in _meanings(map(read_phrases, LANGUAGES), [section]):
        values.setdefault(meaning.keys, []).append(meaning.value)
    return {keys: tuple(all_values) for keys, all_values in values.items()}


@lru_cache(maxsize=8)
def phrase_starts(section: str) -> frozenset[str]:
    """Return the spellings with which a section's phrases begin: nothing else needs looking up."""
    return frozenset(keys[0] for keys in spelled_phrases(section))


def _meanings(files: Iterable[File], sections: Collection[str]) -> Iterator[tuple[Meaning, str]]:
    """Yield every phrase of the sections with what it stands for, in the files' order."""
    for file in files:
        for section, values in file.items():
            if section in sections:
                for value, phrases in values.items():
                    for phrase in phrases:
                        keys = tuple(word.key for word in words_of(phrase))
                        yield Meaning(section, value, keys, frozenset(map(stem, keys))), phrase


def read_phrases(language: str) -> File:
    """Read the language's files, one for each feature: a section may stand in several of them."""
    sections: File = {}
    folder = resources.files("dialogs.understanding") / "phrases" / language
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        for section, values in tomllib.loads(file.read_text(encoding="utf-8")).items():
            sections.setdefault(section, {}).update(values)
    return sections


def _one_word_each(groups: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Yield the phrases that are one word."""
    for phrases in groups.values():
        for phrase in phrases:
            keys = [word.key for word in words_of(phrase)]
            if len(keys) == 1:
                yield keys[0]


def _stems(files: Sequence[File], group: str) -> frozenset[str]:
    return frozenset(map(stem, _words(files, "filler", group)))


def _words(files: Sequence[File], section: str, group: str) -> frozenset[str]:
    return frozenset(fold(word) for file in files for word in file.get(section, {}).get(group, []))
