"""What reminders are worked out from, and what people decided about theirs."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import select

from portfolio.audit import Action, AuditEntry
from portfolio.reminders.kinds import Absence, Key, Kind, Outcome, ReminderState, Snooze
from portfolio.working_time import WorkingTime
from storage.audit import write_down
from storage.database import Database
from storage.reminders import control as reminder_control
from storage.reminders import personal as personal_reminders
from storage.reminders.personal import Change
from storage.reminders.state import read_state
from storage.reminders.tables import snoozes, switched_off
from storage.sending.keys import key_columns, key_of
from storage.sending.tables import deliveries, reminded

_N, _R, _D = snoozes.c, reminded.c, deliveries.c


class SqlReminderStore:
    """Implements portfolio.ports.reminders.ReminderStore. Times are given back in `work`'s zone."""

    def __init__(self, database: Database, work: WorkingTime) -> None:
        self._database = database
        self._work = work

    async def state(
        self, now: datetime, numbers: Collection[str] | None = None, until: datetime | None = None
    ) -> ReminderState:
        async with self._database.snapshot() as connection:
            return await read_state(connection, now, self._work, numbers, until)

    async def set_absence(self, absence: Absence, by: str, at: datetime) -> list[Absence]:
        async with self._database.transaction() as connection:
            return await personal_reminders.set_absence(self._database, connection, absence, self._change(by, at))

    async def end_absence(self, person: str, first: date, by: str, at: datetime) -> bool:
        async with self._database.transaction() as connection:
            return await personal_reminders.end_absence(connection, person, first, self._change(by, at))

    async def end_absences(self, person: str, by: str, at: datetime) -> list[Absence]:
        async with self._database.transaction() as connection:
            return await personal_reminders.end_absences(connection, person, self._change(by, at))

    async def shorten_absences(self, person: str, last: date, by: str, at: datetime) -> Absence | None:
        async with self._database.transaction() as connection:
            return await personal_reminders.shorten_absences(connection, person, last, self._change(by, at))

    async def absences_of(self, person: str, today: date) -> list[Absence]:
        async with self._database.connect() as connection:
            return await personal_reminders.read_absences(connection, person, today)

    async def snooze(self, snoozes: Sequence[Snooze], by: str, at: datetime) -> None:
        async with self._database.transaction() as connection:
            await personal_reminders.snooze(self._database, connection, snoozes, self._change(by, at))

    async def snoozes_of(self, person: str, today: date) -> list[Snooze]:
        found = select(snoozes).where(_N.person == person, _N.until > today).order_by(_N.until, _N.subject)
        async with self._database.connect() as connection:
            return [Snooze(*row) for row in await connection.execute(found)]

    async def end_snoozes(self, person: str, subjects: Collection[str] | None, by: str, at: datetime) -> int:
        async with self._database.transaction() as connection:
            return await personal_reminders.end_snoozes(connection, person, subjects, self._change(by, at))

    async def switch(self, person: str, kind: Kind, by: str, at: datetime, *, on: bool) -> None:
        async with self._database.transaction() as connection:
            if await personal_reminders.switch(self._database, connection, person, kind, on=on):
                action = Action.SWITCHED_ON if on else Action.SWITCHED_OFF
                await write_down(connection, AuditEntry(at, by, action, detail={"person": person, "kind": kind.value}))

    async def switched_off(self, person: str) -> frozenset[Kind]:
        found = select(switched_off.c.kind).where(switched_off.c.person == person)
        async with self._database.connect() as connection:
            return frozenset((await connection.execute(found)).scalars())

    async def told_lately(self, person: str, since: datetime) -> list[Key]:
        found = (
            select(*key_columns(reminded))
            .join(deliveries, _D.id == _R.delivery)
            .where(_R.recipient == person, _R.is_channel.is_(False), _R.outcome == Outcome.SENT)
            .where(_D.outcome == Outcome.SENT, _D.settled_at >= since)
            .order_by(_D.settled_at.desc(), _D.id.desc(), _R.kind, _R.subject, _R.occasion)
        )
        async with self._database.connect() as connection:
            return [key_of(*row) for row in await connection.execute(found)]

    async def stop(self, keys: Sequence[Key], by: str, at: datetime) -> None:
        async with self._database.transaction() as connection:
            await reminder_control.stop(self._database, connection, keys, by, at)

    async def resume(self, keys: Sequence[Key], by: str, at: datetime) -> None:
        async with self._database.transaction() as connection:
            await reminder_control.resume(connection, keys, by, at)

    async def stop_all(self, by: str, at: datetime) -> None:
        async with self._database.transaction() as connection:
            await reminder_control.set_all_stopped(self._database, connection, by, at, are_stopped=True)

    async def resume_all(self, by: str, at: datetime) -> None:
        async with self._database.transaction() as connection:
            await reminder_control.set_all_stopped(self._database, connection, by, at, are_stopped=False)

    async def set_rhythm(self, number: str, days: int | None, by: str, at: datetime) -> bool:
        async with self._database.transaction() as connection:
            return await reminder_control.set_rhythm(connection, number, days, by, at)

    def _change(self, by: str, at: datetime) -> Change:
        return Change(by, at, at.astimezone(self._work.zone).date())
