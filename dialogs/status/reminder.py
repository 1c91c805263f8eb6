"""Asks for a project's status, and tells its owner and the portfolio office that it is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from dialogs.cards.buttons import ask, hand_over
from dialogs.cards.elements import Element
from dialogs.feature import Look, Row, Section
from dialogs.projects.reminder import own_projects, project_link, report_buttons, with_project
from dialogs.turn.audience import Audience
from dialogs.wording.days import close_day, day_of, last_reported, name_words, short_day
from dialogs.wording.reminders import counted, in_place_of, title_of, why_reporter
from portfolio.reminders.kinds import LadderRole, Reminder, StatusDue


def _due_row(reminder: Reminder, audience: Audience) -> Row:
    by = audience.texts.say("reminder_row.by", day=close_day(day_of(reminder, audience), audience))
    return _reporter_row(by, reminder, audience)


def _overdue_row(reminder: Reminder, audience: Audience) -> Row:
    return _reporter_row(_deadline_passed(reminder, audience), reminder, audience)


def _reporter_row(deadline: str, reminder: Reminder, audience: Audience) -> Row:
    newest = reminder.about_a(StatusDue).newest
    details = (deadline, last_reported(newest, audience), *in_place_of(reminder, audience))
    return Row(title_of(reminder), details, report_buttons(reminder, audience))


def _owner_row(reminder: Reminder, audience: Audience) -> Row:
    number = reminder.about_a(StatusDue).project
    asking = hand_over(audience.texts.say("reminder.hand_over"), number)
    buttons = (with_project(asking, "hand_over.form", number, audience),)
    return Row(title_of(reminder), _facts(reminder, audience), buttons, project_link(reminder, audience))


def _office_row(reminder: Reminder, audience: Audience) -> Row:
    return Row(title_of(reminder), _facts(reminder, audience), title_action=project_link(reminder, audience))


def _facts(reminder: Reminder, audience: Audience) -> tuple[str, ...]:
    """Say how the project stands, and nothing of whose fault it is."""
    say, status = audience.texts.say, reminder.about_a(StatusDue)
    name = name_words(status.lead, audience) if status.lead else None
    lead = say("reminder_row.led_by", name=name) if name else say("reminder_row.led_by_nobody")
    return _deadline_passed(reminder, audience), last_reported(status.newest, audience), lead


def _deadline_passed(reminder: Reminder, audience: Audience) -> str:
    return audience.texts.say("reminder_row.was", day=short_day(day_of(reminder, audience), audience))


def _due_heading(reminders: Sequence[Reminder], audience: Audience) -> str:
    days = {day_of(reminder, audience) for reminder in reminders}
    key = "reminder.status_due" if len(days) == 1 else "reminder.status_due_first"
    return counted(key, reminders, audience, short_day(min(days), audience))


def _all_missing(audience: Audience) -> Element:
    return ask(audience.texts.say("example.missing"))


_DUE = Section(
    title="reminder_part.status_due",
    heading=_due_heading,
    joint_heading="reminder.status",
    row=_due_row,
    why=why_reporter,
    show_all=own_projects,
)
_OVERDUE = Section(
    title="reminder_part.overdue",
    heading=partial(counted, "reminder.overdue"),
    joint_heading="reminder.status",
    row=_overdue_row,
    why=why_reporter,
    show_all=own_projects,
)
_OWNED = Section(
    title="reminder_part.owned",
    heading=partial(counted, "reminder.owned"),
    joint_heading="reminder.mixed",
    row=_owner_row,
    why=partial(counted, "reminder_why.owner"),
    show_all=_all_missing,
)
_OFFICE = Section(
    title="reminder_part.office",
    heading=partial(counted, "reminder.office"),
    joint_heading="reminder.mixed",
    row=_office_row,
    why=partial(counted, "reminder_why.office"),
    show_all=_all_missing,
)
_MISSING: Mapping[LadderRole, Section] = {
    LadderRole.LEAD: _OVERDUE,
    LadderRole.OWNER: _OWNED,
    LadderRole.OFFICE: _OFFICE,
}


def _section_of_due(reminder: Reminder, audience: Audience) -> Section:
    """A status that was put off until after its deadline is missing."""
    return _DUE if audience.today <= day_of(reminder, audience) else _OVERDUE


def _section_of_missing(reminder: Reminder, _audience: Audience) -> Section:
    return _MISSING[reminder.about_a(StatusDue).role]


DUE = Look(
    name="reminder_kind.status_due",
    fixed_because=None,
    brief=partial(counted, "preview.status_due"),
    explained="explained_kind.status_due",
    sections=(_OVERDUE, _DUE),
    section=_section_of_due,
)
MISSING = Look(
    name="reminder_kind.status_overdue",
    fixed_because="reminder_fixed.status_overdue",
    brief=partial(counted, "preview.status_overdue"),
    explained="explained_kind.status_overdue",
    sections=(_OVERDUE, _OWNED, _OFFICE),
    section=_section_of_missing,
)
