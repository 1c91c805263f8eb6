"""The filters of a question as chips, and the questions that come of removing or changing a chip."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeVar

from dialogs.turn.audience import Audience
from dialogs.turn.payload import MalformedQuestion
from dialogs.wording.values import COLOUR_FIELDS, bound_words, changed_words, period_words, value_words
from portfolio.projects.project import Phase, ProjectKind
from portfolio.projects.status import Rag
from portfolio.questions.question import Filters, Question

# Stands for "all values" in a form: an empty value would count as nothing chosen.
ANY = "*"
# Stands for a filter as it is, which can only be kept or removed.
KEPT = "="
# What a list is most often narrowed by; offered also where the question says nothing of it.
NARROWING = ("overall", "focus_areas", "org_units", "phases")
FLAGS = ("missing_status", "stale", "late", "over_budget", "disputed")
MOST_CHOICES, MOST_ADDITIONS = 60, 30
_YES_NO = {"yes": True, "no": False}

T = TypeVar("T")
Side = Literal["where", "without", "bodies", "other"]


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter's value by name, and the question without it. `token` is that of the value in a form."""

    side: Side
    field: str
    value: str | int | None
    label: str
    short: str
    removed: Question
    token: str = KEPT


def chips(question: Question, audience: Audience) -> tuple[Chip, ...]:
    return (
        *_filter_chips(question, "where", audience),
        *_filter_chips(question, "without", audience),
        *_body_chips(question, audience),
        *_flag_chips(question, audience),
        *_other_chips(question, audience),
    )


def _filter_chips(question: Question, side: Literal["where", "without"], audience: Audience) -> Iterator[Chip]:
    for field, values in _side(question, side).given().items():
        for value in values:
            words = value_words(field, value, audience)
            label = _label(field, words, audience, negated=side == "without")
            yield Chip(side, field, value, label, words, _replaced(question, side, field, value, None), str(value))


def _body_chips(question: Question, audience: Audience) -> Iterator[Chip]:
    for body in question.bodies:
        label = _label("bodies", body, audience)
        removed = replace(question, bodies=_without(question.bodies, body))
        yield Chip("bodies", "bodies", body, label, body, removed, body)


def _flag_chips(question: Question, audience: Audience) -> Iterator[Chip]:
    for flag in FLAGS:
        wanted = getattr(question, flag)
        if wanted is not None:
            name = audience.texts.say(f"field.{flag}")
            label = name if wanted else _label(flag, audience.texts.say("chip.no"), audience)
            removed: dict[str, Any] = {flag: None}
            yield Chip("other", flag, None, label, name, replace(question, **removed), "yes" if wanted else "no")


def _other_chips(question: Question, audience: Audience) -> Iterator[Chip]:
    texts = audience.texts

    def chip(field: str, value: str, removed: Question, name: str | None = None) -> Chip:
        label = texts.say("chip.label", field=name or texts.say(f"field.{field}"), value=value)
        return Chip("other", field, None, label, label, removed)

    if question.changed:
        label = changed_words(question.changed, audience)
        yield Chip("other", "changed", None, label, label, replace(question, changed=None))
    for period in question.periods:
        name, others = texts.name("period_field", period.field), _without(question.periods, period)
        yield chip("periods", period_words(period, audience), replace(question, periods=others), name)
    for item in question.amounts:
        removed = replace(question, amounts=_without(question.amounts, item))
        yield chip("amounts", bound_words(item, audience), removed, texts.name("amount", item.amount))
    for attribute in question.lacking:
        removed = replace(question, lacking=_without(question.lacking, attribute))
        yield chip("lacking", texts.name("attribute", attribute), removed)
    if question.text:
        yield chip("text", question.text, replace(question, text=None))
    if question.limit is not None:
        yield chip("limit", texts.say("chip.at_most", limit=question.limit), replace(question, limit=None))
    if question.match_all:
        yield chip("match_all", texts.say("chip.at_once"), replace(question, match_all=False))
    if question.include_closed:
        yield chip("include_closed", texts.say("chip.included"), replace(question, include_closed=False))


def _without(values: tuple[T, ...], left_out: T) -> tuple[T, ...]:
    return tuple(value for value in values if value != left_out)


def _label(field: str, words: str, audience: Audience, *, negated: bool = False) -> str:
    key = "chip.except" if negated else "chip.label"
    return audience.texts.say(key, field=audience.texts.say(f"field.{field}"), value=words)


def choices(chip: Chip, audience: Audience) -> tuple[tuple[str, str], ...]:
    """The values that the filter could have instead, as (token, name); none where only removal makes sense."""
    if chip.field in FLAGS:
        return tuple((token, audience.texts.say(f"chip.{token}")) for token in _YES_NO)
    if chip.value is None:
        return ()
    values = _possible(chip.field, audience)
    if chip.value not in values:
        values = [chip.value, *values]
    return tuple((str(value), value_words(chip.field, value, audience)) for value in values[:MOST_CHOICES])


def additions(question: Question, audience: Audience) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return the fields that the question says nothing of and could be narrowed by, with their values as (token,
    name); of the departments only the topmost, with which all below them come along."""
    taken = question.where.given().keys() | question.without.given().keys()
    possible = {field: _possible(field, audience) for field in NARROWING if field not in taken}
    if "org_units" in possible:
        possible["org_units"] = [unit.name for unit in audience.names.vocabulary.org_units if unit.parent is None]
    return {
        field: tuple((str(value), value_words(field, value, audience)) for value in values)
        for field, values in possible.items()
        if 1 < len(values) <= MOST_ADDITIONS
    }


def narrowed(question: Question, field: str, token: str, audience: Audience) -> Question:
    """The question for those alone that have the value; as it is for ANY. Raises MalformedQuestion."""
    values = {str(value): value for value in _possible(field, audience)} if field in NARROWING else {}
    if token == ANY:
        return question
    if token not in values:
        raise MalformedQuestion(f"no such value of {field}")
    added: dict[str, Any] = {field: (*getattr(question.where, field), _typed(field, values[token]))}
    return replace(question, where=replace(question.where, **added))


def _possible(field: str, audience: Audience) -> list[str | int]:
    vocabulary = audience.names.vocabulary
    if field in COLOUR_FIELDS:
        return [colour.value for colour in Rag]
    match field:
        case "lead" | "owner":
            people = vocabulary.leads if field == "lead" else vocabulary.owners
            return [*sorted(filter(audience.names.person, people), key=audience.person)]  # not the erased
        case "kinds":
            return [kind.value for kind in ProjectKind]
        case "phases":
            return [phase.value for phase in Phase]
        case "goals":
            return list(range(1, 18))
        case "priority":
            return list(range(1, 6))
        case "focus_areas" | "org_units" | "bodies":
            return [named.name for named in getattr(vocabulary, field)]
    return []


def changed(question: Question, chip: Chip, token: str, audience: Audience) -> Question:
    """The question with another value in the chip's place, or without it for ANY.

    Raises MalformedQuestion for a value that the filter cannot have.
    """
    if token in (str(chip.value), KEPT):
        return question
    if chip.side == "other" and token == ANY:
        now = (other.removed for other in chips(question, audience) if other.label == chip.label)
        return next(now, question)
    if chip.field in FLAGS and token in _YES_NO:
        flag: dict[str, Any] = {chip.field: _YES_NO[token]}
        return replace(question, **flag)
    values = {str(value): value for value in _possible(chip.field, audience)}
    if token != ANY and token not in values:
        raise MalformedQuestion(f"no such value of {chip.field}")
    new = values.get(token)
    if chip.side == "bodies":
        kept = (new if body == chip.value else body for body in question.bodies)
        return replace(question, bodies=tuple(dict.fromkeys(str(body) for body in kept if body is not None)))
    if chip.side == "other":
        raise MalformedQuestion(f"{chip.field} has no other values")
    return _replaced(question, chip.side, chip.field, chip.value, new)


def _side(question: Question, side: Literal["where", "without"]) -> Filters:
    return question.where if side == "where" else question.without


def _replaced(
    question: Question, side: Literal["where", "without"], field: str, old: str | int | None, new: str | int | None
) -> Question:
    filters = _side(question, side)
    kept = [new if value == old else value for value in getattr(filters, field)]
    # The value is the enumeration's own where the field holds one, so that equal questions stay equal.
    typed = tuple(dict.fromkeys(_typed(field, value) for value in kept if value is not None))
    values: dict[str, Any] = {field: typed}
    changes: dict[str, Any] = {side: replace(filters, **values)}
    return replace(question, **changes)


def _typed(field: str, value: str | int) -> str | int:
    types = {**dict.fromkeys(COLOUR_FIELDS, Rag), "kinds": ProjectKind, "phases": Phase}
    return types[field](str(value)) if field in types else value
