"""Writes a question as `ask --json` prints it, so that scripts see how it was understood."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dialogs.texts import Texts
from dialogs.turn.audience import Names
from dialogs.turn.payload import sort_token
from portfolio.projects.project import BenefitKind, Phase, ProjectKind, RiskKind
from portfolio.questions import catalogue
from portfolio.questions.catalogue import Attribute, Kind
from portfolio.questions.question import (
    Changed,
    During,
    Figure,
    FigureKind,
    Is,
    Mentions,
    PeopleRole,
    Question,
    Target,
    Test,
    Tests,
    Value,
    Within,
)

# The workbook's own words, whatever language the answer is in.
_CANONICAL = Texts.of("da")
# What was not reported in those days is printed as a date of its own.
_NOT_DURING = {catalogue.STATUS: "no_status"}
Printed = dict[str, Any]


def printed(question: Question, names: Names) -> Printed:
    """Write the tests by the names that scripts know, values by their canonical names, people by their addresses; and
    what else is asked."""
    fixed: Printed = {
        "any_of": [_tests(tests, names) for tests in question.any_of] or None,
        "trend": question.target is Target.TREND or None,
        "sort": sort_token(question.sort) if question.sort else None,
        "limit": question.limit,
        "include_closed": question.include_closed or None,
        "field": question.fact.fact if question.fact else None,
        "people": _role(question),
        "unit": _unit(question.figure) if question.figure and question.target is not Target.GROUPS else None,
        "group_by": question.group_by.name if question.group_by else None,
        "measure": _measure(question),
        "amount": question.figure.amount.name if question.figure and question.figure.amount else None,
    }
    written = {**_tests(question.where, names), **{name: value for name, value in fixed.items() if value is not None}}
    inherited = sorted(question.inherited & written.keys())
    return {**written, "inherited": inherited} if inherited else written


def field_of(test: Test) -> str:
    """The name under which scripts are told of the test."""
    match test:
        case Mentions():
            return "text"
        case Changed():
            return "changed"
        case During():
            return "period"
        case Within():
            return "amounts"
        case Is(_, ()):
            return "known" if test.denied else "lacking"
        case Is(attribute):
            is_left_out = test.denied and attribute.codes is None and attribute.kind is not Kind.FLAG
            return "except" if is_left_out else attribute.name


def _measure(question: Question) -> str | None:
    if question.target not in (Target.FIGURE, Target.GROUPS):
        return None
    return question.figure.kind.value if question.figure else FigureKind.COUNT.value


def _role(question: Question) -> str | None:
    asked = question.target is Target.PEOPLE and question.people is not PeopleRole.LEAD
    return question.people.value if asked else None


def _tests(tests: Tests, names: Names) -> Printed:
    """An object of filters. What is tested twice must be both, as of two focus areas; a list of periods only where
    several dates are asked about at once."""
    written: Printed = {}
    periods: list[Printed] = []
    for test in tests:
        match test:
            case Mentions(text):
                written["text"] = text
            case Changed():
                written["changed"] = _changed(test)
            case During():
                periods.append(_period(test))
            case Within():
                written.setdefault("amounts", []).append(_amount(test))
            case Is(attribute, ()):
                written.setdefault("known" if test.denied else "lacking", []).append(attribute.name)
            case Is(attribute) if attribute.kind is Kind.FLAG:
                written[attribute.name] = not test.denied
            case Is():
                _add_values(written, test, names)
    if periods:
        written["period"] = periods[0] if len(periods) == 1 else periods
    return written


def _add_values(written: Printed, test: Is, names: Names) -> None:
    """Add the values. What a filter leaves out becomes what is left, where a field has only so many values, and else
    goes under "except"."""
    attribute, name = test.attribute, test.attribute.name
    values = [canonical(attribute, value, names) for value in test.values]
    if not test.denied and name in written:
        written["match_all"] = True
        written[name] += values
    elif not test.denied:
        written[name] = values
    elif attribute.codes is not None:
        whole = written.get(name) or [canonical(attribute, value, names) for value in _in_order(attribute)]
        written[name] = [value for value in whole if value not in values]
    else:
        written.setdefault("except", {}).setdefault(name, []).extend(values)


def _in_order(attribute: Attribute) -> Sequence[Value]:
    """Colours are printed from good to bad."""
    return ("green", "amber", "red", "none") if attribute.kind is Kind.COLOUR else attribute.possible


def canonical(attribute: Attribute, value: Value, names: Names) -> Value | None:
    """Give None for a person who has no address any more."""
    if attribute.kind is Kind.PERSON:
        return names.address(str(value)) or None
    if attribute is catalogue.KINDS:
        return _CANONICAL.name("kind", ProjectKind(str(value)))
    if attribute is catalogue.BENEFIT_KINDS:
        return _CANONICAL.name("benefit_kind", BenefitKind(str(value)))
    if attribute is catalogue.OBSTACLE_KINDS:
        return _CANONICAL.name("risk_kind", RiskKind(str(value)))
    if attribute is catalogue.PHASES:
        return _CANONICAL.name("phase", Phase(str(value)))
    return str(value) if isinstance(value, str) else value


def _period(period: During) -> Printed:
    first, last = (day.isoformat() if day else None for day in (period.first, period.last))
    name = period.attribute.name
    if not period.denied:
        return {"field": name, "from": first, "to": last}
    denied = _NOT_DURING.get(period.attribute)
    return (
        {"field": denied, "from": first, "to": last}
        if denied
        else {"field": name, "not": True, "from": first, "to": last}
    )


def _changed(changed: Changed) -> Printed:
    """`since_meeting` only where the first day is that of a body's meeting."""
    days = {"from": changed.first, "to": changed.last}
    written: Printed = {name: day.isoformat() if day else None for name, day in days.items()}
    meeting = {"since_meeting": changed.since_meeting} if changed.since_meeting else {}
    old = {"from_colours": [colour.value for colour in changed.old]} if changed.old else {}
    way = {"way": changed.way} if changed.way else {}
    return {**written, "colours": [colour.value for colour in changed.to], **old, **way, **meeting}


def _amount(test: Within) -> Printed:
    bounds = {"at_least": test.at_least, "at_most": test.at_most}
    written = {name: float(bound) for name, bound in bounds.items() if bound is not None}
    return {"amount": test.attribute.name, **written, **({"not": True} if test.denied else {})}


def _unit(figure: Figure) -> str:
    is_percent = figure.amount is not None and figure.amount.kind is Kind.PERCENT
    return "%" if figure.kind in (FigureKind.SHARE, FigureKind.RATIO) or is_percent else "kr."
