"""The tables of runs and messages on their way out, and what tells one reminder from all others in rows."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Column, ColumnElement, Date, ForeignKey, Index, Integer, Table, Text, bindparam

from portfolio.deliveries import Purpose, Reason, Stage, Via
from portfolio.reminders.kinds import Key, Kind, Outcome, Recipient
from storage.columns import KEY, ROW_ID, Instant, code, metadata

# Earlier than anything: due at once, by whatever clock.
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

# Whoever puts the database back to an earlier day decides that nothing of before is sent, by a run without messages.
BY_RESTORING = "tovholder restore"

# One row. Times are real ones, whatever clock reminders are worked out by: `free_at` is the next place in the common
# pace, before `paused_until` nobody sends, and while it is probed one message at a time.
sending = Table(
    "sending",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("free_at", Instant, nullable=False),
    Column("paused_until", Instant),
    Column("is_probed", Boolean, nullable=False),
    Column("ran_at", Instant),
    Column("all_stopped", Boolean, nullable=False),
    Column("stopped_until", Date),
)

runs = Table(
    "runs",
    metadata,
    Column("id", ROW_ID, primary_key=True, autoincrement=True),
    Column("at", Instant, nullable=False),
    Column("messages", Integer, nullable=False),
    Column("spared", JSON, nullable=False),
    Column("problems", JSON, nullable=False),
    Column("decided_by", Text),
    Column("reported_at", Instant),
    Index(None, "reported_at"),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", ROW_ID, primary_key=True, autoincrement=True),
    Column("recipient", Text, nullable=False),
    Column("is_channel", Boolean, nullable=False),
    Column("slot", Text, nullable=False),
    Column("purpose", code(Purpose), nullable=False),
    Column("run", ROW_ID, ForeignKey("runs.id")),
    Column("due_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("twice_if_unsure", Boolean, nullable=False),
    Column("stage", code(Stage), nullable=False),
    Column("via", code(Via), nullable=False, default=Via.TEAMS),
    Column("attempts", Integer, nullable=False, default=0),
    Column("fence", Integer, nullable=False, default=0),
    Column("unanswered", Integer, nullable=False, server_default="0"),
    # Real time: not before this; for a leased one, until when it is its process's alone.
    Column("next_at", Instant, nullable=False, default=EPOCH),
    Column("outcome", code(Outcome)),
    Column("reason", code(Reason)),
    Column("settled_at", Instant),
    # Its id in Teams, once it was sent there.
    Column("message", Text),
    # Its words, where they were put when it was stored; until it is done.
    Column("said", JSON(none_as_null=True)),
    Index("uq_deliveries_slot", "recipient", "is_channel", "slot", unique=True),
    Index(None, "run", "stage"),
)

# Every reminder that was ever planned, once.
reminded = Table(
    "reminded",
    metadata,
    Column("kind", code(Kind), primary_key=True),
    Column("subject", KEY, primary_key=True),
    Column("recipient", Text, primary_key=True),
    Column("is_channel", Boolean, primary_key=True),
    Column("occasion", Text, primary_key=True),
    Column("delivery", ROW_ID, ForeignKey("deliveries.id"), nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("outcome", code(Outcome)),
    Index(None, "delivery"),
    Index(None, "expires_at"),
)

Index(
    "ix_deliveries_open",
    deliveries.c.due_at,
    deliveries.c.id,
    sqlite_where=deliveries.c.stage != Stage.DONE.value,
    postgresql_where=deliveries.c.stage != Stage.DONE.value,
)
Index("ix_deliveries_settled_at", deliveries.c.settled_at)
Index("ix_deliveries_message", deliveries.c.message)

Index("ix_reminded_recipient", reminded.c.recipient, reminded.c.due_at)

_PARTS = ("kind", "subject", "recipient", "is_channel", "occasion")


def key_columns(table: Table) -> list[Column[Any]]:
    """The columns of a key, in the order in which `key_of` takes them."""
    return [table.c[name] for name in _PARTS]


def key_of(kind: Kind, subject: str, recipient: str, is_channel: bool, occasion: str) -> Key:
    return Key(kind, subject, Recipient(recipient, is_channel), occasion)


def row_of(key: Key) -> dict[str, Any]:
    return dict(zip(_PARTS, key.parts, strict=True))


def fits_key(table: Table) -> list[ColumnElement[bool]]:
    """Fits the row of the reminder whose `parameters_of` are given."""
    return [table.c[name] == bindparam(f"key_{name}") for name in _PARTS]


def parameters_of(key: Key) -> dict[str, Any]:
    return {f"key_{name}": value for name, value in row_of(key).items()}
