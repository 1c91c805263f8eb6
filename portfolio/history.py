"""Colours over time: what changed from one report to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from portfolio.status import Light, Rag, StatusReport


@dataclass(frozen=True, slots=True)
class ProjectHistory:
    """A project's reports in a period, oldest first; `before` is the one in force when it began."""

    number: str
    title: str
    lead: str | None
    lead_name: str | None
    before: StatusReport | None
    reports: tuple[StatusReport, ...]

    @property
    def colours(self) -> tuple[Rag, ...]:
        """From the colour it had, through each change, to the one it has: no colour twice in a row."""
        start = self.before.overall if self.before else Rag.NONE
        return (start, *(report.overall for report in turns(self.reports, self.before)))


def turns(reports: Sequence[StatusReport], before: StatusReport | None = None) -> tuple[StatusReport, ...]:
    """The reports, oldest first, whose overall colour is another than the one before."""
    previous = before.overall if before else Rag.NONE
    found = []
    for report in reports:
        if report.overall is not previous:
            found.append(report)
        previous = report.overall
    return tuple(found)


def lights_changed(before: StatusReport | None, report: StatusReport) -> tuple[tuple[Light, Rag, Rag], ...]:
    """The lights beside the overall one that have another colour than before, each with that and its new one; nothing
    for a first report."""
    if before is None:
        return ()
    pairs = [(light, before.light(light), report.light(light)) for light in Light if light is not Light.OVERALL]
    return tuple(pair for pair in pairs if pair[1] is not pair[2])
