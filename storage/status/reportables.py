"""Projects as their reporters see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any

from sqlalchemy import false, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from portfolio.identity import NOBODY, PersonId
from portfolio.status.reporting import Publication, Reportable
from storage.by_project import NUMBERS, by_project, newest
from storage.deputies import deputies, read_deputies
from storage.projects.details import read_projects
from storage.projects.tables import projects
from storage.status.tables import publications

_NEWEST_PUBLICATIONS = 40
_P, _D = projects.c, deputies.c
_REVISIONS = select(_P.number, _P.revision).where(_P.number.in_(NUMBERS))
_MOST_PUBLICATIONS = 60
_PUBLICATIONS = newest(publications, _NEWEST_PUBLICATIONS, by=("day", "version"))


async def read_reportable(connection: AsyncConnection, number: str) -> Reportable | None:
    return next(iter(await read_reportables(connection, [number])), None)


async def read_reportables(connection: AsyncConnection, numbers: Sequence[str]) -> list[Reportable]:
    """Reads projects in the order of `numbers`, without those that do not exist. The connection sees one moment: a
    revision with another moment's lead would let somebody act on what never was."""
    revisions = {row.number: row.revision for row in await connection.execute(_REVISIONS, {"numbers": numbers})}
    details = await read_projects(connection, numbers)
    given = await by_project(connection, _PUBLICATIONS, numbers)
    leads = {detail.project.lead for detail in details.values()} - {None}
    of_lead = await read_deputies(connection, [lead for lead in leads if lead])
    return [
        Reportable(
            details[number],
            revisions[number],
            tuple(map(_publication, given.get(number, ()))),
            of_lead.get(details[number].project.lead or NOBODY, ()),
        )
        for number in numbers
        if number in revisions and number in details
    ]


async def read_publications(connection: AsyncConnection, number: str) -> list[Publication]:
    columns = publications.c
    newest_first = select(publications).order_by(columns.day.desc(), columns.version.desc()).limit(_MOST_PUBLICATIONS)
    rows = await connection.execute(newest_first.where(columns.project == number))
    return [_publication(row) for row in rows.mappings()]


async def numbers_led_by(connection: AsyncConnection, person: PersonId, today: date) -> Sequence[str]:
    """Lists the open projects that the person reports on, as lead or as deputy that day; the one due first, first."""
    for_project = (_D.lead == _P.lead, _D.project.in_(["", _P.number]))
    as_deputy = select(_D.lead).where(_D.deputy == person, *for_project, _D.first <= today, _D.last >= today).exists()
    mine = select(_P.number).where(_P.is_closed == false(), or_(_P.lead == person, as_deputy))
    due_first = mine.order_by(_P.missing_after.asc().nulls_first(), _P.title_key, _P.number)
    return (await connection.execute(due_first)).scalars().all()


def _publication(row: Mapping[Any, Any]) -> Publication:
    return Publication(**{item.name: row[item.name] for item in fields(Publication)})
