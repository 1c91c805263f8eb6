"""People, found by e-mail or by who they are in Teams."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select, update

from portfolio.organisation import Person
from storage.database import Database
from storage.organisation.tables import PEOPLE, people


class SqlPeopleReader:
    """Implements portfolio.ports.people.PeopleReader."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def person(self, email: str) -> Person | None:
        return await self._person(people.c.email == email.lower())

    async def person_by_entra_id(self, entra_id: str) -> Person | None:
        return await self._person(people.c.entra_id == entra_id)

    async def _person(self, which: ColumnElement[bool]) -> Person | None:
        row = (await self._database.execute(select(people).where(which))).mappings().one_or_none()
        return None if row is None else PEOPLE.from_row(row)


class SqlPeopleStore(SqlPeopleReader):
    """Implements portfolio.ports.people.PeopleStore."""

    async def link_person(self, email: str, entra_id: str) -> bool:
        """False when nobody has that e-mail. An Entra id belongs to one person: whoever had it before loses it."""
        mine = people.c.email == email.lower()
        async with self._database.transaction() as connection:
            await connection.execute(update(people).where(people.c.entra_id == entra_id, ~mine).values(entra_id=None))
            linked = await connection.execute(update(people).where(mine).values(entra_id=entra_id))
        return linked.rowcount == 1
