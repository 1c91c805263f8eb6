"""Tells those who promised it that a milestone or a benefit is due."""

from __future__ import annotations

from datetime import date
from functools import partial

from dialogs.cards.buttons import open_project, report, reports
from dialogs.cards.elements import Element
from dialogs.feature import ObligationLook, Row
from dialogs.turn.audience import Audience
from dialogs.values.plain import one_line
from dialogs.wording.days import LONGEST_TITLE, close_day, day_of
from dialogs.wording.reminders import counted, in_place_of, title_of, why_reporter
from portfolio.reminders.kinds import Reminder


def report_buttons(reminder: Reminder, audience: Audience) -> tuple[Element, ...]:
    """The button that opens the status form; none where the reminder is about no project."""
    if reminder.project is None:
        return ()
    opens_form = report(audience.texts.say("reminder.report"), reminder.project)
    return (with_project(opens_form, "to_report.report", reminder.project, audience),)


def with_project(action: Element, key: str, number: str, audience: Audience) -> Element:
    """Adds the project's name, for those who hear the buttons one after the other."""
    return {**action, "tooltip": audience.texts.say(key, title=_project_title(number, audience))}


def own_projects(audience: Audience) -> Element:
    """The button that shows the projects that one reports on."""
    return reports(audience.texts.say("reminder.see_own"))


def project_link(reminder: Reminder, audience: Audience) -> Element | None:
    return open_project(audience.texts.say("reminder.open"), reminder.project, None) if reminder.project else None


def _project_title(number: str, audience: Audience) -> str:
    return one_line(audience.names.project(number), LONGEST_TITLE)


def _details(key: str, reminder: Reminder, audience: Audience) -> tuple[str, ...]:
    by = _by(day_of(reminder, audience), audience)
    what = audience.texts.say(key, project=_project_title(reminder.project or "", audience))
    return (by, what, *in_place_of(reminder, audience))


def _by(day: date, audience: Audience) -> str:
    """ "senest i morgen, …"; "24 dage over tid" where nobody is reminded any more, but it is still owed."""
    days_over = (audience.today - day).days
    if days_over > 0:
        return audience.texts.count("reminder_row.over", days_over)
    return audience.texts.say("reminder_row.by", day=close_day(day, audience))


def _milestone_row(reminder: Reminder, audience: Audience) -> Row:
    details = _details("reminder_row.milestone", reminder, audience)
    return Row(title_of(reminder), details, report_buttons(reminder, audience))


def _benefit_row(reminder: Reminder, audience: Audience) -> Row:
    details = _details("reminder_row.benefit", reminder, audience)
    return Row(title_of(reminder), details, title_action=project_link(reminder, audience))


MILESTONE = ObligationLook(
    heading="reminder.milestone", row=_milestone_row, why=why_reporter, explained="explained_origin.milestone"
)
BENEFIT = ObligationLook(
    heading="reminder.benefit",
    row=_benefit_row,
    why=partial(counted, "reminder_why.benefit"),
    explained="explained_origin.benefit",
)
