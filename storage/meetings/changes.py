"""Meetings that are moved or cancelled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import ColumnElement, case, delete, insert, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from portfolio.audit import Action, Entry
from portfolio.bodies import Meeting
from portfolio.meetings.reminders import change_occasion, meeting_key
from portfolio.reminders.kinds import Kind
from storage.audit import write_down
from storage.database import Database
from storage.meetings.tables import meeting_changes, meetings
from storage.projects.tables import portfolio_state
from storage.records import Row
from storage.rounds.tables import rounds
from storage.sending.tables import reminded

_C, _T, _M, _R = meeting_changes.c, reminded.c, meetings.c, rounds.c


class SqlMeetingStore:
    """Implements portfolio.reminder_ports.MeetingStore. What was changed is remembered by the time that the meeting
    was first to start, so that files which still say so don't bring it back."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def move(self, meeting: Meeting, start: datetime, end: datetime | None, by: str, at: datetime) -> bool:
        async with self._database.transaction() as connection:
            await _wait(connection)
            row = (await connection.execute(select(meetings).where(*_it(meeting)))).mappings().first()
            if row is None or await _is_taken(connection, meeting.body, start):
                return False
            await connection.execute(delete(meetings).where(*_it(meeting)))
            await connection.execute(insert(meetings), dict(row) | {"start": start, "end": end})
            await _move_round(connection, meeting, start)
            await self._note(connection, meeting, start, by, at)
        return True

    async def cancel(self, meeting: Meeting, by: str, at: datetime) -> bool:
        """Its round, if one is under way, is over: nobody is asked for a meeting that isn't held."""
        async with self._database.transaction() as connection:
            await _wait(connection)
            if (await connection.execute(delete(meetings).where(*_it(meeting)))).rowcount == 0:
                return False
            await _close_round(connection, meeting, by, at)
            await self._note(connection, meeting, None, by, at)
        return True

    async def restore(self, meeting: Meeting, by: str, at: datetime) -> bool:
        async with self._database.transaction() as connection:
            await _wait(connection)
            its_change = (_C.body == meeting.body, _C.start == meeting.start)
            cancelled = select(_C.at).where(*its_change, _C.moved_to.is_(None))
            row = (await connection.execute(cancelled)).first()
            if row is None or await _is_taken(connection, meeting.body, meeting.start):
                return False
            await connection.execute(insert(meetings), asdict(meeting))
            closed_then = (_R.body == meeting.body, _R.meeting == meeting.start, _R.closed_at == row.at)
            await connection.execute(update(rounds).where(*closed_then).values(closed_at=None))
            await self._note(connection, meeting, meeting.start, by, at)
            if not await _was_told(connection, meeting, row.at):
                await connection.execute(delete(meeting_changes).where(*its_change))
        return True

    async def _note(
        self, connection: AsyncConnection, meeting: Meeting, moved_to: datetime | None, by: str, at: datetime
    ) -> None:
        row = {"body": meeting.body, "start": meeting.start, "moved_to": moved_to, "at": at, "by": by}
        upsert = self._database.insert(meeting_changes).values(row)
        new = {name: upsert.excluded[name] for name in ("moved_to", "at", "by")}
        await connection.execute(upsert.on_conflict_do_update(index_elements=["body", "start"], set_=new))
        await connection.execute(update(portfolio_state).values(version=portfolio_state.c.version + 1))
        detail = {"body": meeting.body, "start": meeting.start.isoformat()}
        if moved_to is None:
            action = Action.MEETING_CANCELLED
        elif moved_to == meeting.start:
            action = Action.MEETING_RESTORED
        else:
            action, detail = Action.MEETING_MOVED, detail | {"moved_to": moved_to.isoformat()}
        await write_down(connection, Entry(at, by, action, detail=detail))


async def _wait(connection: AsyncConnection) -> None:
    """For all others who write to the portfolio, imports too."""
    await connection.execute(select(portfolio_state.c.version).with_for_update())


def _it(meeting: Meeting) -> tuple[ColumnElement[bool], ...]:
    return _M.body == meeting.body, _M.start == meeting.start


async def _was_told(connection: AsyncConnection, meeting: Meeting, at: datetime) -> bool:
    """Whether anybody was, or is about to be, told that it was cancelled then."""
    its = (_T.kind == Kind.MEETING_CHANGED, _T.subject == meeting_key(meeting.body, meeting.start))
    told = select(_T.subject).where(*its, _T.occasion == change_occasion(None, at)).limit(1)
    return (await connection.execute(told)).first() is not None


async def _is_taken(connection: AsyncConnection, body: str, start: datetime) -> bool:
    there = select(_M.start).where(_M.body == body, _M.start == start)
    return (await connection.execute(there)).first() is not None


async def _move_round(connection: AsyncConnection, meeting: Meeting, start: datetime) -> None:
    """With it the deadline, where that was the meeting itself or would come after it. A round that was left at the new
    time is that of a meeting which was cancelled."""
    await connection.execute(delete(rounds).where(_R.body == meeting.body, _R.meeting == start))
    deadline = case((or_(_R.deadline == meeting.start, _R.deadline > start), start), else_=_R.deadline)
    its_round = (_R.body == meeting.body, _R.meeting == meeting.start)
    await connection.execute(update(rounds).where(*its_round).values(meeting=start, deadline=deadline))


async def _close_round(connection: AsyncConnection, meeting: Meeting, by: str, at: datetime) -> None:
    under_way = (_R.body == meeting.body, _R.meeting == meeting.start, _R.closed_at.is_(None))
    closing = update(rounds).where(*under_way).values(closed_at=at).returning(_R.id)
    closed = (await connection.execute(closing)).scalar()
    if closed is not None:
        detail = {"round": closed, "body": meeting.body, "meeting": meeting.start.isoformat()}
        await write_down(connection, Entry(at, by, Action.ROUND_CLOSED, detail=detail))


async def still_held(connection: AsyncConnection, rows: Sequence[Row]) -> list[Row]:
    """Without the meetings that were moved or cancelled here."""
    changed = meeting_changes.c
    identities = [(row["body"], row["start"]) for row in rows]
    is_gone = or_(changed.moved_to.is_(None), changed.moved_to != changed.start)
    found = select(changed.body, changed.start).where(tuple_(changed.body, changed.start).in_(identities), is_gone)
    gone = {(row.body, row.start) for row in await connection.execute(found)}
    return [row for row, identity in zip(rows, identities, strict=True) if identity not in gone]
