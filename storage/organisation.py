"""People, departments, focus areas and bodies. People are found by e-mail or by who they are in Teams."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, Column, ColumnElement, Index, Table, Text, select, update

from portfolio.audit import Action, AuditEntry
from portfolio.bodies import Body, BodyKind
from portfolio.organisation import OrgUnit, Person, Role
from portfolio.projects.strategy import FocusArea
from storage.audit import write_down
from storage.columns import code, metadata
from storage.database import Database
from storage.records import RecordMapping
from storage.version import raise_version

people = Table(
    "people",
    metadata,
    Column("email", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("unit", Text),
    Column("manager", Text),
    Column("role", code(Role), nullable=False),
    Column("entra_id", Text),
    Column("language", Text),
    Index(None, "entra_id", unique=True),
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

PEOPLE = RecordMapping(Person, people, kept=frozenset({"entra_id", "language"}))
ORG_UNITS = RecordMapping(OrgUnit, org_units)
FOCUS_AREAS = RecordMapping(FocusArea, focus_areas)
BODIES = RecordMapping(Body, bodies)


class SqlPeopleStore:
    """Implements portfolio.ports.people.PeopleStore."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def person(self, email: str) -> Person | None:
        return await self._person(people.c.email == email.lower())

    async def person_by_entra_id(self, entra_id: str) -> Person | None:
        return await self._person(people.c.entra_id == entra_id)

    async def _person(self, which: ColumnElement[bool]) -> Person | None:
        row = (await self._database.execute(select(people).where(which))).mappings().one_or_none()
        return None if row is None else PEOPLE.from_row(row)

    async def set_language(self, email: str, language: str | None, at: datetime) -> None:
        async with self._database.transaction() as connection:
            await raise_version(connection)
            await connection.execute(update(people).where(people.c.email == email).values(language=language))
            entry = AuditEntry(at, email, Action.LANGUAGE_SET, detail={"language": language or ""})
            await write_down(connection, entry)

    async def link_person(self, email: str, entra_id: str, at: datetime) -> bool:
        """One statement, so that of several accounts at once one alone gets the person."""
        taken = select(people.c.email).where(people.c.entra_id == entra_id).exists()
        mine = update(people).where(people.c.email == email.lower(), people.c.entra_id.is_(None), ~taken)
        async with self._database.transaction() as connection:
            linked = await connection.execute(mine.values(entra_id=entra_id))
            if linked.rowcount == 1:
                await write_down(connection, AuditEntry(at, email.lower(), Action.PERSON_LINKED))
        return linked.rowcount == 1
