"""The tables of people, departments, focus areas and bodies."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Index, Table, Text

from portfolio.bodies import Body, BodyKind
from portfolio.organisation import OrgUnit, Person, Role
from portfolio.projects.strategy import FocusArea
from storage.columns import code, metadata
from storage.records import RecordMapping

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

PEOPLE = RecordMapping(Person, people, kept=frozenset({"entra_id"}))
ORG_UNITS = RecordMapping(OrgUnit, org_units)
FOCUS_AREAS = RecordMapping(FocusArea, focus_areas)
BODIES = RecordMapping(Body, bodies)
