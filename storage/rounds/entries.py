"""Finds the projects that a round is about, and what was reported on them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, exists, false, not_, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from portfolio.rounds import Round, RoundEntry, opened_day
from storage.by_project import by_project, newest
from storage.organisation import bodies, people
from storage.projects.tables import PROJECTS, REPORTS, projects, reports
from storage.sorting import danish_key
from storage.status.tables import publications

_P = projects.c


async def read_entries(connection: AsyncConnection, status_round: Round) -> list[RoundEntry]:
    """Reads the open projects in the round, by lead, then title; those without a lead come last."""
    members = (await _members(connection, [status_round.body])).get(status_round.body, ())
    with_lead = projects.outerjoin(people, people.c.id == _P.lead)
    open_ = select(projects, people.c.name.label("lead_name")).select_from(with_lead).where(_P.is_closed == false())
    rows = (await connection.execute(open_.where(_P.lead.in_(members)))).mappings().all()
    if not rows:
        rows = (await connection.execute(open_)).mappings().all()
    numbers = [row["number"] for row in rows]
    before = await by_project(connection, newest(reports, 1, _was_in_force(status_round)), numbers)
    now = await by_project(connection, newest(reports, 1, _answers(status_round)), numbers)
    entries = [
        RoundEntry(
            PROJECTS.from_row(row),
            row["lead_name"],
            next(map(REPORTS.from_row, before.get(row["number"], ())), None),
            next(map(REPORTS.from_row, now.get(row["number"], ())), None),
        )
        for row in rows
    ]
    return sorted(entries, key=_by_lead)


async def asked_in(
    connection: AsyncConnection, status_round: Round, members: Collection[str], numbers: Collection[str] | None = None
) -> Sequence[Row[Any]]:
    """Reads number, title and lead of the open projects in the round of a body with those members, and, as `is_met`,
    whether they have answered; only those numbered when `numbers` is given."""
    others = projects.alias()
    member_leads = exists().where(others.c.is_closed == false(), others.c.lead.in_(members))
    answer = exists().where(reports.c.project == _P.number, _answers(status_round)).label("is_met")
    which = [_P.is_closed == false(), or_(_P.lead.in_(members), not_(member_leads))]
    if numbers is not None:
        which.append(_P.number.in_(numbers))
    asked = select(_P.number, _P.title, _P.lead, answer).where(*which).order_by(_P.number)
    return (await connection.execute(asked)).all()


async def concerned(connection: AsyncConnection, names: Collection[str], project: str) -> set[str]:
    """Lists those of the bodies in whose rounds the project is."""
    row = (await connection.execute(select(_P.lead).where(_P.number == project, _P.is_closed == false()))).first()
    if row is None:
        return set()
    members = await _members(connection, names)
    everyone = {person for people in members.values() for person in people}
    leading = select(_P.lead).distinct().where(_P.is_closed == false(), _P.lead.in_(everyone))
    leads = set((await connection.execute(leading)).scalars())
    return {name for name in names if row.lead in members.get(name, ()) or leads.isdisjoint(members.get(name, ()))}


async def _members(connection: AsyncConnection, names: Collection[str]) -> dict[str, Sequence[str]]:
    named = select(bodies.c.name, bodies.c.members).where(bodies.c.name.in_(names))
    return {row.name: row.members for row in await connection.execute(named)}


def _answers(status_round: Round) -> ColumnElement[bool]:
    """Published since the round opened, or imported as of a day since then. Once closed, it stays as it was."""
    published, imported = [publications.c.at >= status_round.opened_at], [reports.c.day >= opened_day(status_round)]
    if status_round.closed_at is not None:
        published.append(publications.c.at <= status_round.closed_at)
        imported.append(reports.c.day <= status_round.closed_at.date())
    return or_(_publication(*published), and_(not_(_publication()), *imported))


def _was_in_force(status_round: Round) -> ColumnElement[bool]:
    old = not_(_publication(publications.c.at >= status_round.opened_at))
    return and_(old, or_(_publication(), reports.c.day < opened_day(status_round)))


def _publication(*which: ColumnElement[bool]) -> ColumnElement[bool]:
    same = (publications.c.project == reports.c.project, publications.c.day == reports.c.day)
    return exists().where(*same, *which)


def _by_lead(entry: RoundEntry) -> tuple[bool, str, str, str, str]:
    project = entry.project
    lead = project.lead or ""
    return not lead, danish_key(entry.lead_name or ""), lead, danish_key(project.title), project.number
