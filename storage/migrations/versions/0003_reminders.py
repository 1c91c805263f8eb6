"""Reminders: what people decided about theirs, messages on their way out, channels of bodies, meetings that changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
CODE = sa.String(20)
INSTANT = sa.DateTime(timezone=True)
IS_OPEN = sa.text("stage != 'done'")


def upgrade() -> None:
    op.add_column("projects", sa.Column("asked_every", sa.Integer))
    op.add_column("projects", sa.Column("added_on", sa.Date))
    op.execute("UPDATE projects SET added_on = CURRENT_DATE")
    _absences()
    _body_channels()
    _meeting_changes()
    _runs()
    _sending()
    _snoozes()
    _stopped()
    _switched_off()
    _deliveries()
    _reminded()


def _absences() -> None:
    op.create_table(
        "absences",
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("first", sa.Date, nullable=False),
        sa.Column("last", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("person", "first", name="pk_absences"),
    )


def _body_channels() -> None:
    op.create_table(
        "body_channels",
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("tenant", sa.Text, nullable=False),
        sa.Column("conversation", sa.Text, nullable=False),
        sa.Column("bound_by", sa.Text, nullable=False),
        sa.Column("bound_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("body", name="pk_body_channels"),
    )
    op.create_index("ix_body_channels_tenant_conversation", "body_channels", ["tenant", "conversation"], unique=True)


def _meeting_changes() -> None:
    op.create_table(
        "meeting_changes",
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("start", INSTANT, nullable=False),
        sa.Column("moved_to", INSTANT),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("body", "start", name="pk_meeting_changes"),
    )
    op.create_index("ix_meeting_changes_at", "meeting_changes", ["at"])


def _runs() -> None:
    op.create_table(
        "runs",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("messages", sa.Integer, nullable=False),
        sa.Column("spared", sa.JSON, nullable=False),
        sa.Column("problems", sa.JSON, nullable=False),
        sa.Column("decided_by", sa.Text),
        sa.Column("reported_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_runs"),
    )
    op.create_index("ix_runs_reported_at", "runs", ["reported_at"])


def _sending() -> None:
    op.create_table(
        "sending",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("free_at", INSTANT, nullable=False),
        sa.Column("paused_until", INSTANT),
        sa.Column("is_probed", sa.Boolean, nullable=False),
        sa.Column("ran_at", INSTANT),
        sa.Column("all_stopped", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sending"),
    )


def _snoozes() -> None:
    op.create_table(
        "snoozes",
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("until", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("person", "subject", name="pk_snoozes"),
    )


def _stopped() -> None:
    op.create_table(
        "stopped",
        sa.Column("kind", CODE, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("recipient", sa.Text, nullable=False),
        sa.Column("is_channel", sa.Boolean, nullable=False),
        sa.Column("occasion", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("kind", "subject", "recipient", "is_channel", "occasion", name="pk_stopped"),
    )
    op.create_index("ix_stopped_at", "stopped", ["at"])


def _switched_off() -> None:
    op.create_table(
        "switched_off",
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("kind", CODE, nullable=False),
        sa.PrimaryKeyConstraint("person", "kind", name="pk_switched_off"),
    )


def _deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("recipient", sa.Text, nullable=False),
        sa.Column("is_channel", sa.Boolean, nullable=False),
        sa.Column("slot", sa.Text, nullable=False),
        sa.Column("purpose", CODE, nullable=False),
        sa.Column("run", ID, nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("twice_if_unsure", sa.Boolean, nullable=False),
        sa.Column("stage", CODE, nullable=False),
        sa.Column("via", CODE, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("fence", sa.Integer, nullable=False),
        sa.Column("was_begun", sa.Boolean, nullable=False),
        sa.Column("next_at", INSTANT, nullable=False),
        sa.Column("outcome", CODE),
        sa.Column("reason", CODE),
        sa.Column("settled_at", INSTANT),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name="fk_deliveries_run"),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
    )
    op.create_index(
        "ix_deliveries_open", "deliveries", ["due_at", "id"], sqlite_where=IS_OPEN, postgresql_where=IS_OPEN
    )
    op.create_index("ix_deliveries_run_stage", "deliveries", ["run", "stage"])
    op.create_index("ix_deliveries_settled_at", "deliveries", ["settled_at"])
    op.create_index("uq_deliveries_slot", "deliveries", ["recipient", "is_channel", "slot"], unique=True)


def _reminded() -> None:
    op.create_table(
        "reminded",
        sa.Column("kind", CODE, nullable=False),
        sa.Column("subject", KEY, nullable=False),
        sa.Column("recipient", sa.Text, nullable=False),
        sa.Column("is_channel", sa.Boolean, nullable=False),
        sa.Column("occasion", sa.Text, nullable=False),
        sa.Column("delivery", ID, nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("outcome", CODE),
        sa.ForeignKeyConstraint(["delivery"], ["deliveries.id"], name="fk_reminded_delivery"),
        sa.PrimaryKeyConstraint("kind", "subject", "recipient", "is_channel", "occasion", name="pk_reminded"),
    )
    op.create_index("ix_reminded_delivery", "reminded", ["delivery"])
    op.create_index("ix_reminded_expires_at", "reminded", ["expires_at"])
    op.create_index("ix_reminded_recipient", "reminded", ["recipient", "due_at"])
