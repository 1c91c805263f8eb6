"""Who may do what."""

from __future__ import annotations

from portfolio.organisation import Person, Role

# Whether a person with this role may read the portfolio; None is a member of the organisation who is not known.
READS_PORTFOLIO: dict[Role | None, bool] = {
    Role.EMPLOYEE: True,
    Role.PROJECT_LEAD: True,
    Role.MANAGER: True,
    Role.HEAD: True,
    Role.DIRECTOR: True,
    Role.SECRETARY: True,
    Role.ADMINISTRATOR: True,
    None: True,
}


def may_read_portfolio(person: Person | None, *, is_guest: bool) -> bool:
    """A guest only when known, which is how a guest is given a role."""
    if is_guest and person is None:
        return False
    return READS_PORTFOLIO[person.role if person else None]
