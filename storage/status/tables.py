"""The tables of reports and their frozen versions."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Date, Integer, Table, Text

from storage.columns import Instant, metadata, of_project

# Every version of every report given through Tovholder, as it was then; `reports` holds the one in force.
publications = Table(
    "publications",
    metadata,
    of_project(),
    Column("day", Date, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("by", Text, nullable=False),
    Column("is_unchanged", Boolean, nullable=False),
    Column("report", JSON, nullable=False),
    Column("snapshot", JSON, nullable=False),
)
