"""Projects that got another colour: "hvem skiftede til rød", "hvad har ændret sig siden sidste styregruppemøde"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Literal

from dateutil.relativedelta import relativedelta

from dialogs.understanding.language.lexicon import Entity
from dialogs.understanding.language.phrasebook import is_small
from dialogs.understanding.language.sentence import Sentence
from dialogs.understanding.language.times import Time, open_ended, time_at
from dialogs.understanding.questions.lights import Lights
from dialogs.understanding.questions.periods import reported_in
from portfolio.projects.status import DEFAULT_RHYTHM_DAYS, Rag
from portfolio.questions.question import Changed

_NEAR = 6
_WAYS: dict[str, Literal["better", "worse"]] = {"better": "better", "worse": "worse"}
_AHEAD = frozenset({"til", "naeste", "kommende", "next", "coming"})  # "til foråret" is not the last one


@dataclass(frozen=True, slots=True)
class Meeting:
    """ "siden sidste styregruppemøde": the bodies that may be meant, and the index after it."""

    bodies: tuple[Entity, ...]
    end: int


@dataclass(frozen=True, slots=True)
class Changes:
    """Changes that a sentence speaks of. `marks` are the tags that speak of them, `to` the tags of the new colours,
    `old` those of the colours before, `lost` those that a question can't hold: a change of something else."""

    sentence: Sentence
    marks: frozenset[int] = frozenset()
    to: frozenset[int] = frozenset()
    old: frozenset[int] = frozenset()
    lost: frozenset[int] = frozenset()

    @classmethod
    def of(cls, sentence: Sentence, lights: Lights) -> Changes:
        marks: set[int] = set()
        to: set[int] = set()
        old: set[int] = set()
        lost: set[int] = set()
        for position, tag in enumerate(sentence.tags):
            said = tag.value("change")
            becomes = is_small(sentence.word(position), "becoming")
            if said is None and not becomes:
                continue
            after, before = _colours(sentence, position)
            if said or after or (becomes and before):
                marks.add(position)
                to.update(after)
                old.update(before)
            if said == "to" and not after and not before:
                lost.add(position)
            if said == "any":
                lost.update(_of_something_else(sentence, position))
        lost.update(at for at in to | old if lights.of_colour.get(at) != ("overall",))
        return cls(sentence, frozenset(marks), frozenset(to - lost), frozenset(old - lost), frozenset(lost))

    def _owns(self, position: int) -> bool:
        """Say whether the time at the tag is that of the change: no verb of another date is nearer, before it or else
        after it."""
        for at in (*range(position, -1, -1), *range(position + 1, len(self.sentence))):
            if at in self.marks or self.sentence.tags[at].has("period"):
                return at in self.marks
        return False

    def meeting_at(self, position: int) -> Meeting | None:
        """ "siden sidste møde i styregruppen", "siden styregruppemødet"; all bodies where none is named."""
        if not self.marks:
            return None
        tag = self.sentence.tags[position]
        every = tuple(Entity("bodies", body.name) for body in self.sentence.lexicon.vocabulary.bodies)
        if tag.has("unsupported", "since_last"):
            return Meeting(every, position + 1)
        if not tag.has("until", "since"):
            return None
        at = self.sentence.next_telling(position + 1)
        if self.sentence.tag(at).has("until", "past"):
            at = self.sentence.next_telling(at + 1)
        named: tuple[Entity, ...] = ()
        end = None
        while True:
            bodies = () if named else _bodies(self.sentence, at)
            if not bodies and not self.sentence.tag(at).has("target", "meetings"):
                break
            named, end = named or bodies, at + 1
            at = self.sentence.next_telling(end)
        return None if end is None else Meeting(named or every, end)

    def time_at(self, position: int) -> Time | None:
        """The time of the change, if that is what is spoken of."""
        return past_time_at(self.sentence, position) if self.marks and self._owns(position) else None


def past_time_at(sentence: Sentence, position: int) -> Time | None:
    """A time that is over, or has begun; "siden påske" is since the last one."""
    if (time := time_at(sentence, position)) is None:
        return None
    looks_ahead = sentence.word(time.end - 1).key in _AHEAD
    if time.has_year and time.first and time.first > sentence.today and not looks_ahead:
        back = relativedelta(weeks=1) if time.is_weekday else relativedelta(years=1)
        time = time_at(replace(sentence, today=sentence.today - back), position) or time
    return open_ended(sentence, time)


@dataclass(slots=True)
class Change:
    """The change that a question asks for, as it is put together."""

    to: list[Rag] = field(default_factory=list)
    old: list[Rag] = field(default_factory=list)
    way: Literal["better", "worse"] | None = None
    first: date | None = None
    last: date | None = None
    since_meeting: str | None = None

    def turn(self, way: str | None) -> None:
        """ "blevet værre" """
        self.way = _WAYS.get(way or "", self.way)

    @property
    def is_dated(self) -> bool:
        return (self.first, self.last, self.since_meeting) != (None, None, None)

    def during(self, time: Time, today: date) -> bool:
        """False where it can't be: a second time, or one that has not begun."""
        first, last = reported_in(time, today)
        if self.is_dated or (first or today) > today:
            return False
        self.first, self.last = first, last
        return True

    def changed(self, today: date, *, ever: bool) -> Changed:
        """The last 28 days where no time is said: that is what is new. `ever`: "hvornår" asks for the time."""
        first = self.first if self.is_dated or ever else today - timedelta(days=DEFAULT_RHYTHM_DAYS)
        to, old = (tuple(sorted(colours, key=list(Rag).index)) for colours in (self.to, self.old))
        return Changed(first, self.last, to, self.since_meeting, old, self.way)


def _colours(sentence: Sentence, mark: int) -> tuple[list[int], list[int]]:
    """The colours after the word for the change, new ones and, behind "fra", old ones: "fra grøn til gul eller rød".
    A time may stand between, and a project: "hvornår skiftede skærmbesøg til rød"."""
    new: list[int] = []
    old: list[int] = []
    is_old = False
    position = mark + 1
    while position < min(len(sentence), mark + 1 + _NEAR):
        tag = sentence.tags[position]
        if tag.has("colour"):
            (old if is_old else new).append(position)
        elif _turns_to_old(sentence, position):
            is_old = True
        elif tag.has("until", "by"):
            is_old = False
        elif not new and (time := time_at(sentence, position)):
            position = time.end
            continue
        elif not sentence.is_plain(position) and (new or not tag.names_only("projects")):
            break
        position += 1
    return new, old


def _turns_to_old(sentence: Sentence, position: int) -> bool:
    """ "fra grøn", and the "changed from" that stands in one phrase."""
    after = sentence.next_telling(position + 1)
    return sentence.tags[position].has("until", "since") and sentence.tag(after).has("colour")


def _of_something_else(sentence: Sentence, mark: int) -> Iterator[int]:
    """ "ændringer i slutdatoen", "budgettet har ændret sig": what no report tells."""
    for at in (sentence.telling_before(mark), sentence.next_telling(mark + 1)):
        if sentence.tag(at).has("attribute") or sentence.tag(at).has("amount"):
            yield at


def _bodies(sentence: Sentence, position: int) -> tuple[Entity, ...]:
    """The bodies that the tag names, by name or by kind."""
    tag = sentence.tag(position)
    named = sorted(entity.value for entity in tag.entities if entity.field == "bodies")
    return tuple(Entity("bodies", name) for name in named or sentence.lexicon.bodies_of(tag.value("body")))
