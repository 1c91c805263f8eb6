"""Periods of a question: a time in the message, said of an end, a start, a milestone, a report or a meeting."""

from __future__ import annotations

from datetime import date, timedelta

from dialogs.understanding.intent import Intent
from dialogs.understanding.times import Time, in_other_year
from portfolio.questions import Period, PeriodField
from portfolio.status import DEFAULT_RHYTHM_DAYS


def period_of(time: Time, which: PeriodField, intent: Intent, today: date) -> Period:
    """Ends and starts without a year lie ahead, reports behind us, unless the verb says otherwise; "slutter inden
    jul" begins today."""
    shift = 0 if time.has_year else _years_off(time, which, today, is_past=intent.is_past)
    first, last = (day and in_other_year(day, shift, time.unit) for day in (time.first, time.last))
    if which is PeriodField.END and first is None and last and last >= today and not intent.is_past:
        first = today
    return Period(which, first, last)


def older_than(time: Time, today: date) -> Period | None:
    """ "ikke meldt status de sidste 60 dage": the newest report is older. None for 28 days, when status is missing."""
    if time.first is None or (today - time.first).days == DEFAULT_RHYTHM_DAYS:
        return None
    return Period(PeriodField.STATUS, None, time.first - timedelta(days=1))


def _years_off(time: Time, which: PeriodField, today: date, *, is_past: bool) -> int:
    edge = time.last or time.first
    if which is PeriodField.STATUS:
        return -1 if time.first and time.first > today else 0
    return 1 if not is_past and edge and edge < today else 0
