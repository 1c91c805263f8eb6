"""Answers to questions on the portfolio."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Generic, TypeVar

from portfolio.bodies import Body, Meeting
from portfolio.identity import PersonId
from portfolio.organisation import OrgUnit, Person
from portfolio.projects.changes import ProjectChange
from portfolio.projects.project import Benefit, Milestone, Project, Risk
from portfolio.projects.signals import Figures
from portfolio.projects.status import Rag, StatusReport
from portfolio.projects.strategy import FocusArea

T = TypeVar("T", Milestone, Benefit, Risk)


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """A line of a list. `lead_name` is None when the lead is no known person. `figures` are there where they contradict
    the lead."""

    number: str
    title: str
    overall: Rag
    status_day: date | None
    missing_status: bool
    late: bool
    org_unit: str | None
    lead: PersonId | None
    lead_name: str | None
    budget: Decimal | None
    spend: Decimal | None
    progress: Decimal | None
    is_closed: bool
    figures: Figures | None = None

    @property
    def consumption(self) -> Decimal | None:
        return 100 * self.spend / self.budget if self.budget and self.spend is not None else None


@dataclass(frozen=True, slots=True)
class ReportedProject:
    """A project with its newest report, if there is any."""

    project: Project
    report: StatusReport | None


@dataclass(frozen=True, slots=True)
class ProjectPage:
    """`total` and `colours` are of all hits, `rows` of the page asked for."""

    rows: tuple[ProjectRow, ...]
    total: int
    colours: Mapping[Rag, int]


@dataclass(frozen=True, slots=True)
class Measure:
    """A sum, an average or a share. `value` is None where no hit has a figure to add; `over` are those that do."""

    value: Decimal | None
    over: int


@dataclass(frozen=True, slots=True)
class Group:
    """The hits that have `key` in common, None where they have none; `value` is what was measured, None where none of
    them has a figure."""

    key: str | int | None
    value: Decimal | None
    projects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Belonging(Generic[T]):
    """A milestone, benefit or obstacle, with its project's title."""

    item: T
    title: str


@dataclass(frozen=True, slots=True)
class BelongingPage(Generic[T]):
    """`rows` are of the page asked for; `total` counts all, `projects` are those of all."""

    rows: tuple[Belonging[T], ...]
    total: int
    projects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeadSummary:
    """A project lead and how many of the hits are theirs; `lead` None gathers projects without a lead."""

    lead: PersonId | None
    name: str | None
    projects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProjectDetail:
    """A project with all that belongs to it. `reports` newest first, at most the latest 12; `changes` those that people
    made here, the newest first."""

    project: Project
    lead: Person | None
    owner: Person | None
    reports: tuple[StatusReport, ...]
    milestones: tuple[Milestone, ...]
    benefits: tuple[Benefit, ...]
    risks: tuple[Risk, ...]
    changes: tuple[ProjectChange, ...] = ()


@dataclass(frozen=True, slots=True)
class ProjectName:
    """The names by which people call a project, and its department, which tells it from others of the same title."""

    number: str
    title: str
    aliases: tuple[str, ...]
    is_closed: bool
    case_number: str | None = None
    org_unit: str | None = None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every name that people may use, as the database has them. `version` changes when any of it does, and when a
    status is published, so that the same names may come with another. `others` have left, or are known by their address
    alone: nothing is asked of them, but projects and history may name them."""

    version: int = field(compare=False)
    projects: tuple[ProjectName, ...]
    people: tuple[Person, ...]
    leads: frozenset[PersonId]
    owners: frozenset[PersonId]
    org_units: tuple[OrgUnit, ...]
    focus_areas: tuple[FocusArea, ...]
    bodies: tuple[Body, ...]
    others: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True)
class MeetingPage:
    meetings: tuple[Meeting, ...]
    total: int
