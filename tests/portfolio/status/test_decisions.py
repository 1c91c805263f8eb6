"""What the steering group is asked for, and since when."""

from __future__ import annotations

from datetime import UTC, date, datetime

from portfolio.projects.project import Project, Risk, RiskKind
from portfolio.projects.status import Rag, StatusReport
from portfolio.questions.answers import ProjectDetail
from portfolio.status.decisions import Decision, decisions_wanted
from portfolio.status.reporting import Publication, Reportable, Snapshot
from tests.world.people import SOREN

BARRIER = Risk("P001", "Ingen jurist", RiskKind.BARRIER)


def report(day: int, wish: str | None = None) -> StatusReport:
    return StatusReport("P001", date(2026, 6, day), Rag.AMBER, decision_wanted=wish)


def publication(day: int, *risks: Risk) -> Publication:
    at = datetime(2026, 6, day, 8, tzinfo=UTC)
    return Publication(report(day), 1, at, SOREN.id, Snapshot(risks=risks))


def wanted(reports: list[StatusReport], publications: list[Publication], *risks: Risk) -> tuple[Decision, ...]:
    """Newest first, both."""
    detail = ProjectDetail(Project("P001", "Skærmbesøg"), None, None, tuple(reports), (), (), risks)
    return decisions_wanted(Reportable(detail, 1, tuple(publications)))


def test_wish_is_as_old_as_the_first_report_in_a_row_that_has_it():
    (decision,) = wanted([report(9, "Stop?"), report(6, "Stop?"), report(3, "Andet?"), report(1, "Stop?")], [])
    assert decision == Decision("P001", "Skærmbesøg", "Stop?", date(2026, 6, 6))


def test_wish_of_an_older_report_is_no_longer_asked():
    assert wanted([report(9), report(6, "Stop?")], []) == ()


def test_barrier_is_as_old_as_the_first_report_in_a_row_that_has_it():
    published = [publication(9, BARRIER), publication(6, BARRIER), publication(3), publication(1, BARRIER)]
    (decision,) = wanted([report(9)], published, BARRIER)
    assert (decision.asked, decision.since, decision.is_barrier) == ("Ingen jurist", date(2026, 6, 6), True)


def test_barrier_that_came_from_a_file_has_no_age():
    (decision,) = wanted([report(9)], [publication(9)], BARRIER)
    assert decision.since is None


def test_risk_and_closed_barrier_ask_nobody():
    closed = Risk("P001", "Gammel", RiskKind.BARRIER, closed=date(2026, 1, 1))
    assert wanted([], [], closed, Risk("P001", "Leverandøren går")) == ()
