"""People, departments, focus areas and bodies. People are found by id or address."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import JSON, Column, ColumnElement, Index, Table, Text, cast, or_, select, update

from portfolio.audit import Action, AuditEntry
from portfolio.bodies import Body, BodyKind
from portfolio.identity import PersonId
from portfolio.organisation import OrgUnit, Person, Role, Standing
from portfolio.projects.strategy import FocusArea
from storage.audit import write_down
from storage.columns import Codes, code, metadata
from storage.database import Database
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
    Index(None, "email", unique=True),
    Index(None, "entra_id", unique=True),
    Index(None, "upn", unique=True),
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


PEOPLE = RecordMapping(Person, people, kept=frozenset({"entra_id", "upn", "language"}), told_by=("email",))
ORG_UNITS = RecordMapping(OrgUnit, org_units)
FOCUS_AREAS = RecordMapping(FocusArea, focus_areas)
BODIES = RecordMapping(Body, bodies)


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

    async def _person(self, which: ColumnElement[bool]) -> Person | None:
        row = (await self._database.execute(select(people).where(which))).mappings().one_or_none()
        return None if row is None else PEOPLE.from_row(row)

    async def set_language(self, person: PersonId, language: str | None, at: datetime) -> None:
        async with self._database.transaction() as connection:
            await raise_version(connection)
            await connection.execute(update(people).where(people.c.id == person).values(language=language))
            entry = AuditEntry(at, person, Action.LANGUAGE_SET, detail={"language": language or ""})
            await write_down(connection, entry)
