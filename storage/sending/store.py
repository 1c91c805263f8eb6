"""Keeps messages that are planned and sent, and their outcomes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import RowMapping, func, insert, or_, select, update

from portfolio.deliveries import Claims, Delivery, Queue, Said, Settlement, Stage, Trace
from portfolio.outlook.plan import slot_of
from portfolio.ports.reminders import Memory
from portfolio.reminders.kinds import Key, Outcome, Recipient
from storage.sending.queue import LEASE, begin, exchange, real_now
from storage.sending.runs import SqlRuns
from storage.sending.said import row_of_said
from storage.sending.tables import EPOCH, deliveries, key_columns, key_of, reminded, runs, sending

_D, _R = deliveries.c, reminded.c
_KEY = key_columns(reminded)
_DAY = timedelta(days=1)


class SqlDeliveryStore(SqlRuns):
    """Implements portfolio.ports.sending.DeliveryStore."""

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

    async def exchange(self, settled: Sequence[Settlement], free: int, now: datetime, rate: float) -> Claims:
        return await exchange(self._database, settled, free, now, rate)

    async def begin(self, delivery: Delivery) -> bool:
        return await begin(self._database, delivery)

    async def say(self, said: Said, now: datetime, *, at_once: bool = False) -> Delivery:
        """Counts what is said at once as begun: a process that dies after it was stored may have got it through."""
        row = row_of_said(said, now)
        if at_once:
            row |= {"stage": Stage.LEASED, "fence": 1, "attempts": 1, "unanswered": 1}
        async with self._database.transaction() as connection:
            if at_once:
                row["next_at"] = await real_now(connection) + LEASE
            number = (await connection.execute(insert(deliveries).values(row).returning(_D.id))).scalar_one()
        return Delivery(
            id=number,
            recipient=said.recipient,
            run=0,
            keys=(),
            fence=row.get("fence", 0),
            said=said,
            **{name: row[name] for name in ("purpose", "due_at", "expires_at", "twice_if_unsure")},
        )

    async def free_leases(self, begun: datetime) -> None:
        """Frees what was leased before this process began, by its predecessor, which is gone. Only for the only process
        that sends."""
        left = (_D.stage == Stage.LEASED, _D.next_at <= begun + LEASE)
        await self._database.execute(update(deliveries).where(*left).values(next_at=EPOCH))

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
        return [_trace(row) for row in (await self._database.execute(planned)).mappings()]

    async def reminded_in(self, message: str, person: str) -> list[Key]:
        sent = select(*_KEY).join(deliveries, _D.id == _R.delivery)
        theirs = or_(_D.recipient == person, _D.is_channel.is_(True))
        found = sent.where(_D.message == message, theirs, _R.outcome == Outcome.SENT).order_by(_R.subject)
        return [key_of(*row) for row in await self._database.execute(found)]

    async def queue(self, now: datetime) -> Queue:
        is_waiting = _D.stage.in_([Stage.WAITING, Stage.LEASED])
        by_stage = select(_D.stage, func.count().label("times")).where(_D.stage != Stage.DONE).group_by(_D.stage)
        lately = select(_D.outcome, func.count()).where(_D.settled_at > now - _DAY).group_by(_D.outcome)
        oldest = select(_D.due_at).where(is_waiting, _D.run.is_not(None)).order_by(_D.due_at).limit(1)
        async with self._database.connect() as connection:
            counts = Counter[Stage]({row.stage: row.times for row in await connection.execute(by_stage)})
            oldest_due_at = (await connection.execute(oldest)).scalar()
            ran_at = (await connection.execute(select(sending.c.ran_at))).scalar()
            done = {Outcome(outcome): count for outcome, count in await connection.execute(lately)}
        return Queue(
            due=counts[Stage.WAITING] + counts[Stage.LEASED],
            held=counts[Stage.HELD],
            oldest_due_at=oldest_due_at,
            ran_at=ran_at,
            done=done,
        )


def _trace(row: RowMapping) -> Trace:
    names = {column.name for column in _KEY}
    key = key_of(*(row[column.name] for column in _KEY))
    return Trace(key=key, **{name: value for name, value in row.items() if name not in names})
