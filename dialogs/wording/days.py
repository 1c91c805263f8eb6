"""Words for days in reminders: people plan in weeks, so the number of the week is always there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from dialogs.turn.audience import Audience
from dialogs.values.plain import one_line
from dialogs.wording.values import day_and_time, day_words, near_day_words, number_words, period_words, time_words
from portfolio.bodies import Meeting
from portfolio.identity import PersonId
from portfolio.reminders.kinds import Reminder

LONGEST_TITLE = 80
LONGEST_NAME = 80
# Beyond this, a weekday and a week don't say which year.
_NEAR_DAYS = 183
# From so many seconds on, a time is told in minutes.
_IN_MINUTES = 120


def local(moment: datetime, audience: Audience) -> datetime:
    return moment.astimezone(audience.now.tzinfo)


def day_of(reminder: Reminder, audience: Audience) -> date:
    return local(reminder.deadline, audience).date()


def name_words(person: str, audience: Audience) -> str:
    return one_line(audience.person(person), LONGEST_NAME)


def lead_words(lead: PersonId | None, audience: Audience) -> str:
    return name_words(lead, audience) if lead else audience.texts.say("list.no_lead")


def days_words(first: date, last: date, audience: Audience) -> str:
    """ "fra mandag den 6. juli til og med fredag den 24. juli" """
    if first == last:
        return audience.texts.say("deputy.one_day", day=near_day_words(first, audience))
    days = {"first": near_day_words(first, audience), "last": near_day_words(last, audience)}
    return audience.texts.say("deputy.days", **days)


def long_day(day: date, audience: Audience) -> str:
    """ "fredag den 25. september (uge 39)" """
    written = near_day_words(day, audience)
    return audience.texts.say("reminder_row.week", day=written, week=day.isocalendar().week)


def close_day(day: date, audience: Audience) -> str:
    """Write a day as `long_day` does, with "i dag" or "i morgen" in front where that fits: "i dag, fredag den …"."""
    near = _today_or_tomorrow(day, audience)
    return f"{near}, {long_day(day, audience)}" if near else long_day(day, audience)


def short_day(day: date, audience: Audience) -> str:
    """ "fredag i uge 39", "i morgen" """
    if near := _today_or_tomorrow(day, audience):
        return near
    if abs((day - audience.today).days) > _NEAR_DAYS:
        return day_words(day, audience)
    weekday = audience.texts.say(f"weekday.{day.weekday()}")
    return audience.texts.say("reminder_row.weekday_week", weekday=weekday, week=day.isocalendar().week)


def _today_or_tomorrow(day: date, audience: Audience) -> str:
    key = {0: "reminder_row.today", 1: "reminder_row.tomorrow"}.get((day - audience.today).days)
    return audience.texts.say(key) if key else ""


def when_words(days: tuple[date | None, date | None], audience: Audience) -> str:
    """ " i dag", " i uge 48", " indtil 11. juni"; nothing where no days are said."""
    first, last = days
    if first and first == last:
        return f" {_today_or_tomorrow(first, audience) or near_day_words(first, audience)}"
    words = period_words(first, last, audience)
    return f" {words.removesuffix(f' {audience.today.year}')}" if words else ""


def meeting_day(moment: datetime, audience: Audience) -> str:
    """Write a meeting's day for a heading: "i dag", or "torsdag den 3. december (uge 49)"."""
    day = local(moment, audience).date()
    return _today_or_tomorrow(day, audience) or long_day(day, audience)


def meeting_time(meeting: Meeting, audience: Audience) -> str:
    """ "torsdag den 3. december kl. 9-11 (uge 49)" """
    week = local(meeting.start, audience).isocalendar().week
    return audience.texts.say("reminder_row.week", day=meeting_hours(meeting, audience), week=week)


def meeting_hours(meeting: Meeting, audience: Audience) -> str:
    """ "torsdag den 3. december kl. 9-11" """
    if meeting.end is None:
        return day_and_time(meeting.start, audience)
    start, end = local(meeting.start, audience), local(meeting.end, audience)
    values = {"date": near_day_words(start.date(), audience), "start": time_words(start, audience)}
    return audience.texts.say("meetings.at_between", **values, end=time_words(end, audience))


def duration_words(seconds: float, audience: Audience) -> str:
    """ "ca. 31 sekunder" """
    if seconds < _IN_MINUTES:
        return audience.texts.count("approval.seconds", max(1, round(seconds)))
    return audience.texts.count("approval.minutes", round(seconds / 60))


def days_left(moment: datetime, audience: Audience) -> str:
    """ "om 7 dage" """
    day = local(moment, audience).date()
    near = _today_or_tomorrow(day, audience)
    return near or audience.texts.count("reminder_row.days_left", (day - audience.today).days)


def last_reported(newest: date | None, audience: Audience) -> str:
    """ "sidst meldt for 31 dage siden" """
    texts = audience.texts
    if newest is None:
        return texts.say("reminder_row.never")
    days = (audience.today - newest).days
    if days <= 0:
        return texts.say("reminder_row.last_today")
    return texts.say("reminder_row.last_yesterday") if days == 1 else texts.count("reminder_row.last", days)


def number_of(count: int, audience: Audience) -> str:
    """ "1.240" """
    return number_words(Decimal(count), audience)


def joined(parts: Sequence[str]) -> str:
    """Join the parts on a line that begins with a capital."""
    line = " · ".join(part for part in parts if part)
    return line[:1].upper() + line[1:]
