"""Tells a lead that somebody asks for a project's status."""

from __future__ import annotations

from functools import partial

from dialogs.feature import Look, Row, Section
from dialogs.projects.reminder import own_projects, report_buttons
from dialogs.turn.audience import Audience
from dialogs.wording.days import last_reported, local, name_words, short_day
from dialogs.wording.reminders import counted, in_place_of, title_of, why_reporter
from portfolio.reminders.kinds import Reminder, StatusDue


def _row(reminder: Reminder, audience: Audience) -> Row:
    status = reminder.about_a(StatusDue)
    details = (*_by(status, audience), last_reported(status.newest, audience), *in_place_of(reminder, audience))
    return Row(title_of(reminder), details, report_buttons(reminder, audience))


def _by(status: StatusDue, audience: Audience) -> tuple[str, ...]:
    if status.request is None:
        return ()
    day = short_day(local(status.request.at, audience).date(), audience)
    return (audience.texts.say("reminder_row.asked_by", name=name_words(status.request.by, audience), day=day),)


_ASKED = Section(
    title="reminder_part.status_asked",
    heading=partial(counted, "reminder.status_asked"),
    joint_heading="reminder.status",
    row=_row,
    why=why_reporter,
    show_all=own_projects,
)
ASKED = Look(
    name="reminder_kind.status_asked",
    fixed_because="reminder_fixed.status_asked",
    brief=partial(counted, "preview.status_asked"),
    explained="explained_kind.status_asked",
    sections=(_ASKED,),
    section=lambda _reminder, _audience: _ASKED,
)
