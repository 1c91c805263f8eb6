"""The heading that is the answer: "3 røde projekter i Børn og Unge"."""

from __future__ import annotations

from collections.abc import Iterator

from dialogs.questions.chips import either_words
from dialogs.turn.audience import Audience
from dialogs.values.plain import one_line
from dialogs.wording.values import bound_words, changed_words, listed, period_words, value_words
from portfolio.projects.project import CLOSED_PHASES
from portfolio.projects.status import Rag
from portfolio.questions import catalogue
from portfolio.questions.catalogue import Attribute, Kind
from portfolio.questions.question import During, Is, Mentions, Question, Value, Within

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


def projects_words(question: Question, audience: Audience) -> str:
    """ "røde projekter i Børn og Unge": what is asked for, without how many there are."""
    before = "".join(f"{word} " for word in _adjectives(question, 2, audience))
    after = "".join(list(_qualifiers(question, audience))[:MOST_PARTS])
    return audience.texts.say("heading.bare", before=before, after=after)


def belongings_heading(question: Question, total: int, audience: Audience) -> str:
    """ "3 milepæle i Børn og Unge" """
    after = "".join(list(_qualifiers(question, audience))[:MOST_PARTS])
    before = "".join(f"{word} " for word in _belonging_adjectives(question, total, audience))
    if of_projects := list(_adjectives(question, 2, audience)):
        after = audience.texts.say("heading.of_projects", projects=" ".join(of_projects)) + after
    kinds = question.values(catalogue.OBSTACLE_KINDS)
    what = kinds[0] if len(kinds) == 1 else question.target.value
    if total == 0:
        return audience.texts.say(f"no_belongings.{what}", before=before, after=after)
    return audience.texts.count(f"belongings.{what}", total, before=before, after=after)


def _belonging_adjectives(question: Question, total: int, audience: Audience) -> Iterator[str]:
    for flag in (one for one in catalogue.ATTRIBUTES.values() if one.kind is Kind.FLAG):
        if flag.subject is not catalogue.Subject.PROJECT and (wanted := question.flag(flag)) is not None:
            yield audience.texts.count(
                f"belonging_flag.{flag.name}" if wanted else f"belonging_flag.not_{flag.name}", total
            )
    for kind in question.values(catalogue.BENEFIT_KINDS):
        yield audience.texts.count(f"benefit_adjective.{kind}", total)


def projects_phrase(question: Question, total: int, audience: Audience) -> str:
    """Write the heading with a small letter first, to stand within a sentence."""
    heading = projects_heading(question, total, audience)
    return heading[:1].lower() + heading[1:]


def changes_heading(question: Question, total: int, audience: Audience) -> str:
    """ "3 projekter i Skoler skiftede til rød siden 1. juni 2026" """
    if question.changed is None:
        return projects_heading(question, total, audience)
    projects = projects_heading(question.having_not(question.changed), total, audience)
    return f"{projects} {one_line(changed_words(question.changed, audience))}"


def _adjectives(question: Question, total: int, audience: Audience) -> Iterator[str]:
    """Adjectives, inflected for the number: røde, forsinkede, lokale, afsluttede."""
    texts = audience.texts
    overall, phases = question.values(catalogue.OVERALL), question.values(catalogue.PHASES)
    if overall and overall != (Rag.NONE,):
        yield listed([texts.count(f"colour_of.{colour}", total) for colour in overall], audience)
    if question.flag(catalogue.LATE):
        yield texts.count("heading.late", total)
    if phases and CLOSED_PHASES.issuperset(phases):
        yield listed([texts.count(f"phase_of.{phase}", total) for phase in phases], audience)
    if kinds := question.values(catalogue.KINDS):
        yield listed([texts.count(f"kind_of.{kind}", total) for kind in kinds], audience)


def _qualifiers(question: Question, audience: Audience) -> Iterator[str]:
    yield from _place(question, audience)
    yield from _state(question, audience)
    yield from _people(question, audience)
    yield from _other_filters(question, audience)
    if question.any_of:
        said = [either_words(tests, audience) for tests in question.any_of]
        yield audience.texts.say("heading.any_of", filters=one_line(listed(said, audience, "heading.or")))
    yield from _exceptions(question, audience)


def _place(question: Question, audience: Audience) -> Iterator[str]:
    texts = audience.texts
    if units := question.values(catalogue.ORG_UNITS):
        yield texts.say("heading.org_units", names=_names(catalogue.ORG_UNITS, units, audience))
    if areas := question.values(catalogue.FOCUS_AREAS):
        key = "heading.focus_areas" if len(areas) == 1 else "heading.focus_areas_several"
        key = key if Is(catalogue.FOCUS_AREAS, areas) in question.where else "heading.focus_areas_all"
        yield texts.say(key, names=_names(catalogue.FOCUS_AREAS, areas, audience))
    if not CLOSED_PHASES.issuperset(phases := question.values(catalogue.PHASES)):
        yield texts.say("heading.phases", names=_names(catalogue.PHASES, phases, audience, "heading.or"))


def _state(question: Question, audience: Audience) -> Iterator[str]:
    texts = audience.texts
    if question.values(catalogue.OVERALL) == (Rag.NONE,):
        yield texts.say("heading.no_status")
    for flag in catalogue.FLAGS:
        wanted = question.flag(flag)
        if wanted is not None and not (wanted and flag is catalogue.LATE):  # which stands before the noun
            yield texts.say(f"heading.{flag.name}" if wanted else f"heading.not_{flag.name}")
    if question.changed:
        yield texts.say("heading.changed", what=one_line(changed_words(question.changed, audience)))
    for light in catalogue.LIGHTS:
        if light is not catalogue.OVERALL and (colours := question.values(light)):
            names = _names(light, colours, audience, "heading.or")
            yield texts.say("heading.light", field=texts.say(f"field.{light.name}"), names=names)


def _people(question: Question, audience: Audience) -> Iterator[str]:
    asker = audience.asker.id if audience.asker else None
    for attribute in (one for one in catalogue.ATTRIBUTES.values() if one.kind is Kind.PERSON):
        people = question.values(attribute)
        if people == (asker,):
            yield audience.texts.say(f"heading.{attribute.name}_you")
        elif people:
            yield audience.texts.say(
                f"heading.{attribute.name}", names=_names(attribute, people, audience, "heading.or")
            )


def _other_filters(question: Question, audience: Audience) -> Iterator[str]:
    texts = audience.texts
    if goals := question.values(catalogue.GOALS):
        yield texts.say("heading.goals", names=_names(catalogue.GOALS, goals, audience, "heading.or"))
    if priorities := question.values(catalogue.PRIORITY):
        yield texts.say("heading.priority", names=_names(catalogue.PRIORITY, priorities, audience, "heading.or"))
    periods = [test for test in question.where if isinstance(test, During)]
    if periods:
        yield f" {listed([period_heading(period, audience).strip() for period in periods], audience)}"
    of_knowing = [test for test in question.where if isinstance(test, Is) and not test.values]
    for key, denied, link in (("lacking", False, "heading.or"), ("known", True, "heading.and")):
        names = [texts.say(f"attribute.{test.attribute.name}") for test in of_knowing if test.denied is denied]
        if names:
            yield texts.say(f"heading.{key}", names=listed(names, audience, link))
    for test in question.where:
        if isinstance(test, Within):
            amount = texts.say(f"amount.{test.attribute.name}")
            key = "heading.amount_not" if test.denied else "heading.amount"
            yield texts.say(key, amount=amount, bound=bound_words(test, audience))
        elif isinstance(test, Mentions):
            yield texts.say("heading.text", text=one_line(test.text, LONGEST_NAME))


def period_heading(period: During, audience: Audience) -> str:
    key = f"heading.period_{'not_' if period.denied else ''}{period.attribute.name}"
    return audience.texts.say(key, period=period_words(period.first, period.last, audience))


def _exceptions(question: Question, audience: Audience) -> Iterator[str]:
    denied = [test for test in question.where if isinstance(test, Is) and test.denied and test.values]
    names = [
        one_line(_exception(test.attribute, value, audience), LONGEST_NAME)
        for test in denied
        if test.attribute.kind is not Kind.FLAG
        for value in test.values
    ]
    if names:
        yield audience.texts.say("heading.except", names=listed(names, audience))


def _exception(attribute: Attribute, value: Value, audience: Audience) -> str:
    inflected = {catalogue.OVERALL: "colour_of", catalogue.KINDS: "kind_of"}.get(attribute)
    return audience.texts.count(f"{inflected}.{value}", 2) if inflected else value_words(attribute, value, audience)


def _names(attribute: Attribute, values: tuple[Value, ...], audience: Audience, link: str = "heading.and") -> str:
    named = [one_line(value_words(attribute, value, audience), LONGEST_NAME) for value in values]
    return listed(named, audience, link)
