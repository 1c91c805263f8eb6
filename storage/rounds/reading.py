"""Reads rounds with the meetings that they are before."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import tzinfo

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncConnection

from portfolio.rounds import Round
from storage.meetings.reading import MEETING, in_zone, meeting_of
from storage.meetings.tables import meetings, rounds

_R = rounds.c
# The fields of Round that lie in columns of the same name.
STORED = tuple(item.name for item in fields(Round) if item.name != "meeting")
_ROUNDS = select(*MEETING, *(_R[name].label(f"round_{name}") for name in STORED)).join(
    meetings, meetings.c.id == _R.meeting
)


def under_way() -> ColumnElement[bool]:
    return _R.closed_at.is_(None)


async def read_rounds(connection: AsyncConnection, zone: tzinfo, *which: ColumnElement[bool]) -> list[Round]:
    """Reads rounds with their times in `zone`, the first to be closed first."""
    rows = (await connection.execute(_ROUNDS.where(*which).order_by(_R.deadline, _R.id))).mappings()
    rounds_read = (Round(meeting=meeting_of(row), **{name: row[f"round_{name}"] for name in STORED}) for row in rows)
    return [here(status_round, zone) for status_round in rounds_read]


def here(status_round: Round, zone: tzinfo) -> Round:
    """Gives the round its times in `zone`, so that its first day is the one it began on there."""
    closed_at = status_round.closed_at
    return replace(
        status_round,
        meeting=in_zone(status_round.meeting, zone),
        opened_at=status_round.opened_at.astimezone(zone),
        deadline=status_round.deadline.astimezone(zone),
        closed_at=closed_at.astimezone(zone) if closed_at else None,
    )
