"""Questions for milestones, benefits, risks and barriers: what is said of them, as tests."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from dialogs.understanding.questions.draft import Draft
from dialogs.understanding.questions.operators import Operators
from portfolio.projects.project import BenefitKind, RiskKind
from portfolio.questions import catalogue
from portfolio.questions.catalogue import Attribute
from portfolio.questions.question import During, Is, Sort, Target, Test

_FLAGS = {
    "missed": (catalogue.MISSED, True),
    "reached": (catalogue.REACHED, True),
    "unreached": (catalogue.REACHED, False),
    "realised": (catalogue.REALISED, True),
    "unrealised": (catalogue.REALISED, False),
    "open": (catalogue.OPEN, True),
    "shut": (catalogue.OPEN, False),
    "severe": (catalogue.SEVERE, True),
}
_DATED = {Target.MILESTONES: catalogue.DUE, Target.BENEFITS: catalogue.FOLLOW_UP}
_RESPONSIBLE = {
    Target.BENEFITS: catalogue.BENEFIT_RESPONSIBLE,
    Target.OBSTACLES: catalogue.OBSTACLE_RESPONSIBLE,
}


def complete(draft: Draft, operators: Operators, today: date, *, is_future: bool, mine: str | None) -> bool:
    """Put what is said of the parts into the draft; False where something of it can't be asked of them. Those that are
    done with are left out where nothing says otherwise: closed risks and barriers, milestones that were reached.
    `mine` is the asker, where it is asked what they are responsible for."""
    target = operators.parts
    if target is None:
        return False
    said = set(operators.said_of_parts)
    if draft.flags.pop("late", None) and target is Target.MILESTONES:
        said.add("missed")
    if "reached" in said and is_future:
        said.discard("reached")
        said.add("unreached")
    if not _date_parts(draft, target, said, today):
        return False
    if target in _RESPONSIBLE and (people := _responsible(draft, said, mine)):
        draft.own.append(Is(_RESPONSIBLE[target], people))
    draft.own += [*_flags(said), *_kinds(said, operators), *_still_to_come(said, draft, target, today)]
    if operators.impact:
        draft.own.append(Is(catalogue.IMPACT, (operators.impact,)))
        said.discard("impact")
    if {"worst", "impact"} & said or (draft.limit and target is Target.OBSTACLES):
        draft.sort = Sort("impact" if "impact" in said else "score", descending=True)
    return True


def _responsible(draft: Draft, said: set[str], mine: str | None) -> tuple[str, ...]:
    """Take out those who answer for the parts themselves: the asker, or "hvad er Line gevinstansvarlig for"."""
    people = tuple(draft.where.pop("lead", ())) if mine or "responsible" in said else ()
    return (mine,) if mine else people


def _date_parts(draft: Draft, target: Target, said: set[str], today: date) -> bool:
    """Turn the days that were said into those of the parts."""
    of_parts = {catalogue.MILESTONE, catalogue.END, catalogue.ACTIVE, catalogue.MEETING, catalogue.STATUS}
    for period in [period for period in draft.periods if period.attribute in of_parts]:
        if target not in _DATED:
            return False
        draft.periods.remove(period)
        attribute: Attribute = _DATED[target]
        first = period.first
        if target is Target.MILESTONES and "reached" in said:
            said.discard("reached")
            attribute = catalogue.REACHED_ON
        elif period.first is None and period.last and period.last >= today and "missed" not in said:
            first = today  # "inden jul" begins today
        draft.own.append(During(attribute, first, period.last, period.denied))
    return True


def _flags(said: set[str]) -> Iterator[Test]:
    for name in sorted(said & _FLAGS.keys()):
        flag, truth = _FLAGS[name]
        yield Is(flag, (True,), denied=not truth)


def _kinds(said: set[str], operators: Operators) -> Iterator[Test]:
    kinds = tuple(BenefitKind(name) for name in ("economic", "quality", "citizen", "employee") if name in said)
    if kinds:
        yield Is(catalogue.BENEFIT_KINDS, kinds)
    if operators.obstacles:
        yield Is(catalogue.OBSTACLE_KINDS, (RiskKind(operators.obstacles),))


def _still_to_come(said: set[str], draft: Draft, target: Target, today: date) -> Iterator[Test]:
    """Leave out what is done with, where neither days nor a project nor anything else says otherwise."""
    is_dated = any(isinstance(test, During) for test in draft.own)
    if "overdue" in said:
        yield During(_DATED[target], last=today - timedelta(days=1))
    if "coming" in said and target in _DATED and not is_dated:
        yield During(_DATED[target], first=today)
        is_dated = True
    if draft.include_closed:
        return
    if target is Target.OBSTACLES and not said & {"open", "shut"}:
        yield Is(catalogue.OPEN, (True,))
    says_otherwise = said & {"missed", "reached", "unreached"} or len(draft.where["projects"]) == 1
    if target is Target.MILESTONES and not says_otherwise and ("coming" in said or not is_dated):
        yield Is(catalogue.REACHED, (True,), denied=True)
