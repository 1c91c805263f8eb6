"""Filters as they are said, with what "ikke" and "undtagen" before them reach; and what could not be read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from dialogs.understanding.language.sentence import Sentence
from dialogs.understanding.questions.draft import Draft
from portfolio.questions.catalogue import ATTRIBUTES

EITHER = frozenset({"eller", "or"})
_AND = frozenset({"og", "samt", "and"})
_THOSE = frozenset({"dem", "those", "them"})


@dataclass(slots=True)
class Gathering:
    """`unknown` are the words that could not be placed. `skipped`: negations that were read with what stands before."""

    sentence: Sentence
    draft: Draft = field(default_factory=Draft)
    unknown: list[str] = field(default_factory=list)
    negated: bool = False
    skipped: set[int] = field(default_factory=set)
    _loose_negation: str | None = None
    _last: tuple[str, int] | None = None

    def deny(self, position: int) -> None:
        if position not in self.skipped:
            self.negated = True
            self._loose_negation = self.sentence.written(position)

    def filter(self, name: str, values: Iterable[Any], position: int) -> None:
        for value in values:
            self.draft.add(name, value, negated=self.negated)
        self.either(name, position)
        self.end_negation(position)

    def flag(self, name: str, *, value: bool, position: int) -> None:
        self.draft.flag(name, value=value is not self.negated)
        self.either(name, position)
        self.end_negation(position)

    def lack(self, name: str, *, is_held: bool, position: int) -> None:
        """ "ikke dem uden leder" are those that have one."""
        is_held = is_held is not self.negated
        (self.draft.held if is_held else self.draft.lacking).append(ATTRIBUTES[name])
        if not is_held:
            self.either(f"lacking {name}", position)
        self.end_negation(position)

    def end_negation(self, position: int) -> None:
        """ "ikke" reaches as far as the list it begins: "hverken røde eller gule", "undtagen lokale og nationale"."""
        if self.negated:
            self._loose_negation = None
        if not self.sentence.is_link(position + 1):
            self.negated = False

    def settle_negation(self) -> None:
        """End the negation, since what was denied has been read."""
        self._loose_negation, self.negated = None, False

    def not_understood(self, position: int) -> None:
        self.unknown.append(self.sentence.written(position))

    def finish(self) -> None:
        if self._loose_negation:
            self.unknown.append(self._loose_negation)
        if self.sentence.is_link(len(self.sentence) - 1):
            self.unknown.append(self.sentence.words[-1].text)

    def either(self, name: str, position: int) -> None:
        """ "forsinkede eller røde" is either of two filters; "hverken forsinkede eller røde" is none of them."""
        if self._last and self._last[0] != name and not self.negated:
            between = range(self._last[1] + 1, position)
            links = [at for at in between if self.sentence.word(at).key in EITHER or self._adds_others(at)]
            if links and all(self._may_stand_between(at) for at in between):
                self.draft.either.append(frozenset({self._last[0], name}))
        self._last = name, position

    def _adds_others(self, position: int) -> bool:
        """ "dem uden leder og dem uden status" are both."""
        following = self.sentence.words[self.sentence.tags[position].end :][:1]
        return self.sentence.word(position).key in _AND and any(word.key in _THOSE for word in following)

    def _may_stand_between(self, position: int) -> bool:
        tag = self.sentence.tags[position]
        return self.sentence.is_plain(position) or any(map(tag.has, ("target", "lack", "period", "light")))
