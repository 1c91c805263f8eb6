"""Questions compiled to SQL: which projects fit, and in which order."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, false, func, or_, select, true

from portfolio.projects.project import CLOSED_PHASES
from portfolio.projects.status import Rag
from portfolio.questions import catalogue
from portfolio.questions.catalogue import Kind
from portfolio.questions.question import Changed, During, Is, Mentions, Question, Sort, Test, Tests, Within
from storage.projects.tables import projects, reports
from storage.questions.columns import DAYS, HAS, IS_SO, LACKS, SORTED_BY, WITHIN, Condition
from storage.sorting import searchable

_P = projects.c
_USUAL = Sort("colour")


def fitting(question: Question, today: date, *columns: ColumnElement[Any]) -> Select[Any]:
    """The columns of every project that fits; cut to the question's limit in its order."""
    hits = select(*columns).where(*conditions(question, today))
    return hits if question.limit is None else hits.order_by(*order(question.sort)).limit(question.limit)


def includes_closed(question: Question) -> bool:
    tests = (*question.where, *(test for tests in question.any_of for test in tests))
    return question.include_closed or any(map(_asks_for_closed, tests))


def _asks_for_closed(test: Test) -> bool:
    if not isinstance(test, Is) or test.denied:
        return False
    names = test.attribute is catalogue.PROJECTS
    return names or (test.attribute is catalogue.PHASES and not CLOSED_PHASES.isdisjoint(test.values))


def conditions(question: Question, today: date) -> list[Condition]:
    """Raises ValueError for a question that can't be answered."""
    if not question.is_sound:
        raise ValueError("Some tests say nothing of what is asked for")
    found = [] if includes_closed(question) else [_P.is_closed == false()]
    found += _all(question.where, today)
    if question.any_of:
        found.append(or_(*(and_(true(), *_all(tests, today)) for tests in question.any_of)))
    return found


def _all(tests: Tests, today: date) -> Iterable[Condition]:
    return [_fits(test, today) for test in tests]


def _fits(test: Test, today: date) -> Condition:
    match test:
        case Mentions(text):
            return _P.search_text.contains(searchable(text), autoescape=True)
        case Changed():
            return _has_changed(test)
        case During(attribute, first, last):
            fits = DAYS[attribute](first, last)
        case Within(attribute, low, high):
            fits = WITHIN[attribute](low, high)
        case Is(attribute, ()):
            fits = LACKS[attribute]
        case Is(attribute, values):
            fits = IS_SO[attribute](today) if attribute.kind is Kind.FLAG else HAS[attribute](values)
    return fits.is_not(true()) if test.denied else fits  # fits where a value is missing too


def order(sort: Sort | None) -> list[ColumnElement[Any]]:
    """Ties stand by title, then number, so that pages never overlap."""
    last = [_P.title_key.asc(), _P.number.asc()]
    sort = sort or _USUAL
    if sort.attribute is catalogue.STATUS:
        # The older, the higher the age: ascending is the newest day first, and no day at all is the oldest.
        day = _P.status_day.asc().nulls_first() if sort.descending else _P.status_day.desc().nulls_last()
        return [day, *last]
    sorts_all = sort.attribute in {catalogue.TITLE, catalogue.NUMBER, catalogue.OVERALL}
    ordered = [column.desc() if sort.descending else column.asc() for column in SORTED_BY[sort.attribute]]
    # NULLS LAST keeps SQLite from using an index, so it is left out where there are no NULLs.
    return [*(ordered if sorts_all else [item.nulls_last() for item in ordered]), *last]


def _gravity(colour: ColumnElement[Any]) -> ColumnElement[int]:
    """Order the colours; NULL, with which nothing compares, for one that isn't there."""
    return case({Rag.GREEN.value: 0, Rag.AMBER.value: 1, Rag.RED.value: 2}, value=colour)


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
    if changed.old:
        which.append(func.coalesce(before, Rag.NONE.value).in_(changed.old))
    if changed.way:
        now, then = _gravity(new.c.overall), _gravity(before)
        which.append(now > then if changed.way == "worse" else now < then)
    since = [] if changed.first is None else [_P.status_day >= changed.first]  # spares looking for what isn't there
    return and_(*since, exists().where(*which))
