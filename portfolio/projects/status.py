"""Status reports, and what their age and colours mean."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from portfolio.dates import PlanDate
from portfolio.identity import PersonId
from portfolio.projects.project import Milestone, Project

DEFAULT_RHYTHM_DAYS = 28


class Rag(StrEnum):
    """Colours in the order they are shown everywhere. `none` stands for no report, or no colour in it."""

    RED = "red"
    AMBER = "amber"
    NONE = "none"
    GREEN = "green"


class Light(StrEnum):
    OVERALL = "overall"
    TIME = "time"
    ECONOMY = "economy"
    QUALITY = "quality"
    BENEFITS = "benefits"
    RISK = "risk"


@dataclass(frozen=True, slots=True)
class StatusReport:
    """A report on one project at one day. `progress` in per cent, 0-100. `expected_end` is when the lead believes it
    ends, where that is not the planned end; `decision_wanted` what the steering group is asked to decide."""

    project: str
    day: date
    overall: Rag = Rag.NONE
    time: Rag = Rag.NONE
    economy: Rag = Rag.NONE
    quality: Rag = Rag.NONE
    benefits: Rag = Rag.NONE
    risk: Rag = Rag.NONE
    progress: Decimal | None = None
    comment: str | None = None
    next_step: str | None = None
    author: PersonId | None = None
    expected_end: PlanDate | None = None
    decision_wanted: str | None = None

    def light(self, light: Light) -> Rag:
        colour: Rag = getattr(self, light.value)
        return colour


def is_missing_status(project: Project, newest: StatusReport | None, today: date) -> bool:
    """Says whether there is no report within the project's own rhythm, 28 days where it has none."""
    return newest is None or (today - newest.day).days > (project.rhythm_days or DEFAULT_RHYTHM_DAYS)


def is_late(project: Project, milestones: Iterable[Milestone], today: date) -> bool:
    """Planned end before today and not closed, or an unreached milestone before today."""
    overrun = project.end is not None and project.end.passed(today) and not project.is_closed
    return overrun or any(milestone.is_missed(today) for milestone in milestones)
