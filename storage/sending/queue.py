"""Stores the outcomes of tries, and claims what to try next, in one transaction and at one common pace.

All processes go through the one row of `sending`, locked, so that together they keep to the pace and pause together.
Its times are the database's own on PostgreSQL, where several machines ask; on SQLite there is but one process.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import RowMapping, and_, bindparam, exists, func, insert, literal, null, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from portfolio.deliveries import Claims, Delivery, Finished, Postponed, Settlement, Stage
from portfolio.reminders.kinds import Key, Outcome, Recipient
from storage.database import Database
from storage.sending.said import row_of_said, said_of
from storage.sending.tables import EPOCH, deliveries, fits_key, key_columns, key_of, parameters_of, reminded, sending

LEASE = timedelta(seconds=30)
# One conversation takes no more than a message in this time.
BREATH = timedelta(seconds=1.1)
# While it is tried whether messages get through again, one at a time, for this long.
PROBE = timedelta(seconds=12)
LONGEST_IDLE = 1.0
_D, _R, _S = deliveries.c, reminded.c, sending.c
# The fields of Delivery that lie in columns of the same name.
_SAME = ("id", "purpose", "due_at", "expires_at", "twice_if_unsure", "fence", "via", "attempts", "unanswered")
_OPEN = _D.stage.in_([Stage.WAITING, Stage.LEASED])
_MINE = and_(_D.id == bindparam("delivery_id"), _D.fence == bindparam("delivery_fence"), _D.stage == Stage.LEASED)
_STILL_MINE = select(_D.id).where(_MINE)

_FINISH = update(deliveries).where(_MINE).values(
    stage=Stage.DONE,
    outcome=bindparam("new_outcome"),
    reason=bindparam("new_reason"),
    settled_at=bindparam("new_settled_at"),
    next_at=bindparam("new_next_at"),
    message=bindparam("new_message"),
    said=null(),
)  # fmt: skip
_BEGIN = update(deliveries).where(_MINE).values(attempts=_D.attempts + 1, unanswered=_D.unanswered + 1)
_POSTPONE = update(deliveries).where(_MINE).values(
    stage=Stage.WAITING,
    next_at=bindparam("new_next_at"),
    attempts=bindparam("new_attempts"),
    unanswered=bindparam("new_unanswered"),
    via=bindparam("new_via"),
    reason=bindparam("new_reason"),
)  # fmt: skip
_OUTCOME_OF_ALL = update(reminded).where(
    _R.delivery == bindparam("delivery_id"), _R.outcome.is_(None), _R.delivery.in_(_STILL_MINE)
).values(outcome=bindparam("new_outcome"))  # fmt: skip
_OUTCOME_OF_ONE = update(reminded).where(
    *fits_key(reminded),
    _R.delivery.in_(_STILL_MINE),
).values(outcome=bindparam("new_outcome"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Pace:
    """The row of `sending`, as it was locked."""

    moment: datetime
    free_at: datetime
    paused_until: datetime | None
    is_probed: bool

    @property
    def pause(self) -> float:
        """Gives the seconds for which nobody sends; 0 when sending isn't paused."""
        return max(0.0, (self.paused_until - self.moment).total_seconds()) if self.paused_until else 0.0


async def exchange(database: Database, settled: Sequence[Settlement], free: int, now: datetime, rate: float) -> Claims:
    """Implements portfolio.ports.sending.DeliveryStore.exchange."""
    if not settled and (not free or (idle := await _idle(database)) > 0):
        return Claims(idle=idle if free else LONGEST_IDLE)
    async with database.transaction() as connection:
        pace = await _locked(database, connection)
        if settled:
            await _settle(connection, settled, now, pace.moment)
            pace = _after(pace, settled)
        room = _room(pace, free)
        claimed = await _claim(connection, room, pace.moment) if room else []
        start = max(pace.free_at, pace.moment)
        if claimed and pace.is_probed:
            pace = _Pace(pace.moment, pace.free_at, pace.moment + PROBE, is_probed=True)
        await _keep(connection, pace, start + timedelta(seconds=len(claimed) / rate))
    return Claims(
        tuple(claimed),
        starts_in=(start - pace.moment).total_seconds(),
        spacing=1 / rate,
        idle=0.0 if claimed else min(LONGEST_IDLE, pace.pause or 0.1),
    )


async def begin(database: Database, delivery: Delivery) -> bool:
    """Implements portfolio.ports.sending.DeliveryStore.begin."""
    mine = {"delivery_id": delivery.id, "delivery_fence": delivery.fence}
    async with database.transaction() as connection:
        return bool((await connection.execute(_BEGIN, mine)).rowcount)


def _room(pace: _Pace, free: int) -> int:
    """Says how many messages may be claimed."""
    if pace.pause:
        return 0
    return min(free, 1) if pace.is_probed else free


async def real_now(connection: AsyncConnection) -> datetime:
    """The database's clock where several machines share it, else this machine's."""
    if connection.dialect.name == "sqlite":
        return datetime.now(UTC)
    now: datetime = (await connection.execute(select(func.clock_timestamp()))).scalar_one()
    return now.astimezone(UTC)


async def ensure_row(database: Database, connection: AsyncConnection) -> None:
    row = {"id": 1, "free_at": EPOCH, "is_probed": False, "all_stopped": False}
    await connection.execute(database.insert(sending).values(row).on_conflict_do_nothing())


async def _idle(database: Database) -> float:
    """Seconds until there may be something to claim; a cheap look that takes no lock."""
    first = select(func.min(_D.next_at)).where(_OPEN).scalar_subquery()
    paused_until = select(_S.paused_until).scalar_subquery()
    async with database.connect() as connection:
        row = (await connection.execute(select(first.label("first"), paused_until.label("paused_until")))).one()
        if row.first is None:
            return LONGEST_IDLE
        moment = await real_now(connection)
    waits_for: datetime = max(row.first, row.paused_until or row.first)
    return min(LONGEST_IDLE, (waits_for - moment).total_seconds())


async def _locked(database: Database, connection: AsyncConnection) -> _Pace:
    locked = select(_S.free_at, _S.paused_until, _S.is_probed).with_for_update()
    row = (await connection.execute(locked)).first()
    if row is None:
        await ensure_row(database, connection)
        row = (await connection.execute(locked)).one()
    return _Pace(await real_now(connection), row.free_at, row.paused_until, row.is_probed)


async def _keep(connection: AsyncConnection, pace: _Pace, free_at: datetime) -> None:
    values = {"free_at": free_at, "paused_until": pace.paused_until, "is_probed": pace.is_probed}
    await connection.execute(update(sending).values(values))


def _after(pace: _Pace, settled: Iterable[Settlement]) -> _Pace:
    """A pause asked for goes before a message that got through."""
    pauses = [settlement.pause for settlement in settled if settlement.pause is not None]
    if pauses:
        until = pace.moment + timedelta(seconds=max(pauses))
        return _Pace(pace.moment, pace.free_at, max(until, pace.paused_until or until), is_probed=True)
    if any(settlement.got_through for settlement in settled):
        return _Pace(pace.moment, pace.free_at, None, is_probed=False)
    return pace


async def _settle(connection: AsyncConnection, settled: Sequence[Settlement], now: datetime, moment: datetime) -> None:
    """The reminders first, while the deliveries still say whose they are."""
    finished, postponed, outcomes, dropped = [], [], [], []
    for settlement in settled:
        mine = {"delivery_id": settlement.delivery.id, "delivery_fence": settlement.delivery.fence}
        dropped += [mine | parameters_of(key) | {"new_outcome": outcome} for key, outcome in settlement.dropped.items()]
        match settlement.verdict:
            case Finished(outcome=outcome, reason=reason, message=message):
                outcomes += [mine | {"new_outcome": outcome}] if settlement.delivery.keys else []
                times = {"new_settled_at": now, "new_next_at": moment + BREATH}
                said = {"new_outcome": outcome, "new_reason": reason, "new_message": message}
                finished.append(mine | said | times)
            case Postponed() as verdict:
                postponed.append(mine | _postponed(settlement, verdict, moment))
    if instead := _instead(settled, now):
        await connection.execute(insert(deliveries), instead)
    for statement, rows in (
        (_OUTCOME_OF_ONE, dropped),
        (_OUTCOME_OF_ALL, outcomes),
        (_FINISH, finished),
        (_POSTPONE, postponed),
    ):
        if rows:
            await connection.execute(statement, rows)


def _instead(settled: Sequence[Settlement], now: datetime) -> list[dict[str, Any]]:
    """Returns what is said because something else didn't get through."""
    lost = [
        settlement.delivery.said.otherwise
        for settlement in settled
        if settlement.delivery.said
        and isinstance(settlement.verdict, Finished)
        and settlement.verdict.outcome is not Outcome.SENT
    ]
    return [row_of_said(otherwise, now) for otherwise in lost if otherwise]


def _postponed(settlement: Settlement, verdict: Postponed, moment: datetime) -> dict[str, Any]:
    return {
        "new_next_at": moment + timedelta(seconds=verdict.seconds),
        "new_attempts": settlement.delivery.attempts + (not verdict.is_free),
        "new_unanswered": settlement.delivery.unanswered + verdict.is_unsure,
        "new_via": verdict.via or settlement.delivery.via,
        "new_reason": verdict.reason,
    }


async def _claim(connection: AsyncConnection, room: int, moment: datetime) -> list[Delivery]:
    """Claims in the order in which they fell due; of a recipient's only the first, and not right after another."""
    other = deliveries.alias()
    same = (other.c.recipient == _D.recipient, other.c.is_channel == _D.is_channel, other.c.id != _D.id)
    ahead = or_(other.c.due_at < _D.due_at, and_(other.c.due_at == _D.due_at, other.c.id < _D.id))
    goes_first = or_(
        and_(other.c.stage == Stage.LEASED, other.c.next_at > moment),
        and_(other.c.stage.in_([Stage.WAITING, Stage.LEASED]), other.c.next_at <= moment, ahead),
        and_(other.c.stage == Stage.DONE, other.c.next_at > moment),
    )
    free = select(_D.id).where(_OPEN, _D.next_at <= moment, ~exists(select(literal(1)).where(*same, goes_first)))
    first = free.order_by(_D.due_at, _D.id).limit(room).with_for_update(skip_locked=True).cte("first")
    lease = update(deliveries).where(_D.id.in_(select(first.c.id))).values(
        stage=Stage.LEASED,
        next_at=moment + LEASE,
        fence=_D.fence + 1,
    )  # fmt: skip
    rows = (await connection.execute(lease.returning(*_D))).mappings().all()
    keys = await _keys(connection, [row["id"] for row in rows])
    return sorted(
        (_delivery(row, keys[row["id"]]) for row in rows), key=lambda delivery: (delivery.due_at, delivery.id)
    )


async def _keys(connection: AsyncConnection, ids: Sequence[int]) -> dict[int, list[Key]]:
    columns = (_R.delivery, *key_columns(reminded))
    keys: dict[int, list[Key]] = defaultdict(list)
    if ids:
        without_outcome = select(*columns).where(_R.delivery.in_(ids), _R.outcome.is_(None))
        for delivery, *key in await connection.execute(without_outcome):
            keys[delivery].append(key_of(*key))
    return keys


def _delivery(row: RowMapping, keys: Sequence[Key]) -> Delivery:
    recipient, same = Recipient(row["recipient"], row["is_channel"]), {name: row[name] for name in _SAME}
    said = said_of(recipient, row["said"]) if row["said"] is not None else None
    return Delivery(recipient=recipient, run=row["run"] or 0, keys=tuple(keys), said=said, **same)
