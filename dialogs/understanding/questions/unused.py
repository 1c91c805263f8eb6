"""What was said and left no trace in the question: it is told as not understood, never dropped."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from dialogs.understanding.language.phrasebook import is_small, phrasebook
from dialogs.understanding.language.sentence import Sentence
from dialogs.values.letters import fold
from portfolio.projects.status import Rag
from portfolio.questions import catalogue
from portfolio.questions.catalogue import ATTRIBUTES, LIGHTS
from portfolio.questions.question import Changed, FigureKind, Is, Mentions, PeopleRole, Question, Target, Test, Within

_LIGHTS = tuple(light.name for light in LIGHTS)
_AMOUNTS = tuple(one.name for one in ATTRIBUTES.values() if one.is_amount)
_ONE = frozenset({Target.PROJECT, Target.TREND, Target.FIELD})
_OF_KINDS = frozenset({Target.GROUPS, Target.FOCUS_AREAS, Target.ORG_UNITS, Target.BODIES, Target.MEETINGS})
_COUNTED = frozenset({Target.MILESTONES, Target.BENEFITS, Target.OBSTACLES})
_OF_PEOPLE = frozenset({Target.PEOPLE, Target.FIELD, Target.GROUPS, Target.BENEFITS, Target.OBSTACLES})
_BOUNDED = ("when", "length", "unit", "body", "target", "sort", "sortword", "direction", "limit", "amount", "attribute")
_NEAR = 3
_OF_TIME = frozenset({"inden", "foer", "imellem", "mellem", "kommende", "before", "between", "coming", "upcoming"})
_SIDES = frozenset({"til", "fra", "om", "to", "from", "by", "for"})


@dataclass(frozen=True, slots=True)
class _Trace:
    """The parts of a question. `asked` are the names of the attributes that it tests, or sorts by."""

    question: Question
    sentence: Sentence
    tests: tuple[Test, ...]
    asked: frozenset[str]
    sorts: str | None

    @classmethod
    def of(cls, question: Question, sentence: Sentence) -> _Trace:
        tests = (*question.where, *(test for tests in question.any_of for test in tests))
        asked = {test.attribute.name for test in tests if not isinstance(test, Mentions | Changed)}
        sorts = question.sort.attribute.name if question.sort else None
        return cls(question, sentence, tests, frozenset(asked), sorts)

    @property
    def is_one(self) -> bool:
        return self.question.target in _ONE

    @property
    def lacks(self) -> bool:
        return any(isinstance(test, Is) and not test.values for test in self.tests)

    @property
    def is_timed(self) -> bool:
        return bool(self.question.periods or self.question.changed)

    @property
    def is_measured(self) -> bool:
        return self.question.figure is not None or any(isinstance(test, Within) for test in self.tests)

    @property
    def text(self) -> str | None:
        return next((test.text for test in self.tests if isinstance(test, Mentions)), None)

    def asks_of(self, *names: str) -> bool:
        return not self.asked.isdisjoint(names)

    def names(self, value: str) -> bool:
        changed = self.question.changed
        named = any(value in test.values for test in self.tests if isinstance(test, Is))
        return named or (changed is not None and changed.since_meeting == value)


def unused_words(question: Question, sentence: Sentence, used: Collection[int]) -> list[str]:
    """Return the words of the tags of which nothing is in the question; the `used` are known to be."""
    trace = _Trace.of(question, sentence)
    return [sentence.written(position) for position in _unused(trace) if position not in used]


def _unused(trace: _Trace) -> Iterator[int]:
    for position, tag in enumerate(trace.sentence.tags):
        is_searched = trace.text and fold(trace.sentence.written(position)) in fold(trace.text)
        named = tag.entities and (trace.text or any(trace.names(entity.value) for entity in tag.entities))
        if _is_day_of_card(trace, position):
            yield position
        if not (tag.meanings or tag.entities) or is_searched or named:
            continue
        if not any(_is_used(trace, meaning.section, meaning.value, position) for meaning in tag.meanings):
            yield position


def _is_day_of_card(trace: _Trace, position: int) -> bool:
    """Say whether a day stands there that a project's card has no use for: "skærmbesøg i morgen"."""
    tag = trace.sentence.tags[position]
    says_day = trace.sentence.word(position).date is not None or (tag.has("when") and not tag.has("when", "now"))
    return trace.question.target is Target.PROJECT and says_day


def _is_used(trace: _Trace, section: str, value: str, position: int) -> bool:
    return section not in _USES or _USES[section](trace, value, position)


def _asks(trace: _Trace, value: str, _position: int) -> bool:
    target, changed, figure = trace.question.target, trace.question.changed, trace.question.figure
    match value:
        case "who":
            shows = trace.sentence.has("target", "projects")
            return target in _OF_PEOPLE or changed is not None or shows or trace.lacks
        case "count":
            return target in {Target.COUNT, Target.FIGURE, Target.GROUPS, Target.FIELD, *_COUNTED}
        case "when":
            return target in {*_ONE, Target.MEETINGS, Target.MILESTONES, Target.BENEFITS} or changed is not None
        case "share":
            is_share = figure is not None and figure.kind in {FigureKind.SHARE, FigureKind.RATIO}
            return is_share or target is Target.FIELD
        case _:
            return target in {*_ONE, Target.FIGURE, Target.GROUPS, Target.COUNT, Target.MEETINGS}


def _plays(trace: _Trace, role: str, _position: int) -> bool:
    is_of_people = trace.question.target is Target.PEOPLE
    if role in {"lead", "owner"}:
        by, groups = trace.question.group_by, trace.question.target is Target.GROUPS
        is_divided = groups and by is not None and by.name == role
        return is_of_people or is_divided or trace.is_one or trace.lacks or trace.asks_of("lead", "owner")
    return is_of_people and trace.question.people not in {PeopleRole.LEAD, PeopleRole.OWNER}


def _targets(trace: _Trace, value: str, position: int) -> bool:
    target = trace.question.target
    match value:
        case "meetings":
            before = (trace.sentence.word(at) for at in range(max(0, position - 2), position))
            is_prepared = any(is_small(word, "prepares") for word in before)
            return (
                is_prepared
                or target is Target.MEETINGS
                or trace.asks_of("bodies")
                or trace.question.changed is not None
            )
        case "people":
            return target is Target.PEOPLE or trace.asks_of("lead", "owner")
        case "proposals" | "systems":
            return target is Target(value)
        case _:
            return True


def _bounds(trace: _Trace, _value: str, position: int) -> bool:
    """ "siden" bounds a time or a meeting, also with a verb between them, and "efter" sorts; prepositions may stand
    before anything."""
    sentence = trace.sentence
    if _is_rest(trace, position):
        return trace.is_timed
    if sentence.word(position).key in _SIDES and sentence.tags[position].is_one_word:
        return True
    at = sentence.next_telling(position + 1)
    while any(map(sentence.tag(at).has, ("period", "phase", "until", "flag"))) and not sentence.tag(at).has("sortword"):
        at = sentence.next_telling(at + 1)
    if at >= len(sentence):
        return trace.question.target is Target.MEETINGS
    tag, word = sentence.tags[at], sentence.word(at)
    if sentence.tags[position].is_one_word and sentence.word(position).key in _OF_TIME:
        is_thing = bool(tag.entities) or tag.has("target", "projects")
        if is_thing:
            return tag.names("bodies")
    return word.is_number or word.date is not None or bool(tag.entities) or any(map(tag.has, _BOUNDED))


def _is_rest(trace: _Trace, position: int) -> bool:
    """ "resten af marts" is a time, "resten af projekterne" isn't said of which."""
    tag = trace.sentence.tags[position]
    return any(is_small(word, "rest") for word in trace.sentence.words[tag.start : tag.end])


def _compares(trace: _Trace, _value: str, position: int) -> bool:
    """ "under" is a preposition too, before a name."""
    after = trace.sentence.tag(trace.sentence.next_telling(position + 1))
    is_before_name = after.entities or after.has("hint") or after.has("phase") or position == len(trace.sentence) - 1
    is_preposition = is_before_name and trace.sentence.word(position).key == "under"
    if trace.is_measured or trace.is_timed:
        return is_preposition or not trace.sentence.tags[position].is_one_word or _counts(trace, position)
    return bool(trace.question.limit or is_preposition)


def _counts(trace: _Trace, position: int) -> bool:
    """Say whether a number or a time stands a little behind "mindst" or "mellem", or it ranks: "mindst budget"."""
    sentence = trace.sentence
    near = range(position + 1, min(len(sentence), position + 1 + _NEAR))
    words = [sentence.word(at) for at in near]
    is_number = any(word.is_number or word.date or word.key in phrasebook().numbers for word in words)
    return is_number or any(sentence.tag(at).has("when") for at in near) or trace.sorts is not None


def _hints(trace: _Trace, hint: str, position: int) -> bool:
    """Say whether a name of the kind stands beside it, or a number does."""
    sentence = trace.sentence
    fields = {"area": {"focus_areas", "org_units"}}.get(hint, {hint})
    near = [at for at in (position - 1, position + 1, position + 2) if 0 <= at < len(sentence)]
    named = {entity.field for at in near for entity in sentence.tags[at].entities}
    return not fields.isdisjoint(named) or any(sentence.word(at).is_case_number for at in near)


def _lacks(trace: _Trace, *_: object) -> bool:
    denies = any(isinstance(test, Is) and (test.denied or Rag.NONE in test.values) for test in trace.tests)
    return trace.lacks or denies or trace.asks_of("missing_status")


def _sorts(trace: _Trace, value: str, position: int) -> bool:
    """ "status" sorts, and "rød status" filters; "nr. 7" is a goal."""
    following = trace.sentence.word(position + 1) if position + 1 < len(trace.sentence) else None
    is_number = following is not None and (following.is_number or following.is_name)
    is_shown = trace.sentence.word(position).key == "status" and trace.question.target is Target.PROJECTS
    return trace.sorts is not None or is_number or is_shown or _is_about(trace, value, position)


def _divides(trace: _Trace, value: str, position: int) -> bool:
    """Say whether the kind of thing is asked for, divided by or named: "fokusområdet Klima", but not "projekter
    kategori"."""
    is_asked = trace.is_one or trace.question.target in _OF_KINDS
    of_colour = value == catalogue.OVERALL.name and (trace.asks_of(*_LIGHTS) or trace.sorts == "colour")
    return is_asked or of_colour or _is_about(trace, value, position) or _plays(trace, value, position)


def _is_about(trace: _Trace, attribute: str, _position: int) -> bool:
    """Say whether the question tests it, in whatever words."""
    match attribute.removeprefix("-"):
        case "colour" | "status_age":
            return trace.is_one or trace.asks_of("missing_status", *_LIGHTS)
        case "end" | "start" | "milestone":
            return trace.lacks or trace.is_timed or trace.asks_of("late")
        case "budget" | "spend":
            return trace.lacks or trace.is_measured or trace.asks_of("over_budget")
        case name:
            return trace.lacks or trace.asks_of(name) or trace.question.target is Target.PROJECT


def _searches(trace: _Trace, _value: str, position: int) -> bool:
    return trace.text is not None or bool(trace.sentence.tag(trace.sentence.next_telling(position + 1)).entities)


def _times(trace: _Trace, value: str, _position: int) -> bool:
    """Pass "now" and "active" over, since all that is asked is asked so."""
    is_said_anyway = value in {"now", "active"}
    sorts = trace.sorts in {"start", "end", "status"}
    return is_said_anyway or sorts or trace.is_timed or trace.lacks or trace.is_one or trace.asks_of("missing_status")


def _measures(trace: _Trace, *_: object) -> bool:
    return trace.is_measured or trace.sorts in _AMOUNTS or trace.lacks or trace.is_one or trace.asks_of("over_budget")


def _commands(trace: _Trace, value: str, position: int) -> bool:
    """People greet before they ask, and thank behind it; "super" thanks where it is set off, not "super budget"."""
    if value in {"greeting", "thanks"}:
        sentence, tag = trace.sentence, trace.sentence.tags[position]
        thanks = any(is_small(word, "thanks") for word in sentence.words[tag.start : tag.end])
        if value == "thanks" and not thanks and not _is_set_off(trace, position):
            return False
        return sentence.telling_before(position) < 0 or sentence.next_telling(position + 1) == len(sentence)
    return trace.asks_of("missing_status") or trace.is_one


def _is_set_off(trace: _Trace, position: int) -> bool:
    text, tag = trace.sentence.text, trace.sentence.tags[position]
    before = text[: trace.sentence.words[tag.start].first].rstrip()
    after = text[trace.sentence.words[tag.end - 1].last :].lstrip()
    return not before[-1:].isalnum() and not after[:1].isalnum()


_USES: Mapping[str, Callable[[_Trace, str, int], bool]] = {
    "ask": _asks,
    "role": _plays,
    "target": _targets,
    "until": _bounds,
    "compare": _compares,
    "hint": _hints,
    "lack": _lacks,
    "period": _times,
    "when": _times,
    "length": _times,
    "amount": _measures,
    "unit": lambda trace, *_: trace.is_measured,
    "sortword": _sorts,
    "sortby": lambda trace, *_: trace.sorts is not None,
    "direction": lambda trace, *_: trace.sorts is not None,
    "attribute": _is_about,
    "noun": _divides,
    "text": _searches,
    "command": _commands,
    "limit": lambda trace, *_: trace.question.limit is not None or trace.is_timed,
    "goal": lambda trace, *_: trace.asks_of("goals"),
    "priority": lambda trace, *_: trace.asks_of("priority") or trace.sorts == "priority",
    "colour": lambda trace, *_: trace.asks_of(*_LIGHTS) or trace.question.changed is not None or trace.is_one,
    "light": lambda trace, *_: trace.asks_of(*_LIGHTS) or trace.is_one,
    "one": lambda trace, _value, position: trace.is_one or not trace.sentence.tags[position].is_one_word,
    "help": lambda *_: False,
    "of_part": lambda _trace, value, _position: value != "coming",
    # Said by operators, or by nothing.
    **dict.fromkeys(("rank", "measure", "each", "part"), lambda *_: False),
}
