"""Says what a person may be reminded of, and so may put off."""

from __future__ import annotations

from datetime import date

from portfolio.identity import PersonId
from portfolio.reminders.keys import EVERYTHING, MeetingSubject
from portfolio.reminders.kinds import ReminderState, Tracked


def own_subjects(state: ReminderState, person: PersonId, today: date) -> frozenset[str]:
    """Gives everything, the open projects that the person leads, owns or stands in for, what is owed in them or by the
    person, and the meetings of the person's bodies. The portfolio office is told of what others owe, too."""
    is_office = person in state.office
    projects = {one.number for one in state.projects if is_office or _reports_on(one, state, person, today)}
    owed = {one.key for one in state.obligations if one.owner == person or one.project in projects}
    bodies = {body.name for body in state.bodies if body.has(person)}
    meetings = {MeetingSubject(one.id).write() for one in state.meetings if one.body in bodies}
    return frozenset({EVERYTHING, *projects, *owed, *meetings})


def _reports_on(project: Tracked, state: ReminderState, person: PersonId, today: date) -> bool:
    deputies = state.deputies.get(project.lead, ()) if project.lead else ()
    stands_in = (one.deputy == person and one.covers(project.lead, project.number, today) for one in deputies)
    return person in (project.lead, project.owner) or any(stands_in)
