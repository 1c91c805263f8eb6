"""Keeps messages that are planned and sent, and their outcomes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import RowMapping, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from portfolio.deliveries import Claims, Held, Purpose, Queue, RunReport, Settlement, Stage, StoredRun, Trace
from portfolio.outlook.plan import Plan, slot_of
from portfolio.ports.reminders import Memory
from portfolio.reminders.kinds import Outcome, Recipient
from storage.database import Database
from storage.sending import runs as stored_runs
from storage.sending.keys import key_columns, key_of
from storage.sending.queue import exchange, free_leases
from storage.sending.tables import deliveries, reminded, runs, sending

_D, _R = deliveries.c, reminded.c
_KEY = key_columns(reminded)
_DAY = timedelta(days=1)
DEFAULT_RATE = 40.0


class SqlDeliveryStore:
    """Implements portfolio.ports.sending.DeliveryStore. `rate` is what large runs are estimated by."""

    def __init__(self, database: Database, rate: float = DEFAULT_RATE) -> None:
        self._database = database
        self._rate = rate

    async def memory(self, now: datetime, today: date, *, with_held: bool = True) -> Memory:
        """A reminder may have been planned to hold less long than it does by now: a day is added."""
        planned = select(*_KEY).where(_R.expires_at > now - _DAY)
        messages = select(_D.recipient, _D.is_channel).where(_D.slot == slot_of(today))
        if not with_held:
            planned = planned.join(deliveries, _D.id == _R.delivery).where(_D.stage != Stage.HELD)
            messages = messages.where(_D.stage != Stage.HELD)
        async with self._database.snapshot() as connection:
            keys = frozenset(key_of(*row) for row in await connection.execute(planned))
            recipients = frozenset(Recipient(*row) for row in await connection.execute(messages))
            since = (await connection.execute(select(sending.c.ran_at))).scalar()
        return Memory(keys, recipients, since)

    async def store(self, plan: Plan, since: datetime | None, *, is_held: bool = False) -> StoredRun | None:
        return await stored_runs.store(self._database, plan, since, is_held=is_held)

    async def exchange(self, settled: Sequence[Settlement], free: int, now: datetime, rate: float) -> Claims:
        return await exchange(self._database, settled, free, now, rate)

    async def free_leases(self) -> None:
        await free_leases(self._database)

    async def announce(self, purpose: Purpose, run: int, recipients: Sequence[str], now: datetime) -> None:
        async with self._database.transaction() as connection:
            await stored_runs.announce(connection, self._database, purpose, run, recipients, now)

    async def finished_runs(self) -> list[int]:
        async with self._database.connect() as connection:
            return await stored_runs.finished_runs(connection)

    async def reported(self, run: int, at: datetime) -> None:
        async with self._database.connect() as connection:
            await connection.execute(update(runs).where(runs.c.id == run).values(reported_at=at))

    async def report(self, run: int) -> RunReport | None:
        async with self._database.snapshot() as connection:
            return await stored_runs.read_report(connection, run)

    async def held(self, run: int | None = None) -> list[Held]:
        async with self._database.connect() as connection:
            return await stored_runs.read_held(connection, run, self._rate)

    async def release(self, run: int, by: str, at: datetime) -> int:
        return await stored_runs.decide(self._database, run, by, at, is_yes=True)

    async def discard(self, run: int, by: str, at: datetime) -> int:
        return await stored_runs.decide(self._database, run, by, at, is_yes=False)

    async def is_open(self, run: int) -> bool:
        async with self._database.connect() as connection:
            return await stored_runs.is_open(connection, run)

    async def traces(self, person: str, since: datetime) -> list[Trace]:
        same = (_R.due_at, _R.expires_at, _D.run, _D.stage, _D.via, _D.attempts, _D.reason, _D.settled_at)
        outcome = func.coalesce(_R.outcome, _D.outcome).label("outcome")
        planned = (
            select(*_KEY, runs.c.at.label("planned_at"), outcome, *same)
            .join(deliveries, _D.id == _R.delivery)
            .join(runs, runs.c.id == _D.run)
            .where(_R.recipient == person, _R.is_channel.is_(False), _R.due_at >= since)
            .order_by(_R.due_at.desc(), _R.kind, _R.subject, _R.occasion)
        )
        async with self._database.connect() as connection:
            rows = (await connection.execute(planned)).mappings()
        return [_trace(row) for row in rows]

    async def queue(self, now: datetime) -> Queue:
        async with self._database.connect() as connection:
            counts = await self._stages(connection)
            is_waiting = _D.stage.in_([Stage.WAITING, Stage.LEASED])
            oldest = (
                await connection.execute(select(_D.due_at).where(is_waiting).order_by(_D.due_at).limit(1))
            ).scalar()
            ran_at = (await connection.execute(select(sending.c.ran_at))).scalar()
            lately = select(_D.outcome, func.count()).where(_D.settled_at > now - _DAY).group_by(_D.outcome)
            done = {Outcome(outcome): count for outcome, count in await connection.execute(lately)}
        return Queue(
            due=counts.get(Stage.WAITING, 0) + counts.get(Stage.LEASED, 0),
            held=counts.get(Stage.HELD, 0),
            leased=counts.get(Stage.LEASED, 0),
            oldest_due_at=oldest,
            ran_at=ran_at,
            done=done,
        )

    async def _stages(self, connection: AsyncConnection) -> dict[Stage, int]:
        counts = select(_D.stage, func.count().label("times")).where(_D.stage != Stage.DONE).group_by(_D.stage)
        return {row.stage: row.times for row in await connection.execute(counts)}


def _trace(row: RowMapping) -> Trace:
    names = {column.name for column in _KEY}
    key = key_of(*(row[column.name] for column in _KEY))
    return Trace(key=key, **{name: value for name, value in row.items() if name not in names})
