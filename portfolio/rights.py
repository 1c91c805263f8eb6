"""The rights of people."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from portfolio.bodies import Body
from portfolio.deputies import Deputy
from portfolio.identity import PersonId
from portfolio.organisation import Person, Role
from portfolio.projects.project import Project

# The portfolio office may do for a project what its own people may.
PORTFOLIO_OFFICE = frozenset({Role.SECRETARY, Role.ADMINISTRATOR})


def is_portfolio_office(person: Person) -> bool:
    return not PORTFOLIO_OFFICE.isdisjoint(person.roles)


def may_stop_reminders(person: Person) -> bool:
    """Say whether the person stops and resumes others' reminders, and releases or discards a large run."""
    return is_portfolio_office(person)


def reporters(project: Project, deputies: Iterable[Deputy], today: date) -> tuple[PersonId, ...]:
    """Those who report on a project beside the portfolio office: lead, deputies of the day, owner."""
    covering = [deputy.deputy for deputy in deputies if deputy.covers(project.lead, project.number, today)]
    named = [project.lead, *covering, project.owner]
    return tuple(dict.fromkeys(one for one in named if one))


def may_report(person: Person, project: Project, deputies: Iterable[Deputy], today: date) -> bool:
    return is_portfolio_office(person) or person.id in reporters(project, deputies, today)


def may_hand_over(person: Person, project: Project) -> bool:
    """Gives the project another lead, which a deputy may not."""
    return is_portfolio_office(person) or person.id in (project.lead, project.owner)


def may_set_rhythm(person: Person, project: Project) -> bool:
    """Decides how often a project is asked for status."""
    return may_hand_over(person, project)


def may_name_deputy(person: Person, lead: PersonId) -> bool:
    """Leads name their own deputies; the portfolio office names anybody's."""
    return is_portfolio_office(person) or person.id == lead


def may_run_round(person: Person, body: Body) -> bool:
    return is_portfolio_office(person) or person.id in (body.chair, body.secretary)


def may_change_meeting(person: Person, body: Body) -> bool:
    """Change when it is held, or whether."""
    return may_run_round(person, body)


def may_bind_channel(person: Person, body: Body) -> bool:
    """The secretary, who calls the meetings, says where they are announced."""
    return is_portfolio_office(person) or person.id == body.secretary
