"""The tests of a question as chips, and the questions that come of removing or changing a chip."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dialogs.turn.audience import Audience
from dialogs.turn.payload import MalformedQuestion
from dialogs.turn.printing import field_of
from dialogs.wording.values import bound_words, changed_words, listed, period_words, value_words
from portfolio.questions import catalogue
from portfolio.questions.catalogue import Attribute, Kind
from portfolio.questions.question import Changed, During, Is, Mentions, Question, Test, Tests, Value, Within

# Stands for "all values" in a form: an empty value would count as nothing chosen.
ANY = "*"
# Stands for a filter as it is, which can only be kept or removed.
KEPT = "="
# What a list is most often narrowed by; offered also where the question says nothing of it.
NARROWING = (catalogue.OVERALL, catalogue.FOCUS_AREAS, catalogue.ORG_UNITS, catalogue.PHASES)
MOST_CHOICES, MOST_ADDITIONS = 60, 30
_YES_NO = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class Chip:
    """A test, or a value of one, by name, and the question without it. `test` stands in the question's `where`; it is
    None for what isn't tested. `token` is that of the value in a form."""

    field: str
    label: str
    short: str
    removed: Question
    test: Test | None = None
    value: Value | None = None
    token: str = KEPT

    @property
    def denies(self) -> bool:
        return not isinstance(self.test, Mentions | Changed | None) and self.test.denied


def chips(question: Question, audience: Audience) -> tuple[Chip, ...]:
    made = (
        *(chip for test in question.where for chip in _chips_of(test, question, audience)),
        *_either_chips(question, audience),
        *_other_chips(question, audience),
    )
    return tuple(_marked(chip, audience) if _is_inherited(chip, question) else chip for chip in made)


def _is_inherited(chip: Chip, question: Question) -> bool:
    return (field_of(chip.test) if chip.test else chip.field) in question.inherited


def _marked(chip: Chip, audience: Audience) -> Chip:
    """The chip with the mark that it was taken over from the question before."""
    return replace(chip, label=audience.texts.say("chip.inherited", chip=chip.label))


def _chips_of(test: Test, question: Question, audience: Audience) -> Iterator[Chip]:
    removed = question.having_not(test)
    if not isinstance(test, Is) or not test.values:
        name, words = _said(test, audience)
        negated = isinstance(test, Within) and test.denied
        label = words if isinstance(test, Changed) else _label(name, words, audience, negated=negated)
        yield Chip(_field(test), label, label, removed, test)
    elif test.attribute.kind is Kind.FLAG:
        name = audience.texts.say(f"field.{test.attribute.name}")
        label = _label(name, audience.texts.say("chip.no"), audience) if test.denied else name
        yield Chip(test.attribute.name, label, name, removed, test, token="no" if test.denied else "yes")
    else:
        for value in test.values:
            words = value_words(test.attribute, value, audience)
            name = audience.texts.say(f"field.{test.attribute.name}")
            label = _label(name, words, audience, negated=test.denied)
            left = _replaced(question, test, value, None)
            yield Chip(test.attribute.name, label, words, left, test, value, str(value))


def _field(test: Test) -> str:
    """The name under which a form tells what a test is of."""
    match test:
        case Mentions():
            return "text"
        case Changed():
            return "changed"
        case Is(_, ()):
            return "lacking"
    return test.attribute.name


def _said(test: Test, audience: Audience) -> tuple[str, str]:
    """Say what is tested, and against what."""
    texts = audience.texts
    match test:
        case Mentions(text):
            return texts.say("field.text"), text
        case Changed():
            return "", changed_words(test, audience)
        case During(attribute, first, last):
            name = f"period_field.{'not_' if test.denied else ''}{attribute.name}"
            return texts.say(name), period_words(first, last, audience)
        case Within(attribute):
            return texts.say(f"amount.{attribute.name}"), bound_words(test, audience)
        case Is(attribute):
            return texts.say("field.known" if test.denied else "field.lacking"), texts.say(
                f"attribute.{attribute.name}"
            )


def _either_chips(question: Question, audience: Audience) -> Iterator[Chip]:
    """Make one chip of "this or that", which can only be removed as a whole."""
    if question.any_of:
        said = [either_words(tests, audience) for tests in question.any_of]
        label = listed(said, audience, "heading.or")
        yield Chip("any_of", label, label, replace(question, any_of=()))


def either_words(tests: Tests, audience: Audience) -> str:
    """ "samlet status: rød og forsinket" """
    labels = (chip.label for test in tests for chip in _chips_of(test, Question(where=tests), audience))
    return listed(list(labels), audience)


def _other_chips(question: Question, audience: Audience) -> Iterator[Chip]:
    texts = audience.texts

    def chip(field: str, words: str, removed: Question) -> Chip:
        label = _label(texts.say(f"field.{field}"), words, audience)
        return Chip(field, label, label, removed)

    if question.limit is not None:
        yield chip("limit", texts.say("chip.at_most", limit=question.limit), replace(question, limit=None))
    if twice := _tested_twice(question):
        yield chip("match_all", texts.say("chip.at_once"), _either(question, twice))
    if question.include_closed:
        yield chip("include_closed", texts.say("chip.included"), replace(question, include_closed=False))


def _tested_twice(question: Question) -> Attribute | None:
    """Find the attribute of which several things must hold at once: "både Klima og Velfærd"."""
    listed_by = [test.attribute for test in question.where if isinstance(test, Is) and not test.denied]
    return next((one for one in listed_by if listed_by.count(one) > 1), None)


def _either(question: Question, attribute: Attribute) -> Question:
    """The question for what has any of the values that were asked for at once."""
    once = Is(attribute, question.values(attribute))
    others = tuple(
        test for test in question.where if not isinstance(test, Is) or test.denied or test.attribute is not attribute
    )
    return replace(question, where=(once, *others))


def _label(name: str, words: str, audience: Audience, *, negated: bool = False) -> str:
    return audience.texts.say("chip.except" if negated else "chip.label", field=name, value=words)


def choices(chip: Chip, audience: Audience) -> tuple[tuple[str, str], ...]:
    """The values that the filter could have instead, as (token, name); none where only removal makes sense."""
    if chip.token in _YES_NO:
        return tuple((token, audience.texts.say(f"chip.{token}")) for token in _YES_NO)
    if chip.value is None or not isinstance(chip.test, Is):
        return ()
    attribute = chip.test.attribute
    values = _possible(attribute, audience)
    if chip.value not in values:
        values = [chip.value, *values]
    return tuple((str(value), value_words(attribute, value, audience)) for value in values[:MOST_CHOICES])


def additions(question: Question, audience: Audience) -> dict[Attribute, tuple[tuple[str, str], ...]]:
    """Return what the question says nothing of and could be narrowed by, with the values as (token, name); of the
    departments only the topmost, with which all below them come along."""
    taken = question.asked_of
    possible = {attribute: _possible(attribute, audience) for attribute in NARROWING if attribute not in taken}
    if catalogue.ORG_UNITS in possible:
        units = audience.names.vocabulary.org_units
        possible[catalogue.ORG_UNITS] = [unit.name for unit in units if unit.parent is None]
    return {
        attribute: tuple((str(value), value_words(attribute, value, audience)) for value in values)
        for attribute, values in possible.items()
        if 1 < len(values) <= MOST_ADDITIONS
    }


def narrowed(question: Question, attribute: Attribute, token: str, audience: Audience) -> Question:
    """The question for those alone that have the value; as it is for ANY. Raises MalformedQuestion."""
    if token == ANY:
        return question
    values = {str(value): value for value in _possible(attribute, audience)} if attribute in NARROWING else {}
    if token not in values:
        raise MalformedQuestion(f"no such value of {attribute.name}")
    return question.having(Is(attribute, (values[token],)))


def _possible(attribute: Attribute, audience: Audience) -> list[Value]:
    vocabulary = audience.names.vocabulary
    if attribute.kind is Kind.PERSON:
        people = vocabulary.leads if attribute is catalogue.LEAD else vocabulary.owners
        return [*sorted(filter(audience.names.person, people), key=audience.person)]  # not the erased
    if attribute in (catalogue.FOCUS_AREAS, catalogue.ORG_UNITS, catalogue.BODIES):
        return [named.name for named in getattr(vocabulary, attribute.name)]
    return list(attribute.possible)


def changed(question: Question, chip: Chip, token: str, audience: Audience) -> Question:
    """The question with another value in the chip's place, or without it for ANY.

    Raises MalformedQuestion for a value that the filter cannot have.
    """
    if token in (str(chip.value), KEPT, chip.token):
        return question
    if token == ANY:
        now = (other.removed for other in chips(question, audience) if other.label == chip.label)
        return next(now, question)
    if not isinstance(chip.test, Is):
        raise MalformedQuestion(f"{chip.field} has no other values")
    if chip.test.attribute.kind is Kind.FLAG and token in _YES_NO:
        return _exchanged(question, chip.test, replace(chip.test, denied=not _YES_NO[token]))
    values = {str(value): value for value in _possible(chip.test.attribute, audience)}
    if token not in values or chip.value is None:
        raise MalformedQuestion(f"no such value of {chip.field}")
    return _replaced(question, chip.test, chip.value, values[token])


def _replaced(question: Question, test: Is, old: Value, new: Value | None) -> Question:
    """The question with another value in the place of the old one, also where the test has lost others meanwhile."""
    now = next((one for one in question.where if isinstance(one, Is) and _is_of(one, test) and old in one.values), None)
    if now is None:
        return question
    kept = (new if value == old else value for value in now.values)
    values = tuple(dict.fromkeys(value for value in kept if value is not None))
    return _exchanged(question, now, replace(now, values=values)) if values else question.having_not(now)


def _is_of(one: Is, other: Is) -> bool:
    return one.attribute is other.attribute and one.denied == other.denied


def _exchanged(question: Question, old: Test, new: Test) -> Question:
    return replace(question, where=tuple(new if test == old else test for test in question.where))
