"""Colours over time: what changed from one report to the next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from portfolio.identity import PersonId
from portfolio.projects.status import Light, Rag, StatusReport
from portfolio.status.reporting import Publication


@dataclass(frozen=True, slots=True)
class ProjectHistory:
    """A project's reports in a period, oldest first; `before` is the one in force when it began."""

    number: str
    title: str
    lead: PersonId | None
    lead_name: str | None
    before: StatusReport | None
    reports: tuple[StatusReport, ...]

    @property
    def colours(self) -> tuple[Rag, ...]:
        """Lists the colour that it had, and each that it turned to: no colour twice in a row."""
        start = self.before.overall if self.before else Rag.NONE
        return (start, *(report.overall for report in turns(self.reports, self.before)))


def turns(reports: Sequence[StatusReport], before: StatusReport | None = None) -> tuple[StatusReport, ...]:
    """The reports, oldest first, whose overall colour is another than the one before."""
    earlier = [before.overall if before else Rag.NONE, *(report.overall for report in reports)]
    return tuple(report for report, old in zip(reports, earlier, strict=False) if report.overall is not old)


@dataclass(frozen=True, slots=True)
class Correction:
    """A later version of a report: by whom, when (with its zone), and what it says instead of what.
    `is_withdrawal`: the report was taken back, and nothing stands instead."""

    at: datetime
    by: PersonId
    before: StatusReport
    report: StatusReport
    is_withdrawal: bool = False


def corrections(publications: Iterable[Publication]) -> tuple[Correction, ...]:
    """Lists each version that took the place of another on its day, the newest first."""
    ordered = sorted(publications, key=lambda publication: (publication.report.day, publication.version))
    pairs = [pair for pair in pairwise(ordered) if pair[0].report.day == pair[1].report.day]
    return tuple(Correction(new.at, new.by, old.report, new.report, new.is_withdrawn) for old, new in reversed(pairs))


def lights_changed(before: StatusReport | None, report: StatusReport) -> tuple[tuple[Light, Rag, Rag], ...]:
    """The lights beside the overall one that have another colour than before, each with that and its new one; nothing
    for a first report."""
    if before is None:
        return ()
    pairs = [(light, before.light(light), report.light(light)) for light in Light if light is not Light.OVERALL]
    return tuple(pair for pair in pairs if pair[1] is not pair[2])
