"""Reports given in Teams, with their versions; deputies, forms being filled in, rounds of status, the audit log."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
CODE = sa.String(20)
INSTANT = sa.DateTime(timezone=True)
PROJECT_FACTS = [
    *("is_closed", "overall_rank", "title_key", "number", "number_key", "org_unit", "lead", "owner", "kind", "phase"),
    *("priority", "status_day", "missing_after", "late_after", "budget", "spend", "progress"),
    *("start_first", "end_last", "disputed_after"),
]


def upgrade() -> None:
    _projects()
    for column in _planned("expected_end"):
        op.add_column("reports", column)
    op.add_column("reports", sa.Column("decision_wanted", sa.Text))
    _publications()
    _conversations()
    _deputies()
    _drafts()
    _rounds()
    _audit()


def _planned(name: str) -> list[sa.Column[Any]]:
    return [sa.Column(f"{name}_first", sa.Date), sa.Column(f"{name}_last", sa.Date), sa.Column(f"{name}_unit", CODE)]


def _index(table: str, *columns: str, unique: bool = False) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns), unique=unique)


def _to_project(table: str) -> list[sa.schema.SchemaItem]:
    name = f"fk_{table}_project"
    return [
        sa.Column("project", KEY, nullable=False),
        sa.ForeignKeyConstraint(["project"], ["projects.number"], name=name, ondelete="CASCADE"),
    ]


def _projects() -> None:
    for name in ("expected_last", "milestone_last", "disputed_after"):
        op.add_column("projects", sa.Column(name, sa.Date))
    op.add_column("projects", sa.Column("revision", sa.Integer, nullable=False, server_default="0"))
    op.drop_index("ix_projects_facts", "projects")
    op.create_index("ix_projects_facts", "projects", PROJECT_FACTS)


def _publications() -> None:
    op.create_table(
        "publications",
        *_to_project("publications"),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("version", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("is_unchanged", sa.Boolean, nullable=False),
        sa.Column("report", sa.JSON, nullable=False),
        sa.Column("snapshot", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("project", "day", "version", name="pk_publications"),
    )


def _conversations() -> None:
    op.add_column("conversations", sa.Column("email", sa.Text))
    op.drop_index("ix_conversations_tenant_entra_id", "conversations")
    _index("conversations", "email")
    _index("conversations", "conversation")


def _deputies() -> None:
    op.create_table(
        "deputies",
        *(sa.Column(name, sa.Text, nullable=False) for name in ("lead", "deputy")),
        sa.Column("first", sa.Date, nullable=False),
        sa.Column("project", sa.Text, nullable=False),
        sa.Column("last", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("lead", "deputy", "first", "project", name="pk_deputies"),
    )
    _index("deputies", "deputy")


def _drafts() -> None:
    op.create_table(
        "drafts",
        *(sa.Column(name, sa.Text, nullable=False) for name in ("id", "kind", "person", "conversation", "subject")),
        sa.Column("answers", sa.JSON, nullable=False),
        sa.Column("asking", sa.Text),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("touched_at", INSTANT, nullable=False),
        sa.Column("outcome", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_drafts"),
    )
    is_open = sa.column("outcome").is_(None)
    op.create_index(
        "uq_drafts_open",
        "drafts",
        ["person", "conversation", "kind", "subject"],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )
    _index("drafts", "touched_at")


def _rounds() -> None:
    op.create_table(
        "rounds",
        *(sa.Column(name, sa.Text, nullable=False) for name in ("id", "body")),
        *(sa.Column(name, INSTANT, nullable=False) for name in ("meeting", "opened_at", "deadline")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("opened_by", "conversation", "language")),
        sa.Column("activity", sa.Text),
        sa.Column("closed_at", INSTANT),
        sa.Column("is_behind", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_rounds"),
    )
    _index("rounds", "body", "meeting", unique=True)
    _index("rounds", "closed_at")


def _audit() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "audit",
        sa.Column("id", number, autoincrement=True, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("action", CODE, nullable=False),
        sa.Column("project", KEY),
        sa.Column("detail", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    _index("audit", "project", "id")
