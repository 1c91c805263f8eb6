"""Projects' reports in a period."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from portfolio.history import ProjectHistory
from storage.by_project import NUMBERS, by_project, newest
from storage.organisation.tables import people
from storage.projects.tables import REPORTS, projects, reports

_MOST_REPORTS = 60
_P = projects.c
_NAMED = (
    select(_P.number, _P.title, _P.lead, people.c.name.label("lead_name"))
    .select_from(projects.outerjoin(people, people.c.email == _P.lead))
    .where(_P.number.in_(NUMBERS))
)
_WITHIN = newest(reports, _MOST_REPORTS, reports.c.day.between(bindparam("first"), bindparam("last")))
_BEFORE = newest(reports, 1, reports.c.day < bindparam("first"))


async def read_history(
    connection: AsyncConnection, numbers: Sequence[str], first: date | None, last: date | None
) -> list[ProjectHistory]:
    known = {row.number: row for row in await connection.execute(_NAMED, {"numbers": numbers})}
    days = {"first": first or date.min, "last": last or date.max}
    within = await by_project(connection, _WITHIN, numbers, **days)
    before = {} if first is None else await by_project(connection, _BEFORE, numbers, first=first)
    return [
        ProjectHistory(
            *known[number],
            before=next(map(REPORTS.from_row, before.get(number, ())), None),
            reports=tuple(map(REPORTS.from_row, reversed(within.get(number, ())))),
        )
        for number in dict.fromkeys(numbers)
        if number in known
    ]
