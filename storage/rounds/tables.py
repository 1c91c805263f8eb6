"""The table of rounds."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Table, Text

from storage.columns import ROW_ID, Instant, metadata

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
    Column("is_behind", Boolean, nullable=False),
    Column("language", Text, nullable=False),
    Index(None, "meeting", unique=True),
    Index(None, "closed_at"),
)
