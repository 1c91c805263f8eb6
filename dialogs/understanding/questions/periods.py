"""Periods of a question: a time in the message, said of an end, a start, a milestone, a report or a meeting."""

from __future__ import annotations

from datetime import date

from dialogs.understanding.language.times import Time, in_other_year
from dialogs.understanding.questions.intent import Intent
from portfolio.projects.status import DEFAULT_RHYTHM_DAYS
from portfolio.questions import catalogue
from portfolio.questions.catalogue import Attribute
from portfolio.questions.question import During


def period_of(time: Time, which: Attribute, intent: Intent, today: date) -> During:
    """Ends and starts without a year lie ahead, reports behind us, unless the verb says otherwise; "slutter inden
    jul" begins today."""
    first, last = _days(time, which, today, is_past=intent.is_past)
    if which is catalogue.END and first is None and last and last >= today and not intent.is_past:
        first = today
    return During(which, first, last)


def reported_in(time: Time, today: date) -> tuple[date | None, date | None]:
    """The days of reports: without a year they lie behind us."""
    return _days(time, catalogue.STATUS, today, is_past=True)


def no_status_in(time: Time, today: date) -> During | None:
    """ "ikke meldt status siden marts". None for the last 28 days: that is what a missing status means."""
    first, last = reported_in(time, today)
    if first and (today - first).days == DEFAULT_RHYTHM_DAYS and last in {None, today}:
        return None
    return During(catalogue.STATUS, first, last, denied=True)


def _days(time: Time, which: Attribute, today: date, *, is_past: bool) -> tuple[date | None, date | None]:
    edge = time.last or time.first
    years = 0
    if which is catalogue.STATUS and not time.has_year:
        years = -1 if time.first and time.first > today else 0
    elif not time.has_year and not is_past:
        years = 1 if edge and edge < today else 0
    first, last = (day and in_other_year(day, years, time.unit) for day in (time.first, time.last))
    return first, last
