"""Finds people in what others wrote, by their names and addresses, and puts other words in their place."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

_SPACE = r"[\s\u00a0]+"
_GENITIVE = r"(?:['’]?s|['’])?"
# Between the names of one person stands at most this.
_BETWEEN = rf"(?:{_SPACE}|-|,{_SPACE})"
_NOBODYS_NAME = re.compile(r"[\W\d_]*")
_SHORTEST_ALONE = _SHORTEST_SIGN = 2
# Letters that stand alike in a text and in a JSON document.
_ASCII = re.compile(r"[a-z0-9@._+-]+")


@dataclass(frozen=True)
class Naming:
    """The words that name some people. `addresses` and `names` mean nobody else. `alone` are single names, in small
    letters, that no one else has; each may be an ordinary word as well."""

    addresses: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    alone: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls, names: Iterable[str], addresses: Iterable[str], others: Iterable[str], things: Iterable[str] = ()
    ) -> Naming:
        """Names that others have too, or that things are called by, aren't told to be theirs."""
        told = [_words(name) for name in names if "@" not in name]
        taken = [_words(name) for name in others]
        theirs = set(_forms(told)) - set(_forms(taken))
        sure = cls(
            frozenset(filter(None, (_folded(address) for address in addresses))), frozenset(map(" ".join, theirs))
        )
        single = {word for words in told for word in words if len(word) >= _SHORTEST_ALONE}
        called = (_words(sure.reworded(thing, "")) for thing in things)  # a thing may be called after them
        single -= {word for words in (*taken, *called) for word in words}
        return replace(sure, alone=frozenset(word for word in single if not _NOBODYS_NAME.fullmatch(word)))

    def without(self, words: Collection[str]) -> Naming:
        return replace(self, alone=self.alone.difference(words))

    def is_in(self, document: Any) -> bool:
        """Looks in a text, or in all of a JSON document."""
        return any(self._pattern.search(text) for text in texts_in(document))

    @cached_property
    def signs(self) -> frozenset[str] | None:
        """Lists small ASCII letters of which a text that names them has some, in whatever case: a database finds these
        fast. None where there may be no such letters."""
        single = {max(name.split(), key=lambda word: len(_ascii_in(word))) for name in self.names}
        signs = {_ascii_in(word) for word in (*self.addresses, *single, *self.alone)}
        return frozenset(signs) if all(len(sign) >= _SHORTEST_SIGN for sign in signs) else None

    def tally(self, document: Any) -> Counter[tuple[str, bool]]:
        """Counts the single names that stand there, each by itself, as (name, is in small letters)."""
        found = (match["alone"] for text in texts_in(document) for match in self._parts.finditer(text))
        return Counter((_folded(word), word == word.lower()) for word in found if word)

    def reworded(self, document: Any, instead: str) -> Any:
        """Returns the text, or the JSON document, with the words `instead` wherever it names one of them."""
        if isinstance(document, str):
            return self._pattern.sub(lambda match: instead + ("s" if match["genitive"] else ""), document)
        if isinstance(document, list):
            return [self.reworded(part, instead) for part in document]
        if isinstance(document, Mapping):
            return {self.reworded(key, instead): self.reworded(part, instead) for key, part in document.items()}
        return document

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """Takes what stands together as one: two names of somebody who has three, or the last name first."""
        part = "|".join(filter(None, (self._addresses, self._names, self._alone)))
        if not part:
            return re.compile(r"(?!)(?P<genitive>)")
        one = rf"(?:{part})"
        return re.compile(rf"{one}(?:{_BETWEEN}{one})*(?P<genitive>{_GENITIVE})(?!\w)", re.IGNORECASE)

    @cached_property
    def _parts(self) -> re.Pattern[str]:
        """Finds the single names that stand by themselves, as their own group."""
        sure = "|".join(filter(None, (self._addresses, self._names)))
        alone = rf"(?P<alone>{self._alone or '(?!)'}){_GENITIVE}(?!\w)"
        return re.compile(rf"(?:{sure})|{alone}" if sure else alone, re.IGNORECASE)

    @property
    def _addresses(self) -> str:
        return "|".join(rf"(?<![\w.+-]){_either(one)}(?![\w-]|\.\w)" for one in _longest_first(self.addresses))

    @property
    def _names(self) -> str:
        return "|".join(rf"(?<!\w){pattern}{_END}" for name in _longest_first(self.names) for pattern in _written(name))

    @property
    def _alone(self) -> str:
        return "|".join(rf"(?<!\w){_either(word)}{_END}" for word in _longest_first(self.alone))


# A name ends there, or goes on with what makes it a genitive.
_END = rf"(?={_GENITIVE}(?!\w))"


def ordinary(tally: Counter[tuple[str, bool]]) -> set[str]:
    """Tells which single names are written in small letters more often than not, as words are that mean something."""
    return {word for word, is_small in tally if is_small and tally[word, True] > tally[word, False]}


def texts_in(document: Any) -> Iterator[str]:
    if isinstance(document, str):
        yield document
    elif isinstance(document, list):
        for part in document:
            yield from texts_in(part)
    elif isinstance(document, Mapping):
        for key, part in document.items():
            yield from texts_in(key)
            yield from texts_in(part)


def _forms(names: Iterable[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Yields whole names, and those without what stands between the first and the last."""
    for words in names:
        if len(words) > 1:
            yield words
            yield words[0], words[-1]


def _words(name: str) -> tuple[str, ...]:
    return tuple(_folded(name).split())


def _ascii_in(word: str) -> str:
    """Returns the longest part that every way of writing it has."""
    return max(_ASCII.findall(word), key=len, default="")


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).lower().split())


def _written(name: str) -> Iterator[str]:
    """Yields the ways in which a whole name is written: as it is, and with the last name first."""
    *first, last = map(_either, name.split())
    yield _SPACE.join((*first, last))
    yield rf"{last},{_SPACE}{_SPACE.join(first)}"


def _either(word: str) -> str:
    """Matches letters and their marks whether they are one sign or two."""
    forms = dict.fromkeys((word, unicodedata.normalize("NFD", word)))
    return rf"(?:{'|'.join(map(re.escape, forms))})"


def _longest_first(words: Iterable[str]) -> list[str]:
    return sorted(words, key=lambda word: (-len(word), word))
