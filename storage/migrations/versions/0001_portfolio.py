"""The portfolio, and what the service remembers."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
CODE = sa.String(20)
INSTANT = sa.DateTime(timezone=True)
PROJECT_FACTS = [
    *("is_closed", "overall_rank", "title_key", "number", "number_key", "org_unit", "lead", "owner", "kind", "phase"),
    *("priority", "status_day", "missing_after", "late_after", "budget", "spend", "progress"),
    *("start_first", "end_last"),
]


def upgrade() -> None:
    _state()
    _projects()
    _turned_around("project_focus_areas", sa.Column("focus_area", KEY, nullable=False))
    _turned_around("project_goals", sa.Column("goal", sa.SmallInteger, autoincrement=False, nullable=False))
    _of_project("reports", "day", sa.Column("day", sa.Date, nullable=False), *_lights(), *_report_words())
    _of_project("milestones", "title", *_milestone())
    op.create_index("ix_milestones_due_last_project", "milestones", ["due_last", "project"])
    _of_project("benefits", "title", *_benefit())
    _of_project("risks", "title", *_risk())
    _organisation()
    _bodies()
    _service()


def _exact(name: str, decimals: int) -> sa.Column[Any]:
    return sa.Column(name, sa.Numeric(18, decimals).with_variant(sa.BigInteger(), "sqlite"))


def _planned(name: str) -> list[sa.Column[Any]]:
    return [sa.Column(f"{name}_first", sa.Date), sa.Column(f"{name}_last", sa.Date), sa.Column(f"{name}_unit", CODE)]


def _lights() -> list[sa.Column[Any]]:
    names = ("overall", "time", "economy", "quality", "benefits", "risk")
    return [sa.Column(name, CODE, nullable=False, server_default="none") for name in names]


def _state() -> None:
    state = op.create_table(
        "portfolio_state",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_portfolio_state"),
    )
    op.bulk_insert(state, [{"id": 1, "version": 0}])


def _projects() -> None:
    op.create_table(
        "projects",
        sa.Column("number", KEY, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("kind", CODE),
        sa.Column("focus_areas", sa.JSON, nullable=False),
        sa.Column("org_unit", sa.Text),
        sa.Column("lead", sa.Text),
        sa.Column("owner", sa.Text),
        sa.Column("phase", CODE),
        sa.Column("priority", sa.SmallInteger),
        *_planned("start"),
        *_planned("end"),
        _exact("budget", 2),
        _exact("spend", 2),
        sa.Column("goals", sa.JSON, nullable=False),
        sa.Column("case_number", sa.Text),
        sa.Column("description", sa.Text),
        sa.Column("aliases", sa.JSON, nullable=False),
        sa.Column("rhythm_days", sa.Integer),
        sa.Column("number_key", KEY, nullable=False),
        sa.Column("title_key", KEY, nullable=False),
        sa.Column("search_text", sa.Text, nullable=False),
        sa.Column("is_closed", sa.Boolean, nullable=False),
        sa.Column("status_day", sa.Date),
        *_lights(),
        _exact("progress", 2),
        sa.Column("overall_rank", sa.SmallInteger, nullable=False, server_default="2"),
        sa.Column("missing_after", sa.Date),
        sa.Column("late_after", sa.Date),
        sa.PrimaryKeyConstraint("number", name="pk_projects"),
    )
    op.create_index("ix_projects_facts", "projects", PROJECT_FACTS)
    _index("projects", "lead")
    _index("projects", "owner")


def _index(table: str, *columns: str, unique: bool = False) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns), unique=unique)


def _to_project(table: str) -> list[sa.schema.SchemaItem]:
    name = f"fk_{table}_project"
    return [
        sa.Column("project", KEY, nullable=False),
        sa.ForeignKeyConstraint(["project"], ["projects.number"], name=name, ondelete="CASCADE"),
    ]


def _turned_around(table: str, what: sa.Column[Any]) -> None:
    key = sa.PrimaryKeyConstraint(what.name, "project", name=f"pk_{table}")
    op.create_table(table, what, *_to_project(table), key, sqlite_with_rowid=False)
    _index(table, "project")


def _of_project(table: str, key: str, *columns: sa.Column[Any]) -> None:
    op.create_table(table, *_to_project(table), *columns, sa.PrimaryKeyConstraint("project", key, name=f"pk_{table}"))


def _report_words() -> list[sa.Column[Any]]:
    return [_exact("progress", 2), *(sa.Column(name, sa.Text) for name in ("comment", "next_step", "author"))]


def _milestone() -> list[sa.Column[Any]]:
    return [sa.Column("title", sa.Text, nullable=False), *_planned("due"), sa.Column("reached", sa.Date)]


def _benefit() -> list[sa.Column[Any]]:
    return [
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("kind", CODE),
        _exact("goal", 6),
        sa.Column("unit", sa.Text),
        _exact("realised", 6),
        sa.Column("responsible", sa.Text),
        *_planned("follow_up"),
    ]


def _risk() -> list[sa.Column[Any]]:
    return [
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("kind", CODE, nullable=False),
        sa.Column("probability", sa.SmallInteger),
        sa.Column("impact", sa.SmallInteger),
        sa.Column("responsible", sa.Text),
        sa.Column("handling", sa.Text),
        sa.Column("closed", sa.Date),
    ]


def _organisation() -> None:
    op.create_table(
        "people",
        sa.Column("email", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("unit", sa.Text),
        sa.Column("manager", sa.Text),
        sa.Column("role", CODE, nullable=False),
        sa.Column("entra_id", sa.Text),
        sa.PrimaryKeyConstraint("email", name="pk_people"),
    )
    _index("people", "entra_id", unique=True)
    op.create_table(
        "org_units",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("parent", sa.Text),
        sa.Column("manager", sa.Text),
        sa.Column("aliases", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_org_units"),
    )
    _index("org_units", "parent")
    op.create_table(
        "focus_areas",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("period", sa.Text),
        sa.Column("short_name", sa.Text),
        sa.Column("aliases", sa.JSON, nullable=False),
        sa.Column("replaced_by", sa.Text),
        sa.PrimaryKeyConstraint("name", name="pk_focus_areas"),
    )


def _bodies() -> None:
    op.create_table(
        "bodies",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("kind", CODE, nullable=False),
        sa.Column("chair", sa.Text),
        sa.Column("secretary", sa.Text),
        sa.Column("members", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_bodies"),
    )
    op.create_table(
        "meetings",
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("start", INSTANT, nullable=False),
        sa.Column("end", INSTANT),
        sa.Column("place", sa.Text),
        sa.Column("topic", sa.Text),
        sa.PrimaryKeyConstraint("body", "start", name="pk_meetings"),
    )
    _index("meetings", "start")


def _service() -> None:
    op.create_table(
        "seen_activities",
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("seen_at", INSTANT, nullable=False),
        sa.Column("status", sa.SmallInteger),
        sa.Column("body", sa.JSON),
        sa.PrimaryKeyConstraint("key", name="pk_seen_activities"),
    )
    _index("seen_activities", "seen_at")
    op.create_table(
        "conversations",
        sa.Column("tenant", sa.Text, nullable=False),
        sa.Column("conversation", sa.Text, nullable=False),
        sa.Column("kind", CODE, nullable=False),
        sa.Column("entra_id", sa.Text),
        sa.Column("service_url", sa.Text, nullable=False),
        sa.Column("bot", sa.Text, nullable=False),
        sa.Column("locale", sa.Text),
        sa.Column("team", sa.Text),
        sa.Column("channel", sa.Text),
        sa.Column("seen_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("tenant", "conversation", name="pk_conversations"),
    )
    _index("conversations", "tenant", "entra_id")
    op.create_table(
        "welcomes",
        sa.Column("tenant", sa.Text, nullable=False),
        sa.Column("conversation", sa.Text, nullable=False),
        sa.Column("welcomed_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("tenant", "conversation", name="pk_welcomes"),
    )
