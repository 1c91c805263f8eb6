"""Decisions that a steering group is asked for in a project's newest report, and since when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from portfolio.projects.project import RiskKind
from portfolio.projects.status import StatusReport
from portfolio.status.reporting import Publication, Reportable


@dataclass(frozen=True, slots=True)
class Decision:
    """A barrier to remove, or a wish for a decision; `since` is the day of the first report in a row that has it, None
    where no report does."""

    project: str
    title: str
    asked: str
    since: date | None
    is_barrier: bool = False


def decisions_wanted(reportable: Reportable) -> tuple[Decision, ...]:
    """The wish first, then the barriers that are open."""
    project = reportable.detail.project
    wishes = [
        Decision(project.number, project.title, wish, _first(report.day for report in _with_wish(reportable, wish)))
        for wish in [reportable.newest.decision_wanted if reportable.newest else None]
        if wish
    ]
    barriers = [
        Decision(project.number, project.title, risk.title, _barred_since(reportable, risk.title), is_barrier=True)
        for risk in reportable.detail.risks
        if risk.kind is RiskKind.BARRIER and risk.closed is None
    ]
    return (*wishes, *barriers)


def _with_wish(reportable: Reportable, wish: str) -> Iterator[StatusReport]:
    return takewhile(lambda report: report.decision_wanted == wish, reportable.detail.reports)


def _barred_since(reportable: Reportable, title: str) -> date | None:
    return _first(
        publication.report.day
        for publication in takewhile(lambda publication: _has(publication, title), reportable.publications)
    )


def _has(publication: Publication, title: str) -> bool:
    risks = publication.snapshot.risks
    return any(risk.title == title and risk.kind is RiskKind.BARRIER and risk.closed is None for risk in risks)


def _first(days: Iterable[date]) -> date | None:
    """Gives the last of days with the newest first."""
    return min(days, default=None)
