"""Decisions of people about their own reminders: away, later, or not at all."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Executable, Select, bindparam, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from portfolio.audit import Action, AuditEntry
from portfolio.identity import PersonId
from portfolio.ports.reminders import MOST_ABSENCES, TooManyAbsencesError
from portfolio.reminders.keys import coded_subject
from portfolio.reminders.kinds import Absence, Kind, Snooze
from portfolio.working_time import WorkingTime
from storage.audit import write_down
from storage.database import Database
from storage.reminders.tables import absences, snoozes, switched_off

_A, _N, _S = absences.c, snoozes.c, switched_off.c
_DAY = timedelta(days=1)
_SAME = (_A.person == bindparam("whose"), _A.first == bindparam("since"))
_SET_LAST = update(absences).where(*_SAME).values(last=bindparam("until"))
_REMOVE = delete(absences).where(*_SAME)


@dataclass(frozen=True, slots=True)
class _Change:
    """A change by `by` at `at`, which is the day `today` in the municipality."""

    by: PersonId
    at: datetime
    today: date


class SqlPersonalReminders:
    """The part of portfolio.ports.reminders.ReminderStore in which people decide for themselves."""

    def __init__(self, database: Database, work: WorkingTime) -> None:
        self._database = database
        self._work = work

    async def set_absence(self, absence: Absence, by: PersonId, at: datetime) -> list[Absence]:
        change = self._change(by, at)
        upsert = self._database.insert(absences).values(asdict(absence))
        upsert = upsert.on_conflict_do_update(index_elements=["person", "first"], set_={"last": upsert.excluded.last})
        async with self._database.transaction() as connection:
            lasting = await _to_change(connection, absence.person, change)
            replaced = [old for old in lasting if old.first <= absence.last and absence.first <= old.last]
            if len(lasting) - len(replaced) >= MOST_ABSENCES:
                raise TooManyAbsencesError
            ended = await _end(connection, [old for old in replaced if old.first != absence.first], change)
            await connection.execute(upsert)
            await write_down(connection, *ended, *_entries(Action.ABSENCE_SET, [absence], change))
        return replaced

    async def end_absence(self, person: PersonId, first: date, by: PersonId, at: datetime) -> bool:
        return bool(await self._end_absences(person, self._change(by, at), _A.first == first))

    async def end_absences(self, person: PersonId, by: PersonId, at: datetime) -> list[Absence]:
        change = self._change(by, at)
        return await self._end_absences(person, change, _A.first <= change.today)

    async def _end_absences(self, person: PersonId, change: _Change, which: ColumnElement[bool]) -> list[Absence]:
        async with self._database.transaction() as connection:
            ended = await _to_change(connection, person, change, which)
            await write_down(connection, *await _end(connection, ended, change))
        return ended

    async def shorten_absences(self, person: PersonId, last: date, by: PersonId, at: datetime) -> Absence | None:
        change = self._change(by, at)
        async with self._database.transaction() as connection:
            lasting = await _to_change(connection, person, change)
            until_then = [replace(absence, last=last) for absence in lasting if absence.first <= last <= absence.last]
            if not until_then:
                return None
            shortened = [absence for absence in until_then if absence not in lasting]
            await _set_last(connection, shortened)
            ended = await _end(connection, [absence for absence in lasting if absence.first > last], change)
            await write_down(connection, *_entries(Action.ABSENCE_SET, shortened, change), *ended)
        return until_then[0]

    async def absences_of(self, person: PersonId, today: date) -> list[Absence]:
        return [Absence(**row) for row in (await self._database.execute(_lasting(person, today))).mappings()]

    async def away_between(self, first: date, last: date) -> list[Absence]:
        there = select(absences).where(_A.first <= last, _A.last >= first).order_by(_A.first, _A.last, _A.person)
        return [Absence(**row) for row in (await self._database.execute(there)).mappings()]

    async def snooze(self, wanted: Sequence[Snooze], by: PersonId, at: datetime) -> None:
        if not wanted:
            return
        put = self._database.insert(snoozes)
        put = put.on_conflict_do_update(index_elements=["person", "subject"], set_={"until": put.excluded.until})
        async with self._database.transaction() as connection:
            stored = select(snoozes).where(_N.person.in_({snooze.person for snooze in wanted}))
            present = {Snooze(**row) for row in (await connection.execute(stored)).mappings()}
            changed = [snooze for snooze in wanted if snooze not in present]
            if changed:
                await connection.execute(put, [asdict(snooze) for snooze in changed])
                await write_down(connection, *_entries(Action.SNOOZED, changed, self._change(by, at)))

    async def snoozes_of(self, person: PersonId, today: date) -> list[Snooze]:
        lasting = select(snoozes).where(_N.person == person, _N.until > today).order_by(_N.until, _N.subject)
        return [Snooze(**row) for row in (await self._database.execute(lasting)).mappings()]

    async def end_snoozes(self, person: PersonId, subjects: Collection[str] | None, by: PersonId, at: datetime) -> int:
        change = self._change(by, at)
        which = () if subjects is None else (_N.subject.in_(subjects),)
        ending = delete(snoozes).where(_N.person == person, _N.until > change.today, *which).returning(*_N)
        async with self._database.transaction() as connection:
            ended = [Snooze(**row) for row in (await connection.execute(ending)).mappings()]
            await write_down(connection, *_entries(Action.SNOOZE_ENDED, ended, change))
        return len(ended)

    async def switch(self, person: PersonId, kind: Kind, by: PersonId, at: datetime, *, on: bool) -> None:
        if on:
            switching: Executable = delete(switched_off).where(_S.person == person, _S.kind == kind).returning(_S.kind)
        else:
            inserting = self._database.insert(switched_off).values(person=person, kind=kind)
            switching = inserting.on_conflict_do_nothing().returning(_S.kind)
        async with self._database.transaction() as connection:
            if (await connection.execute(switching)).first() is not None:
                action = Action.SWITCHED_ON if on else Action.SWITCHED_OFF
                await write_down(connection, AuditEntry(at, by, action, detail={"person": person, "kind": kind.value}))

    async def switched_off(self, person: PersonId) -> frozenset[Kind]:
        return frozenset((await self._database.execute(select(_S.kind).where(_S.person == person))).scalars())

    def _change(self, by: PersonId, at: datetime) -> _Change:
        return _Change(by, at, at.astimezone(self._work.zone).date())


def _lasting(person: PersonId, today: date, *which: ColumnElement[bool]) -> Select[Any]:
    """Selects the person's absences that have not ended, the first to begin first."""
    return select(absences).where(_A.person == person, _A.last >= today, *which).order_by(_A.first)


async def _to_change(
    connection: AsyncConnection, person: PersonId, change: _Change, *which: ColumnElement[bool]
) -> list[Absence]:
    """Reads those of the person's that have not ended, and keeps others from changing them meanwhile."""
    lasting = _lasting(person, change.today, *which).with_for_update()
    return [Absence(**row) for row in (await connection.execute(lasting)).mappings()]


async def _end(connection: AsyncConnection, ended: Sequence[Absence], change: _Change) -> list[AuditEntry]:
    """Returns what is to be written down of it."""
    begun = [absence for absence in ended if absence.first < change.today]
    await _set_last(connection, [replace(absence, last=change.today - _DAY) for absence in begun])
    never_were = [{"whose": absence.person, "since": absence.first} for absence in ended if absence not in begun]
    if never_were:
        await connection.execute(_REMOVE, never_were)
    return _entries(Action.ABSENCE_ENDED, ended, change)


async def _set_last(connection: AsyncConnection, changed: Sequence[Absence]) -> None:
    rows = [{"whose": absence.person, "since": absence.first, "until": absence.last} for absence in changed]
    if rows:
        await connection.execute(_SET_LAST, rows)


def _entries(action: Action, changed: Sequence[Absence | Snooze], change: _Change) -> list[AuditEntry]:
    """Returns an entry of each. On which days somebody was away isn't for the audit log to keep for years."""
    return [AuditEntry(change.at, change.by, action, detail=_detail(item)) for item in changed]


def _detail(item: Absence | Snooze) -> dict[str, str]:
    if isinstance(item, Absence):
        return {"person": item.person}
    return {"person": item.person, "subject": coded_subject(item.subject), "until": item.until.isoformat()}
