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

from portfolio.audit import Action
from portfolio.bodies import BodyKind
from portfolio.conversations import ConversationKind
from portfolio.organisation import Role
from portfolio.projects.project import BenefitKind, Phase, ProjectKind, RiskKind
from portfolio.projects.status import Rag
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
    *("start_first", "end_last", "disputed_after"),
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
    # How often it is asked for status, where that was decided; and when it first was known.
    Column("asked_every", Integer),
    Column("added_on", Date),
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
    Column("expected_last", Date),
    Column("milestone_last", Date),
    Column("disputed_after", Date),
    # Grows with every report and every change of lead, so that nobody reports on something else than was seen.
    Column("revision", Integer, nullable=False, server_default="0"),
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
    *planned("expected_end"),
    Column("decision_wanted", Text),
)

# Every version of every report given through Tovholder, as it was then; `reports` holds the one in force.
publications = Table(
    "publications",
    metadata,
    _of_project(),
    Column("day", Date, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("by", Text, nullable=False),
    Column("is_unchanged", Boolean, nullable=False),
    Column("report", JSON, nullable=False),
    Column("snapshot", JSON, nullable=False),
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

deputies = Table(
    "deputies",
    metadata,
    Column("lead", Text, primary_key=True),
    Column("deputy", Text, primary_key=True),
    Column("first", Date, primary_key=True),
    Column("project", Text, primary_key=True),  # "" for all that they lead
    Column("last", Date, nullable=False),
    Index(None, "deputy"),
)

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

audit = Table(
    "audit",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("at", Instant, nullable=False),
    Column("by", Text, nullable=False),
    Column("action", code(Action), nullable=False),
    Column("project", KEY),
    Column("detail", JSON, nullable=False),
    Index(None, "project", "id"),
)
