"""Particles in their places: one that stands where it has nothing to do is not passed over, but not understood."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dialogs.understanding.language.phrasebook import is_small
from dialogs.understanding.language.tags import Tag
from dialogs.values.letters import Word

_BREAK = re.compile(r"[.!?:;–—\n]|\s-\s")
_LINKS = frozenset({"og", "men", "and", "but"})
# What is said of projects; and of what a name may follow, besides names themselves.
_SAYING = (
    "colour",
    "phase",
    "noun",
    "kind",
    "flag",
    "light",
    "priority",
    "period",
    "scope",
    "lack",
    "except",
    "compare",
)
# "hvad var budgettet"
_SAID = (*_SAYING, "amount", "fact")
_OF_TWO = (*_SAYING, "attribute", "role", "amount", "light")
# What must be said somewhere beside a particle of these groups.
_BESIDE: Mapping[str, Sequence[tuple[str, ...]]] = {
    "lights": [("colour",)],
    "ranks": [("sort",), ("sortby",)],
    "meetings": [("target", "meetings")],
    "lately": [("change",)],
}
# What has days of its own: "milepæle, der ligger i januar".
_LASTS = (("ask", "when"), ("part",), ("target", "meetings"))
_TOLD_OF_ONE = (("amount",), ("fact",), ("noun",), ("colour",))
_NAMING = ("hint", "noun", "goal", "priority", "body", "scope", "except", "kind", "phase")


def in_place(tags: Sequence[Tag], words: Sequence[Word], text: str) -> list[Tag]:
    """Mark as unknown the particles that stand elsewhere than their group of `[particle]` may."""
    if all(tag.particle is None for tag in tags):
        return list(tags)
    places = _Places.of(tags, words, text)
    return [tag if tag.particle is None else places.placed(tag, position) for position, tag in enumerate(tags)]


@dataclass(frozen=True, slots=True)
class _Places:
    """The tags that say something, nearest before and behind each tag in its clause. `begins` says whether nothing was
    said before it since the clause, or its part behind "og", began."""

    tags: Sequence[Tag]
    words: Sequence[Word]
    before: Sequence[Tag | None]
    after: Sequence[Tag | None]
    begins: Sequence[bool]

    @classmethod
    def of(cls, tags: Sequence[Tag], words: Sequence[Word], text: str) -> _Places:
        telling = [_tells(tag, words) for tag in tags]
        breaks = [position > 0 and _breaks(tags, position, words, text) for position in range(len(tags))]
        links = [position > 0 and words[tags[position - 1].end - 1].key in _LINKS for position in range(len(tags))]
        before: list[Tag | None] = []
        begins: list[bool] = []
        nearest: Tag | None = None
        is_beginning = True
        for position, tag in enumerate(tags):
            nearest = None if breaks[position] else nearest
            is_beginning = is_beginning or breaks[position] or links[position]
            before.append(nearest)
            begins.append(is_beginning)
            if telling[position]:
                nearest, is_beginning = tag, False
        after: list[Tag | None] = []
        nearest = None
        for position in reversed(range(len(tags))):
            after.insert(0, nearest)
            nearest = tags[position] if telling[position] else nearest
            nearest = None if breaks[position] else nearest
        return cls(tags, words, before, after, begins)

    def placed(self, tag: Tag, position: int) -> Tag:
        """Return the particle, or the same as something unknown, or as what else it means."""
        if self._may_stand(tag.particle or "", position):
            return replace(tag, meanings=())
        return replace(tag, particle=None, is_unknown=not tag.meanings)

    def _may_stand(self, group: str, position: int) -> bool:
        after = self.after[position]
        match group:
            case "leading":
                return self.begins[position]
            case "trailing":
                is_all_that_is_said = self.before[position] is None and bool(self.tags[position].meanings)
                return after is None and not is_all_that_is_said
            case "expecting":
                return self.begins[position] or self._is_named(after)
            case "naming":
                return self._is_named(after)
            case "saying":
                return self._is_said(after) or (after is not None and self._says(*_LASTS))
            case "standing":
                return self._is_named(after) and self._says(*_TOLD_OF_ONE)
            case "pairing":
                return self._is_one_of_two(after)
            case "either":
                return all(self._is_one_of_two(beside) for beside in (self.before[position], after))
            case _:
                return group not in _BESIDE or self._says(*_BESIDE[group])

    def _says(self, *meanings: tuple[str, ...]) -> bool:
        """Say whether any of them is said; "blevet røde" speaks of a change too."""
        is_change = ("change",) in meanings and any(is_small(word, "becoming") for word in self.words)
        return is_change or any(tag.has(*meaning) for tag in self.tags for meaning in meanings)

    def _is_named(self, tag: Tag | None) -> bool:
        if tag is None:
            return False
        word = self.words[tag.start]
        return bool(tag.entities) or word.is_number or word.is_case_number or any(map(tag.has, _NAMING))

    def _is_one_of_two(self, tag: Tag | None) -> bool:
        return self._is_named(tag) or (tag is not None and any(map(tag.has, _OF_TWO)))

    def _is_said(self, tag: Tag | None) -> bool:
        return tag is not None and any(map(tag.has, _SAID))


def _breaks(tags: Sequence[Tag], position: int, words: Sequence[Word], text: str) -> bool:
    """Say whether a clause begins at the tag."""
    last, word = words[tags[position - 1].end - 1], words[tags[position].start]
    between = text[last.last : word.first].lstrip("." if is_small(last, "abbreviated") else "")
    return last.text == "," or _BREAK.search(between) is not None


def _tells(tag: Tag, words: Sequence[Word]) -> bool:
    """Say whether it is more than a particle, a preposition, a greeting, a call for help or "nu"."""
    is_greeting = tag.has("command", "greeting", "thanks") or tag.has("help")
    is_preposition = tag.is_one_word and bool(tag.meanings) and all(one.section == "until" for one in tag.meanings)
    if is_greeting or is_preposition or tag.has("when", "now"):
        return False
    word = words[tag.start]
    return bool(tag.meanings or tag.entities or tag.is_unknown or word.is_number or word.is_case_number or word.date)
