"""The tables of what was decided about reminders."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Index, Table, Text

from portfolio.reminders.kinds import Kind
from storage.columns import Instant, code, metadata

absences = Table(
    "absences",
    metadata,
    Column("person", Text, primary_key=True),
    Column("first", Date, primary_key=True),
    Column("last", Date, nullable=False),
)

snoozes = Table(
    "snoozes",
    metadata,
    Column("person", Text, primary_key=True),
    Column("subject", Text, primary_key=True),  # "" for everything
    Column("until", Date, nullable=False),
)

switched_off = Table(
    "switched_off",
    metadata,
    Column("person", Text, primary_key=True),
    Column("kind", code(Kind), primary_key=True),
)

# Reminders that the portfolio office took out.
stopped = Table(
    "stopped",
    metadata,
    Column("kind", code(Kind), primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("recipient", Text, primary_key=True),
    Column("is_channel", Boolean, primary_key=True),
    Column("occasion", Text, primary_key=True),
    Column("by", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Index(None, "at"),
)
