"""Reads all of a project, or of several at once."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from portfolio.questions.answers import ProjectDetail
from storage.by_project import NUMBERS, all_of, by_project, newest
from storage.organisation import PEOPLE, people
from storage.projects.changes import NEWEST_CHANGES, change_of
from storage.projects.tables import (
    BENEFITS,
    MILESTONES,
    PROJECTS,
    REPORTS,
    RISKS,
    benefits,
    milestones,
    projects,
    reports,
    risks,
)

_NEWEST_REPORTS = 12
_PROJECTS = select(projects).where(projects.c.number.in_(NUMBERS))
_PEOPLE = select(people).where(people.c.id.in_(bindparam("ids", expanding=True)))
_REPORTS = newest(reports, _NEWEST_REPORTS)
_BY_DUE_DATE = (milestones.c.due_first.asc().nulls_last(), milestones.c.due_last, milestones.c.title)
_MILESTONES = all_of(milestones, *_BY_DUE_DATE)
_BENEFITS = all_of(benefits, benefits.c.title)
_RISKS = all_of(risks, (risks.c.probability * risks.c.impact).desc().nulls_last(), risks.c.title)


async def read_projects(connection: AsyncConnection, numbers: Sequence[str]) -> dict[str, ProjectDetail]:
    """Milestones by date, benefits by title, risks the gravest first."""
    rows = (await connection.execute(_PROJECTS, {"numbers": numbers})).mappings()
    read = {row["number"]: PROJECTS.from_row(row) for row in rows}
    if not read:
        return {}
    ids = {one for project in read.values() for one in (project.lead, project.owner) if one}
    involved = (await connection.execute(_PEOPLE, {"ids": sorted(ids)})).mappings()
    known = {row["id"]: PEOPLE.from_row(row) for row in involved}
    given = await by_project(connection, _REPORTS, numbers)
    steps = await by_project(connection, _MILESTONES, numbers)
    gains = await by_project(connection, _BENEFITS, numbers)
    changed = await by_project(connection, NEWEST_CHANGES, numbers)
    dangers = await by_project(connection, _RISKS, numbers)
    return {
        number: ProjectDetail(
            project=project,
            lead=known.get(project.lead or ""),
            owner=known.get(project.owner or ""),
            reports=tuple(map(REPORTS.from_row, given.get(number, ()))),
            milestones=tuple(map(MILESTONES.from_row, steps.get(number, ()))),
            benefits=tuple(map(BENEFITS.from_row, gains.get(number, ()))),
            risks=tuple(map(RISKS.from_row, dangers.get(number, ()))),
            changes=tuple(map(change_of, changed.get(number, ()))),
        )
        for number, project in read.items()
    }
