"""Every name in the database that people may use."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from portfolio.organisation import OrgUnit, Person
from portfolio.projects.strategy import FocusArea
from portfolio.questions.answers import ProjectName, Vocabulary
from storage.organisation import BODIES, FOCUS_AREAS, ORG_UNITS, PEOPLE, people
from storage.projects.tables import project_focus_areas, projects
from storage.records import R, RecordMapping
from storage.sorting import danish_key


async def read_vocabulary(connection: AsyncConnection, version: int) -> Vocabulary:
    """Departments and focus areas that only a project mentions are names too."""
    columns = projects.c
    wanted = (columns.number, columns.title, columns.aliases, columns.is_closed, columns.case_number)
    rows = (
        await connection.execute(
            select(*wanted, columns.lead, columns.owner, columns.org_unit).order_by(columns.number_key, columns.number)
        )
    ).all()
    areas = await _all(connection, FOCUS_AREAS)
    units = await _all(connection, ORG_UNITS)
    mentioned = (await connection.execute(select(project_focus_areas.c.focus_area).distinct())).scalars()
    everybody = await _people(connection)
    in_areas = set(mentioned) - {area.name for area in areas}
    in_units = {row.org_unit for row in rows if row.org_unit} - {unit.name for unit in units}
    return Vocabulary(
        version=version,
        projects=tuple(
            ProjectName(row.number, row.title, tuple(row.aliases), row.is_closed, row.case_number, row.org_unit)
            for row in rows
        ),
        people=tuple(person for person in everybody if person.is_here),
        others=tuple(person for person in everybody if not person.is_here),
        leads=frozenset(row.lead for row in rows if row.lead),
        owners=frozenset(row.owner for row in rows if row.owner),
        org_units=(*units, *(OrgUnit(name) for name in sorted(in_units, key=danish_key))),
        focus_areas=(*areas, *(FocusArea(name) for name in sorted(in_areas, key=danish_key))),
        bodies=await _all(connection, BODIES),
    )


async def _all(connection: AsyncConnection, mapping: RecordMapping[R]) -> tuple[R, ...]:
    rows = (await connection.execute(select(mapping.table))).mappings()
    return tuple(sorted(map(mapping.from_row, rows), key=_by_name))


async def _people(connection: AsyncConnection) -> tuple[Person, ...]:
    without_entra_id = select(*(people.c[name] for name in PEOPLE.field_of if name != "entra_id"))
    found = (Person(**row) for row in (await connection.execute(without_entra_id)).mappings())
    return tuple(sorted(found, key=lambda person: (danish_key(person.name), person.address, person.id)))


def _by_name(record: Any) -> str:
    return danish_key(record.name)
