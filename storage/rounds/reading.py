"""Rounds with the meetings that they are before."""

from __future__ import annotations

from dataclasses import replace
from datetime import tzinfo

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncConnection

from portfolio.bodies import Meeting
from portfolio.rounds import Round
from storage.meetings.reading import MEETING
from storage.meetings.tables import meetings, rounds

_R = rounds.c
# The fields of Round that lie in columns of the same name.
STORED = (
    *("id", "opened_at", "deadline", "opened_by", "conversation"),
    *("activity", "closed_at", "language", "is_behind"),
)
_ROUNDS = select(*MEETING, *(_R[name] for name in STORED)).join(meetings, meetings.c.id == _R.meeting)


def under_way() -> ColumnElement[bool]:
    return _R.closed_at.is_(None)


async def read_rounds(connection: AsyncConnection, zone: tzinfo, *which: ColumnElement[bool]) -> list[Round]:
    """The first to be closed first; with their times in `zone`."""
    rows = await connection.execute(_ROUNDS.where(*which).order_by(_R.deadline, _R.id))
    parts = ((Meeting(*row[: len(MEETING)]), row[len(MEETING) :]) for row in rows)
    return [here(Round(meeting=meeting, **dict(zip(STORED, more, strict=True))), zone) for meeting, more in parts]


def here(status_round: Round, zone: tzinfo) -> Round:
    """The round with its times in `zone`, so that its first day is the one it began on there."""
    meeting, closed_at = status_round.meeting, status_round.closed_at
    end = meeting.end.astimezone(zone) if meeting.end else None
    return replace(
        status_round,
        meeting=replace(meeting, start=meeting.start.astimezone(zone), end=end),
        opened_at=status_round.opened_at.astimezone(zone),
        deadline=status_round.deadline.astimezone(zone),
        closed_at=closed_at.astimezone(zone) if closed_at else None,
    )
