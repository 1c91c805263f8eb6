"""Questions compiled to SQL: which projects fit, and in which order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, and_, exists, false, func, or_, select, true

from portfolio.projects.project import CLOSED_PHASES
from portfolio.projects.status import Rag
from portfolio.questions.question import (
    Amount,
    Attribute,
    Changed,
    Filters,
    Period,
    PeriodField,
    Question,
    Sort,
    SortField,
)
from storage.columns import RANK
from storage.organisation import org_units
from storage.projects.tables import milestones, project_focus_areas, project_goals, projects, reports
from storage.sorting import searchable

Condition = ColumnElement[bool]
_P = projects.c

AMOUNTS: dict[Amount, ColumnElement[Decimal]] = {
    Amount.BUDGET: _P.budget,
    Amount.SPEND: _P.spend,
    Amount.REMAINING: _P.budget - _P.spend,
    Amount.PROGRESS: _P.progress,
}

_SORTED_BY: dict[SortField, tuple[ColumnElement[Any], ...]] = {
    SortField.TITLE: (_P.title_key,),
    SortField.NUMBER: (_P.number_key,),
    SortField.COLOUR: (_P.overall_rank,),
    SortField.BUDGET: (_P.budget,),
    SortField.SPEND: (_P.spend,),
    SortField.OVERRUN: (_P.spend - _P.budget,),
    SortField.PROGRESS: (_P.progress,),
    SortField.PRIORITY: (_P.priority,),
    SortField.START: (_P.start_first, _P.start_last),
    SortField.END: (_P.end_first, _P.end_last),
}


def fitting(question: Question, today: date, *columns: ColumnElement[Any]) -> Select[Any]:
    """The columns of every project that fits; cut to the question's limit in its order."""
    hits = select(*columns).where(*conditions(question, today))
    return hits if question.limit is None else hits.order_by(*order(question.sort)).limit(question.limit)


def includes_closed(question: Question) -> bool:
    where = question.where
    return question.include_closed or bool(where.projects) or not CLOSED_PHASES.isdisjoint(where.phases)


def conditions(question: Question, today: date) -> list[Condition]:
    found = [] if includes_closed(question) else [_P.is_closed == false()]
    found += _fits(question.where)
    if question.match_all:
        found += [_in_focus_areas([name]) for name in question.where.focus_areas]
        found += [_with_goals([goal]) for goal in question.where.goals]
    found += [_not(fits) for fits in _fits(question.without)]
    missing = or_(_P.missing_after.is_(None), _P.missing_after < today)
    for wanted, fits in (
        (question.missing_status, missing),
        (question.stale, _P.missing_after < today),
        (question.late, _P.late_after < today),
        (question.over_budget, _P.spend > _P.budget),
        (question.disputed, _P.disputed_after < today),
    ):
        if wanted is not None:
            found.append(fits if wanted else _not(fits))
    found += [_in_period(period) for period in question.periods]
    for bounds in question.amounts:
        found += _between(AMOUNTS[bounds.amount], bounds.at_least, bounds.at_most)
    found += [_LACKS[attribute] for attribute in question.lacking]
    if question.changed:
        found.append(_has_changed(question.changed))
    if question.text:
        found.append(_P.search_text.contains(searchable(question.text), autoescape=True))
    return found


def order(sort: Sort | None) -> list[ColumnElement[Any]]:
    """Ties stand by title, then number, so that pages never overlap."""
    last = [_P.title_key.asc(), _P.number.asc()]
    sort = sort or Sort(SortField.COLOUR)
    if sort.field is SortField.STATUS_AGE:
        # The older, the higher the age: ascending is the newest day first, and no day at all is the oldest.
        day = _P.status_day.asc().nulls_first() if sort.descending else _P.status_day.desc().nulls_last()
        return [day, *last]
    columns = _SORTED_BY[sort.field]
    sorts_all = sort.field in {SortField.TITLE, SortField.NUMBER, SortField.COLOUR}
    ordered = [column.desc() if sort.descending else column.asc() for column in columns]
    # NULLS LAST keeps SQLite from using an index, so it is left out where there are no NULLs.
    return [*(ordered if sorts_all else [item.nulls_last() for item in ordered]), *last]


def _not(fits: Condition) -> Condition:
    """Gives the opposite of a condition, which fits where a value is missing."""
    return fits.is_not(true())


def _below(names: Sequence[str]) -> Select[Any]:
    tree = select(org_units.c.name).where(org_units.c.parent.in_(names)).cte(recursive=True)
    return select(tree.union(select(org_units.c.name).where(org_units.c.parent == tree.c.name)).c.name)


def _in_org_units(names: Sequence[str]) -> Condition:
    return or_(_P.org_unit.in_(names), _P.org_unit.in_(_below(names)))


def _any_of(column: ColumnElement[Any]) -> Callable[[Any], Condition]:
    return lambda values: column.in_(values)


def _lists_any_of(column: Column[Any]) -> Callable[[Any], Condition]:
    """Asked project by project: gathering all that are listed first costs more, and loses the order of the index."""
    return lambda values: exists().where(column.table.c.project == _P.number, column.in_(values))


_in_focus_areas = _lists_any_of(project_focus_areas.c.focus_area)
_with_goals = _lists_any_of(project_goals.c.goal)
_FITS: dict[str, Callable[[Any], Condition]] = {
    "projects": _any_of(_P.number),
    "focus_areas": _in_focus_areas,
    "org_units": _in_org_units,
    "kinds": _any_of(_P.kind),
    "phases": _any_of(_P.phase),
    "overall": lambda colours: _P.overall_rank.in_([RANK[colour] for colour in colours]),
    "goals": _with_goals,
    **{name: _any_of(_P[name]) for name in ("time", "economy", "quality", "benefits", "risk")},
    **{name: _any_of(_P[name]) for name in ("lead", "owner", "priority")},
}


_LACKS: dict[Attribute, Condition] = {
    Attribute.LEAD: _P.lead.is_(None),
    Attribute.OWNER: _P.owner.is_(None),
    Attribute.ORG_UNIT: _P.org_unit.is_(None),
    Attribute.FOCUS_AREA: _P.number.not_in(select(project_focus_areas.c.project)),
    Attribute.KIND: _P.kind.is_(None),
    Attribute.PHASE: _P.phase.is_(None),
    Attribute.GOAL: _P.number.not_in(select(project_goals.c.project)),
    Attribute.PRIORITY: _P.priority.is_(None),
    Attribute.BUDGET: _P.budget.is_(None),
    Attribute.END: _P.end_last.is_(None),
    Attribute.MILESTONE: _P.number.not_in(select(milestones.c.project)),
}


def _fits(filters: Filters) -> list[Condition]:
    return [_FITS[name](values) for name, values in filters.given().items()]


def _between(column: ColumnElement[Any], first: Any | None, last: Any | None) -> list[Condition]:
    """Bounds included; a missing value is never within, not even between open bounds."""
    if first is None and last is None:
        return [column.is_not(None)]
    from_first = [] if first is None else [column >= first]
    return from_first if last is None else [*from_first, column <= last]


def _in_period(period: Period) -> Condition:
    first, last = period.first, period.last
    match period.field:
        case PeriodField.START:
            return and_(*_between(_P.start_first, first, last))
        case PeriodField.END:
            return and_(*_between(_P.end_last, first, last))
        case PeriodField.STATUS:
            return and_(*_between(_P.status_day, first, last))
        case PeriodField.NO_STATUS:
            return or_(_P.status_day.is_(None), _not(and_(true(), *_between(_P.status_day, first, last))))
        case PeriodField.ACTIVE:
            return _active(first, last)
        case PeriodField.MILESTONE:
            due = _between(milestones.c.due_last, first, last)
            return _P.number.in_(select(milestones.c.project).where(*due))
        case PeriodField.MEETING:
            raise ValueError("A period of meetings says nothing of projects")


def _active(first: date | None, last: date | None) -> Condition:
    """Fits projects that run on some day of the period; a start or an end that isn't known is open, but not both."""
    active: list[Condition] = [or_(_P.start_first.is_not(None), _P.end_last.is_not(None))]
    if first is not None:
        active.append(or_(_P.end_last.is_(None), _P.end_last >= first))
    if last is not None:
        active.append(or_(_P.start_first.is_(None), _P.start_first <= last))
    return and_(*active)


def _has_changed(changed: Changed) -> Condition:
    """A report of another colour than the one before it; the first one changes from none."""
    if changed.since_meeting is not None and changed.first is None:
        raise ValueError("The meeting is looked up before the question is asked")
    new, old = reports.alias("new"), reports.alias("old")
    earlier = select(old.c.overall).where(old.c.project == new.c.project, old.c.day < new.c.day)
    before = earlier.order_by(old.c.day.desc()).limit(1).scalar_subquery()
    which = [new.c.project == _P.number, new.c.overall != func.coalesce(before, Rag.NONE.value)]
    if changed.first is not None:
        which.append(new.c.day >= changed.first)
    if changed.last is not None:
        which.append(new.c.day <= changed.last)
    if changed.to:
        which.append(new.c.overall.in_(changed.to))
    since = [] if changed.first is None else [_P.status_day >= changed.first]  # spares looking for what isn't there
    return and_(*since, exists().where(*which))
