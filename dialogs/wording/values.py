"""Words for the values in a question: names, periods, bounds and amounts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from dialogs.turn.audience import Audience
from dialogs.values.calendar_words import MONTHS
from dialogs.values.numbers import format_money, format_number
from dialogs.values.plain import chat_link
from dialogs.values.writing_dates import format_date
from portfolio.dates import PlanDate, Unit, end_of, months_after, months_between, on_day, start_of
from portfolio.identity import PersonId
from portfolio.projects.project import BenefitKind, Phase, ProjectKind, RiskKind
from portfolio.projects.status import Rag
from portfolio.questions import catalogue
from portfolio.questions.catalogue import Attribute, Kind
from portfolio.questions.question import Changed, Value, Within


def value_words(attribute: Attribute, value: Value, audience: Audience) -> str:
    """Write a value of an attribute as people call it."""
    texts = audience.texts
    if attribute.kind is Kind.COLOUR:
        return texts.name("colour", Rag(str(value))).lower()
    if attribute.kind is Kind.PERSON:
        return audience.person(str(value))
    if attribute is catalogue.KINDS:
        return texts.name("kind", ProjectKind(str(value)))
    if attribute is catalogue.BENEFIT_KINDS:
        return texts.name("benefit_kind", BenefitKind(str(value)))
    if attribute is catalogue.OBSTACLE_KINDS:
        return texts.name("risk_kind", RiskKind(str(value)))
    if attribute is catalogue.PHASES:
        return texts.name("phase", Phase(str(value)))
    if attribute is catalogue.PROJECTS:
        return audience.names.project(str(value))
    if attribute is catalogue.GOALS:
        return goal_words(int(value), audience)
    return str(value)


def light_words(colour: Rag, audience: Audience) -> str:
    """Write the colour of a light in small letters; a light that isn't lit says nothing of status."""
    return audience.texts.say("project.no_light" if colour is Rag.NONE else f"colour.{colour.value}").lower()


def goal_words(number: int, audience: Audience) -> str:
    """Write a global goal by number and name, or the number alone where there is no such goal."""
    key = f"goal.{number}"
    if not audience.texts.has(key):
        return str(number)
    return audience.texts.say("project.goal", number=number, name=audience.texts.say(key))


def listed(names: Sequence[str], audience: Audience, link: str = "heading.and") -> str:
    """ "a, b og c" """
    if len(names) < 2:
        return "".join(names)
    return audience.texts.say(link, start=", ".join(names[:-1]), last=names[-1])


def more_words(left: int, audience: Audience, key: str = "round.more") -> list[str]:
    """Say how many are left out, if any are."""
    return [audience.texts.count(key, left)] if left > 0 else []


def day_words(day: date, audience: Audience) -> str:
    return format_date(on_day(day), audience.texts.language)


def short_day_words(day: date, audience: Audience) -> str:
    """ "3. apr. 26", "3 Apr 26" """
    month, year = MONTHS[audience.texts.language][day.month - 1], f"{day.year % 100:02}"
    if audience.texts.language == "en":
        return f"{day.day} {month[:3]} {year}"
    return f"{day.day}. {month if len(month) <= 4 else f'{month[:3]}.'} {year}"


def days_old(day: date, audience: Audience) -> str:
    """Say how old a report of that day is: "67 dage gammel"."""
    days = (audience.today - day).days
    if days <= 0:
        return audience.texts.say("list.age_today")
    return audience.texts.say("list.age_yesterday") if days == 1 else audience.texts.count("list.age", days)


def date_words(value: PlanDate, audience: Audience) -> str:
    return format_date(value, audience.texts.language)


def near_day_words(day: date, audience: Audience) -> str:
    """Write a day with its weekday, and its year only when it is over half a year away: "tirsdag den 16. juni"."""
    if abs((day - audience.today).days) > 183:
        return day_words(day, audience)
    written = day_words(day, audience).removesuffix(f" {day.year}")
    weekday = audience.texts.say(f"weekday.{day.weekday()}")
    return audience.texts.say("meetings.day", weekday=weekday, day=written)


def period_words(first: date | None, last: date | None, audience: Audience) -> str:
    """Write a period with its preposition: "i 3. kvartal 2021", "fra 1. juni 2021 til 3. august 2021"."""
    texts = audience.texts
    if first is None or last is None:
        if last is not None:
            return texts.say("period.until", last=day_words(last, audience))
        return texts.say("period.from", first=day_words(first, audience)) if first else ""
    for unit in (Unit.YEAR, Unit.QUARTER, Unit.MONTH, Unit.WEEK, Unit.DAY):
        if start_of(first, unit) == first and end_of(first, unit) == last:
            written = date_words(PlanDate(first, last, unit), audience)
            return texts.say("period.day" if unit is Unit.DAY else "period.whole", date=written)
    return texts.say("period.between", first=day_words(first, audience), last=day_words(last, audience))


def when_words(value: PlanDate, audience: Audience) -> str:
    """Write a planned date with its preposition: "den 3. juni 2026", "i uge 40 2026"."""
    is_day = value.unit is Unit.DAY and not value.is_range
    return audience.texts.say("period.day" if is_day else "period.whole", date=date_words(value, audience))


def span_words(first: date, last: date, audience: Audience, *, exact: bool = False) -> str:
    """Write the time from one day to a later one: "6 måneder"; days below two months, years from two. `exact` says
    "over" when the time is longer than that, and counts days only below one month."""
    texts, months = audience.texts, months_between(first, last)
    if months < (1 if exact else 2):
        return texts.count("span.days", (last - first).days)
    if months >= 24:
        counted, span = months // 12 * 12, texts.count("span.years", months // 12)
    else:
        counted, span = months, texts.count("span.months", months)
    is_longer = exact and months_after(first, counted) != last
    return texts.say("span.over", span=span) if is_longer else span


def changed_words(changed: Changed, audience: Audience) -> str:
    """ "skiftede til rød siden 1. juni 2026" """
    texts, when = audience.texts, change_time_words(changed, audience)
    to, old = (
        listed([value_words(catalogue.OVERALL, colour, audience) for colour in colours], audience, "heading.or")
        for colours in (changed.to, changed.old)
    )
    if changed.way:
        return texts.say(f"change.{changed.way}", when=when).rstrip()
    if to and old:
        return texts.say("change.from_to", old=old, colours=to, when=when).rstrip()
    if old:
        return texts.say("change.from", old=old, when=when).rstrip()
    return texts.say("change.to" if to else "change.colour", colours=to, when=when).rstrip()


def change_time_words(changed: Changed, audience: Audience) -> str:
    """ "siden 1. juni 2026", "i juni 2026"; empty where all time is meant"""
    texts, first, last = audience.texts, changed.first, changed.last
    if first and last and not changed.since_meeting:
        return texts.say("change.during", period=period_words(first, last, audience))
    until = texts.say("change.until", day=day_words(last, audience)) if last else ""
    if changed.since_meeting:
        day = near_day_words(first, audience) if first else ""
        return texts.say("change.since_meeting", body=changed.since_meeting, day=f"{day} {until}").rstrip()
    return texts.say("change.since", day=day_words(first, audience)) if first else until


def amount_words(amount: Attribute, value: Decimal, audience: Audience, *, short: bool = True) -> str:
    if amount.kind is Kind.PERCENT:
        return percent_words(value, audience)
    return money_words(value, audience, short=short)


def money_words(value: Decimal, audience: Audience, *, short: bool = True) -> str:
    return format_money(value, audience.texts.language, short=short)


def percent_words(value: Decimal, audience: Audience) -> str:
    rounded = value.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    return audience.texts.say("figure.percent", value=format_number(rounded, audience.texts.language))


def number_words(value: Decimal, audience: Audience) -> str:
    return format_number(value, audience.texts.language)


def bound_words(test: Within, audience: Audience) -> str:
    """ "mindst 1 mio. kr." """
    low, high = (
        None if bound is None else amount_words(test.attribute, bound, audience)
        for bound in (test.at_least, test.at_most)
    )
    if low and high:
        return audience.texts.say("bound.between", low=low, high=high)
    return audience.texts.say("bound.at_least", low=low) if low else audience.texts.say("bound.at_most", high=high)


def time_words(moment: datetime, audience: Audience) -> str:
    """ "9", "9.30"; "9:30" in English"""
    if moment.minute == 0:
        return str(moment.hour)
    return audience.texts.say("meetings.time", hour=moment.hour, minute=f"{moment.minute:02}")


def moment_words(moment: datetime, audience: Audience) -> str:
    """ "i dag kl. 9.30", "i går kl. 9", "tirsdag den 16. juni kl. 9" """
    local = moment.astimezone(audience.now.tzinfo)
    near = {0: "today", 1: "yesterday", -1: "tomorrow"}.get((audience.today - local.date()).days)
    if near:
        return audience.texts.say(f"moment.{near}", start=time_words(local, audience))
    return day_and_time(moment, audience)


def day_and_time(moment: datetime, audience: Audience) -> str:
    """ "torsdag den 2. april kl. 9" """
    local = moment.astimezone(audience.now.tzinfo)
    day = near_day_words(local.date(), audience)
    return audience.texts.say("meetings.at", date=day, start=time_words(local, audience))


def person_link(person: PersonId, audience: Audience) -> str:
    """Writes the name so that it opens a chat in Teams."""
    return chat_link(audience.names.address(person), audience.person(person))
