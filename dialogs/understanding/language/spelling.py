"""Words as they were meant: compounds taken apart, split words joined, misspellings mended."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from dialogs.understanding.language.lexicon import Lexicon
from dialogs.understanding.language.phrasebook import Phrasebook, is_small, phrasebook, phrases_of
from dialogs.understanding.language.real_words import is_real_word
from dialogs.understanding.language.spellings import Spellings
from dialogs.values.letters import Word, fold, plain_letters, stem

_REPEATED = re.compile(r"(\w)\1+")
_SHORTEST_MENDED = 4
_SHORTEST_SQUEEZED = 2
_LONGEST_MENDED = 40
_MENDED_AT_MOST = 8
_SHORTEST_START = 5
_MOST_STARTS = 200
_SHORT = 4
# Sections whose words stand before others, and are no beginnings of names that were taken apart.
_LEADING = ("until", "compare", "except", "lack", "ask", "colour", "target", "hint", "sort")
_NUMBERED = re.compile(r"([a-z]{2,20})(\d{1,3})")
_LONG_NAME = 8
_SHORTEST_PARTICLE = 6
_FIRST_LETTER_MAY_DIFFER = 7
_PLACES = frozenset({"i", "hos", "fra", "for", "under", "ved"})


@dataclass(slots=True)
class Speller:
    """Spelling against one lexicon. Mends few words of a text: where most are strange, none is guessed at."""

    lexicon: Lexicon
    book: Phrasebook = field(default_factory=phrasebook)
    _left: int = _MENDED_AT_MOST
    _is_dialect: bool = False

    def mend(self, words: Sequence[Word]) -> list[Word]:
        result: list[Word] = []
        position = 0
        around = list(zip([None, *words], words, [*words[1:], None], strict=False))
        self._is_dialect = any(
            is_small(word, "jutlandic") or _is_i(prior, word, after) for prior, word, after in around
        )
        words = [meant for prior, word, after in around for meant in self._meant(word, prior, after)]
        while position < len(words):
            word = words[position]
            following = words[position + 1] if position + 1 < len(words) else None
            if following and (joined := self._one_name(word, following) or self._one_word(word, following)):
                result.append(joined)
                position += 1
            elif self.knows(word):
                result.append(word)
            elif squeezed := self._squeezed(word):
                result.append(squeezed)
            elif word.key.endswith("s") and word.key[:-1] in self.lexicon.spellings:  # "PTMs projekter"
                result.append(word._replace(stem=self.lexicon.spellings[word.key[:-1]]))
            elif split := self._split(word):
                result.extend(split)
            elif following and (joined := self._joined(word, following)):
                result.append(joined)
                position += 1
            elif translated := self._translated(word):
                result.append(translated)
            else:
                result.extend(self._corrected(word))
            position += 1
        return result

    def _numbered(self, word: Word) -> tuple[Word, ...] | None:
        """ "top5" as top 5, "prio1" as prio 1."""
        match = None if word.is_name or word.is_case_number or word.date else _NUMBERED.fullmatch(word.key)
        if match is None or stem(match[1]) not in self.book.words:
            return None
        middle = word.last - len(match[2])
        head = Word(word.text[: -len(match[2])], match[1], stem(match[1]), word.first, middle)
        return head, Word(match[2], match[2], match[2], middle, word.last)

    def _meant(self, word: Word, before: Word | None, after: Word | None) -> tuple[Word, ...]:
        """ "ka" as kan, "gårdet" as går det, but for names, and for the "m" of "5 m"; in Jutland "a" is I. "ik" is
        "ikke", but at the end, where it asks for consent; so is "it" among such words."""
        if _is_i(before, word, after):
            return (word._replace(key="jeg", stem="jeg"),)
        if is_small(word, "cut_short") and after is not None and after.text != ",":
            return (word._replace(key="ikke", stem=stem("ikke")),)
        if word.key == "it" and before is not None and after is not None and self._denies(word, before, after):
            return (word._replace(key="ikke", stem=stem("ikke")),)
        if word.key == "hvorn" and after is not None and is_small(after, "when_follows"):
            return (word._replace(key="hvornaar", stem=stem("hvornaar")),)
        if not self.lexicon.knows(word.stem, word.key) and (numbered := self._numbered(word)):
            return numbered
        keys = self.book.typed.get(word.key)
        is_unit = before is not None and before.is_number
        if keys is None or is_unit or self.lexicon.knows(word.stem, word.key):
            return (word,)
        return tuple(word._replace(key=key, stem=stem(key)) for key in keys)

    def _denies(self, word: Word, before: Word, after: Word) -> bool:
        """Say whether the "it" between them is a Jutlander's "ikke": "der it har en leder". Capitals of its own make a
        name of it; those that the next word has too do not."""
        is_place, both = before.key in _PLACES, (word.text, after.text)
        if word.text != "it" and not any(both == tuple(map(way, both)) for way in (str.upper, str.title)):
            return False
        return (self._is_dialect and not is_place) or (is_small(before, "denied") and is_small(after, "denied_of"))

    def knows(self, word: Word) -> bool:
        return (
            word.date is not None
            or word.is_number
            or word.is_case_number
            or word.is_name
            or word.text in ",%"
            or "@" in word.key
            or word.stem in self.book.joiners
            or word.key in self.book.numbers
            or word.stem in self.book.words
            or word.key in self.book.particles
            or word.key in self.book.unless_named
            or self.lexicon.knows(word.stem, word.key)
        )

    def _names(self, word: Word) -> bool:
        """Say whether a compound may begin with the word: a name's or a phrase's; a small word only when it is long."""
        named = self.lexicon.knows(word.stem, word.key) or word.stem in self.book.words
        if word.key in self.book.particles and word.key not in self.book.unless_named:
            return len(word.key) >= _SHORTEST_START  # "hvilkeprojekter"
        return named

    def _split(self, word: Word) -> tuple[Word, ...] | None:
        """ "klimaprojekterne" as klima + projekterne; "børneområdets" as børne + områdets."""
        for before, tail in self._compounds(word):
            for key in dict.fromkeys((before.removesuffix("s"), before.removesuffix("e"), before)):
                start = Word(key, key, stem(key), word.first, tail.first)
                if len(key) > 1 and self._names(start):
                    return start, tail
        return None

    def _compounds(self, word: Word) -> Iterator[tuple[str, Word]]:
        """Yield what stands before each head that the word ends in, and the head."""
        for head in self.book.heads:
            if word.key.endswith(head) and len(word.key) > len(head):
                middle = word.first + max(1, len(word.text) - len(head))
                yield word.key[: -len(head)], Word(head, head, stem(head), middle, word.last)

    def _one_name(self, word: Word, following: Word) -> Word | None:
        """ "skærm besøg" as Skærmbesøg, though each may be part of other names; not "for ældre" as Forældre."""
        key = word.key + following.key
        is_name = stem(key) in self.lexicon.parts and not self.book.words & {word.stem, following.stem}
        if not is_name and key in self.lexicon.spellings and following.key not in self.book.particles:
            is_phrase = (self.book.matcher.longest([word.stem, following.stem], 0) or (0, ()))[0] == 2
            leads = word.key in self.book.particles or phrases_of(*_LEADING).longest([word.stem], 0)
            is_name = not is_phrase and not leads
        return self._joined(word, following) if is_name else None

    def _one_word(self, word: Word, following: Word) -> Word | None:
        """ "for sinket" as forsinket, "sags nummeret" as sagsnummeret: a part that is no word, and the whole is."""
        key = word.key + following.key
        is_known = key in self.book.spelled or key in self.lexicon.spellings
        is_part = (
            not self.knows(following) and not is_real_word(following.key) and len(following.key) >= _SHORTEST_MENDED
        )
        return self._joined(word, following) if is_known and (is_part or self._is_compound(word, following)) else None

    def _is_compound(self, word: Word, following: Word) -> bool:
        """ "slut dato" as slutdato; not "hvor mange", which is said in two words."""
        said = self.book.matcher.longest([word.stem, following.stem], 0)
        return min(len(word.key), len(following.key)) >= _SHORTEST_MENDED and (said is None or said[0] == 1)

    def _squeezed(self, word: Word) -> Word | None:
        """ "røøde" as røde."""
        key = fold(_REPEATED.sub(r"\1", word.text))
        squeezed = word._replace(key=key, stem=stem(key))
        return squeezed if key != word.key and len(key) > _SHORTEST_SQUEEZED and self.knows(squeezed) else None

    def _translated(self, word: Word) -> Word | None:
        """ "climate" as klima, where some name has the Danish word."""
        for key in self.book.translations.get(word.key, ()):
            if stem(key) in self.lexicon.parts:
                return word._replace(key=key, stem=stem(key))
        return None

    def _joined(self, word: Word, following: Word) -> Word | None:
        """ "fokus område" as fokusområde, where only the joined word is known."""
        key = word.key + following.key
        joined = Word(f"{word.text} {following.text}", key, stem(key), word.first, following.last)
        known = joined.stem in self.book.words or joined.stem in self.lexicon.parts or key in self.lexicon.spellings
        return joined if known and not following.is_number else None

    def _corrected(self, word: Word) -> tuple[Word, ...]:
        """The word as it was meant, or what a compound of it was: "klimma|projekterne"."""
        if mended := self._near(word):
            return (mended,)
        for before, tail in self._compounds(word):
            start = self._near(Word(before, before, stem(before), word.first, tail.first))
            if start and (self.lexicon.knows(start.stem, start.key) or phrases_of("body").longest([start.stem], 0)):
                return start, tail
        return (word,)

    def _near(self, word: Word) -> Word | None:
        is_number = any(letter.isdigit() for letter in word.key)  # "P099" is no misspelt "P009"
        if not _SHORTEST_MENDED <= len(word.key) <= _LONGEST_MENDED or self._left == 0 or is_number:
            return None
        if is_real_word(word.key):
            key = self.book.plainly.get(word.key) or self.lexicon.plainly.get(word.key)
        else:
            self._left -= 1
            key = self._nearest(word.key, is_name=word.text[0].isupper() or len(word.key) >= _LONG_NAME)
        return None if key is None else word._replace(key=key, stem=self.lexicon.spellings.get(key) or stem(key))

    def _nearest(self, key: str, *, is_name: bool) -> str | None:
        """Return the known spelling with fewest differing letters: one in 4-7 letters, two in 8-11, three in more. Of
        equally near ones that with the same letters goes before ("stauts" is "status" rather than "starts"), then
        phrases before names."""
        candidates = [
            (distance, sorted(spelling) != sorted(key), rank, spelling)
            for rank, (spellings, most) in enumerate(self._choices(min(3, len(key) // 4), is_name=is_name))
            for spelling, distance in spellings.near(key, most)
            if distance <= max(1, len(spelling) // 4)
            and _may_be_meant(spelling, key, is_particle=spellings is self.book.near_particles)
        ]
        return min(candidates)[-1] if candidates else None

    def _choices(self, allowed: int, *, is_name: bool) -> Iterable[tuple[Spellings, int]]:
        yield self.book.near, allowed
        yield self.lexicon.near, allowed
        if is_name:  # "blandt" is not Brandt
            yield self.lexicon.near_people, min(allowed, 2)
        yield self.book.near_particles, 1


def _is_i(before: Word | None, word: Word, after: Word | None) -> bool:
    """ "a har", "har a": in Jutland "a" is I."""
    beside = [one for one in (before, after) if one is not None]
    return word.key == "a" and any(is_small(one, "done_by_me") for one in beside)


def _may_be_meant(spelling: str, key: str, *, is_particle: bool) -> bool:
    """Say whether the key may be that word misspelt. In short words only swapped letters and o for ø are mended; small
    words are near to others: "video" is not "vide", nor "booking" "looking"."""
    if len(spelling) < (_SHORTEST_PARTICLE if is_particle else _SHORTEST_MENDED - 1):
        return False
    if spelling[0] != key[0] and (is_particle or len(key) < _FIRST_LETTER_MAY_DIFFER):
        return False
    is_long = len(plain_letters(key)) > _SHORT
    return is_long or plain_letters(spelling) == plain_letters(key) or sorted(spelling) == sorted(key)


def beginnings(key: str, lexicon: Lexicon) -> list[str]:
    """The words of names that begin with what was written, "skærm" for Skærmbesøg; none for short ones."""
    if len(key) < _SHORTEST_START:
        return []
    first = bisect_left(lexicon.starts, key)
    return list(takewhile(lambda word: word.startswith(key), lexicon.starts[first : first + _MOST_STARTS]))
