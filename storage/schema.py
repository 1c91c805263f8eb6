"""The tables."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    Table,
    Text,
)

from portfolio.bodies import BodyKind
from portfolio.conversations import ConversationKind
from portfolio.organisation import Role
from portfolio.projects import BenefitKind, Phase, ProjectKind, RiskKind
from portfolio.status import Rag
from storage.columns import KEY, Exact, Instant, code, planned

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


# The order in which colours are shown, as the database sorts by it.
COLOURS = tuple(Rag)
RANK = {colour: rank for rank, colour in enumerate(COLOURS)}


def _money(name: str) -> Column[Any]:
    return Column(name, Exact(2))


def _figure(name: str) -> Column[Any]:
    return Column(name, Exact(6))


def _lights() -> list[Column[Any]]:
    names = ("overall", "time", "economy", "quality", "benefits", "risk")
    return [Column(name, code(Rag), nullable=False, server_default=Rag.NONE.value) for name in names]


def _of_project() -> Column[Any]:
    return Column("project", KEY, ForeignKey("projects.number", ondelete="CASCADE"), primary_key=True)


# One row; grows with every change, so that readers know when to read names again.
portfolio_state = Table(
    "portfolio_state",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("version", BigInteger, nullable=False),
)

# All that projects are counted, filtered and sorted by, in the usual order: few pages, where the rows with their
# descriptions are many. Only the rows shown are fetched.
PROJECT_FACTS = (
    *("is_closed", "overall_rank", "title_key", "number", "number_key", "org_unit", "lead", "owner", "kind", "phase"),
    *("priority", "status_day", "missing_after", "late_after", "budget", "spend", "progress"),
    *("start_first", "end_last"),
)

projects = Table(
    "projects",
    metadata,
    Column("number", KEY, primary_key=True),
    Column("title", Text, nullable=False),
    Column("kind", code(ProjectKind)),
    Column("focus_areas", JSON, nullable=False),
    Column("org_unit", Text),
    Column("lead", Text),
    Column("owner", Text),
    Column("phase", code(Phase)),
    Column("priority", SmallInteger),
    *planned("start"),
    *planned("end"),
    _money("budget"),
    _money("spend"),
    Column("goals", JSON, nullable=False),
    Column("case_number", Text),
    Column("description", Text),
    Column("aliases", JSON, nullable=False),
    Column("rhythm_days", Integer),
    # What follows from the row itself, so that it can be searched and sorted by.
    Column("number_key", KEY, nullable=False),
    Column("title_key", KEY, nullable=False),
    Column("search_text", Text, nullable=False),
    Column("is_closed", Boolean, nullable=False),
    # What follows from the newest report and the milestones (storage.standing): a list needs no other table.
    Column("status_day", Date),
    *_lights(),
    Column("progress", Exact(2)),
    Column("overall_rank", SmallInteger, nullable=False, server_default="2"),
    Column("missing_after", Date),
    Column("late_after", Date),
    Index("ix_projects_facts", *PROJECT_FACTS),
    Index(None, "lead"),
    Index(None, "owner"),
)

# The lists of a project turned around, for finding projects by what is in them.
project_focus_areas = Table(
    "project_focus_areas",
    metadata,
    Column("focus_area", KEY, primary_key=True),
    _of_project(),
    Index(None, "project"),
    sqlite_with_rowid=False,
)
project_goals = Table(
    "project_goals",
    metadata,
    Column("goal", SmallInteger, primary_key=True, autoincrement=False),
    _of_project(),
    Index(None, "project"),
    sqlite_with_rowid=False,
)

reports = Table(
    "reports",
    metadata,
    _of_project(),
    Column("day", Date, primary_key=True),
    *_lights(),
    Column("progress", Exact(2)),
    Column("comment", Text),
    Column("next_step", Text),
    Column("author", Text),
)

milestones = Table(
    "milestones",
    metadata,
    _of_project(),
    Column("title", Text, primary_key=True),
    *planned("due"),
    Column("reached", Date),
    Index(None, "due_last", "project"),
)

benefits = Table(
    "benefits",
    metadata,
    _of_project(),
    Column("title", Text, primary_key=True),
    Column("kind", code(BenefitKind)),
    _figure("goal"),
    Column("unit", Text),
    _figure("realised"),
    Column("responsible", Text),
    *planned("follow_up"),
)

risks = Table(
    "risks",
    metadata,
    _of_project(),
    Column("title", Text, primary_key=True),
    Column("kind", code(RiskKind), nullable=False),
    Column("probability", SmallInteger),
    Column("impact", SmallInteger),
    Column("responsible", Text),
    Column("handling", Text),
    Column("closed", Date),
)

people = Table(
    "people",
    metadata,
    Column("email", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("unit", Text),
    Column("manager", Text),
    Column("role", code(Role), nullable=False),
    Column("entra_id", Text),
    Index(None, "entra_id", unique=True),
)

org_units = Table(
    "org_units",
    metadata,
    Column("name", Text, primary_key=True),
    Column("parent", Text),
    Column("manager", Text),
    Column("aliases", JSON, nullable=False),
    Index(None, "parent"),
)

focus_areas = Table(
    "focus_areas",
    metadata,
    Column("name", Text, primary_key=True),
    Column("period", Text),
    Column("short_name", Text),
    Column("aliases", JSON, nullable=False),
    Column("replaced_by", Text),
)

bodies = Table(
    "bodies",
    metadata,
    Column("name", Text, primary_key=True),
    Column("kind", code(BodyKind), nullable=False),
    Column("chair", Text),
    Column("secretary", Text),
    Column("members", JSON, nullable=False),
)

meetings = Table(
    "meetings",
    metadata,
    Column("body", Text, primary_key=True),
    Column("start", Instant, primary_key=True),
    Column("end", Instant),
    Column("place", Text),
    Column("topic", Text),
    Index(None, "start"),
)

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
    Column("service_url", Text, nullable=False),
    Column("bot", Text, nullable=False),
    Column("locale", Text),
    Column("team", Text),
    Column("channel", Text),
    Column("seen_at", Instant, nullable=False),
    Index(None, "tenant", "entra_id"),
)

welcomes = Table(
    "welcomes",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("conversation", Text, primary_key=True),
    Column("welcomed_at", Instant, nullable=False),
)
