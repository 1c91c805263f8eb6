"""What a project's newest report and its milestones say of it, kept on its row so that lists read one table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import RowMapping, and_, bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from portfolio.status import DEFAULT_RHYTHM_DAYS, Light, Rag
from storage.layouts import Row
from storage.schema import RANK, milestones, projects, reports

_LIGHTS = tuple(light.value for light in Light)


async def renew_standing(connection: AsyncConnection, numbers: Sequence[str]) -> None:
    """Brings the rows of these projects up to date with their reports and milestones."""
    mine = reports.c.project == projects.c.number
    newest_day = select(func.max(reports.c.day)).where(mine).correlate(projects).scalar_subquery()
    unreached = and_(milestones.c.project == projects.c.number, milestones.c.reached.is_(None))
    first_due = select(func.min(milestones.c.due_last)).where(unreached).scalar_subquery()
    newest = and_(mine, reports.c.day == newest_day)
    found = await connection.execute(
        select(
            projects.c.number,
            projects.c.rhythm_days,
            projects.c.end_last,
            projects.c.is_closed,
            first_due.label("first_due"),
            *(reports.c[name] for name in ("day", "progress", *_LIGHTS)),
        )
        .select_from(projects.outerjoin(reports, newest))
        .where(projects.c.number.in_(numbers))
    )
    rows = [_standing(row) for row in found.mappings()]
    if rows:
        await connection.execute(update(projects).where(projects.c.number == bindparam("of")), rows)


def _standing(row: RowMapping) -> Row:
    day: date | None = row["day"]
    rhythm = timedelta(days=row["rhythm_days"] or DEFAULT_RHYTHM_DAYS)
    overall = row["overall"] or Rag.NONE
    return {
        "of": row["number"],
        "status_day": day,
        "progress": row["progress"],
        **{light: row[light] or Rag.NONE for light in _LIGHTS},
        "overall_rank": RANK[overall],
        "missing_after": None if day is None else day + rhythm,
        "late_after": _late_after(row),
    }


def _late_after(row: RowMapping) -> date | None:
    """The last day before the project is late: of its own end while it is open, or of a milestone not reached."""
    days: list[Any] = [row["first_due"], None if row["is_closed"] else row["end_last"]]
    return min((day for day in days if day is not None), default=None)
