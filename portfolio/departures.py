"""What stays behind of somebody who left, for the portfolio office to hand over."""

from __future__ import annotations

from dataclasses import dataclass

from portfolio.identity import PersonId
from portfolio.organisation import Person


@dataclass(frozen=True, slots=True)
class Departure:
    """Lists what stays behind of somebody who left: the numbers of open projects that they `lead` and `own`, and of
    those in which they are responsible for `risks` and `benefits`; the names of their `bodies`, and of the departments
    they manage. They stood in for the people of `stood_in_for`, and had `deputies` themselves."""

    person: Person
    leads: tuple[str, ...] = ()
    owns: tuple[str, ...] = ()
    risks: tuple[str, ...] = ()
    benefits: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    stood_in_for: tuple[PersonId, ...] = ()
    deputies: tuple[PersonId, ...] = ()

    @property
    def is_something_left(self) -> bool:
        """Says whether anything is to be handed over."""
        theirs = (self.leads, self.owns, self.risks, self.benefits, self.bodies, self.departments, self.person.roles)
        return any((*theirs, self.stood_in_for))
