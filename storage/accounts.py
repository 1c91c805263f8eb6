"""Whose a Teams account is, by its Entra id. Only of those who work here: who left is nobody any more."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Select, and_, bindparam, delete, or_, select, update

from portfolio.audit import Action, AuditEntry
from portfolio.identity import PersonId
from portfolio.organisation import Person
from storage.audit import write_down
from storage.conversations import conversations
from storage.database import Database
from storage.organisation import IS_HERE, PEOPLE, people

_P = people.c
# Asked at every message, so they are put together once.
_WHICH: BindParameter[Any] = bindparam("which")
_BY_ENTRA_ID = select(people).where(_P.entra_id == _WHICH, IS_HERE)
# Of one by UPN and one by e-mail, that by UPN.
_IS_UNTOLD = and_(_P.upn.is_(None), _P.email == _WHICH)
_BY_UPN = select(people).where(or_(_P.upn == _WHICH, _IS_UNTOLD), IS_HERE).order_by(_P.upn.is_(None)).limit(1)


class SqlAccountStore:
    """Implements portfolio.ports.people.AccountStore."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def person_by_entra_id(self, entra_id: str) -> Person | None:
        return await self._person(_BY_ENTRA_ID, entra_id)

    async def person_by_upn(self, upn: str) -> Person | None:
        """Finds nobody by a letter that only becomes one of theirs in small letters, as the Kelvin sign does."""
        is_theirs = all(letter.isascii() or not letter.lower().isascii() for letter in upn)
        return await self._person(_BY_UPN, upn.lower()) if is_theirs else None

    async def _person(self, statement: Select[Any], which: str) -> Person | None:
        row = (await self._database.execute(statement, {"which": which})).mappings().one_or_none()
        return None if row is None else PEOPLE.from_row(row)

    async def entra_ids(self, wanted: Collection[PersonId]) -> Mapping[PersonId, str]:
        theirs = (_P.id.in_(wanted), _P.entra_id.is_not(None), IS_HERE)
        rows = await self._database.execute(select(_P.id, _P.entra_id).where(*theirs))
        return {row.id: row.entra_id for row in rows}

    async def link_person(self, person: PersonId, entra_id: str, at: datetime) -> bool:
        """Links in one statement, so that of several accounts at once one alone gets the person."""
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
