"""Rounds of status before meetings."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, tzinfo

from sqlalchemy import ColumnElement, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from portfolio.audit import Action, AuditEntry
from portfolio.bodies import Meeting
from portfolio.identity import PersonId
from portfolio.rounds import Round, RoundView
from storage.audit import write_down
from storage.database import Database
from storage.meetings.reading import MEETING, in_zone, meeting_of
from storage.meetings.tables import meetings, rounds
from storage.rounds.entries import concerned, read_entries
from storage.sending.queue import real_now

# Longer than it takes to draw and show a card.
_LEASE = timedelta(seconds=60)
_R = rounds.c
# The fields of Round that lie in columns of the same name.
_STORED = tuple(item.name for item in fields(Round) if item.name != "meeting")
_ROUNDS = select(*MEETING, *(_R[name].label(f"round_{name}") for name in _STORED)).join(
    meetings, meetings.c.id == _R.meeting
)


class SqlRoundStore:
    """Implements portfolio.ports.rounds.RoundStore. Times are given back in `zone`."""

    def __init__(self, database: Database, zone: tzinfo) -> None:
        self._database = database
        self._zone = zone

    async def open(self, status_round: Round) -> Round | None:
        row = {"meeting": status_round.meeting.id, **{name: getattr(status_round, name) for name in _STORED}}
        insert = self._database.insert(rounds).values(row)
        once = insert.on_conflict_do_nothing(index_elements=["meeting"]).returning(_R.id)
        async with self._database.transaction() as connection:
            if (await connection.execute(once)).first() is None:
                return None
            opened = _entry(Action.ROUND_OPENED, status_round, status_round.opened_by, status_round.opened_at)
            await write_down(connection, opened)
        return _here(status_round, self._zone)

    async def move(self, round_id: str, conversation: str) -> None:
        there = {"conversation": conversation, "is_behind": True}
        await self._database.execute(update(rounds).where(_R.id == round_id, _R.activity.is_(None)).values(there))

    async def posted(self, round_id: str, activity: str) -> None:
        there = {"activity": activity, "is_behind": False}
        await self._database.execute(update(rounds).where(_R.id == round_id).values(there))

    async def take(self, round_id: str) -> bool:
        async with self._database.transaction() as connection:
            moment = await real_now(connection)
            free = update(rounds).where(_R.id == round_id, or_(_R.drawn_until.is_(None), _R.drawn_until < moment))
            return (await connection.execute(free.values(drawn_until=moment + _LEASE))).rowcount == 1

    async def give_back(self, round_id: str) -> None:
        await self._database.execute(update(rounds).where(_R.id == round_id).values(drawn_until=None))

    async def round(self, round_id: str) -> Round | None:
        return next(iter(await self._read(_R.id == round_id)), None)

    async def of_meeting(self, meeting: Meeting) -> Round | None:
        return next(iter(await self._read(_R.meeting == meeting.id)), None)

    async def view(self, status_round: Round) -> RoundView:
        shown = _here(status_round, self._zone)
        async with self._database.connect() as connection:
            return RoundView(shown, tuple(await read_entries(connection, shown)))

    async def open_rounds(self, project: str) -> list[Round]:
        async with self._database.connect() as connection:
            open_rounds = await read_rounds(connection, self._zone, under_way())
            bodies = await concerned(connection, {each.body for each in open_rounds}, project)
        return [each for each in open_rounds if each.body in bodies]

    async def leave_behind(self, round_id: str) -> None:
        shown = update(rounds).where(_R.id == round_id, _R.activity.is_not(None))
        await self._database.execute(shown.values(is_behind=True))

    async def left_behind(self, since: datetime) -> list[Round]:
        return await self._read(or_(under_way(), _R.closed_at >= since), _R.is_behind == true())

    async def caught_up(self, round_id: str) -> None:
        await self._database.execute(update(rounds).where(_R.id == round_id).values(is_behind=False))

    async def due(self, now: datetime) -> list[Round]:
        return await self._read(under_way(), _R.deadline <= now)

    async def close(self, round_id: str, by: PersonId, at: datetime) -> bool:
        closing = update(rounds).where(_R.id == round_id, _R.closed_at.is_(None)).values(closed_at=at)
        async with self._database.transaction() as connection:
            if (await connection.execute(closing)).rowcount == 0:
                return False
            (closed,) = await read_rounds(connection, UTC, _R.id == round_id)
            await write_down(connection, _entry(Action.ROUND_CLOSED, closed, by, at))
        return True

    async def _read(self, *which: ColumnElement[bool]) -> list[Round]:
        async with self._database.connect() as connection:
            return await read_rounds(connection, self._zone, *which)


async def close_quietly(connection: AsyncConnection, by: PersonId, at: datetime) -> list[AuditEntry]:
    """Closes the rounds whose deadline has passed, and tells nobody. Returns what is to be written down of it."""
    due = await read_rounds(connection, UTC, under_way(), _R.deadline <= at)
    for status_round in due:
        await connection.execute(update(rounds).where(_R.id == status_round.id).values(closed_at=at))
    return [_entry(Action.ROUND_CLOSED, status_round, by, at) for status_round in due]


def under_way() -> ColumnElement[bool]:
    return _R.closed_at.is_(None)


async def read_rounds(connection: AsyncConnection, zone: tzinfo, *which: ColumnElement[bool]) -> list[Round]:
    """Reads rounds with their times in `zone`, the first to be closed first."""
    rows = (await connection.execute(_ROUNDS.where(*which).order_by(_R.deadline, _R.id))).mappings()
    rounds_read = (Round(meeting=meeting_of(row), **{name: row[f"round_{name}"] for name in _STORED}) for row in rows)
    return [_here(status_round, zone) for status_round in rounds_read]


def _here(status_round: Round, zone: tzinfo) -> Round:
    """Gives the round its times in `zone`, so that its first day is the one it began on there."""
    closed_at = status_round.closed_at
    return replace(
        status_round,
        meeting=in_zone(status_round.meeting, zone),
        opened_at=status_round.opened_at.astimezone(zone),
        deadline=status_round.deadline.astimezone(zone),
        closed_at=closed_at.astimezone(zone) if closed_at else None,
    )


def _entry(action: Action, status_round: Round, by: PersonId, at: datetime) -> AuditEntry:
    meeting = status_round.meeting
    detail = {"round": status_round.id, "body": meeting.body, "meeting": meeting.start.isoformat()}
    return AuditEntry(at, by, action, detail=detail)
