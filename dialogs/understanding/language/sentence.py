"""A message taken apart, which all readers look at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from dialogs.understanding.language.lexicon import Lexicon
from dialogs.understanding.language.phrasebook import phrasebook
from dialogs.understanding.language.tags import Tag
from dialogs.values.letters import Word, fold

T = TypeVar("T")
_NOTHING = Tag(0, 0)
LINKS = frozenset({"og", "eller", ",", "samt", "and", "or", "nor"})


@dataclass(frozen=True, slots=True)
class Sentence:
    """`tags` cover all `words` of `text`, by the names of the lexicon; positions are indexes of tags. `keys` are the
    words' spellings, `said` every (section, value) and (section, None) of the tags: the readers ask for these again and
    again. What takes longer is read `once`."""

    text: str
    words: Sequence[Word]
    tags: Sequence[Tag]
    lexicon: Lexicon
    today: date
    keys: frozenset[str]
    said: frozenset[tuple[str, str | None]]
    _read: dict[Callable[[Sentence], Any], Any] = field(default_factory=dict, init=False, compare=False, repr=False)

    @classmethod
    def of(cls, text: str, words: Sequence[Word], tags: Sequence[Tag], lexicon: Lexicon, today: date) -> Sentence:
        meanings = [meaning for tag in tags for meaning in tag.meanings]
        said = {(meaning.section, value) for meaning in meanings for value in (meaning.value, None)}
        return cls(text, words, tags, lexicon, today, frozenset(word.key for word in words), frozenset(said))

    def __len__(self) -> int:
        return len(self.tags)

    def once(self, read: Callable[[Sentence], T]) -> T:
        """Return what `read` makes of the sentence, however many ask for it."""
        if read not in self._read:
            self._read[read] = read(self)
        found: T = self._read[read]
        return found

    def word(self, position: int) -> Word:
        """The first word of the tag."""
        return self.words[self.tags[position].start]

    def last_word(self, position: int) -> Word:
        return self.words[self.tags[position].end - 1]

    def tag(self, position: int) -> Tag:
        """The tag there, or one that says nothing where there is none."""
        return self.tags[position] if 0 <= position < len(self.tags) else _NOTHING

    def written(self, position: int, end: int | None = None) -> str:
        """Return the text of the tag, or from it to before the one at `end`."""
        return self.text[self.word(position).first : self.last_word((end or position + 1) - 1).last]

    def uninflected(self, first: int, end: int) -> str:
        """Return the text of the tags, the last word without its inflection: "robotterne" finds "robotter" too."""
        last = self.last_word(end - 1)
        written = self.text[last.first : last.last]
        beginnings = (written[:length] for length in range(1, len(written)))
        bare = next((beginning for beginning in beginnings if fold(beginning) == last.stem), written)
        return self.text[self.word(first).first : last.first] + bare

    def is_plain(self, position: int) -> bool:
        """Small words that say nothing by themselves."""
        tag = self.tags[position]
        return not tag.meanings and not tag.entities and not tag.is_unknown and self.word(position).date is None

    def is_link(self, position: int) -> bool:
        return position < len(self.tags) and self.word(position).key in LINKS

    def next_telling(self, position: int) -> int:
        """The first tag from `position` on that says something; the sentence's length where none does."""
        return next((at for at in range(position, len(self.tags)) if not self.is_plain(at)), len(self.tags))

    def telling_before(self, position: int) -> int:
        """The last tag before `position` that says something; -1 where none does."""
        return next((at for at in range(position - 1, -1, -1) if not self.is_plain(at)), -1)

    def value(self, section: str) -> str | None:
        """The first value that is said of the section."""
        return next((value for tag in self.tags if (value := tag.value(section))), None)

    def has(self, section: str, *values: str) -> bool:
        """Say whether any of these values is said of the section, or anything of it."""
        if not values:
            return (section, None) in self.said
        return any((section, value) in self.said for value in values)

    def says_small(self, *groups: str) -> bool:
        """Say whether any word of these groups of small words stands in it."""
        return any(not self.keys.isdisjoint(phrasebook().small[group]) for group in groups)

    def says(self, *keys: str) -> bool:
        return not self.keys.isdisjoint(keys)

    def flags_around(self) -> list[str]:
        """ "mangler mine folk status": what a phrase says also with other words inside it."""
        stems = [word.stem for word in self.words]
        return [
            meaning.value
            for first, last, meaning in phrasebook().gapped
            if first in stems and last in stems[stems.index(first) + 1 :]
        ]
