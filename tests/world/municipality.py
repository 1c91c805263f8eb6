"""A small municipality's people, projects and a board with a meeting, for tests of who does what for whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from portfolio.bodies import Body, BodyKind, Meeting
from portfolio.projects.project import Phase, Project, Risk, RiskKind
from portfolio.projects.status import Rag, StatusReport
from portfolio.whole import Portfolio
from tests.world.people import AAGE, GRY, IB, INGE, MARKUP_PERSON, METTE, SOREN, VAGN, person
from tests.world.portfolio import LONG_TITLE, MARKUP_TITLE

EVERYONE = (SOREN, GRY, MARKUP_PERSON, METTE, AAGE, INGE, VAGN, IB)

BOARD = Body(
    "Project Board",
    BodyKind.PROJECT_BOARD,
    chair=VAGN.id,
    secretary=INGE.id,
    members=(SOREN.id, AAGE.id, MARKUP_PERSON.id),
)
COUNCIL = Body("Direktionen", BodyKind.EXECUTIVE_BOARD, chair=VAGN.id)
MEETING = datetime(2026, 6, 18, 7, tzinfo=UTC)  # nine o'clock in Denmark, in week 25

PROJECTS = (
    Project("P001", "Skærmbesøg i hjemmeplejen", lead=SOREN.id, owner=GRY.id, phase=Phase.EXECUTION),
    Project("P002", "Digital post", lead=SOREN.id, phase=Phase.PLANNING),
    Project("P003", "Byggesager på nettet", lead=AAGE.id, owner=GRY.id, phase=Phase.EXECUTION),
    Project("P004", MARKUP_TITLE, lead=MARKUP_PERSON.id, phase=Phase.EXECUTION),
    Project("P005", "Gammelt bibliotekssystem", lead=SOREN.id, phase=Phase.CLOSED),
    Project("P006", "Skolernes netværk", lead=METTE.id, phase=Phase.IDEA),
    Project("P007", "Herreløst arkiv", owner=GRY.id, phase=Phase.IDEA),
)
REPORTS = (
    StatusReport("P001", date(2026, 6, 1), Rag.GREEN, progress=Decimal(40), comment="Det går godt"),
    StatusReport("P002", date(2026, 6, 2), Rag.AMBER, comment="Vi mangler en aftale"),
    StatusReport("P003", date(2026, 5, 20), Rag.RED, comment="Leverandøren er gået konkurs"),
)
CAST = Portfolio(
    projects=PROJECTS,
    reports=REPORTS,
    risks=(
        Risk("P001", "Leverandøren går", probability=3, impact=4),
        Risk("P003", "Ingen hjemmel", RiskKind.BARRIER, 4, 5),
        Risk("P003", "Lukket sag", RiskKind.BARRIER, closed=date(2026, 1, 5)),
    ),
    people=EVERYONE,
    bodies=(BOARD, COUNCIL),
    meetings=(
        Meeting(BOARD.name, datetime(2026, 6, 9, 6, tzinfo=UTC)),
        Meeting(BOARD.name, MEETING),
        Meeting(BOARD.name, datetime(2026, 8, 20, 7, tzinfo=UTC)),
        Meeting(COUNCIL.name, datetime(2026, 6, 24, 8, 30, tzinfo=UTC)),
    ),
)


def crowd(count: int) -> Portfolio:
    """Makes as many projects as asked for, each with a lead of its own, all with the longest names that there are."""
    people = tuple(person(f"leder{at}@birkefjord.example", f"{at} {LONG_TITLE}") for at in range(count))
    projects = tuple(
        Project(f"L{at:03}", f"{at} {LONG_TITLE}", lead=person.id, phase=Phase.EXECUTION)
        for at, person in enumerate(people)
    )
    reports = tuple(
        StatusReport(one.number, date(2026, 5, 1), Rag.GREEN if at % 2 else Rag.AMBER)
        for at, one in enumerate(projects)
    )
    body = replace(BOARD, members=tuple(person.id for person in people))
    return Portfolio(projects=projects, reports=reports, people=people, bodies=(body,))
