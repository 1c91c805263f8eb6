"""What is held on people, and erasing it for good."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import false, select
from sqlalchemy.ext.asyncio import AsyncConnection

from portfolio.audit import Action, AuditEntry
from portfolio.identity import PersonId
from portfolio.organisation import Person
from portfolio.ports.errors import DatabaseError
from portfolio.privacy.held import Fate, Holding, Holdings, LogLines
from storage.audit import audit, count_about, write_down
from storage.data_map import DATA_MAP, For, Kept, Shown
from storage.data_map.messages import AUDIT
from storage.database import Database
from storage.organisation import PEOPLE, former_addresses, people
from storage.privacy.erased_list import ErasedList
from storage.privacy.erasing import changes_of, erase, is_deleted
from storage.privacy.finding import Findings, Row, find, texts_naming
from storage.privacy.scrubbing import scrub
from storage.privacy.traces import read_traces
from storage.projects.tables import projects

_P = projects.c


class SqlPrivacyStore:
    """Implements portfolio.ports.privacy.PrivacyStore. `instead` is put in the place of names; `erased` is the list of
    the erased."""

    def __init__(self, database: Database, erased: ErasedList, instead: str) -> None:
        self._database = database
        self._erased = erased
        self._instead = instead

    async def person_called(self, address: str) -> Person | None:
        folded = address.strip().lower()
        former = select(former_addresses.c.person).where(former_addresses.c.address == folded)
        for which in (
            *(people.c.email == folded, people.c.upn == folded, people.c.entra_id == folded, people.c.name == folded),
            *(people.c.id.in_(former), people.c.id == folded),
        ):
            if row := (await self._database.execute(select(people).where(which))).mappings().first():
                return PEOPLE.from_row(row)
        return None

    async def held_on(self, person: PersonId) -> Holdings | None:
        async with self._database.snapshot() as connection:
            row = (await connection.execute(select(people).where(people.c.id == person))).mappings().first()
            if row is None:
                return None
            findings = await find(connection, await read_traces(connection, [person]))
            leads = await _led_by(connection, person)
            log = await count_about(connection, person)
        holdings = [_holding(row, findings, self._instead) for row in findings.rows]
        unsure = [_holding(row, findings, self._instead) for row in findings.unsure]
        return Holdings(PEOPLE.from_row(row), tuple(holdings), tuple(unsure), leads, LogLines(log, AUDIT))

    async def erase(self, persons: Collection[PersonId], by: PersonId, at: datetime) -> bool:
        async with self._database.transaction() as connection:
            findings = await erase(connection, persons, self._instead)
            await write_down(connection, *entries(persons, findings, by, at))
            # Comes last, so that hardly anything can keep them from being erased who are on the list already.
            self._erased.add(findings.traces.ids, at)
        try:
            return await scrub(self._database)
        except DatabaseError:  # they are erased all the same
            return False

    async def erased_people(self) -> frozenset[PersonId]:
        """Lists whom the audit log says to be erased."""
        lines = select(audit.c.detail).where(audit.c.action == Action.PERSON_ERASED)
        details = (await self._database.execute(lines)).scalars()
        return frozenset(person for detail in details for person in (detail["person"], *detail.get("mentioned", ())))


def entries(persons: Iterable[PersonId], findings: Findings, by: PersonId, at: datetime) -> list[AuditEntry]:
    """Returns what is to be written down of those who were there to be erased."""
    ids = findings.traces.ids
    held = [row.values["id"] for row in findings.rows if row.table is people and row.values["id"] in ids]
    mentioned = sorted(set(held) - set(persons))
    more = {"mentioned": mentioned} if mentioned else {}
    erased = [person for person in held if person in persons]
    return [AuditEntry(at, by, Action.PERSON_ERASED, detail={"person": person, **more}) for person in erased]


async def _led_by(connection: AsyncConnection, person: PersonId) -> tuple[str, ...]:
    led = select(_P.number).where(_P.lead == person, _P.is_closed == false()).order_by(_P.number_key)
    return tuple((await connection.execute(led)).scalars())


def _holding(row: Row, findings: Findings, instead: str) -> Holding:
    first = row.by[0]
    fate = _fate(row, findings, instead)
    holding = Holding(row.table.name, first.purpose, _kept(row), row.key, fate)
    if row.is_theirs:
        shown = [line.column.name for line in DATA_MAP if line.table is row.table and line.shown is not Shown.NEVER]
        return replace(holding, values={name: row.values[name] for name in shown if row.values[name] is not None})
    worded = [line for line in row.by if line.shown in (Shown.BY_WORDS, Shown.IN_DOCUMENT)]
    parts = tuple(line.column.name for line in row.by if line not in worded)
    texts = {line.column.name: texts_naming(row.values[line.column.name], findings.traces) for line in worded}
    return replace(holding, parts=parts, texts=texts)


def _kept(row: Row) -> tuple[Kept, ...]:
    """Gives how long just this row is kept: of several times that hold for it, the shortest comes first to its end."""
    rules = row.by[0].kept
    times = [rule for rule in rules if isinstance(rule, For)]
    here = [rule for rule in times if all(row.values[name] == value for name, value in rule.where)]
    shortest = min(here, key=lambda rule: rule.time, default=None)
    return tuple(rule for rule in rules if rule is shortest or rule not in times)


def _fate(row: Row, findings: Findings, instead: str) -> Fate:
    if is_deleted(row):
        return Fate.GOES
    changes: dict[str, Any] = changes_of(row, findings, instead)
    return Fate.CHANGES if any(row.values[name] != value for name, value in changes.items()) else Fate.STAYS
