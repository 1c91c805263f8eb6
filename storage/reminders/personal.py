"""What people decided about their own reminders: away, later, or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Executable, Select, bindparam, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from portfolio.audit import Action, Entry
from portfolio.reminders.kinds import Absence, Kind, Snooze
from storage.audit import write_down
from storage.database import Database
from storage.reminders.tables import absences, snoozes, switched_off

_A, _N, _S = absences.c, snoozes.c, switched_off.c
_DAY = timedelta(days=1)
_END = update(absences).where(_A.person == bindparam("whose"), _A.first == bindparam("since"))


def putting_absence(database: Database, absence: Absence) -> Executable:
    upsert = database.insert(absences).values(asdict(absence))
    return upsert.on_conflict_do_update(index_elements=["person", "first"], set_={"last": upsert.excluded.last})


async def read_absences(connection: AsyncConnection, person: str, today: date) -> list[Absence]:
    """Those that have not ended, the first to begin first."""
    return [Absence(*row) for row in await connection.execute(_not_ended(person, today))]


async def end_absences(connection: AsyncConnection, person: str, today: date, by: str, at: datetime) -> list[Absence]:
    found = await connection.execute(_not_ended(person, today).with_for_update())
    ended = [Absence(*row) for row in found]
    begun = [{"whose": person, "since": one.first, "last": today - _DAY} for one in ended if one.first < today]
    if begun:
        await connection.execute(_END, begun)
    await connection.execute(delete(absences).where(_A.person == person, _A.last >= today))
    await write_down(connection, *(of_absence(Action.ABSENCE_ENDED, one, by, at) for one in ended))
    return ended


def _not_ended(person: str, today: date) -> Select[Any]:
    return select(absences).where(_A.person == person, _A.last >= today).order_by(_A.first)


def of_absence(action: Action, absence: Absence, by: str, at: datetime) -> Entry:
    days = {"first": absence.first.isoformat(), "last": absence.last.isoformat()}
    return Entry(at, by, action, detail={"person": absence.person, **days})


async def snooze(
    database: Database, connection: AsyncConnection, wanted: Sequence[Snooze], by: str, at: datetime
) -> None:
    if not wanted:
        return
    upsert = database.insert(snoozes)
    upsert = upsert.on_conflict_do_update(index_elements=["person", "subject"], set_={"until": upsert.excluded.until})
    await connection.execute(upsert, [asdict(one) for one in wanted])
    await write_down(connection, *(_of_snooze(Action.SNOOZED, one, by, at) for one in wanted))


async def end_snoozes(connection: AsyncConnection, person: str, today: date, by: str, at: datetime) -> int:
    ending = delete(snoozes).where(_N.person == person, _N.until > today).returning(*_N)
    ended = [Snooze(*row) for row in await connection.execute(ending)]
    await write_down(connection, *(_of_snooze(Action.SNOOZE_ENDED, one, by, at) for one in ended))
    return len(ended)


def _of_snooze(action: Action, one: Snooze, by: str, at: datetime) -> Entry:
    detail = {"person": one.person, "subject": one.subject, "until": one.until.isoformat()}
    return Entry(at, by, action, detail=detail)


async def switch(database: Database, connection: AsyncConnection, person: str, kind: Kind, *, on: bool) -> bool:
    """Whether it was the other way before."""
    if on:
        switching: Executable = delete(switched_off).where(_S.person == person, _S.kind == kind).returning(_S.kind)
    else:
        inserting = database.insert(switched_off).values(person=person, kind=kind)
        switching = inserting.on_conflict_do_nothing().returning(_S.kind)
    return (await connection.execute(switching)).first() is not None
