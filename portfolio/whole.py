"""A whole portfolio at once, as a workbook carries it."""

from __future__ import annotations

from dataclasses import dataclass

from portfolio.bodies import Body, Meeting
from portfolio.organisation import OrgUnit, Person
from portfolio.projects.project import Benefit, Milestone, Project, Risk
from portfolio.projects.status import StatusReport
from portfolio.projects.strategy import FocusArea


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Every record has an identity: a project its number, a person the e-mail, departments, focus areas and bodies
    their name, a report (project, day), a milestone, benefit or risk (project, title), a meeting the body and
    the time it was first to start."""

    projects: tuple[Project, ...] = ()
    reports: tuple[StatusReport, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    benefits: tuple[Benefit, ...] = ()
    risks: tuple[Risk, ...] = ()
    people: tuple[Person, ...] = ()
    org_units: tuple[OrgUnit, ...] = ()
    focus_areas: tuple[FocusArea, ...] = ()
    bodies: tuple[Body, ...] = ()
    meetings: tuple[Meeting, ...] = ()
