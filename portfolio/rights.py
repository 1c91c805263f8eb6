"""The rights of people: one table says in which part somebody may do what. Where it is done changes nothing in that."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from enum import StrEnum

from portfolio.bodies import Body
from portfolio.deputies import Deputy
from portfolio.identity import PersonId
from portfolio.organisation import Person, Role
from portfolio.projects.project import Project


class Part(StrEnum):
    """The part that somebody has in what is done: the portfolio office in everything, the others in a project or in a
    body. A deputy reports in the lead's place, in their time and on their projects. Managers are those above the lead,
    and those of the departments that the project and its lead belong to."""

    OFFICE = "office"
    LEAD = "lead"
    DEPUTY = "deputy"
    OWNER = "owner"
    MANAGER = "manager"
    CHAIR = "chair"
    SECRETARY = "secretary"


class Act(StrEnum):
    """Acts that not everybody may do. What isn't here everybody may who works here: ask, and decide on what is their
    own."""

    REPORT = "report"
    REQUEST_STATUS = "request_status"
    HAND_OVER = "hand_over"
    CHANGE_PROJECT = "change_project"
    SET_RHYTHM = "set_rhythm"
    NAME_DEPUTY = "name_deputy"
    RUN_ROUND = "run_round"
    CHANGE_MEETING = "change_meeting"
    BIND_CHANNEL = "bind_channel"
    STEER_REMINDERS = "steer_reminders"
    SEE_OTHERS_REMINDERS = "see_others_reminders"


RIGHTS: Mapping[Act, frozenset[Part]] = {
    Act.REPORT: frozenset({Part.OFFICE, Part.LEAD, Part.DEPUTY, Part.OWNER}),
    Act.REQUEST_STATUS: frozenset({Part.OFFICE, Part.LEAD, Part.OWNER, Part.MANAGER}),
    Act.HAND_OVER: frozenset({Part.OFFICE, Part.LEAD, Part.OWNER}),
    Act.CHANGE_PROJECT: frozenset({Part.OFFICE, Part.LEAD, Part.OWNER}),
    Act.SET_RHYTHM: frozenset({Part.OFFICE, Part.LEAD, Part.OWNER}),
    Act.NAME_DEPUTY: frozenset({Part.OFFICE, Part.LEAD}),
    Act.RUN_ROUND: frozenset({Part.OFFICE, Part.CHAIR, Part.SECRETARY}),
    Act.CHANGE_MEETING: frozenset({Part.OFFICE, Part.CHAIR, Part.SECRETARY}),
    Act.BIND_CHANNEL: frozenset({Part.OFFICE, Part.SECRETARY}),
    Act.STEER_REMINDERS: frozenset({Part.OFFICE}),
    Act.SEE_OTHERS_REMINDERS: frozenset({Part.OFFICE}),
}
# The roles that make somebody the portfolio office. No other role gives a right.
PORTFOLIO_OFFICE = frozenset({Role.SECRETARY, Role.ADMINISTRATOR})


def allowed(parts: Collection[Part]) -> dict[Act, tuple[Part, ...]]:
    """Says what somebody who has these parts may do, and by which of them; the office needs no other."""
    by_act = {act: tuple(part for part in Part if part in may and part in parts) for act, may in RIGHTS.items()}
    return {act: by[:1] if by[0] is Part.OFFICE else by for act, by in by_act.items() if by}


def is_portfolio_office(person: Person) -> bool:
    return not PORTFOLIO_OFFICE.isdisjoint(person.roles)


def _may(act: Act, person: Person, parts: Mapping[Part, Iterable[PersonId | None]] | None = None) -> bool:
    """Say whether the person has one of the parts that the act is for; `parts` are those who have each."""
    allowed = RIGHTS[act]
    if Part.OFFICE in allowed and is_portfolio_office(person):
        return True
    return any(part in allowed and person.id in people for part, people in (parts or {}).items())


def _in_project(project: Project) -> dict[Part, Iterable[PersonId | None]]:
    return {Part.LEAD: (project.lead,), Part.OWNER: (project.owner,)}


def _in_body(body: Body) -> dict[Part, Iterable[PersonId | None]]:
    return {Part.CHAIR: (body.chair,), Part.SECRETARY: (body.secretary,)}


def may_steer_reminders(person: Person) -> bool:
    """Stop and resume others' reminders, and release or discard a large run."""
    return _may(Act.STEER_REMINDERS, person)


def may_see_others_reminders(person: Person) -> bool:
    return _may(Act.SEE_OTHERS_REMINDERS, person)


def reporters(project: Project, deputies: Iterable[Deputy], today: date) -> tuple[PersonId, ...]:
    """Lists those who report on a project beside the portfolio office: lead, deputies of the day, owner."""
    named = [project.lead, *_covering(project, deputies, today), project.owner]
    return tuple(dict.fromkeys(one for one in named if one))


def _covering(project: Project, deputies: Iterable[Deputy], today: date) -> list[PersonId]:
    return [deputy.deputy for deputy in deputies if deputy.covers(project.lead, project.number, today)]


def may_report(person: Person, project: Project, deputies: Iterable[Deputy], today: date) -> bool:
    parts = {**_in_project(project), Part.DEPUTY: _covering(project, deputies, today)}
    return _may(Act.REPORT, person, parts)


def may_request_status(
    person: Person, lead: PersonId | None, owner: PersonId | None, managers: Iterable[PersonId]
) -> bool:
    """Asks whoever reports on a project for a status between its deadlines; its lead asks a deputy."""
    return _may(Act.REQUEST_STATUS, person, {Part.LEAD: (lead,), Part.OWNER: (owner,), Part.MANAGER: managers})


def may_hand_over(person: Person, project: Project) -> bool:
    """Gives the project another lead, which a deputy may not."""
    return _may(Act.HAND_OVER, person, _in_project(project))


def may_change_project(person: Person, project: Project) -> bool:
    """Closes and opens the project, moves its end and its milestones, and says what is reached."""
    return _may(Act.CHANGE_PROJECT, person, _in_project(project))


def may_set_rhythm(person: Person, project: Project) -> bool:
    """Decides how often a project is asked for status."""
    return _may(Act.SET_RHYTHM, person, _in_project(project))


def may_name_deputy(person: Person, lead: PersonId) -> bool:
    """Leads name their own deputies; the portfolio office names anybody's."""
    return _may(Act.NAME_DEPUTY, person, {Part.LEAD: (lead,)})


def may_run_round(person: Person, body: Body) -> bool:
    return _may(Act.RUN_ROUND, person, _in_body(body))


def may_change_meeting(person: Person, body: Body) -> bool:
    """Change when it is held, or whether."""
    return _may(Act.CHANGE_MEETING, person, _in_body(body))


def may_bind_channel(person: Person, body: Body) -> bool:
    """The secretary, who calls the meetings, says where they are announced."""
    return _may(Act.BIND_CHANNEL, person, _in_body(body))


def may_hear_of_absence(
    person: Person, of: PersonId, have_a_part: Collection[PersonId], bodies: Iterable[Body]
) -> bool:
    """Everybody here may hear that somebody is away who leads or owns projects, or sits in a body: others wait for
    them. Whether anybody else is away, only they themselves."""
    return person.id == of or of in have_a_part or any(body.has(of) for body in bodies)
