"""People, departments, focus areas and bodies. People are found by id or address."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ColumnElement,
    Index,
    Table,
    Text,
    cast,
    false,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from portfolio.audit import Action, AuditEntry
from portfolio.bodies import Body, BodyKind
from portfolio.identity import PersonId
from portfolio.organisation import OrgUnit, Person, Role, Standing
from portfolio.projects.strategy import FocusArea
from portfolio.whole import KnownPeople
from storage.audit import write_down
from storage.columns import Codes, Instant, code, metadata
from storage.database import Database, chunks
from storage.records import RecordMapping
from storage.version import raise_version

people = Table(
    "people",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("email", Text),
    Column("unit", Text),
    Column("manager", Text),
    Column("roles", Codes(Role), nullable=False),
    Column("entra_id", Text),
    Column("upn", Text),
    Column("language", Text),
    Column("standing", code(Standing), nullable=False),
    # Whether a directory speaks for them, whose word goes before a workbook's.
    Column("is_from_directory", Boolean, nullable=False, server_default=false()),
    # From when on it is counted how long somebody who left is kept.
    Column("left_at", Instant),
    Index(None, "email", unique=True),
    Index(None, "entra_id", unique=True),
    Index(None, "upn", unique=True),
)

# What people were called by before, by which a workbook may still call them. Nobody else has such an address now.
former_addresses = Table(
    "former_addresses",
    metadata,
    Column("address", Text, primary_key=True),
    Column("person", Text, nullable=False),
    Index(None, "person"),
)

org_units = Table(
    "org_units",
    metadata,
    Column("name", Text, primary_key=True),
    Column("parent", Text),
    Column("manager", Text),
    Column("aliases", JSON, nullable=False),
    Index(None, "parent"),
)

focus_areas = Table(
    "focus_areas",
    metadata,
    Column("name", Text, primary_key=True),
    Column("period", Text),
    Column("short_name", Text),
    Column("aliases", JSON, nullable=False),
    Column("replaced_by", Text),
)

bodies = Table(
    "bodies",
    metadata,
    Column("name", Text, primary_key=True),
    Column("kind", code(BodyKind), nullable=False),
    Column("chair", Text),
    Column("secretary", Text),
    Column("members", JSON, nullable=False),
)


def is_any_of(roles: Iterable[Role]) -> ColumnElement[bool]:
    """Says whether somebody has one of the roles."""
    written = cast(people.c.roles, Text)
    return or_(*(written.like(f'%"{role.value}"%') for role in roles))


IS_HERE = people.c.standing == Standing.HERE
PEOPLE = RecordMapping(Person, people, kept=frozenset({"entra_id", "upn", "language"}), told_by=("email",))
ORG_UNITS = RecordMapping(OrgUnit, org_units)
FOCUS_AREAS = RecordMapping(FocusArea, focus_areas)
BODIES = RecordMapping(Body, bodies)


async def whose(connection: AsyncConnection, addresses: Iterable[str]) -> dict[str, PersonId]:
    """Returns whose each address is: by their e-mail, else by their UPN, and else by what they were called before."""
    found: dict[str, PersonId] = {}
    former = former_addresses.c
    for some in chunks(sorted(addresses)):
        for address, person in (
            (former.address, former.person),
            (people.c.upn, people.c.id),
            (people.c.email, people.c.id),
        ):
            found |= {
                row[0]: row[1] for row in await connection.execute(select(address, person).where(address.in_(some)))
            }
    return found


async def known_people(database: Database) -> KnownPeople:
    columns = (people.c.id, people.c.email, people.c.upn, people.c.entra_id, people.c.is_from_directory)
    async with database.snapshot() as connection:
        rows = (await connection.execute(select(*columns))).all()
        former = (await connection.execute(select(former_addresses.c.address, former_addresses.c.person))).all()
    addresses: dict[str, PersonId] = {row.address: row.person for row in former}
    for name in ("upn", "email"):
        addresses |= {value: row.id for row in rows if (value := getattr(row, name))}
    accounts = {(name, value): row.id for name in ("upn", "entra_id") for row in rows if (value := getattr(row, name))}
    return KnownPeople(addresses, accounts, frozenset(row.id for row in rows if row.is_from_directory))


class SqlPeopleStore:
    """Implements portfolio.ports.people.PeopleStore."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def person(self, person: PersonId) -> Person | None:
        return await self._person(people.c.id == person)

    async def person_by_address(self, address: str) -> Person | None:
        folded = address.strip().lower()
        by_email = await self._person(people.c.email == folded)
        return by_email or await self._person(people.c.upn == folded)

    async def asker(self, address: str) -> Person | None:
        """Finds as `person_by_address` does, of those who are here: nobody else may ask or do anything."""
        found = await self.person_by_address(address)
        return found if found and found.is_here else None

    async def _person(self, *which: ColumnElement[bool]) -> Person | None:
        row = (await self._database.execute(select(people).where(*which))).mappings().one_or_none()
        return None if row is None else PEOPLE.from_row(row)

    async def set_language(self, person: PersonId, language: str | None, at: datetime) -> None:
        async with self._database.transaction() as connection:
            await raise_version(connection)
            await connection.execute(update(people).where(people.c.id == person).values(language=language))
            entry = AuditEntry(at, person, Action.LANGUAGE_SET, detail={"language": language or ""})
            await write_down(connection, entry)
