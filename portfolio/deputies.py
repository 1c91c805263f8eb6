"""Deputies, who report in a lead's place for a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portfolio.identity import PersonId


@dataclass(frozen=True, slots=True)
class Deputy:
    """`deputy` reports for `lead` from `first` to `last`, both included: on `project`, or on all that they lead."""

    lead: PersonId
    deputy: PersonId
    first: date
    last: date
    project: str | None = None

    def covers(self, lead: PersonId | None, project: str, day: date) -> bool:
        return lead == self.lead and self.project in (None, project) and self.is_on(day)

    def is_on(self, day: date) -> bool:
        return self.first <= day <= self.last
