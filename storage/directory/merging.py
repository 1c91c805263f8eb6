"""Makes somebody who was only mentioned the person whose address that is."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from portfolio.identity import PersonId
from storage.organisation import bodies, org_units, people
from storage.projects.tables import benefits, projects, reports, risks

# What may name somebody of whom no more than an address is known.
_COLUMNS = (
    projects.c.owner,
    reports.c.author,
    benefits.c.responsible,
    risks.c.responsible,
    org_units.c.manager,
    bodies.c.chair,
    bodies.c.secretary,
    people.c.manager,
)


async def merge(connection: AsyncConnection, merged: Mapping[PersonId, PersonId]) -> None:
    """Puts each person in the place of the one who was mentioned."""
    for mention, person in merged.items():
        led = update(projects).where(projects.c.lead == mention)
        await connection.execute(led.values(lead=person, revision=projects.c.revision + 1))
        for column in _COLUMNS:
            await connection.execute(update(column.table).where(column == mention).values({column.name: person}))
    if not merged:
        return
    for body in (await connection.execute(select(bodies.c.name, bodies.c.members))).all():
        members = list(dict.fromkeys(merged.get(member, member) for member in body.members))
        if members != list(body.members):
            await connection.execute(update(bodies).where(bodies.c.name == body.name).values(members=members))
