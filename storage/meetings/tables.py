"""The tables of meetings, what was changed of them, and bodies' channels."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, Text
from sqlalchemy.engine.default import DefaultExecutionContext

from portfolio.bodies import Meeting, MeetingState
from storage.columns import ROW_ID, Instant, code, metadata
from storage.records import RecordMapping


def _its_start(context: DefaultExecutionContext) -> Any:
    return context.get_current_parameters()["start"]  # type: ignore[no-untyped-call]


# `first_start` is by what imports know a meeting again, however often it was moved; `uid` is a calendar's name for it.
meetings = Table(
    "meetings",
    metadata,
    Column("id", ROW_ID, primary_key=True, autoincrement=True),
    Column("body", Text, nullable=False),
    Column("start", Instant, nullable=False),
    Column("end", Instant),
    Column("place", Text),
    Column("topic", Text),
    Column("first_start", Instant, nullable=False, default=_its_start),
    Column("uid", Text),
    Column("state", code(MeetingState), nullable=False, server_default=MeetingState.HELD.value),
    Column("revision", Integer, nullable=False, server_default="0"),
    Index(None, "start"),
    Index(None, "body", "first_start", unique=True),
)

IS_HELD = meetings.c.state != MeetingState.CANCELLED
_HELD_IN_INDEX = meetings.c.state != MeetingState.CANCELLED.value

Index(
    "uq_meetings_held",
    meetings.c.body,
    meetings.c.start,
    unique=True,
    sqlite_where=_HELD_IN_INDEX,
    postgresql_where=_HELD_IN_INDEX,
)

body_channels = Table(
    "body_channels",
    metadata,
    Column("body", Text, primary_key=True),
    Column("tenant", Text, nullable=False),
    Column("conversation", Text, nullable=False),
    Column("bound_by", Text, nullable=False),
    Column("bound_at", Instant, nullable=False),
    Index(None, "tenant", "conversation", unique=True),
)

# One row each time that a meeting, which was to begin at `start`, was moved, or, without `moved_to`, cancelled.
meeting_changes = Table(
    "meeting_changes",
    metadata,
    Column("id", ROW_ID, primary_key=True, autoincrement=True),
    Column("meeting", ROW_ID, ForeignKey("meetings.id"), nullable=False),
    Column("start", Instant, nullable=False),
    Column("moved_to", Instant),
    Column("at", Instant, nullable=False),
    Column("by", Text, nullable=False),
    Index(None, "meeting"),
    Index(None, "at"),
)

MEETINGS = RecordMapping(
    Meeting, meetings, identity=("body", "start"), unwritten=frozenset({"id", "revision", "state"})
)

rounds = Table(
    "rounds",
    metadata,
    Column("id", Text, primary_key=True),
    Column("meeting", ROW_ID, ForeignKey("meetings.id"), nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("deadline", Instant, nullable=False),
    Column("opened_by", Text, nullable=False),
    Column("conversation", Text, nullable=False),
    Column("activity", Text),
    Column("closed_at", Instant),
    Column("is_behind", Boolean, nullable=False, default=False),
    # Real time: until then one process alone draws its card.
    Column("drawn_until", Instant),
    Column("language", Text, nullable=False),
    Index(None, "meeting", unique=True),
    Index(None, "closed_at"),
)
