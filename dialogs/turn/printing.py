"""Writes a question as `ask --json` prints it, so that scripts see how it was understood."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import Any

from dialogs.texts import Texts
from dialogs.turn.audience import Names
from dialogs.turn.payload import sort_token
from portfolio.projects.project import Phase, ProjectKind
from portfolio.questions.question import (
    Amount,
    AmountRange,
    Changed,
    Figure,
    FigureKind,
    Filters,
    PeopleRole,
    Period,
    Question,
    Target,
)

# The workbook's own words, whatever language the answer is in.
_CANONICAL = Texts.of("da")
_OF_PEOPLE = frozenset({"lead", "owner"})
# What a filter leaves out is printed as what is left, where a field has only so many values.
_WHOLE: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("overall", "time", "economy", "quality", "benefits", "risk"), ("green", "amber", "red", "none")),
    "kinds": tuple(ProjectKind),
    "phases": tuple(Phase),
}


def printed(question: Question, names: Names) -> dict[str, Any]:
    """Write the fields that are given, by the names that scripts know, values by their canonical names, people by their
    addresses."""
    fixed: dict[str, Any] = {
        "trend": question.target is Target.TREND or None,
        "missing_status": question.missing_status,
        "stale": question.stale,
        "late": question.late,
        "over_budget": question.over_budget,
        "disputed": question.disputed,
        "changed": _changed(question.changed) if question.changed else None,
        "period": _periods(question.periods),
        "amounts": [_amount(item) for item in question.amounts] or None,
        "lacking": [attribute.value for attribute in question.lacking] or None,
        "text": question.text,
        "sort": sort_token(question.sort) if question.sort else None,
        "limit": question.limit,
        "include_closed": question.include_closed or None,
        "match_all": question.match_all or None,
        "bodies": list(question.bodies) or None,
        "people": _role(question),
        "unit": _unit(question.figure) if question.figure else None,
    }
    return {**dict(_filters(question, names)), **{name: value for name, value in fixed.items() if value is not None}}


def _role(question: Question) -> str | None:
    asked = question.target is Target.PEOPLE and question.people is not PeopleRole.LEAD
    return question.people.value if asked else None


def _filters(question: Question, names: Names) -> Iterator[tuple[str, Any]]:
    """Yield the filters. An exclusion in a field with few values becomes the values left; others go under "except"."""
    left_out = question.without.given()
    exceptions: dict[str, list[str | int | None]] = {}
    for item in fields(Filters):
        values, excluded = getattr(question.where, item.name), left_out.get(item.name, ())
        if item.name in _WHOLE and excluded:
            values = tuple(value for value in values or _WHOLE[item.name] if value not in excluded)
        elif excluded:
            exceptions[item.name] = [canonical(item.name, value, names) for value in excluded]
        if values:
            yield item.name, [canonical(item.name, value, names) for value in values]
    if exceptions:
        yield "except", exceptions


def canonical(field: str, value: str | int, names: Names) -> str | int | None:
    """Give None for a person who has no address any more."""
    if field in _OF_PEOPLE:
        return names.address(str(value)) or None
    if field == "kinds":
        return _CANONICAL.name("kind", ProjectKind(str(value)))
    if field == "phases":
        return _CANONICAL.name("phase", Phase(str(value)))
    return str(value) if isinstance(value, str) else value


def _periods(periods: Sequence[Period]) -> dict[str, str | None] | list[dict[str, str | None]] | None:
    """A list only where several dates are asked about at once."""
    written = [_period(period) for period in periods]
    return written[0] if len(written) == 1 else written or None


def _period(period: Period) -> dict[str, str | None]:
    first, last = (day.isoformat() if day else None for day in (period.first, period.last))
    return {"field": period.field.value, "from": first, "to": last}


def _changed(changed: Changed) -> dict[str, Any]:
    """`since_meeting` only where the first day is that of a body's meeting."""
    days = {"from": changed.first, "to": changed.last}
    written: dict[str, Any] = {name: day.isoformat() if day else None for name, day in days.items()}
    meeting = {"since_meeting": changed.since_meeting} if changed.since_meeting else {}
    return {**written, "colours": [colour.value for colour in changed.to], **meeting}


def _amount(item: AmountRange) -> dict[str, Any]:
    bounds = {"at_least": item.at_least, "at_most": item.at_most}
    return {"amount": item.amount.value, **{name: float(bound) for name, bound in bounds.items() if bound is not None}}


def _unit(figure: Figure) -> str:
    return "%" if figure.kind is FigureKind.SHARE or figure.amount is Amount.PROGRESS else "kr."
