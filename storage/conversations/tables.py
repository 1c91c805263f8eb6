"""The tables of conversations, and of what was heard in them."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Index, SmallInteger, Table, Text

from portfolio.conversations import ConversationKind
from storage.columns import Instant, code, metadata

# Activities that the service has seen, and what it answered, so that a redelivered one has no second effect.
seen_activities = Table(
    "seen_activities",
    metadata,
    Column("key", Text, primary_key=True),
    Column("seen_at", Instant, nullable=False),
    Column("status", SmallInteger),
    Column("body", JSON(none_as_null=True)),
    Index(None, "seen_at"),
)

conversations = Table(
    "conversations",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("conversation", Text, primary_key=True),
    Column("kind", code(ConversationKind), nullable=False),
    Column("entra_id", Text),
    Column("email", Text),
    Column("service_url", Text, nullable=False),
    Column("bot", Text, nullable=False),
    Column("locale", Text),
    Column("team", Text),
    Column("channel", Text),
    Column("seen_at", Instant, nullable=False),
    Index(None, "email"),
    Index(None, "conversation"),
)

welcomes = Table(
    "welcomes",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("conversation", Text, primary_key=True),
    Column("welcomed_at", Instant, nullable=False),
)
