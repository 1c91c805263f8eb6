"""What people decided about their own reminders: away, later, or not at all."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Executable, bindparam, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from portfolio.audit import Action, AuditEntry
from portfolio.reminders.kinds import Absence, Kind, Snooze
from storage.audit import write_down
from storage.database import Database
from storage.reminders.tables import absences, snoozes, switched_off

_A, _N, _S = absences.c, snoozes.c, switched_off.c
_DAY = timedelta(days=1)
_SAME = (_A.person == bindparam("whose"), _A.first == bindparam("since"))
_SET_LAST = update(absences).where(*_SAME).values(last=bindparam("until"))
_REMOVE = delete(absences).where(*_SAME)


@dataclass(frozen=True, slots=True)
class Change:
    """Who changes something, when, and what day that is in the municipality."""

    by: str
    at: datetime
    today: date


async def read_absences(connection: AsyncConnection, person: str, today: date) -> list[Absence]:
    """Reads those that have not ended, the first to begin first."""
    not_ended = select(absences).where(_A.person == person, _A.last >= today).order_by(_A.first)
    return [Absence(*row) for row in await connection.execute(not_ended)]


async def set_absence(
    database: Database, connection: AsyncConnection, absence: Absence, change: Change
) -> list[Absence]:
    shares_days = (_A.first <= absence.last, _A.last >= absence.first)
    replaced = await _to_change(connection, absence.person, change, *shares_days)
    await _end(connection, [old for old in replaced if old.first != absence.first], change)
    upsert = database.insert(absences).values(asdict(absence))
    upsert = upsert.on_conflict_do_update(index_elements=["person", "first"], set_={"last": upsert.excluded.last})
    await connection.execute(upsert)
    await write_down(connection, _absence_entry(Action.ABSENCE_SET, absence, change))
    return replaced


async def end_absence(connection: AsyncConnection, person: str, first: date, change: Change) -> bool:
    ended = await _to_change(connection, person, change, _A.first == first)
    await _end(connection, ended, change)
    return bool(ended)


async def end_absences(connection: AsyncConnection, person: str, change: Change) -> list[Absence]:
    under_way = await _to_change(connection, person, change, _A.first <= change.today)
    await _end(connection, under_way, change)
    return under_way


async def shorten_absences(connection: AsyncConnection, person: str, last: date, change: Change) -> Absence | None:
    lasting = await _to_change(connection, person, change)
    until_then = [replace(absence, last=last) for absence in lasting if absence.first <= last <= absence.last]
    if not until_then:
        return None
    shortened = [absence for absence in until_then if absence not in lasting]
    await _set_last(connection, shortened)
    await write_down(connection, *(_absence_entry(Action.ABSENCE_SET, absence, change) for absence in shortened))
    await _end(connection, [absence for absence in lasting if absence.first > last], change)
    return until_then[0]


async def _to_change(
    connection: AsyncConnection, person: str, change: Change, *which: ColumnElement[bool]
) -> list[Absence]:
    """Reads those of the person's that have not ended, the first to begin first, and keeps others from changing them
    meanwhile."""
    lasting = select(absences).where(_A.person == person, _A.last >= change.today, *which).order_by(_A.first)
    return [Absence(*row) for row in await connection.execute(lasting.with_for_update())]


async def _end(connection: AsyncConnection, ended: Sequence[Absence], change: Change) -> None:
    begun = [absence for absence in ended if absence.first < change.today]
    await _set_last(connection, [replace(absence, last=change.today - _DAY) for absence in begun])
    never_were = [{"whose": absence.person, "since": absence.first} for absence in ended if absence not in begun]
    if never_were:
        await connection.execute(_REMOVE, never_were)
    await write_down(connection, *(_absence_entry(Action.ABSENCE_ENDED, absence, change) for absence in ended))


async def _set_last(connection: AsyncConnection, changed: Sequence[Absence]) -> None:
    rows = [{"whose": absence.person, "since": absence.first, "until": absence.last} for absence in changed]
    if rows:
        await connection.execute(_SET_LAST, rows)


def _absence_entry(action: Action, absence: Absence, change: Change) -> AuditEntry:
    days = {"first": absence.first.isoformat(), "last": absence.last.isoformat()}
    return AuditEntry(change.at, change.by, action, detail={"person": absence.person, **days})


async def snooze(database: Database, connection: AsyncConnection, wanted: Sequence[Snooze], change: Change) -> None:
    if not wanted:
        return
    upsert = database.insert(snoozes)
    upsert = upsert.on_conflict_do_update(index_elements=["person", "subject"], set_={"until": upsert.excluded.until})
    await connection.execute(upsert, [asdict(snooze) for snooze in wanted])
    await write_down(connection, *(_snooze_entry(Action.SNOOZED, snooze, change) for snooze in wanted))


async def end_snoozes(
    connection: AsyncConnection, person: str, subjects: Collection[str] | None, change: Change
) -> int:
    which = () if subjects is None else (_N.subject.in_(subjects),)
    ending = delete(snoozes).where(_N.person == person, _N.until > change.today, *which).returning(*_N)
    ended = [Snooze(*row) for row in await connection.execute(ending)]
    await write_down(connection, *(_snooze_entry(Action.SNOOZE_ENDED, snooze, change) for snooze in ended))
    return len(ended)


def _snooze_entry(action: Action, snooze: Snooze, change: Change) -> AuditEntry:
    detail = {"person": snooze.person, "subject": snooze.subject, "until": snooze.until.isoformat()}
    return AuditEntry(change.at, change.by, action, detail=detail)


async def switch(database: Database, connection: AsyncConnection, person: str, kind: Kind, *, on: bool) -> bool:
    """Whether it was the other way before."""
    if on:
        switching: Executable = delete(switched_off).where(_S.person == person, _S.kind == kind).returning(_S.kind)
    else:
        inserting = database.insert(switched_off).values(person=person, kind=kind)
        switching = inserting.on_conflict_do_nothing().returning(_S.kind)
    return (await connection.execute(switching)).first() is not None
