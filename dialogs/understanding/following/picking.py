"""Messages that point at a place on a list: "hvem leder nr 2", "og hvem leder det andet"."""

from __future__ import annotations

from dataclasses import replace

from dialogs.turn.orders import ProjectOrder
from dialogs.turn.readings import Asked, Reading, Unclear
from dialogs.understanding.following.last import NOWHERE, THE_ONE
from dialogs.understanding.following.merging import CantTell, How, merged
from dialogs.understanding.following.restated import Restated, fields_of
from portfolio.memory import Item
from portfolio.questions import catalogue
from portfolio.questions.question import Is, Question, Target, which

_PLACES = ("last", *map(str, range(1, 11)))


class Picking(Restated):
    """A message that may pick one thing of those that were shown."""

    def _picked(self) -> Reading | None:
        """ "hvem leder nr 2", "vis dem i den øverste": a place on the list that was shown, or that the one shown was
        picked from."""
        place, items, last = self.said.place, self.last.listed or self.last.shown, self.last.question
        if place is None:
            return None
        if self.last.is_of_one_project and not self.last.listed:
            if place > 1 and last.limit == 1 and last.sort and not last.values(catalogue.PROJECTS):
                return Asked(replace(last, limit=place, inherited=fields_of(last)))  # the dearest, and the next
            return self._other_of_two() if place == 2 else None  # "den første milepæl" is the project's
        at = place - 1 if place > 0 else len(items) - 1
        if not 0 <= at < len(items):
            return Unclear(because=NOWHERE)
        item = items[at]
        if isinstance(self.reading, ProjectOrder):
            return self._ordered(item, *_PLACES)
        if item[0] == THE_ONE and self.said.only_shows and last.target is Target.FIELD and self.said.goes_on:
            other = last.having_instead(Is(catalogue.PROJECTS, (str(item[1]),)))
            return Asked(replace(other, inherited=frozenset({"field"})), 0, items)  # "og den anden"
        if item[0] == THE_ONE:
            return self._about(item, "", *_PLACES, listed=items) or self._one(item, items)
        meant = self._only(item)
        rest = self._read(self.said.plainest)
        if isinstance(rest, Asked) and not self.said.only_shows:
            joined = merged(rest.question, meant, How.AMONG, None)
            return None if isinstance(joined, CantTell) else joined
        return Asked(meant)

    def _other_of_two(self) -> Reading:
        """ "og hvem leder det andet", after the dearer of two."""
        two, shown = self.last.question.values(catalogue.PROJECTS), self.last.topic
        others = [str(number) for number in two if shown and number != shown[1]]
        other = (THE_ONE, others[0]) if len(two) == 2 and len(others) == 1 else None
        found = (self._about(other, "", *_PLACES) or self._one(other, ())) if other else None
        return found or Unclear(because=NOWHERE)

    def _one(self, item: Item, listed: tuple[Item, ...]) -> Reading | None:
        if not self.said.only_shows:
            return None
        inherited = frozenset({THE_ONE})
        return Asked(Question(Target.PROJECT, which(projects=(str(item[1]),)), inherited=inherited), 0, listed)
