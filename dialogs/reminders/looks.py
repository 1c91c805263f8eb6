"""The look of each kind of reminder, from the feature that it is about; what is owed by a date is one kind, of which
each obligation looks as its feature says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from dialogs.feature import Look, ObligationLook, Row, Section
from dialogs.meetings import MEETINGS
from dialogs.projects import PROJECTS
from dialogs.rounds import ROUNDS
from dialogs.status import STATUS
from dialogs.status_requests import STATUS_REQUESTS
from dialogs.turn.audience import Audience
from dialogs.wording.days import day_of, short_day
from dialogs.wording.reminders import counted
from portfolio.reminders.keys import Origin
from portfolio.reminders.kinds import KINDS, Kind, Owed, Reminder

_FEATURES = (PROJECTS, ROUNDS, STATUS, STATUS_REQUESTS, MEETINGS)
OBLIGATIONS: Mapping[Origin, ObligationLook] = {
    origin: look for feature in _FEATURES for origin, look in feature.obligations.items()
}


def _look(reminder: Reminder) -> ObligationLook:
    return OBLIGATIONS[reminder.about_a(Owed).origin]


def _deadline_heading(reminders: Sequence[Reminder], audience: Audience) -> str:
    by = short_day(min(day_of(reminder, audience) for reminder in reminders), audience)
    headings = {_look(reminder).heading for reminder in reminders}
    key = headings.pop() if len(headings) == 1 else "reminder.deadlines"
    return counted(key, reminders, audience, by)


def _deadline_row(reminder: Reminder, audience: Audience) -> Row:
    return _look(reminder).row(reminder, audience)


def _deadline_why(reminders: Sequence[Reminder], audience: Audience) -> str:
    """Say why the reader gets it; those who have several reasons are simply the ones responsible."""
    reasons = {_look(reminder).why for reminder in reminders}
    if len(reasons) == 1:
        return reasons.pop()(reminders, audience)
    return counted("reminder_why.responsible", reminders, audience)


_DEADLINES = Section(
    title="reminder_part.deadline",
    heading=_deadline_heading,
    joint_heading="reminder.mixed",
    row=_deadline_row,
    why=_deadline_why,
    show_all=None,
)
_DEADLINE = Look(
    name="reminder_kind.deadline",
    fixed_because="reminder_fixed.deadline",
    brief=partial(counted, "preview.deadline"),
    explained="explained_kind.deadline",
    sections=(_DEADLINES,),
    section=lambda _reminder, _audience: _DEADLINES,
)
_BY_KIND: Mapping[Kind, Look] = {
    **{kind: look for feature in _FEATURES for kind, look in feature.reminders.items()},
    Kind.DEADLINE: _DEADLINE,
}
# In the order in which a message tells them. A kind that no feature tells stops the program as it starts.
LOOKS: Mapping[Kind, Look] = {kind: _BY_KIND[kind] for kind in KINDS}
