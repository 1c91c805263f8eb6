"""Decisions that a steering group is asked for in a project's newest report, and since when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from portfolio.projects.project import Risk, RiskKind
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
    return tuple(_wanted(reportable))


def _wanted(reportable: Reportable) -> Iterator[Decision]:
    project, newest = reportable.detail.project, reportable.newest
    if newest and newest.decision_wanted:
        wish = newest.decision_wanted
        having = takewhile(lambda report: report.decision_wanted == wish, reportable.detail.reports)
        yield Decision(project.number, project.title, wish, min(report.day for report in having))
    for barrier in _open_barriers(reportable.detail.risks):
        since = _barred_since(reportable.standing, barrier)
        yield Decision(project.number, project.title, barrier, since, is_barrier=True)


def _barred_since(publications: Iterable[Publication], barrier: str) -> date | None:
    having = takewhile(lambda publication: barrier in _open_barriers(publication.snapshot.risks), publications)
    return min((publication.report.day for publication in having), default=None)


def _open_barriers(risks: Iterable[Risk]) -> list[str]:
    return [risk.title for risk in risks if risk.kind is RiskKind.BARRIER and risk.closed is None]
