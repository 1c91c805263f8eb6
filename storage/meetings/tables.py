"""The tables of meetings, what became of them, and bodies' channels."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table, Text

from portfolio.bodies import Meeting
from storage.columns import Instant, metadata
from storage.records import Layout

meetings = Table(
    "meetings",
    metadata,
    Column("body", Text, primary_key=True),
    Column("start", Instant, primary_key=True),
    Column("end", Instant),
    Column("place", Text),
    Column("topic", Text),
    Index(None, "start"),
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


# Meetings that were moved, or, without `moved_to`, cancelled.
meeting_changes = Table(
    "meeting_changes",
    metadata,
    Column("body", Text, primary_key=True),
    Column("start", Instant, primary_key=True),
    Column("moved_to", Instant),
    Column("at", Instant, nullable=False),
    Column("by", Text, nullable=False),
    Index(None, "at"),
)


MEETINGS = Layout(Meeting, meetings)
