"""Projects, their milestones, benefits, risks and barriers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from portfolio.dates import PlanDate
from portfolio.identity import PersonId


class ProjectKind(StrEnum):
    NATIONAL = "national"
    JOINT_MUNICIPAL = "joint_municipal"
    INTER_MUNICIPAL = "inter_municipal"
    CROSS_CUTTING = "cross_cutting"
    LOCAL = "local"


class Phase(StrEnum):
    IDEA = "idea"
    ANALYSIS = "analysis"
    PLANNING = "planning"
    EXECUTION = "execution"
    REALISATION = "realisation"
    CLOSED = "closed"
    STOPPED = "stopped"


CLOSED_PHASES = frozenset({Phase.CLOSED, Phase.STOPPED})


@dataclass(frozen=True, slots=True)
class Project:
    """`number` is the identity (the workbook's Nr). Money in whole kroner with øre."""

    number: str
    title: str
    kind: ProjectKind | None = None
    focus_areas: tuple[str, ...] = ()
    org_unit: str | None = None
    lead: PersonId | None = None
    owner: PersonId | None = None
    phase: Phase | None = None
    priority: int | None = None
    start: PlanDate | None = None
    end: PlanDate | None = None
    budget: Decimal | None = None
    spend: Decimal | None = None
    goals: tuple[int, ...] = ()
    case_number: str | None = None
    description: str | None = None
    aliases: tuple[str, ...] = ()
    rhythm_days: int | None = None

    @property
    def is_closed(self) -> bool:
        return self.phase in CLOSED_PHASES

    @property
    def is_over_budget(self) -> bool:
        return self.budget is not None and self.spend is not None and self.spend > self.budget


@dataclass(frozen=True, slots=True)
class Milestone:
    project: str
    title: str
    due: PlanDate | None = None
    reached: date | None = None

    def is_missed(self, today: date) -> bool:
        return self.reached is None and self.due is not None and self.due.passed(today)


class BenefitKind(StrEnum):
    ECONOMIC = "economic"
    QUALITY = "quality"
    CITIZEN = "citizen"
    EMPLOYEE = "employee"


@dataclass(frozen=True, slots=True)
class Benefit:
    """`goal` and `realised` are figures in `unit` ("kr.", "timer", "%")."""

    project: str
    title: str
    kind: BenefitKind | None = None
    goal: Decimal | None = None
    unit: str | None = None
    realised: Decimal | None = None
    responsible: PersonId | None = None
    follow_up: PlanDate | None = None


class RiskKind(StrEnum):
    RISK = "risk"
    BARRIER = "barrier"


@dataclass(frozen=True, slots=True)
class Risk:
    """A risk, or a barrier that the steering group is asked to remove. Probability and impact 1-5."""

    project: str
    title: str
    kind: RiskKind = RiskKind.RISK
    probability: int | None = None
    impact: int | None = None
    responsible: PersonId | None = None
    handling: str | None = None
    closed: date | None = None

    @property
    def score(self) -> int | None:
        return None if self.probability is None or self.impact is None else self.probability * self.impact
