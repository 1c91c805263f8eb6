"""The heading that is the answer: "3 røde projekter i Børn og Unge"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dialogs.turn.audience import Audience
from dialogs.values.plain import one_line
from dialogs.wording.values import COLOUR_FIELDS, bound_words, changed_words, listed, period_words, value_words
from portfolio.projects.project import CLOSED_PHASES
from portfolio.projects.status import Rag
from portfolio.questions.question import Period, PeriodField, Question

MOST_PARTS = 3
LONGEST_NAME = 80


def projects_heading(question: Question, total: int, audience: Audience) -> str:
    """Write the heading in plain text, not escaped."""
    before = "".join(f"{word} " for word in _adjectives(question, total, audience))
    parts = list(_qualifiers(question, audience))
    after = "".join(parts[:MOST_PARTS])
    if len(parts) > MOST_PARTS:
        after += audience.texts.count("heading.more_filters", len(parts) - MOST_PARTS)
    if total == 0:
        return audience.texts.say("heading.none", before=before, after=after)
    return audience.texts.count("heading.projects", total, before=before, after=after)


def projects_phrase(question: Question, total: int, audience: Audience) -> str:
    """Write the heading with a small letter first, to stand within a sentence."""
    heading = projects_heading(question, total, audience)
    return heading[:1].lower() + heading[1:]


def changes_heading(question: Question, total: int, audience: Audience) -> str:
    """ "3 projekter i Skoler skiftede til rød siden 1. juni 2026" """
    projects = projects_heading(replace(question, changed=None), total, audience)
    if question.changed is None:
        return projects
    return f"{projects} {one_line(changed_words(question.changed, audience))}"


def _adjectives(question: Question, total: int, audience: Audience) -> Iterator[str]:
    """Adjectives, inflected for the number: røde, forsinkede, lokale, afsluttede."""
    texts, where = audience.texts, question.where
    if where.overall and where.overall != (Rag.NONE,):
        yield listed([texts.count(f"colour_of.{colour.value}", total) for colour in where.overall], audience)
    if question.late:
        yield texts.count("heading.late", total)
    closed = [phase for phase in where.phases if phase in CLOSED_PHASES]
    if closed and len(closed) == len(where.phases):
        yield listed([texts.count(f"phase_of.{phase.value}", total) for phase in closed], audience)
    if where.kinds:
        yield listed([texts.count(f"kind_of.{kind.value}", total) for kind in where.kinds], audience)


def _qualifiers(question: Question, audience: Audience) -> Iterator[str]:
    yield from _place(question, audience)
    yield from _state(question, audience)
    yield from _people(question, audience)
    yield from _other_filters(question, audience)
    yield from _exceptions(question, audience)


def _place(question: Question, audience: Audience) -> Iterator[str]:
    texts, where = audience.texts, question.where
    if where.org_units:
        yield texts.say("heading.org_units", names=_names("org_units", where.org_units, audience))
    if where.focus_areas:
        key = "heading.focus_areas" if len(where.focus_areas) == 1 else "heading.focus_areas_several"
        key = "heading.focus_areas_all" if question.match_all else key
        yield texts.say(key, names=_names("focus_areas", where.focus_areas, audience))
    if any(phase not in CLOSED_PHASES for phase in where.phases):
        names = listed([texts.name("phase", phase) for phase in where.phases], audience, "heading.or")
        yield texts.say("heading.phases", names=names)


def _state(question: Question, audience: Audience) -> Iterator[str]:
    texts = audience.texts
    if question.where.overall == (Rag.NONE,):
        yield texts.say("heading.no_status")
    flags = (
        (question.missing_status, "missing_status", "has_status"),
        (question.stale, "stale", "fresh"),
        (question.over_budget, "over_budget", "within_budget"),
        (False if question.late is False else None, "on_time", "on_time"),
        (question.disputed, "disputed", "undisputed"),
    )
    for flag, yes, no in flags:
        if flag is not None:
            yield texts.say(f"heading.{yes if flag else no}")
    if question.changed:
        yield texts.say("heading.changed", what=one_line(changed_words(question.changed, audience)))
    for field in COLOUR_FIELDS[1:]:
        if colours := getattr(question.where, field):
            name = texts.say(f"field.{field}")
            yield texts.say("heading.light", field=name, names=_names(field, colours, audience, "heading.or"))


def _people(question: Question, audience: Audience) -> Iterator[str]:
    asker = audience.asker.id if audience.asker else None
    for field in ("lead", "owner"):
        people = getattr(question.where, field)
        if people == (asker,):
            yield audience.texts.say(f"heading.{field}_you")
        elif people:
            yield audience.texts.say(f"heading.{field}", names=_names(field, people, audience, "heading.or"))


def _other_filters(question: Question, audience: Audience) -> Iterator[str]:
    texts, where = audience.texts, question.where
    if where.goals:
        yield texts.say("heading.goals", names=_names("goals", where.goals, audience, "heading.or"))
    if where.priority:
        yield texts.say("heading.priority", names=_names("priority", where.priority, audience, "heading.or"))
    periods = [period for period in question.periods if period.field is not PeriodField.MEETING]
    if periods:
        yield f" {listed([period_heading(period, audience).strip() for period in periods], audience)}"
    if question.lacking:
        names = listed([texts.name("attribute", attribute) for attribute in question.lacking], audience, "heading.or")
        yield texts.say("heading.lacking", names=names)
    for item in question.amounts:
        amount = texts.name("amount", item.amount)
        yield texts.say("heading.amount", amount=amount, bound=bound_words(item, audience))
    if question.text:
        yield texts.say("heading.text", text=one_line(question.text, LONGEST_NAME))


def period_heading(period: Period, audience: Audience) -> str:
    return audience.texts.say(f"heading.period_{period.field.value}", period=period_words(period, audience))


def _exceptions(question: Question, audience: Audience) -> Iterator[str]:
    names: list[str] = []
    for field, values in question.without.given().items():
        section = {"overall": "colour_of", "kinds": "kind_of"}.get(field)
        for value in values:
            words = audience.texts.count(f"{section}.{value}", 2) if section else value_words(field, value, audience)
            names.append(one_line(words, LONGEST_NAME))
    if names:
        yield audience.texts.say("heading.except", names=listed(names, audience))


def _names(field: str, values: tuple[str | int, ...], audience: Audience, link: str = "heading.and") -> str:
    named = [one_line(value_words(field, value, audience), LONGEST_NAME) for value in values]
    return listed(named, audience, link)
