"""The table of forms being filled in."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Index, Integer, Table, Text

from storage.columns import Instant, metadata

# Forms being filled in; with an outcome they are done, and kept for a while for those who press twice.
drafts = Table(
    "drafts",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("conversation", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("answers", JSON, nullable=False),
    Column("asking", Text),
    Column("version", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("touched_at", Instant, nullable=False),
    Column("outcome", Text),
)

Index(
    "uq_drafts_open",
    *(drafts.c.person, drafts.c.conversation, drafts.c.kind, drafts.c.subject),
    unique=True,
    sqlite_where=drafts.c.outcome.is_(None),
    postgresql_where=drafts.c.outcome.is_(None),
)
Index("ix_drafts_touched_at", drafts.c.touched_at)
