"""Columns that follow from a project's newest report and milestones, kept on its row so that lists read one table."""

from __future__ import annotations

from collections.abc import Sequence
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
_OF_PROJECT = ("number", "rhythm_days", "end_last", "is_closed", "budget", "spend")
_OF_REPORT = ("day", "progress", "expected_end_last", *_LIGHTS)


def _facts() -> Select[Any]:
    mine = reports.c.project == projects.c.number
    newest_day = select(func.max(reports.c.day)).where(mine).correlate(projects).scalar_subquery()
    unreached = and_(milestones.c.project == projects.c.number, milestones.c.reached.is_(None))
    first_due = select(func.min(milestones.c.due_last)).where(unreached).scalar_subquery()
    newest = and_(mine, reports.c.day == newest_day)
    facts = [*(projects.c[name] for name in _OF_PROJECT), first_due.label("first_due")]
    facts += [reports.c[name] for name in _OF_REPORT]
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
    day: date | None = row["day"]
    rhythm = timedelta(days=row["rhythm_days"] or DEFAULT_RHYTHM_DAYS)
    lights = {light: row[light] or Rag.NONE for light in _LIGHTS}
    return {
        "project_number": row["number"],
        "status_day": day,
        "progress": row["progress"],
        **lights,
        "overall_rank": RANK[lights["overall"]],
        "missing_after": None if day is None else day + rhythm,
        "late_after": _late_after(row),
        "expected_last": row["expected_end_last"],
        "milestone_last": row["first_due"],
        "disputed_after": disputed_after(_figures(row, lights)),
    }


def _figures(row: RowMapping, lights: dict[str, Rag]) -> Figures:
    return Figures(
        is_closed=row["is_closed"],
        budget=row["budget"],
        spend=row["spend"],
        end=row["end_last"],
        expected_end=row["expected_end_last"],
        milestone=row["first_due"],
        status_day=row["day"],
        rhythm_days=row["rhythm_days"],
        overall=lights["overall"],
        time=lights["time"],
        economy=lights["economy"],
    )


def _late_after(row: RowMapping) -> date | None:
    """Finds the last day before the project is late: its end while it is open, or that of a milestone not reached."""
    days: list[Any] = [row["first_due"], None if row["is_closed"] else row["end_last"]]
    return min((day for day in days if day is not None), default=None)
