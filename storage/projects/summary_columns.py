"""Columns that follow from a project's newest report and milestones, kept on its row so that lists read one table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date, timedelta
from typing import Any

from sqlalchemy import RowMapping, Select, and_, bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from portfolio.projects.signals import Figures, disputed_after
from portfolio.projects.status import DEFAULT_RHYTHM_DAYS, Light, Rag
from storage.by_project import NUMBERS
from storage.columns import RANK
from storage.database import chunks
from storage.projects.tables import milestones, projects, reports
from storage.records import Row

_LIGHTS = tuple(light.value for light in Light)
_P, _R = projects.c, reports.c


def _facts() -> Select[Any]:
    """The fields of Figures, and what else the columns follow from."""
    mine = reports.c.project == projects.c.number
    newest_day = select(func.max(reports.c.day)).where(mine).correlate(projects).scalar_subquery()
    unreached = and_(milestones.c.project == projects.c.number, milestones.c.reached.is_(None))
    first_due = select(func.min(milestones.c.due_last)).where(unreached).scalar_subquery()
    newest = and_(mine, reports.c.day == newest_day)
    facts = (
        *(_P.number, _P.rhythm_days, _P.is_closed, _P.budget, _P.spend, _P.end_last.label("end")),
        *(first_due.label("milestone"), _R.day.label("status_day"), _R.expected_end_last.label("expected_end")),
        *(_R.progress, *(_R[name] for name in _LIGHTS)),
    )
    return select(*facts).select_from(projects.outerjoin(reports, newest)).where(projects.c.number.in_(NUMBERS))


_FACTS = _facts()
_RENEW = update(projects).where(projects.c.number == bindparam("project_number"))


async def renew_all(connection: AsyncConnection) -> None:
    """Renews every project's, after the schema has changed."""
    numbers = (await connection.execute(select(projects.c.number).order_by(projects.c.number))).scalars().all()
    for chunk in chunks(numbers):
        await renew_standing(connection, chunk)


async def renew_standing(connection: AsyncConnection, numbers: Sequence[str]) -> None:
    """Brings the rows of these projects up to date with their reports and milestones."""
    facts = await connection.execute(_FACTS, {"numbers": numbers})
    rows = [_standing(row) for row in facts.mappings()]
    if rows:
        await connection.execute(_RENEW, rows)


def _standing(row: RowMapping) -> Row:
    lights = {light: row[light] or Rag.NONE for light in _LIGHTS}
    facts = {**row, **lights}
    figures = Figures(**{item.name: facts[item.name] for item in fields(Figures)})
    rhythm = timedelta(days=figures.rhythm_days or DEFAULT_RHYTHM_DAYS)
    return {
        "project_number": row["number"],
        "status_day": figures.status_day,
        "progress": row["progress"],
        **lights,
        "overall_rank": RANK[figures.overall],
        "missing_after": None if figures.status_day is None else figures.status_day + rhythm,
        "late_after": _late_after(figures),
        "expected_last": figures.expected_end,
        "milestone_last": figures.milestone,
        "disputed_after": disputed_after(figures),
    }


def _late_after(figures: Figures) -> date | None:
    """Finds the last day before the project is late: its end while it is open, or that of a milestone not reached."""
    days = [figures.milestone, None if figures.is_closed else figures.end]
    return min((day for day in days if day is not None), default=None)
