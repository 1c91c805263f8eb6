"""Whose a Teams account is, by its Entra id. Only of those who work here: who left is nobody any more."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, or_, select, update

from portfolio.audit import Action, AuditEntry
from portfolio.identity import PersonId
from portfolio.organisation import Person
from storage.audit import write_down
from storage.conversations import conversations
from storage.database import Database
from storage.organisation import IS_HERE, PEOPLE, people

_P = people.c


class SqlAccountStore:
    """Implements portfolio.ports.people.AccountStore."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def person_by_entra_id(self, entra_id: str) -> Person | None:
        return await self._person(_P.entra_id == entra_id)

    async def person_by_upn(self, upn: str) -> Person | None:
        folded = upn.strip().lower()
        return await self._person(or_(_P.upn == folded, and_(_P.upn.is_(None), _P.email == folded)))

    async def _person(self, which: ColumnElement[bool]) -> Person | None:
        """Finds the one that fits; of one by UPN and one by e-mail, that by UPN."""
        found = select(people).where(which, IS_HERE).order_by(_P.upn.is_(None)).limit(1)
        row = (await self._database.execute(found)).mappings().one_or_none()
        return None if row is None else PEOPLE.from_row(row)

    async def entra_ids(self, wanted: Collection[PersonId]) -> Mapping[PersonId, str]:
        theirs = (_P.id.in_(wanted), _P.entra_id.is_not(None), IS_HERE)
        rows = await self._database.execute(select(_P.id, _P.entra_id).where(*theirs))
        return {row.id: row.entra_id for row in rows}

    async def link_person(self, person: PersonId, entra_id: str, at: datetime) -> bool:
        """One statement, so that of several accounts at once one alone gets the person."""
        taken = select(_P.id).where(_P.entra_id == entra_id).exists()
        theirs = update(people).where(_P.id == person, _P.entra_id.is_(None), IS_HERE, ~taken)
        async with self._database.transaction() as connection:
            linked = await connection.execute(theirs.values(entra_id=entra_id))
            if linked.rowcount == 1:
                await write_down(connection, AuditEntry(at, person, Action.PERSON_LINKED))
        return linked.rowcount == 1

    async def unlink_person(self, person: PersonId, by: PersonId, at: datetime) -> bool:
        linked = update(people).where(_P.id == person, _P.entra_id.is_not(None))
        async with self._database.transaction() as connection:
            unlinked = await connection.execute(linked.values(entra_id=None))
            await connection.execute(delete(conversations).where(conversations.c.person == person))
            if unlinked.rowcount == 1:
                await write_down(connection, AuditEntry(at, by, Action.PERSON_UNLINKED, detail={"person": person}))
        return unlinked.rowcount == 1
