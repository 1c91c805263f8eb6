"""Tells all that somebody owes by a date as one kind of reminder, each obligation as its feature says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from dialogs.feature import Look, ObligationLook, Row, Section
from dialogs.turn.audience import Audience
from dialogs.wording.days import day_of, short_day
from dialogs.wording.reminders import counted
from portfolio.reminders.keys import Origin
from portfolio.reminders.kinds import Owed, Reminder

Obligations = Mapping[Origin, ObligationLook]


def deadline_look(obligations: Obligations) -> Look:
    section = Section(
        title="reminder_part.deadline",
        heading=partial(_heading, obligations),
        joint_heading="reminder.mixed",
        row=partial(_row, obligations),
        why=partial(_why, obligations),
        show_all=None,
    )
    return Look(
        name="reminder_kind.deadline",
        fixed_because="reminder_fixed.deadline",
        brief=partial(counted, "preview.deadline"),
        explained="explained_kind.deadline",
        sections=(section,),
        section=lambda _reminder, _audience: section,
    )


def _looks(obligations: Obligations, reminders: Sequence[Reminder]) -> list[ObligationLook]:
    return [obligations[reminder.about_a(Owed).origin] for reminder in reminders]


def _heading(obligations: Obligations, reminders: Sequence[Reminder], audience: Audience) -> str:
    by = short_day(min(day_of(reminder, audience) for reminder in reminders), audience)
    headings = {look.heading for look in _looks(obligations, reminders)}
    key = headings.pop() if len(headings) == 1 else "reminder.deadlines"
    return counted(key, reminders, audience, by)


def _row(obligations: Obligations, reminder: Reminder, audience: Audience) -> Row:
    return obligations[reminder.about_a(Owed).origin].row(reminder, audience)


def _why(obligations: Obligations, reminders: Sequence[Reminder], audience: Audience) -> str:
    """Say why the reader gets it; those who have several reasons are simply the ones responsible."""
    reasons = {look.why for look in _looks(obligations, reminders)}
    if len(reasons) == 1:
        return reasons.pop()(reminders, audience)
    return counted("reminder_why.responsible", reminders, audience)
