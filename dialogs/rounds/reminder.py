"""Tells leads that a round waits for their answer."""

from __future__ import annotations

from dialogs.feature import ObligationLook, Row
from dialogs.projects.reminder import report_buttons
from dialogs.turn.audience import Audience
from dialogs.wording.days import close_day, day_of, local
from dialogs.wording.reminders import in_place_of, title_of, why_reporter
from dialogs.wording.values import time_words
from portfolio.reminders.kinds import Reminder


def _row(reminder: Reminder, audience: Audience) -> Row:
    """An answer is owed by the hour."""
    say, day = audience.texts.say, close_day(day_of(reminder, audience), audience)
    by = say("reminder_row.at", day=day, start=time_words(local(reminder.deadline, audience), audience))
    details = (by, say("reminder_row.round"), *in_place_of(reminder, audience))
    return Row(title_of(reminder), details, report_buttons(reminder, audience))


ROUND = ObligationLook(
    heading="reminder.round",
    row=_row,
    why=why_reporter,
    explained="explained_origin.round",
)
