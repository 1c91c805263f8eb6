"""Words that the reminders of several features share."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.turn.audience import Audience
from dialogs.values.plain import one_line
from dialogs.wording.days import LONGEST_TITLE, name_words
from portfolio.reminders.kinds import Reminder


def title_of(reminder: Reminder) -> str:
    return one_line(reminder.title, LONGEST_TITLE) or reminder.subject


def counted(key: str, reminders: Sequence[Reminder], audience: Audience, by: str = "") -> str:
    """Says the plural of that key for so many reminders; the {title} is that of the first."""
    return audience.texts.count(key, len(reminders), title=title_of(reminders[0]), by=by)


def why_reporter(reminders: Sequence[Reminder], audience: Audience) -> str:
    """Says that the reader leads the projects, reports in a lead's place, or both."""
    leads = {reminder.in_place_of for reminder in reminders}
    if leads == {None}:
        return counted("reminder_why.lead", reminders, audience)
    if None in leads or len(leads) > 1:
        return counted("reminder_why.both", reminders, audience)
    name = name_words(leads.pop() or "", audience)
    return audience.texts.count("reminder_why.deputy", len(reminders), name=name)


def in_place_of(reminder: Reminder, audience: Audience) -> tuple[str, ...]:
    """Names the lead in whose place the reader is reminded, among the details of a row."""
    if reminder.in_place_of is None:
        return ()
    return (audience.texts.say("reminder_row.in_place_of", name=name_words(reminder.in_place_of, audience)),)
