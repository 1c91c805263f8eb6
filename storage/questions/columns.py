"""How each attribute of the catalogue lies in the database: the conditions that tests of it become, and its order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from sqlalchemy import Column, ColumnElement, Float, Select, and_, cast, exists, func, literal, or_, select

from portfolio.projects.project import RiskKind
from portfolio.questions import catalogue
from portfolio.questions.catalogue import Attribute
from storage.columns import RANK, Exact
from storage.organisation import org_units
from storage.projects.tables import benefits, milestones, project_focus_areas, project_goals, projects, risks

Condition = ColumnElement[bool]
_P = projects.c


def _any_of(column: ColumnElement[Any]) -> Callable[[Any], Condition]:
    return lambda values: column.in_(values)


def _lists_any_of(column: Column[Any]) -> Callable[[Any], Condition]:
    """Asked project by project: gathering all that are listed first costs more, and loses the order of the index."""
    return lambda values: exists().where(column.table.c.project == _P.number, column.in_(values))


def _in_org_units(names: Sequence[str]) -> Condition:
    return or_(_P.org_unit.in_(names), _P.org_unit.in_(_below(names)))


def _below(names: Sequence[str]) -> Select[Any]:
    tree = select(org_units.c.name).where(org_units.c.parent.in_(names)).cte(recursive=True)
    return select(tree.union(select(org_units.c.name).where(org_units.c.parent == tree.c.name)).c.name)


_M, _B, _O = milestones.c, benefits.c, risks.c
_SCORE = _O.probability * _O.impact
_IS_OPEN, _IS_SEVERE = _O.closed.is_(None), _SCORE >= catalogue.SEVERE_FROM


def _has_obstacle(kind: RiskKind, *conditions: Condition) -> Condition:
    return _P.number.in_(select(_O.project).where(_O.kind == kind, *conditions))


# NAME, PERSON, CODE, COLOUR and NUMBER: has any of the values.
HAS: Mapping[Attribute, Callable[[Any], Condition]] = {
    catalogue.PROJECTS: _any_of(_P.number),
    catalogue.FOCUS_AREAS: _lists_any_of(project_focus_areas.c.focus_area),
    catalogue.ORG_UNITS: _in_org_units,
    catalogue.KINDS: _any_of(_P.kind),
    catalogue.PHASES: _any_of(_P.phase),
    catalogue.LEAD: _any_of(_P.lead),
    catalogue.OWNER: _any_of(_P.owner),
    catalogue.GOALS: _lists_any_of(project_goals.c.goal),
    catalogue.PRIORITY: _any_of(_P.priority),
    **{light: _any_of(_P[light.name]) for light in catalogue.LIGHTS},
    catalogue.BENEFIT_KINDS: _any_of(_B.kind),
    catalogue.OBSTACLE_KINDS: _any_of(_O.kind),
    catalogue.BENEFIT_RESPONSIBLE: _any_of(_B.responsible),
    catalogue.OBSTACLE_RESPONSIBLE: _any_of(_O.responsible),
    catalogue.SCORE: _any_of(_SCORE),
    catalogue.IMPACT: _any_of(_O.impact),
    catalogue.OVERALL: lambda colours: _P.overall_rank.in_([RANK[colour] for colour in colours]),
}

# FLAG: is so on that day.
IS_SO: Mapping[Attribute, Callable[[date], Condition]] = {
    catalogue.MISSING_STATUS: lambda today: or_(_P.missing_after.is_(None), _P.missing_after < today),
    catalogue.STALE: lambda today: _P.missing_after < today,
    catalogue.LATE: lambda today: _P.late_after < today,
    catalogue.OVER_BUDGET: lambda _today: _P.spend > _P.budget,
    catalogue.DISPUTED: lambda today: _P.disputed_after < today,
    catalogue.REACHED: lambda _today: _M.reached.is_not(None),
    catalogue.MISSED: lambda today: and_(_M.reached.is_(None), _M.due_last < today),
    catalogue.REALISED: lambda _today: _B.realised >= _B.goal,
    catalogue.OPEN: lambda _today: _IS_OPEN,
    catalogue.SEVERE: lambda _today: _IS_SEVERE,
    catalogue.SEVERE_RISK: lambda _today: _has_obstacle(RiskKind.RISK, _IS_OPEN, _IS_SEVERE),
    catalogue.OPEN_BARRIER: lambda _today: _has_obstacle(RiskKind.BARRIER, _IS_OPEN),
}

# MONEY and PERCENT.
AMOUNTS: Mapping[Attribute, ColumnElement[Decimal]] = {
    catalogue.BUDGET: _P.budget,
    catalogue.SPEND: _P.spend,
    catalogue.REMAINING: _P.budget - _P.spend,
    catalogue.OVERRUN: _P.spend - _P.budget,
    catalogue.PROGRESS: _P.progress,
}


def between(column: ColumnElement[Any], first: Any | None, last: Any | None) -> Condition:
    """Bounds included, and one of them given; a missing value is never within."""
    bounds = ([] if first is None else [column >= first]) + ([] if last is None else [column <= last])
    return and_(*bounds)


def _consumption(low: Decimal | None, high: Decimal | None) -> Condition:
    """Multiplied across, so that both databases compare exactly."""
    spent, whole = literal(Decimal(100), Exact(2)) * _P.spend, _P.budget
    least = [] if low is None else [spent >= literal(low, Exact(2)) * whole]
    most = [] if high is None else [spent <= literal(high, Exact(2)) * whole]
    return and_(whole > Decimal(0), *least, *most)


# MONEY and PERCENT: from the least to the most.
WITHIN: Mapping[Attribute, Callable[[Decimal | None, Decimal | None], Condition]] = {
    **{amount: partial(between, column) for amount, column in AMOUNTS.items()},
    catalogue.CONSUMPTION: _consumption,
}


def _days(column: ColumnElement[date]) -> Callable[[date | None, date | None], Condition]:
    return lambda first, last: between(column, first, last)


def _active(first: date | None, last: date | None) -> Condition:
    """Fits projects that run on some day of the period; a start or an end that isn't known is open, but not both."""
    active: list[Condition] = [or_(_P.start_first.is_not(None), _P.end_last.is_not(None))]
    if first is not None:
        active.append(or_(_P.end_last.is_(None), _P.end_last >= first))
    if last is not None:
        active.append(or_(_P.start_first.is_(None), _P.start_first <= last))
    return and_(*active)


def _due(first: date | None, last: date | None) -> Condition:
    return _P.number.in_(select(milestones.c.project).where(between(milestones.c.due_last, first, last)))


# DAYS: from the first to the last day.
DAYS: Mapping[Attribute, Callable[[date | None, date | None], Condition]] = {
    catalogue.START: _days(_P.start_first),
    catalogue.END: _days(_P.end_last),
    catalogue.EXPECTED_END: _days(_P.expected_last),
    catalogue.ACTIVE: _active,
    catalogue.STATUS: _days(_P.status_day),
    catalogue.MILESTONE: _due,
    catalogue.DUE: _days(_M.due_last),
    catalogue.REACHED_ON: _days(_M.reached),
    catalogue.FOLLOW_UP: _days(_B.follow_up_last),
}

# What may lack: nothing is known.
LACKS: Mapping[Attribute, Condition] = {
    catalogue.LEAD: _P.lead.is_(None),
    catalogue.OWNER: _P.owner.is_(None),
    catalogue.ORG_UNITS: _P.org_unit.is_(None),
    catalogue.FOCUS_AREAS: _P.number.not_in(select(project_focus_areas.c.project)),
    catalogue.KINDS: _P.kind.is_(None),
    catalogue.PHASES: _P.phase.is_(None),
    catalogue.GOALS: _P.number.not_in(select(project_goals.c.project)),
    catalogue.PRIORITY: _P.priority.is_(None),
    catalogue.BUDGET: _P.budget.is_(None),
    catalogue.END: _P.end_last.is_(None),
    catalogue.MILESTONE: _P.number.not_in(select(milestones.c.project)),
}

# What can be sorted by.
SORTED_BY: Mapping[Attribute, tuple[ColumnElement[Any], ...]] = {
    catalogue.TITLE: (_P.title_key,),
    catalogue.NUMBER: (_P.number_key,),
    catalogue.OVERALL: (_P.overall_rank,),
    catalogue.STATUS: (_P.status_day,),
    catalogue.PRIORITY: (_P.priority,),
    catalogue.START: (_P.start_first, _P.start_last),
    catalogue.END: (_P.end_first, _P.end_last),
    **{amount: (column,) for amount, column in AMOUNTS.items() if amount.sort},
    catalogue.CONSUMPTION: (cast(_P.spend, Float) / func.nullif(cast(_P.budget, Float), 0),),
    catalogue.DUE: (_M.due_first, _M.due_last),
    catalogue.FOLLOW_UP: (_B.follow_up_first, _B.follow_up_last),
    catalogue.SCORE: (_SCORE,),
    catalogue.IMPACT: (_O.impact, _O.probability),
}
