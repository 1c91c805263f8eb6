"""Meetings that are moved, cancelled, or held after all."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from typing import Any

from sqlalchemy import RowMapping, delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from portfolio.audit import Action, AuditEntry
from portfolio.bodies import Meeting, MeetingChange, MeetingState
from portfolio.identity import PersonId
from portfolio.meetings.reminders import meeting_key
from portfolio.reminders.keys import change_occasion
from portfolio.reminders.kinds import Kind
from storage.audit import write_down
from storage.database import Database
from storage.meetings.reading import MEETING, in_zone, meeting_of
from storage.meetings.tables import IS_HELD, meeting_changes, meetings, rounds
from storage.sending.tables import reminded
from storage.version import lock_portfolio, raise_version

_C, _T, _M, _R = meeting_changes.c, reminded.c, meetings.c, rounds.c
# Each change with its meeting as it stands now.
CHANGES = select(_C.start.label("was"), _C.moved_to, _C.at, *MEETING).join(meetings, _M.id == _C.meeting)


class SqlMeetingStore:
    """Implements portfolio.ports.meetings.MeetingStore."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def meeting(self, meeting_id: int) -> Meeting | None:
        row = (await self._database.execute(select(*MEETING).where(_M.id == meeting_id))).mappings().first()
        return meeting_of(row) if row else None

    async def known_at(self, body: str, start: datetime) -> Meeting | None:
        left = select(_C.meeting).where(_C.start == start)
        was_there = or_(_M.start == start, _M.first_start == start, _M.id.in_(left))
        known = select(*MEETING).where(_M.body == body, was_there).limit(2)
        rows = (await self._database.execute(known)).mappings().all()
        return meeting_of(rows[0]) if len(rows) == 1 else None

    async def cancelled(self, body: str, after: datetime) -> list[Meeting]:
        which = (_M.body == body, _M.state == MeetingState.CANCELLED, _M.start > after)
        rows = (await self._database.execute(select(*MEETING).where(*which).order_by(_M.start))).mappings()
        return [meeting_of(row) for row in rows]

    async def last_change(self, meeting_id: int) -> MeetingChange | None:
        last = CHANGES.where(_C.meeting == meeting_id).order_by(_C.id.desc()).limit(1)
        row = (await self._database.execute(last)).mappings().first()
        return change_of(row, UTC) if row else None

    async def move(self, meeting: Meeting, start: datetime, end: datetime | None, by: PersonId, at: datetime) -> bool:
        async with self._database.transaction() as connection:
            row = await _read(connection, meeting)
            if row is None or not _is_as_seen(row, meeting) or await _is_taken(connection, row["body"], start):
                return False
            await _change(connection, row, start=start, end=end, state=_state(row, start))
            await _move_deadline(connection, row, start)
            await _note(connection, row, start, by, at)
            await write_down(connection, _entry(Action.MEETING_MOVED, row, by, at, moved_to=start.isoformat()))
        return True

    async def cancel(self, meeting: Meeting, by: PersonId, at: datetime) -> bool:
        """Closes its round, if one is under way: nobody is asked for a meeting that isn't held."""
        async with self._database.transaction() as connection:
            row = await _read(connection, meeting)
            if row is None or not _is_as_seen(row, meeting):
                return False
            await _change(connection, row, state=MeetingState.CANCELLED)
            closed = await _close_round(connection, row, by, at)
            await _note(connection, row, None, by, at)
            await write_down(connection, *closed, _entry(Action.MEETING_CANCELLED, row, by, at))
        return True

    async def restore(self, meeting: Meeting, by: PersonId, at: datetime) -> bool:
        async with self._database.transaction() as connection:
            row = await _read(connection, meeting)
            if row is None or _is_held(row) or await _is_taken(connection, row["body"], row["start"]):
                return False
            details = {"end": meeting.end, "place": meeting.place, "topic": meeting.topic}
            await _change(connection, row, state=_state(row, row["start"]), **details)
            await _take_back(connection, meeting, row, by, at)
            await write_down(connection, _entry(Action.MEETING_RESTORED, row, by, at))
        return True


def change_of(row: RowMapping, zone: tzinfo) -> MeetingChange:
    """Reads the change from a row of CHANGES, with its times in `zone`."""
    moved_to = row["moved_to"].astimezone(zone) if row["moved_to"] else None
    meeting = in_zone(meeting_of(row), zone)
    return MeetingChange(meeting, row["was"].astimezone(zone), moved_to, row["at"].astimezone(zone))


async def _read(connection: AsyncConnection, meeting: Meeting) -> RowMapping | None:
    await lock_portfolio(connection)
    return (await connection.execute(select(meetings).where(_M.id == meeting.id))).mappings().first()


def _is_held(row: RowMapping) -> bool:
    return row["state"] is not MeetingState.CANCELLED


def _is_as_seen(row: RowMapping, meeting: Meeting) -> bool:
    return row["revision"] == meeting.revision and _is_held(row)


def _state(row: RowMapping, start: datetime) -> MeetingState:
    """The state of the meeting when it is held at that time."""
    return MeetingState.HELD if start == row["first_start"] else MeetingState.MOVED


async def _change(connection: AsyncConnection, row: RowMapping, **values: Any) -> None:
    changed = update(meetings).where(_M.id == row["id"])
    await connection.execute(changed.values(revision=_M.revision + 1, **values))
    await raise_version(connection)


async def _note(
    connection: AsyncConnection, row: RowMapping, moved_to: datetime | None, by: PersonId, at: datetime
) -> None:
    change = {"meeting": row["id"], "start": row["start"], "moved_to": moved_to, "at": at, "by": by}
    await connection.execute(insert(meeting_changes), change)


def _entry(action: Action, row: RowMapping, by: PersonId, at: datetime, **more: str) -> AuditEntry:
    return AuditEntry(at, by, action, detail={"body": row["body"], "start": row["start"].isoformat(), **more})


async def _take_back(
    connection: AsyncConnection, meeting: Meeting, row: RowMapping, by: PersonId, at: datetime
) -> None:
    """The cancelling is over: its round is as it was then, and who was told of it will be told of this too."""
    cancelling = select(_C.id, _C.at).where(_C.meeting == row["id"], _C.moved_to.is_(None))
    cancelled = (await connection.execute(cancelling.order_by(_C.id.desc()).limit(1))).first()
    if cancelled is None:  # an older version didn't keep it
        return
    closed_then = (_R.meeting == row["id"], _R.closed_at == cancelled.at)
    await connection.execute(update(rounds).where(*closed_then).values(closed_at=None))
    if await _is_announced(connection, meeting, cancelled.at):
        await _note(connection, row, row["start"], by, at)
    else:
        await connection.execute(delete(meeting_changes).where(_C.id == cancelled.id))


async def _is_announced(connection: AsyncConnection, meeting: Meeting, at: datetime) -> bool:
    """Says whether anybody was, or is about to be, told that it was cancelled then."""
    same = (_T.kind == Kind.MEETING_CHANGED, _T.subject == meeting_key(meeting))
    told = select(_T.subject).where(*same, _T.occasion == change_occasion(None, at)).limit(1)
    return (await connection.execute(told)).first() is not None


async def _is_taken(connection: AsyncConnection, body: str, start: datetime) -> bool:
    there = select(_M.start).where(_M.body == body, _M.start == start, IS_HELD)
    return (await connection.execute(there)).first() is not None


async def _move_deadline(connection: AsyncConnection, row: RowMapping, start: datetime) -> None:
    """The deadline of its round follows where that was the meeting itself, or would come after it."""
    follows = or_(_R.deadline == row["start"], _R.deadline > start)
    await connection.execute(update(rounds).where(_R.meeting == row["id"], follows).values(deadline=start))


async def _close_round(connection: AsyncConnection, row: RowMapping, by: PersonId, at: datetime) -> list[AuditEntry]:
    """Returns what is to be written down of it."""
    under_way = (_R.meeting == row["id"], _R.closed_at.is_(None))
    closing = update(rounds).where(*under_way).values(closed_at=at).returning(_R.id)
    closed = (await connection.execute(closing)).scalar()
    detail = {"round": closed, "body": row["body"], "meeting": row["start"].isoformat()}
    return [] if closed is None else [AuditEntry(at, by, Action.ROUND_CLOSED, detail=detail)]
