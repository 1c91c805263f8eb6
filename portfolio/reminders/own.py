"""Says what a person may be reminded of, and so may put off."""

from __future__ import annotations

from datetime import date

from portfolio.identity import NOBODY, PersonId
from portfolio.reminders.keys import EVERYTHING, MeetingSubject
from portfolio.reminders.kinds import ReminderState


def own_subjects(state: ReminderState, person: PersonId, today: date) -> frozenset[str]:
    """Gives everything, the open projects that the person leads, owns or stands in for, what is owed in them or by the
    person, and the meetings of the person's bodies. The portfolio office is told of all projects."""

    def is_asked(whose: PersonId | None, project: str | None) -> bool:
        return person == whose or person in state.deputies_of(whose or NOBODY, project or "", today)

    is_office = person in state.office
    projects = {
        one.number for one in state.projects if is_office or person == one.owner or is_asked(one.lead, one.number)
    }
    owed = {one.key for one in state.obligations if one.project in projects or is_asked(one.owner, one.project)}
    bodies = {body.name for body in state.bodies if body.has(person)}
    meetings = {MeetingSubject(one.id).write() for one in state.meetings if one.body in bodies}
    return frozenset({EVERYTHING, *projects, *owed, *meetings})
