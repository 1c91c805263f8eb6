"""Changes that people make to a project itself: that it is closed, when it ends, what is reached."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from portfolio.dates import PlanDate, Unit
from portfolio.identity import PersonId
from portfolio.projects.project import Milestone, Phase, Project

Value = Phase | PlanDate | date | None


class Aspect(StrEnum):
    """The aspect of a project that is changed."""

    PHASE = "phase"
    END = "end"
    DUE = "due"
    REACHED = "reached"


@dataclass(frozen=True, slots=True)
class ProjectChange:
    """`by` changed an aspect of the project, or of the `milestone` with that title, at `at`, which carries its zone."""

    project: str
    aspect: Aspect
    before: Value
    after: Value
    by: PersonId
    at: datetime
    reason: str | None = None
    milestone: str | None = None


def value_in(aspect: Aspect, project: Project, milestone: Milestone | None) -> Value:
    """Gives what the aspect is now."""
    match aspect:
        case Aspect.PHASE:
            return project.phase
        case Aspect.END:
            return project.end
        case Aspect.DUE:
            return milestone.due if milestone else None
        case Aspect.REACHED:
            return milestone.reached if milestone else None


def write_value(value: Value) -> str | None:
    """Writes a value as rows keep it."""
    match value:
        case PlanDate():
            return f"{value.first.isoformat()}/{value.last.isoformat()}/{value.unit.value}"
        case date():
            return value.isoformat()
        case Phase():
            return value.value
        case None:
            return None


def read_value(aspect: Aspect, written: str | None) -> Value:
    """Reads what `write_value` wrote. Raises ValueError for anything else."""
    if written is None:
        return None
    match aspect:
        case Aspect.PHASE:
            return Phase(written)
        case Aspect.REACHED:
            return date.fromisoformat(written)
        case Aspect.END | Aspect.DUE:
            first, last, unit = written.split("/")
            return PlanDate(date.fromisoformat(first), date.fromisoformat(last), Unit(unit))
