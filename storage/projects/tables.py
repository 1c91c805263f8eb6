"""The tables of projects, and of what belongs to them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import JSON, Boolean, Column, Date, Index, Integer, SmallInteger, Table, Text

from portfolio.projects.project import Benefit, BenefitKind, Milestone, Phase, Project, ProjectKind, Risk, RiskKind
from portfolio.projects.status import StatusReport
from storage.columns import KEY, Exact, code, lights, metadata, of_project, planned
from storage.records import RecordMapping, Row
from storage.sorting import danish_key, number_key, searchable

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
    Column("budget", Exact(2)),
    Column("spend", Exact(2)),
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
    # What follows from the newest report and the milestones (summary_columns.py): a list needs no other table.
    Column("status_day", Date),
    *lights(),
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
    of_project(),
    Index(None, "project"),
    sqlite_with_rowid=False,
)

project_goals = Table(
    "project_goals",
    metadata,
    Column("goal", SmallInteger, primary_key=True, autoincrement=False),
    of_project(),
    Index(None, "project"),
    sqlite_with_rowid=False,
)

reports = Table(
    "reports",
    metadata,
    of_project(),
    Column("day", Date, primary_key=True),
    *lights(),
    Column("progress", Exact(2)),
    Column("comment", Text),
    Column("next_step", Text),
    Column("author", Text),
    *planned("expected_end"),
    Column("decision_wanted", Text),
)

milestones = Table(
    "milestones",
    metadata,
    of_project(),
    Column("title", Text, primary_key=True),
    *planned("due"),
    Column("reached", Date),
    Index(None, "due_last", "project"),
)

benefits = Table(
    "benefits",
    metadata,
    of_project(),
    Column("title", Text, primary_key=True),
    Column("kind", code(BenefitKind)),
    Column("goal", Exact(6)),
    Column("unit", Text),
    Column("realised", Exact(6)),
    Column("responsible", Text),
    *planned("follow_up"),
)

risks = Table(
    "risks",
    metadata,
    of_project(),
    Column("title", Text, primary_key=True),
    Column("kind", code(RiskKind), nullable=False),
    Column("probability", SmallInteger),
    Column("impact", SmallInteger),
    Column("responsible", Text),
    Column("handling", Text),
    Column("closed", Date),
)


def made_of_words(
    number: str, title: str, aliases: Sequence[str], case_number: str | None, description: str | None
) -> Row:
    """Works out what follows from a project's words alone."""
    words = (number, title, *aliases, case_number or "", description or "")
    return {"title_key": danish_key(title), "search_text": "\n".join(searchable(text) for text in words)}


def _derived_columns(project: Project) -> Row:
    words = made_of_words(project.number, project.title, project.aliases, project.case_number, project.description)
    return {"number_key": number_key(project.number), **words, "is_closed": project.is_closed}


PROJECTS = RecordMapping(Project, projects, _derived_columns, kept=frozenset({"rhythm_days"}))
REPORTS = RecordMapping(StatusReport, reports, kept=frozenset({"expected_end", "decision_wanted"}))
MILESTONES = RecordMapping(Milestone, milestones)
BENEFITS = RecordMapping(Benefit, benefits)
RISKS = RecordMapping(Risk, risks)
