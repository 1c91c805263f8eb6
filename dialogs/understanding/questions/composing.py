"""A sentence into a draft: each kind of tag fills its part; what is left over is not understood."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dialogs.understanding.language.names import containing
from dialogs.understanding.language.numbers import goals_at, priorities_at
from dialogs.understanding.language.phrasebook import is_small, phrasebook
from dialogs.understanding.language.sentence import Sentence
from dialogs.understanding.language.times import Time, age_at, time_at
from dialogs.understanding.questions.amounts import amount_range_at, beyond
from dialogs.understanding.questions.changes import Change, Changes, past_time_at
from dialogs.understanding.questions.draft import Draft
from dialogs.understanding.questions.gathering import EITHER, Gathering
from dialogs.understanding.questions.intent import Intent
from dialogs.understanding.questions.lacks import held_at, lack_at, owed_to
from dialogs.understanding.questions.lights import Lights
from dialogs.understanding.questions.naming import Ambiguity, Naming
from dialogs.understanding.questions.operators import Operators, is_named
from dialogs.understanding.questions.ordering import is_of_one, limit_at, sort_at
from dialogs.understanding.questions.periods import no_status_in, period_of, reported_in
from dialogs.understanding.questions.scopes import closed_come_along, is_everybodys, is_owned, own_filters
from dialogs.understanding.questions.text import text_at
from portfolio.organisation import Person
from portfolio.projects.project import CLOSED_PHASES, Phase, ProjectKind
from portfolio.projects.status import Rag
from portfolio.questions import catalogue
from portfolio.questions.question import During, Sort

_CLOSED = frozenset({"closed", "stopped", "closed_or_stopped"})
_ORDERS = frozenset({"name_deputy", "end_deputy", "hand_over", "open_round"})
# Sections that say nothing unless an operator has read them; "område" alone says little.
_OPERATORS = frozenset({"noun", "rank", "measure", "part", "of_part", "each", "fact"})
_OPPOSITES = {
    "reported": ("missing_status", False),
    "on_time": ("late", False),
    "within_budget": ("over_budget", False),
    "no_barrier": ("open_barrier", False),
    "no_severe_risk": ("severe_risk", False),
}


class Composer:
    def __init__(self, sentence: Sentence, asker: Person | None, intent: Intent) -> None:
        self.sentence = sentence
        self.intent = intent
        self.asker = asker
        self.asker_unknown = False
        self.gathering = Gathering(sentence)
        self.draft, self.unknown = self.gathering.draft, self.gathering.unknown
        self.naming = Naming(self.gathering, intent)
        self._along: set[int] = set()
        self._loose_lights: list[str] = []
        self._lights = Lights.of(sentence)
        self.operators = Operators.of(sentence, self._lights)
        self.used = set(self.operators.used)
        self._changes = Changes.of(sentence, self._lights)
        self._change = Change()
        self._coloured: list[int] = []

    def compose(self) -> Draft:
        position = 0
        while position < len(self.sentence):
            position = self._read(position)
        for flag in self.sentence.flags_around():
            if flag not in self.draft.flags:
                self.draft.flag(flag, value=True)
        self.draft.match_all = self.sentence.says("baade", "bade", "both", "begge")
        self.draft.weigh_status()
        self._finish_change()
        if len(self.draft.where["projects"]) != 1:
            self.unknown.extend(self._loose_lights)
        self.gathering.finish()
        return self.draft

    def _read(self, position: int) -> int:
        """Reads what begins at the tag `position`; returns where to go on."""
        if position in self.used:
            return position + 1
        spans = (
            self._lacking,
            self._owed,
            self._text,
            self._since_meeting,
            self._age,
            self._time,
            self._goals,
            self._priorities,
        )
        for reader in (*spans, self._amounts, self._limit):
            if (end := reader(position)) is not None:
                return end
        self._read_tag(position)
        return position + 1

    def _read_tag(self, position: int) -> None:
        tag, word, lexicon = self.sentence.tags[position], self.sentence.word(position), self.sentence.lexicon
        if position in self._changes.lost or (position in self._changes.marks and self.gathering.negated):
            self.gathering.not_understood(position)
        elif position in self._changes.marks:
            self._change.turn(tag.value("change"))
        elif tag.has("except"):
            self.gathering.deny(position)
        elif tag.entities and position not in self._lights.bound:
            self.naming.read(position)
        elif tag.meanings:
            self._phrase(position)
        elif word.is_case_number:
            self.draft.text = word.text
        elif self._may_name(position) and (named := containing(word.key, lexicon)):
            self.naming.choose(named, position)
        elif tag.is_unknown or word.is_number or (word.key in phrasebook().numbers and tag.particle is None):
            self.gathering.not_understood(position)
        elif word.key in {"men", "but"}:
            self.gathering.negated = False

    def _may_name(self, position: int) -> bool:
        """Say whether a word that isn't known may be a part of a title."""
        is_everyday = self.sentence.word(position).key in phrasebook().never_alone
        return self.sentence.tags[position].is_unknown and self.intent.is_one and not (self.unknown or is_everyday)

    def _phrase(self, position: int) -> None:
        readers: dict[str, Callable[[str, int], None]] = {
            "flag": self._flag,
            "colour": self._colour,
            "kind": lambda value, at: self.gathering.filter("kinds", [ProjectKind(value)], at),
            "phase": self._phase,
            "scope": self._scope,
            "sort": self._sort,
            "sortby": self._sort,
            "until": self._until,
            "body": self._body,
            "light": self._light,
            "lack": self._lack_of_nothing,
            "compare": self._stray_comparison,
            **dict.fromkeys(("unsupported", "aside", "round", "steps"), self._unsupported),
            "trend": self._light,
            "command": self._order,
            "length": self._stray,
            "unit": self._stray,
        }
        if position in self._lights.bound:
            return
        tag = self.sentence.tags[position]
        for section, reader in readers.items():
            if value := tag.value(section):
                reader(value, position)
                return
        says = [word for word in self.sentence.words[tag.start : tag.end] if word.key not in phrasebook().particles]
        if tag.has("noun") and is_named(self.sentence, position):
            return
        if says and all(meaning.section in _OPERATORS for meaning in tag.meanings):
            self.gathering.not_understood(position)

    # --- one tag ---

    def _flag(self, value: str, position: int) -> None:
        if value == "reported" and self._is_said_of_colour(position):
            return
        name, truth = _OPPOSITES.get(value, (value, True))
        self.gathering.flag(name, value=truth, position=position)

    def _is_said_of_colour(self, position: int) -> bool:
        """ "har status: rød" is red, whether or not the status is a new one."""
        return self.sentence.last_word(position).key == "status" and self.sentence.tag(position + 1).has("colour")

    def _order(self, value: str, position: int) -> None:
        """Leave out an order that was taken for a question: "hvem er stedfortræder". That one project is unchanged, its
        card says."""
        if self.sentence.tags[position].has("role"):
            return
        if value == "unchanged":
            self._loose_lights.append(self.sentence.written(position))
        elif value in _ORDERS:
            self.gathering.not_understood(position)

    def _colour(self, value: str, position: int) -> None:
        if position in self._changes.to:
            self._change.to.append(Rag(value))
            return
        if position in self._changes.old:
            self._change.old.append(Rag(value))
            return
        self._coloured.append(position)
        first, *others = self._lights.of_colour[position]
        for light in others:
            self.draft.add(light, Rag(value), negated=self.gathering.negated)
        if others and any(self.sentence.word(at).key in EITHER for at in self._lights.spans[position]):
            self.draft.either.append(frozenset({first, *others}))
        self.gathering.filter(first, [Rag(value)], position)

    def _light(self, value: str, position: int) -> None:
        """A light without a colour asks something we don't know, unless it is one project's; so does "udviklingen"."""
        if value != "overall":
            self._loose_lights.append(self.sentence.written(position))

    def _phase(self, value: str, position: int) -> None:
        is_coming = self.intent.has_time and not self.intent.is_about_past and not self.intent.is_done
        if self.sentence.tags[position].has("period", "end") and is_coming:
            return
        if value in _CLOSED and (self._follows_along(position) or closed_come_along(self.sentence, position)):
            self._along.add(position)
            self.draft.include_closed = True
            return
        phases = sorted(CLOSED_PHASES) if value == "closed_or_stopped" else [Phase(value)]
        self.gathering.filter("phases", phases, position)

    def _follows_along(self, position: int) -> bool:
        """ "inklusive afsluttede og stoppede": the second of those that come along."""
        along = position - 2 in self._along or self.sentence.tag(position - 2).has("scope", "all")
        return along and self.sentence.is_link(position - 1)

    def _scope(self, value: str, position: int) -> None:
        if value == "all":
            self.draft.include_closed = not self.gathering.negated
            self.gathering.settle_negation()
        elif value == "open":
            self.draft.include_closed = False
            self.draft.last_filter = "open"
            if self.gathering.negated:
                self.gathering.settle_negation()
                self.gathering.filter("phases", sorted(CLOSED_PHASES), position)
        elif value == "mine" and is_owned(self.sentence, position):
            self._scope("owned_by_me", position)
        elif value == "our_unit" and is_everybodys(self.sentence, position):
            return
        elif own := own_filters(value, self.asker, self.sentence.lexicon.vocabulary):
            self.gathering.filter(*own, position)
        elif value != "our_unit":  # "vores projekter" are the municipality's to one without a department
            self.asker_unknown = True

    def _until(self, value: str, position: int) -> None:
        """ "siden sidste xyz": a change since then is not one of the last weeks."""
        if value == "since" and self._changes.marks and self.sentence.word(position).key in {"siden", "since"}:
            self.gathering.not_understood(position)
        else:
            self._sort(value, position)

    def _sort(self, _value: str, position: int) -> None:
        if self.draft.sort and self.sentence.tags[position].has("direction"):
            return  # "efter startdato, nyeste først": the direction has been read
        self.draft.sort = sort_at(self.sentence, position) or self.draft.sort
        is_one = self.intent.is_singular or (not self.operators.group_by and is_of_one(self.sentence, position))
        if self.sentence.tags[position].has("sort") and self.draft.limit is None and is_one:
            self.draft.limit = None if self.intent.names_plural else 1

    def _body(self, value: str, position: int) -> None:
        named = self.sentence.lexicon.bodies_of(value)
        if position and is_small(self.sentence.word(position - 1), "prepares"):
            return
        self.draft.bodies.extend(name for name in named if name not in self.draft.bodies)
        if not named:
            self.gathering.not_understood(position)

    def _unsupported(self, _value: str, position: int) -> None:
        self.gathering.not_understood(position)

    def _stray(self, value: str, position: int) -> None:
        """A lone "uger" or "mio." belongs to something that could not be read; "kr." says nothing."""
        if value not in {"percent", "kroner"}:
            self.gathering.not_understood(position)

    def _lack_of_nothing(self, _value: str, position: int) -> None:
        """ "har ikke fået" denies what follows where no project can lack it; "mangler" alone says little."""
        if not self.sentence.tags[position].is_one_word:
            self.gathering.deny(position)

    def _stray_comparison(self, _value: str, position: int) -> None:
        """ "mere end bevilget" compares with what we don't know; "over" and "under" alone say little."""
        if not self.sentence.tags[position].is_one_word:
            self.gathering.not_understood(position)

    # --- several tags; None where they don't begin here ---

    def _text(self, position: int) -> int | None:
        text, end = text_at(self.sentence, position) or (None, None)
        self.draft.text = text or self.draft.text
        return end

    def _lacking(self, position: int) -> int | None:
        lack = held_at(self.sentence, position) or lack_at(self.sentence, position)
        if lack is None:
            return None
        if lack.no_status:
            self.gathering.flag("missing_status", value=True, position=lack.end - 1)
        for at, name in lack.names.items():
            self.gathering.lack(name, is_held=lack.is_held, position=at)
        return lack.end

    def _age(self, position: int) -> int | None:
        """ "status ældre end 60 dage", "nyere end 2 uger"."""
        if (age := age_at(self.sentence, position)) is None:
            return None
        self.draft.periods.append(During(catalogue.STATUS, age.first, age.last))
        return age.end

    def _owed(self, position: int) -> int | None:
        """Pass over what the status is owed to, which no project has."""
        if end := owed_to(self.sentence, position):
            self.used.update(range(position, end))
        return end

    def _since_meeting(self, position: int) -> int | None:
        """ "siden sidste styregruppemøde", of what has changed."""
        if (meeting := self._changes.meeting_at(position)) is None:
            return None
        if not meeting.bodies or self._change.is_dated:
            self.gathering.not_understood(position)
            return meeting.end
        if len(meeting.bodies) > 1:
            words = self.sentence.written(position, meeting.end)
            self.naming.ambiguities.append(Ambiguity(words, meeting.bodies, negated=False))
        self._change.since_meeting = meeting.bodies[0].value
        return meeting.end

    def _finish_change(self) -> None:
        """ "grønne projekter der er blevet røde" speaks of the colour before."""
        if not self._changes.marks:
            return
        others = [colour for colour in self.draft.where["overall"] if colour not in self._change.to]
        if self._change.to and (self.draft.without["overall"] or (others and self._change.old)):
            self.unknown.extend(self.sentence.written(position) for position in self._coloured)
        elif self._change.to and others:
            self._change.old = self.draft.where.pop("overall")
        is_when = self.sentence.has("ask", "when") and len(self.draft.where["projects"]) == 1
        self.draft.changed = self._change.changed(self.sentence.today, ever=is_when)

    def _time(self, position: int) -> int | None:
        if time := self._changes.time_at(position):
            if not self._change.during(time, self.sentence.today):
                self.gathering.not_understood(position)
            return time.end
        if (time := time_at(self.sentence, position)) is None:
            return None
        if self.sentence.has("trend"):
            time = past_time_at(self.sentence, position) or time
            self.draft.periods.append(During(catalogue.STATUS, *reported_in(time, self.sentence.today)))
            return time.end
        which = self.intent.period_field(position)
        silent = (at for at, tag in enumerate(self.sentence.tags) if tag.has("flag", "missing_status"))
        lacks = any(at not in self.operators.used for at in silent) or Rag.NONE in self.draft.where["overall"]
        about_status = which is catalogue.STATUS or (lacks and which is catalogue.ACTIVE)
        if about_status and time.first and time.first > self.sentence.today:  # "siden sommerferien"
            time = past_time_at(self.sentence, position) or time
        if about_status and (self.gathering.negated or lacks):
            self._silent(time)
        elif which is catalogue.ACTIVE and self.sentence.has("colour") and self.intent.is_about_past:
            self.gathering.not_understood(position)  # which colour it was then
        else:
            if self.gathering.negated:
                self.gathering.not_understood(position)
            self.draft.periods.append(period_of(time, which, self.intent, self.sentence.today))
        return time.end

    def _silent(self, time: Time) -> None:
        """ "ikke meldt status siden marts". The last 28 days are what missing means anyway."""
        if (period := no_status_in(time, self.sentence.today)) is None:
            self.draft.flag("missing_status", value=True)
        else:
            self.draft.periods.append(period)
            self.draft.flags.pop("missing_status", None)
        self.draft.where["overall"] = [colour for colour in self.draft.where["overall"] if colour is not Rag.NONE]
        self.gathering.settle_negation()

    def _goals(self, position: int) -> int | None:
        return self._numbers("goals", goals_at(self.sentence, position), range(1, 18))

    def _priorities(self, position: int) -> int | None:
        if self.sentence.tags[position].has("priority", "first") and (
            self.draft.limit or self.sentence.says("foerst", "first")
        ):
            self.draft.sort = Sort("priority")
            return position + 1
        return self._numbers("priority", priorities_at(self.sentence, position), range(1, 6))

    def _numbers(self, name: str, counted: tuple[Sequence[int], int] | None, possible: range) -> int | None:
        if counted is None:
            return None
        numbers, end = counted
        self.unknown.extend(str(number) for number in numbers if number not in possible)
        self.gathering.filter(name, numbers, end - 1)
        return end

    def _amounts(self, position: int) -> int | None:
        if (compared := amount_range_at(self.sentence, position)) is None:
            return None
        amounts, end = compared
        self.draft.amounts.append(beyond(amounts) if self.gathering.negated else amounts)
        self.gathering.either(amounts.attribute.name, position)
        self.gathering.end_negation(end - 1)
        return end

    def _limit(self, position: int) -> int | None:
        limit, end = limit_at(self.sentence, position) or (None, None)
        self.draft.limit = limit or self.draft.limit
        return end
