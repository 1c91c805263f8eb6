"""Runs: plans that were stored, what came of them, and the yes that large ones wait for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from portfolio.audit import Action, AuditEntry
from portfolio.deliveries import Held, Missed, Purpose, RunReport, Stage, StoredRun, Via
from portfolio.identity import PersonId
from portfolio.outlook.plan import Message, Plan
from portfolio.reminders.kinds import Considered, Outcome, Reminder
from storage.audit import write_down
from storage.database import Database, chunks
from storage.sending.queue import ensure_row
from storage.sending.tables import BY_RESTORING, deliveries, reminded, row_of, runs, sending

_D, _R, _U = deliveries.c, reminded.c, runs.c
_NOT_REACHED = (Outcome.UNREACHABLE, Outcome.FAILED, Outcome.UNCERTAIN, Outcome.RESTORED)
_ADDED = (_D.id, _D.recipient, _D.is_channel, _D.slot)
_STILL_OPEN: tuple[ColumnElement[bool], ...] = (_D.purpose == Purpose.REMINDERS, _D.stage != Stage.DONE)
# Of no use later.
ANNOUNCED_FOR = timedelta(days=2)
DEFAULT_RATE = 40.0


class SqlRuns:
    """The part of portfolio.ports.sending.DeliveryStore that keeps runs. `rate` is what large ones are estimated by."""

    def __init__(self, database: Database, rate: float = DEFAULT_RATE) -> None:
        self._database = database
        self._rate = rate
        same_slot = ["recipient", "is_channel", "slot"]
        self._put = database.insert(deliveries).on_conflict_do_nothing(index_elements=same_slot)

    async def store(self, plan: Plan, since: datetime | None, *, is_held: bool = False) -> StoredRun | None:
        async with self._database.transaction() as connection:
            is_first = await self._note_look(connection, plan, since)
            problems = plan.problems if is_first else ()
            if not (plan.messages or problems):
                return None
            skipped = {outcome.value: count for outcome, count in plan.skipped.items()} if is_first else {}
            row = {"at": plan.now, "messages": 0, "spared": skipped, "problems": [_problem(each) for each in problems]}
            run = (await connection.execute(insert(runs).values(row).returning(_U.id))).scalar_one()
            stored = await self._store(connection, run, plan.messages, Stage.HELD if is_held else Stage.WAITING)
            if not (stored or problems):
                await connection.execute(delete(runs).where(_U.id == run))
                return None
            await connection.execute(update(runs).where(_U.id == run).values(messages=stored))
        return StoredRun(run, plan.now, stored, is_held and stored > 0)

    async def _note_look(self, connection: AsyncConnection, plan: Plan, since: datetime | None) -> bool:
        """Notes the look at what is due, and says whether it was the first since then: of several at once, one is."""
        same = sending.c.ran_at.is_(None) if since is None else sending.c.ran_at == since
        ran = update(sending).where(same).values(ran_at=plan.now)
        if (await connection.execute(ran)).rowcount:
            return True
        await ensure_row(self._database, connection)
        return bool((await connection.execute(ran)).rowcount) and since is None

    async def _store(self, connection: AsyncConnection, run: int, messages: Sequence[Message], stage: Stage) -> int:
        """Returns how many were new. A reminder that somebody else stored meanwhile stays theirs; a message with none
        left goes."""
        newest = 0
        once = self._database.insert(reminded).on_conflict_do_nothing()
        for chunk in chunks(messages):
            await connection.execute(self._put, [_delivery(message, run, stage) for message in chunk])
            added = await connection.execute(select(*_ADDED).where(_D.run == run, _D.id > newest))
            ids = {tuple(key): delivery for delivery, *key in added}
            rows = [
                _reminded(reminder, ids[key])
                for message in chunk
                if (key := (message.recipient.id, message.recipient.is_channel, message.slot)) in ids
                for reminder in message.reminders
            ]
            if rows:
                await connection.execute(once, rows)
            newest = max(ids.values(), default=newest)
        await connection.execute(delete(deliveries).where(_D.run == run, ~exists().where(_R.delivery == _D.id)))
        return (await connection.execute(select(func.count()).where(_D.run == run))).scalar_one()

    async def announce(
        self, purpose: Purpose, about: int | date, recipients: Sequence[PersonId], now: datetime
    ) -> None:
        row = {
            "is_channel": False,
            "slot": f"{purpose}:{about}",
            "purpose": purpose,
            "run": about if isinstance(about, int) else None,
            "due_at": now,
            "expires_at": now + ANNOUNCED_FOR,
            "twice_if_unsure": False,
            "stage": Stage.WAITING,
        }
        if recipients:
            async with self._database.transaction() as connection:
                await connection.execute(self._put, [{"recipient": person, **row} for person in recipients])

    async def finished_runs(self) -> list[int]:
        finished = select(_U.id).where(_U.reported_at.is_(None), ~exists().where(_D.run == _U.id, *_STILL_OPEN))
        return list((await self._database.execute(finished.order_by(_U.id))).scalars())

    async def reported(self, run: int, at: datetime) -> None:
        await self._database.execute(update(runs).where(_U.id == run).values(reported_at=at))

    async def open_runs(self) -> list[int]:
        still_open = select(_D.run).where(*_STILL_OPEN, _D.stage != Stage.HELD).distinct().order_by(_D.run)
        return list((await self._database.execute(still_open)).scalars())

    async def report(self, run: int) -> RunReport | None:
        by_outcome = (
            select(_R.outcome, func.count().label("times"))
            .join(deliveries, _D.id == _R.delivery)
            .where(_D.run == run, _R.outcome.is_not(None))
            .group_by(_R.outcome)
        )
        of_run = (_D.run == run, _D.purpose == Purpose.REMINDERS)
        by_mail = select(func.count()).where(*of_run, _D.via == Via.MAIL, _D.outcome == Outcome.SENT)
        missed = select(_D.outcome, _D.recipient, _D.reason).where(*of_run, _D.outcome.in_(_NOT_REACHED))
        async with self._database.snapshot() as connection:
            stored = (await connection.execute(select(runs).where(_U.id == run))).mappings().first()
            if stored is None:
                return None
            counts = Counter({Outcome(name): count for name, count in stored["spared"].items()})
            counts.update({row.outcome: row.times for row in await connection.execute(by_outcome)})
            sent_by_mail = (await connection.execute(by_mail)).scalar_one()
            rows = (await connection.execute(missed)).all()
        not_reached = [Missed(row.outcome, row.recipient, reason=row.reason) for row in rows]
        problems = [Missed(**{**problem, "outcome": Outcome(problem["outcome"])}) for problem in stored["problems"]]
        return RunReport(
            run=run,
            at=stored["at"],
            counts=dict(counts),
            messages=stored["messages"],
            by_mail=sent_by_mail,
            missed=tuple(not_reached + problems),
            is_late=any(problem.outcome is Outcome.EXPIRED for problem in problems),
            decided_by=stored["decided_by"],
        )

    async def reports(self, first: date, last: date, zone: tzinfo) -> list[RunReport]:
        begin, end = (datetime.combine(day, time.min, zone) for day in (first, last + timedelta(days=1)))
        is_run = _U.decided_by.is_distinct_from(BY_RESTORING)
        ids = select(_U.id).where(_U.at >= begin, _U.at < end, is_run).order_by(_U.id)
        found = [await self.report(run) for run in (await self._database.execute(ids)).scalars()]
        return [report for report in found if report and (report.messages or report.due or report.missed)]

    async def held(self, run: int | None = None) -> list[Held]:
        counts = (func.count(_D.id.distinct()).label("messages"), func.count(_R.delivery).label("reminders"))
        held = (
            select(_U.id, _U.at, *counts)
            .join(deliveries, _D.run == _U.id)
            .join(reminded, _R.delivery == _D.id)
            .where(_D.stage == Stage.HELD, *([] if run is None else [_U.id == run]))
            .group_by(_U.id, _U.at)
            .order_by(_U.id)
        )
        rows = await self._database.execute(held)
        return [Held(row.id, row.at, row.messages, row.reminders, row.messages / self._rate) for row in rows]

    async def release(self, run: int, by: PersonId, at: datetime) -> int:
        return await self._decide(run, by, at, is_yes=True)

    async def discard(self, run: int, by: PersonId, at: datetime) -> int:
        return await self._decide(run, by, at, is_yes=False)

    async def _decide(self, run: int, by: PersonId, at: datetime, *, is_yes: bool) -> int:
        """Lets the first of several who decide do so; returns how many messages that concerns, 0 for the others."""
        taken = update(runs).where(_U.id == run, _U.decided_by.is_(None)).values(decided_by=by)
        held = (_D.run == run, _D.stage == Stage.HELD)
        async with self._database.transaction() as connection:
            if not (await connection.execute(taken)).rowcount:
                return 0
            if is_yes:
                let_go = update(deliveries).where(*held).values(stage=Stage.WAITING)
            else:
                ids = select(_D.id).where(*held)
                await connection.execute(update(reminded).where(_R.delivery.in_(ids)).values(outcome=Outcome.STOPPED))
                end = {"stage": Stage.DONE, "outcome": Outcome.STOPPED, "settled_at": at}
                let_go = update(deliveries).where(*held).values(end)
            count = (await connection.execute(let_go)).rowcount
            action = Action.RUN_RELEASED if is_yes else Action.RUN_DISCARDED
            await write_down(connection, AuditEntry(at, by, action, detail={"run": str(run), "messages": str(count)}))
        return count


def _delivery(message: Message, run: int, stage: Stage) -> dict[str, Any]:
    return {
        "recipient": message.recipient.id,
        "is_channel": message.recipient.is_channel,
        "slot": message.slot,
        "purpose": Purpose.REMINDERS,
        "run": run,
        "due_at": message.due_at,
        "expires_at": message.expires_at,
        "twice_if_unsure": message.twice_if_unsure,
        "stage": stage,
    }


def _reminded(reminder: Reminder, delivery: int) -> dict[str, Any]:
    return row_of(reminder.key) | {"delivery": delivery, "due_at": reminder.due_at, "expires_at": reminder.expires_at}


def _problem(considered: Considered) -> dict[str, Any]:
    reminder, outcome = considered.reminder, considered.not_sent_because or Outcome.FAILED
    who, subject, title = reminder.recipient.id, reminder.subject, reminder.title
    return {"outcome": outcome.value, "who": who, "subject": subject, "title": title}
