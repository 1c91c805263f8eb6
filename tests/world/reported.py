"""A small invented portfolio that people report on, and what they hand in, for tests of the stores."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from portfolio.bodies import Body, BodyKind
from portfolio.dates import Unit, in_unit, on_day
from portfolio.projects.project import Benefit, Milestone, Phase, Project, Risk, RiskKind
from portfolio.projects.status import Rag, StatusReport
from portfolio.status.reporting import Submission
from portfolio.whole import Portfolio
from tests.world.people import ASTRID, METTE, SOREN

NOW = datetime(2026, 6, 9, 8, 0, tzinfo=UTC)
TODAY = date(2026, 6, 9)
BOARD = "Project Board"

SCREENS = Project(
    "P1",
    "Skærmbesøg",
    lead=SOREN.id,
    owner=ASTRID.id,
    phase=Phase.EXECUTION,
    end=in_unit(date(2026, 9, 1), Unit.QUARTER),
    budget=Decimal("1000000.50"),
    spend=Decimal(900_000),
    rhythm_days=14,
)
PORTFOLIO = Portfolio(
    projects=(
        SCREENS,
        Project("P2", "Åben data", lead=SOREN.id),
        Project("P3", "Energi", lead=ASTRID.id),
        Project("P4", "Arkiv", lead=SOREN.id, phase=Phase.CLOSED),
        Project("P5", "Bibliotek", lead=SOREN.id),
        Project("P6", "Uden leder"),
    ),
    reports=(
        StatusReport("P1", date(2026, 5, 1), Rag.GREEN, comment="Det går godt"),
        StatusReport("P5", TODAY, Rag.AMBER, author=METTE.id),
        StatusReport("P3", date(2026, 4, 1), Rag.RED),
    ),
    milestones=(
        Milestone("P1", "Udbud", on_day(date(2026, 6, 1))),
        Milestone("P1", "Drift", in_unit(date(2026, 8, 1), Unit.MONTH)),
        Milestone("P1", "Behov", on_day(date(2026, 1, 1)), date(2026, 1, 5)),
    ),
    benefits=(Benefit("P1", "Færre kørsler", goal=Decimal(20), unit="%"),),
    risks=(Risk("P1", "Netværk", probability=2, impact=2), Risk("P1", "Økonomi", probability=1, impact=1)),
    people=(SOREN, ASTRID, METTE),
    bodies=(
        Body(BOARD, BodyKind.PROJECT_BOARD, members=(SOREN.id, METTE.id)),
        Body("Direktion", BodyKind.EXECUTIVE_BOARD),
    ),
)
AMBER = StatusReport("P1", TODAY, Rag.AMBER, progress=Decimal("62.5"), comment="Leverandøren er forsinket")


def handed_in(report: StatusReport = AMBER, revision: int = 1, at: datetime = NOW, by: str = SOREN.id) -> Submission:
    """The portfolio's own reports have raised the revision of their projects to one."""
    return Submission(report, revision, by, at)


def whole() -> Submission:
    """A report that says all that a report can."""
    return Submission(
        replace(AMBER, expected_end=in_unit(date(2026, 12, 1), Unit.MONTH), decision_wanted="Forlæng fristen"),
        1,
        SOREN.id,
        NOW,
        Risk("P1", "Netværk", RiskKind.BARRIER, 4, 5, SOREN.id, "Ny aftale"),
        ("Udbud", "Behov"),
        {"Færre kørsler": Decimal("7.25")},
    )


def later(hours: float) -> datetime:
    return NOW + timedelta(hours=hours)
