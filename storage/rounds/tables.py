"""The table of rounds."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Table, Text

from storage.columns import Instant, metadata

rounds = Table(
    "rounds",
    metadata,
    Column("id", Text, primary_key=True),
    Column("body", Text, nullable=False),
    Column("meeting", Instant, nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("deadline", Instant, nullable=False),
    Column("opened_by", Text, nullable=False),
    Column("conversation", Text, nullable=False),
    Column("activity", Text),
    Column("closed_at", Instant),
    Column("is_behind", Boolean, nullable=False),
    Column("language", Text, nullable=False),
    Index(None, "body", "meeting", unique=True),
    Index(None, "closed_at"),
)
