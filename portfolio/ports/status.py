"""Reports, deputies and hand-overs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from portfolio.deputies import Deputy
from portfolio.identity import PersonId
from portfolio.status.reporting import Publication, Reportable, Submission


class ReportingStore(Protocol):
    """Reports on projects, and who gives them. Every change is in the audit log, in the same transaction."""

    async def reportable(self, number: str) -> Reportable | None: ...

    async def led_by(self, person: PersonId, today: date) -> list[Reportable]:
        """The open projects that the person leads, or reports on as a deputy that day: those without a report first,
        then the ones whose status has been missing longest, then the rest by when theirs will be."""

    async def publish(self, submission: Submission, draft: str | None = None) -> Publication:
        """Takes the report in, freezes it, and marks the form `draft` as done with it, all or nothing.

        Of many at once with the same revision one is taken. Raises Overtaken and ProjectClosed; nothing is stored then.
        """

    async def take_back(self, number: str, revision: int, by: PersonId, at: datetime) -> Publication:
        """Takes the newest publication back, with what it changed of the project: the report before it is in force
        again. Gives the version that says so. Raises Overtaken and ProjectClosed."""

    async def hand_over(self, number: str, lead: PersonId | None, revision: int, by: PersonId, at: datetime) -> None:
        """Gives the project another lead, or none. Raises Overtaken and ProjectClosed."""

    async def deputies_of(self, person: PersonId, today: date) -> list[Deputy]:
        """Lists those of the person as lead that have not ended before `today`, the first to begin first."""

    async def set_deputy(self, deputy: Deputy, by: PersonId, at: datetime) -> None:
        """Changes the one with the same people, first day and project, where there is one."""

    async def end_deputy(self, deputy: Deputy, by: PersonId, at: datetime) -> bool:
        """False when there was none."""
