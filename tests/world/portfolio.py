"""A small invented portfolio with awkward names, for tests of what people read."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from portfolio.bodies import Body, BodyKind, Meeting
from portfolio.dates import Unit, in_unit, on_day
from portfolio.organisation import OrgUnit
from portfolio.projects.project import Benefit, BenefitKind, Milestone, Phase, Project, ProjectKind, Risk, RiskKind
from portfolio.projects.status import Rag, StatusReport
from portfolio.projects.strategy import FocusArea
from portfolio.whole import Portfolio
from tests.world.people import GRY, MARKUP_PERSON, SOREN

NOW = datetime(2026, 6, 9, 8, 0, tzinfo=UTC)
PEOPLE = (SOREN, GRY, MARKUP_PERSON)

CLIMATE = "Klima og ressourcer"
MARKUP_TITLE = "**Fed** [x](http://evil.example) <at>Alle</at> # _nej_ `kode` {{DATE(2026-01-01,SHORT)}}"
LONG_TITLE = "Æblegrød " * 33

SCREEN_VISITS = Project(
    "P001",
    "Skærmbesøg i hjemmeplejen",
    kind=ProjectKind.LOCAL,
    focus_areas=(CLIMATE,),
    org_unit="Skoler",
    lead=SOREN.id,
    owner=GRY.id,
    phase=Phase.EXECUTION,
    priority=1,
    start=on_day(date(2025, 1, 1)),
    end=in_unit(date(2026, 9, 1), Unit.QUARTER),
    budget=Decimal(1_250_000),
    spend=Decimal(1_500_000),
    goals=(3, 13),
    case_number="S2026-4857",
    description="1. Besøg på skærm.",
    aliases=("Skærmbesøg",),
)


def _filler(number: int) -> Project:
    """Enough of them to fill more than two pages."""
    return Project(f"P{number:03}", f"Projekt nummer {number}", org_unit="Teknik", phase=Phase.ANALYSIS)


PROJECTS = (
    SCREEN_VISITS,
    Project("P002", MARKUP_TITLE, org_unit="Skoler", lead=MARKUP_PERSON.id, phase=Phase.PLANNING),
    Project("P003", LONG_TITLE, org_unit="Børn og Unge", lead=SOREN.id, budget=Decimal(500_000)),
    Project("P004", "Gammelt bibliotekssystem", org_unit="Skoler", phase=Phase.CLOSED),
    *(_filler(number) for number in range(10, 30)),
)
REPORTS = (
    StatusReport(
        "P001",
        date(2026, 4, 3),
        Rag.RED,
        Rag.AMBER,
        Rag.RED,
        Rag.GREEN,
        progress=Decimal("12.5"),
        comment="# Vi venter\n- på [udbud](javascript:alert(1))",
        next_step="1. juli: ny aftale",
    ),
    *(StatusReport("P001", date(2026, month, 1), Rag.GREEN, progress=Decimal(month)) for month in (1, 2, 3)),
    StatusReport("P002", date(2026, 6, 8), Rag.RED),
    StatusReport("P003", date(2026, 6, 9), Rag.GREEN),
    *(StatusReport(f"P{number:03}", date(2026, 6, 1), Rag.AMBER) for number in range(10, 29)),
)
SMALL = Portfolio(
    projects=PROJECTS,
    reports=REPORTS,
    milestones=(
        Milestone("P001", "Udbud sendt", on_day(date(2026, 3, 1))),
        Milestone("P001", "Aftale *klar*", in_unit(date(2026, 7, 1), Unit.MONTH)),
        Milestone("P001", "Behov samlet", on_day(date(2025, 9, 1)), reached=date(2025, 8, 30)),
        *(Milestone("P003", f"Trin {step} {LONG_TITLE}", on_day(date(2026, 8, 1))) for step in range(30)),
    ),
    benefits=(
        Benefit("P001", "Færre kørte km", BenefitKind.CITIZEN, Decimal(20), "%", Decimal("7.5"), GRY.id,
                in_unit(date(2027, 1, 1), Unit.QUARTER)),
        Benefit("P001", "Sparet tid", BenefitKind.ECONOMIC, Decimal(300_000), "kr."),
    ),
    risks=(
        Risk("P001", "Lukket risiko", probability=5, impact=5, closed=date(2026, 2, 1)),
        Risk("P001", "Leverandøren går", probability=3, impact=4, handling="Ny aftale", responsible=SOREN.id),
        Risk("P001", "Ingen borgere vil", RiskKind.BARRIER, 2, 2),
    ),
    people=PEOPLE,
    org_units=(
        OrgUnit("Børn og Unge", manager=GRY.id),
        OrgUnit("Skoler", "Børn og Unge"),
        OrgUnit("Teknik"),
    ),
    focus_areas=(FocusArea(CLIMATE, "2021-2025"),),
    bodies=(
        Body("Digitaliseringsstyregruppen", BodyKind.STEERING_GROUP, GRY.id, None, (SOREN.id, GRY.id)),
    ),
    meetings=(
        Meeting("Digitaliseringsstyregruppen", datetime(2026, 6, 16, 7, tzinfo=UTC),
                datetime(2026, 6, 16, 9, 30, tzinfo=UTC), "Byrådssalen", "Status *nu*"),
        Meeting("Digitaliseringsstyregruppen", datetime(2027, 9, 1, 7, tzinfo=UTC)),
    ),
)  # fmt: skip
