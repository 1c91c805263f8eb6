"""Runs: plans that were stored, what came of them, and the yes that large ones wait for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from portfolio.audit import Action, AuditEntry
from portfolio.deliveries import Held, Missed, Purpose, RunReport, Stage, StoredRun, Via
from portfolio.outlook.plan import Message, Plan
from portfolio.reminders.kinds import Considered, Outcome, Reminder
from storage.audit import write_down
from storage.batches import chunks
from storage.database import Database
from storage.sending.keys import row_of
from storage.sending.queue import ensure_row
from storage.sending.tables import deliveries, reminded, runs, sending

_D, _R, _U = deliveries.c, reminded.c, runs.c
_NOT_REACHED = (Outcome.UNREACHABLE, Outcome.FAILED, Outcome.UNCERTAIN)
# Of no use later.
ANNOUNCED_FOR = timedelta(days=2)


async def store(database: Database, plan: Plan, since: datetime | None, *, is_held: bool) -> StoredRun | None:
    """As portfolio.reminder_ports.DeliveryStore.store."""
    async with database.transaction() as connection:
        is_first = await _noted(database, connection, plan, since)
        problems = plan.problems if is_first else ()
        if not (plan.messages or problems):
            return None
        spared = {outcome.value: count for outcome, count in plan.skipped.items()} if is_first else {}
        row = {
            "at": plan.now,
            "messages": 0,
            "spared": spared,
            "problems": [_problem(considered) for considered in problems],
        }
        run = (await connection.execute(insert(runs).values(row).returning(_U.id))).scalar_one()
        stored = await _store(database, connection, run, plan.messages, is_held=is_held)
        if not (stored or problems):
            await connection.execute(delete(runs).where(_U.id == run))
            return None
        await connection.execute(update(runs).where(_U.id == run).values(messages=stored))
    return StoredRun(run, plan.now, stored, is_held and stored > 0)


async def _noted(database: Database, connection: AsyncConnection, plan: Plan, since: datetime | None) -> bool:
    """Whether nobody has looked since then: of several at once, one has."""
    same = sending.c.ran_at.is_(None) if since is None else sending.c.ran_at == since
    ran = update(sending).where(same).values(ran_at=plan.now)
    if (await connection.execute(ran)).rowcount:
        return True
    await ensure_row(database, connection)
    return bool((await connection.execute(ran)).rowcount) and since is None


async def _store(
    database: Database, connection: AsyncConnection, run: int, messages: Sequence[Message], *, is_held: bool
) -> int:
    """How many were new. A reminder that somebody else stored meanwhile stays theirs; what has none left goes."""
    stage, newest = Stage.HELD if is_held else Stage.WAITING, 0
    once = database.insert(deliveries).on_conflict_do_nothing(index_elements=["recipient", "is_channel", "slot"])
    for some in chunks(messages):
        await connection.execute(once, [_delivery(one, run, stage) for one in some])
        added = await connection.execute(select(*_ADDED).where(_D.run == run, _D.id > newest))
        ids = {tuple(key): delivery for delivery, *key in added}
        told = [
            _reminded(reminder, ids[key])
            for message in some
            if (key := (message.recipient.id, message.recipient.is_channel, message.slot)) in ids
            for reminder in message.reminders
        ]
        if told:
            await connection.execute(database.insert(reminded).on_conflict_do_nothing(), told)
        newest = max(ids.values(), default=newest)
    await connection.execute(delete(deliveries).where(_D.run == run, ~exists().where(_R.delivery == _D.id)))
    return (await connection.execute(select(func.count()).where(_D.run == run))).scalar_one()


_ADDED = (_D.id, _D.recipient, _D.is_channel, _D.slot)


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
        **_UNTRIED,
    }


# To be tried at once, by whatever clock.
_UNTRIED = {
    "via": Via.TEAMS,
    "attempts": 0,
    "fence": 0,
    "was_begun": False,
    "next_at": datetime(1970, 1, 1, tzinfo=UTC),
}


def _reminded(reminder: Reminder, delivery: int) -> dict[str, Any]:
    return row_of(reminder.key) | {"delivery": delivery, "due_at": reminder.due_at, "expires_at": reminder.expires_at}


def _problem(considered: Considered) -> dict[str, Any]:
    found = considered.reminder
    outcome = considered.not_sent_because or Outcome.FAILED
    return {"outcome": outcome.value, "who": found.recipient.id, "subject": found.subject, "title": found.title}


async def announce(
    connection: AsyncConnection, database: Database, purpose: Purpose, run: int, to: Iterable[str], now: datetime
) -> None:
    rows = [
        {
            "recipient": person,
            "is_channel": False,
            "slot": f"{purpose}:{run}",
            "purpose": purpose,
            "run": run,
            "due_at": now,
            "expires_at": now + ANNOUNCED_FOR,
            "twice_if_unsure": False,
            "stage": Stage.WAITING,
            **_UNTRIED,
        }
        for person in to
    ]
    if rows:
        once = database.insert(deliveries).on_conflict_do_nothing(index_elements=["recipient", "is_channel", "slot"])
        await connection.execute(once, rows)


async def finished_runs(connection: AsyncConnection) -> list[int]:
    found = select(_U.id).where(_U.reported_at.is_(None), ~exists().where(_D.run == _U.id, *_STILL_OPEN))
    return list((await connection.execute(found.order_by(_U.id))).scalars())


_STILL_OPEN: tuple[ColumnElement[bool], ...] = (_D.purpose == Purpose.REMINDERS, _D.stage != Stage.DONE)


async def is_open(connection: AsyncConnection, run: int) -> bool:
    return bool((await connection.execute(select(exists().where(_D.run == run, *_STILL_OPEN)))).scalar_one())


async def read_report(connection: AsyncConnection, run: int) -> RunReport | None:
    row = (await connection.execute(select(runs).where(_U.id == run))).mappings().first()
    if row is None:
        return None
    by_outcome = (
        select(_R.outcome, func.count().label("times"))
        .join(deliveries, _D.id == _R.delivery)
        .where(_D.run == run, _R.outcome.is_not(None))
        .group_by(_R.outcome)
    )
    counts = Counter({Outcome(name): count for name, count in row["spared"].items()})
    counts.update({one.outcome: one.times for one in await connection.execute(by_outcome)})
    mine = (_D.run == run, _D.purpose == Purpose.REMINDERS)
    by_mail = select(func.count()).where(*mine, _D.via == Via.MAIL, _D.outcome == Outcome.SENT)
    missed = select(_D.outcome, _D.recipient, _D.reason).where(*mine, _D.outcome.in_(_NOT_REACHED))
    not_reached = [Missed(one.outcome, one.recipient, reason=one.reason) for one in await connection.execute(missed)]
    problems = [Missed(**{**one, "outcome": Outcome(one["outcome"])}) for one in row["problems"]]
    return RunReport(
        run=run,
        at=row["at"],
        counts=dict(counts),
        messages=row["messages"],
        by_mail=(await connection.execute(by_mail)).scalar_one(),
        missed=tuple(not_reached + problems),
        is_late=any(problem.outcome is Outcome.EXPIRED for problem in problems),
        decided_by=row["decided_by"],
    )


async def read_held(connection: AsyncConnection, run: int | None, rate: float) -> list[Held]:
    which = [] if run is None else [_U.id == run]
    found = (
        select(_U.id, _U.at, func.count(_D.id.distinct()).label("messages"), func.count(_R.delivery).label("reminders"))
        .join(deliveries, _D.run == _U.id)
        .join(reminded, _R.delivery == _D.id)
        .where(_D.stage == Stage.HELD, *which)
        .group_by(_U.id, _U.at)
        .order_by(_U.id)
    )
    rows = await connection.execute(found)
    return [Held(row.id, row.at, row.messages, row.reminders, row.messages / rate) for row in rows]


async def decide(database: Database, run: int, by: str, at: datetime, *, is_yes: bool) -> int:
    """Of several who decide, the first does."""
    taken = update(runs).where(_U.id == run, _U.decided_by.is_(None)).values(decided_by=by)
    held = (_D.run == run, _D.stage == Stage.HELD)
    async with database.transaction() as connection:
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
