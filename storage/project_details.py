"""All of one project."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncConnection

from portfolio.answers import ProjectDetail
from storage.layouts import BENEFITS, MILESTONES, PEOPLE, PROJECTS, REPORTS, RISKS, Layout, R
from storage.schema import benefits, milestones, people, projects, reports, risks

_NEWEST_REPORTS = 12


async def read_project(connection: AsyncConnection, number: str) -> ProjectDetail | None:
    """Milestones by date, benefits by title, risks the gravest first."""
    row = (await connection.execute(select(projects).where(projects.c.number == number))).mappings().one_or_none()
    if row is None:
        return None
    project = PROJECTS.from_row(row)
    involved = select(people).where(people.c.email.in_([project.lead, project.owner]))
    known = {person["email"]: PEOPLE.from_row(person) for person in (await connection.execute(involved)).mappings()}
    gravity = (risks.c.probability * risks.c.impact).desc().nulls_last()
    due = milestones.c.due_first.asc().nulls_last()
    return ProjectDetail(
        project=project,
        lead=known.get(project.lead),
        owner=known.get(project.owner),
        reports=await _of(connection, REPORTS, number, reports.c.day.desc(), limit=_NEWEST_REPORTS),
        milestones=await _of(connection, MILESTONES, number, due, milestones.c.due_last, milestones.c.title),
        benefits=await _of(connection, BENEFITS, number, benefits.c.title),
        risks=await _of(connection, RISKS, number, gravity, risks.c.title),
    )


async def _of(
    connection: AsyncConnection, layout: Layout[R], number: str, *order: ColumnElement[Any], limit: int | None = None
) -> tuple[R, ...]:
    found = select(layout.table).where(layout.table.c.project == number).order_by(*order).limit(limit)
    return tuple(map(layout.from_row, (await connection.execute(found)).mappings()))
