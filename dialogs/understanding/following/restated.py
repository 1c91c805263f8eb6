"""A message said in other words: with what it points at named, or as a question of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from dialogs.turn.orders import ProjectOrder
from dialogs.turn.printing import field_of
from dialogs.turn.readings import Asked, Reading, Unclear
from dialogs.understanding.following.cues import small_words
from dialogs.understanding.following.last import PARTS, THE_ONE, Last
from dialogs.understanding.following.said import Said
from portfolio.memory import Item
from portfolio.questions.catalogue import ATTRIBUTES
from portfolio.questions.question import Is, Question, Target

# A word for what was found, by what was asked for.
_THINGS = {Target.MEETINGS: "meets", **{part: part.value for part in PARTS}}


@dataclass(frozen=True, slots=True)
class Restated:
    """`read` reads a sentence by itself, and `says` tells whether it names anything of the portfolio. `name` says a
    thing as people write it."""

    said: Said
    reading: Reading
    last: Last
    read: Callable[[str], Reading]
    name: Callable[[Item], str]
    says: Callable[[str], bool]
    today: date

    def _read(self, text: str) -> Reading:
        return self.read(text) if text else Unclear()

    def _ordered(self, item: Item, *cues: str) -> Reading | None:
        """ "meld status på den" """
        meant = self._read(self.said.naming(self.name(item), *cues)) if item[0] == THE_ONE else None
        return meant if is_order_about(item, meant) else None

    def _only(self, item: Item) -> Question:
        """The projects behind a thing that was shown: those of a group, or of a person."""
        name, value = item
        attribute, last = ATTRIBUTES[name], self.last.question
        where = tuple(test for test in last.where if not isinstance(test, Is) or test.attribute is not attribute)
        test = Is(attribute) if value is None else Is(attribute, (value,))
        question = Question(where=(*where, test), any_of=last.any_of, include_closed=last.include_closed)
        return replace(question, inherited=fields_of(question))

    def _about(self, item: Item, joint: str, *cues: str, listed: tuple[Item, ...] = ()) -> Reading | None:
        """The message with the thing named in so many words, where that is understood."""
        name, field = self.name(item), item[0]
        named = (
            [self.said.naming(name, *cues), self.said.naming(f"{joint}{name}", *cues)] if self.said.has(*cues) else []
        )
        for text in (*named, f"{self.said.rest} {joint}{name}"):
            meant = self._read(text)
            if self.said.has("it") and is_order_about(item, meant):
                return meant
            is_asked = isinstance(meant, Asked) and meant.question.sort is None  # "det billigste" is another
            if isinstance(meant, Asked) and is_asked and meant.question.values(ATTRIBUTES[field]) == (item[1],):
                question = replace(self._of_meeting(meant.question), inherited=frozenset({field}))
                return Asked(question, 0, listed or self.last.listed)
        return None

    def _of_meeting(self, question: Question) -> Question:
        """ "hvor er det" is asked of the meetings that were shown, not of all that the body has."""
        last = self.last.question
        is_bare = question.target is last.target is Target.MEETINGS and question.limit is None and not question.periods
        return replace(last, inherited=question.inherited) if is_bare else question

    def _fragment(self) -> Question | None:
        """Return the question of the message without the words that say how it goes on."""
        target = self.last.question.target
        # A time by itself asks nothing: "hvad med januar" is read as "projekter januar".
        of_them = f"{min(small_words(_THINGS.get(target, 'hits')))} {self.said.rest}"
        texts = (self.said.rest, self.said.plainest, *((of_them,) if self.said.cues else ()))
        for text in (of_them, *texts) if target in PARTS else texts:
            meant = self._read(text)
            if isinstance(meant, Asked):
                return meant.question
        return None


def is_order_about(item: Item, meant: Reading | None) -> bool:
    return isinstance(meant, ProjectOrder) and item[0] == THE_ONE and meant.projects == (item[1],)


def fields_of(question: Question) -> frozenset[str]:
    return frozenset(map(field_of, question.where))
