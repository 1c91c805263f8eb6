"""Milestones, benefits and obstacles of the projects that fit, read a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Generic

from sqlalchemy import ColumnElement, Table, select
from sqlalchemy.ext.asyncio import AsyncConnection

from portfolio.projects.project import Benefit, Milestone, Risk
from portfolio.questions.answers import Belonging, BelongingPage, T
from portfolio.questions.catalogue import Subject
from portfolio.questions.question import Question
from storage.projects.tables import BENEFITS, MILESTONES, RISKS, benefits, milestones, projects, risks
from storage.questions.columns import SORTED_BY
from storage.questions.sql import conditions
from storage.records import RecordMapping

_P = projects.c


@dataclass(frozen=True, slots=True)
class Kept(Generic[T]):
    """The table that keeps a kind of belonging, and its usual order."""

    subject: Subject
    table: Table
    mapping: RecordMapping[T]
    order: tuple[ColumnElement[Any], ...]


OF_MILESTONES: Kept[Milestone] = Kept(
    Subject.MILESTONE, milestones, MILESTONES, (milestones.c.due_last.asc().nulls_last(), milestones.c.due_first)
)
OF_BENEFITS: Kept[Benefit] = Kept(Subject.BENEFIT, benefits, BENEFITS, (benefits.c.follow_up_last.asc().nulls_last(),))
OF_OBSTACLES: Kept[Risk] = Kept(
    Subject.OBSTACLE, risks, RISKS, ((risks.c.probability * risks.c.impact).desc().nulls_last(),)
)


async def read_belongings(
    connection: AsyncConnection, kept: Kept[T], question: Question, today: date, offset: int, size: int
) -> BelongingPage[T]:
    """Read those that fit. Equal ones stand by project and title. A limit cuts the sorted ones."""
    table = kept.table
    joined = table.join(projects, table.c.project == _P.number)
    fits = conditions(question, today)
    order = [*_order(question, kept), _P.title_key, table.c.title, table.c.project]
    chosen = select(table.c.project, table.c.title).select_from(joined).where(*fits).order_by(*order)
    all_of_them = (await connection.execute(chosen.limit(question.limit))).all()
    room = min(size, max(0, len(all_of_them) - offset))
    page = select(table, _P.title.label("project_title")).select_from(joined).where(*fits).order_by(*order)
    rows = (await connection.execute(page.offset(offset).limit(room))).mappings()
    shown = tuple(Belonging(kept.mapping.from_row(row), row["project_title"]) for row in rows)
    return BelongingPage(shown, len(all_of_them), tuple(dict.fromkeys(project for project, _ in all_of_them)))


def _order(question: Question, kept: Kept[T]) -> list[ColumnElement[Any]]:
    if question.sort is None or question.sort.attribute.subject is not kept.subject:
        return list(kept.order)
    ordered = SORTED_BY[question.sort.attribute]
    return [(one.desc() if question.sort.descending else one.asc()).nulls_last() for one in ordered]
