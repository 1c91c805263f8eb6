"""Answers from the calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from dialogs.calendar.orders import Asked, TellDay
from dialogs.questions.clarify_card import NotUnderstood
from dialogs.turn.answer import Document, Finding
from dialogs.turn.audience import Audience
from dialogs.turn.readings import Unclear
from dialogs.turn.reply import ForAll, Reply
from dialogs.turn.visit import Stores
from dialogs.values.plain import one_line
from dialogs.wording.days import days_words, when_words
from dialogs.wording.values import day_words

LONGEST_NAME = 40
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Day:
    """`count` is how many days were asked for; None where the day itself was."""

    order: TellDay
    count: int | None = None

    def reply(self, audience: Audience) -> Reply:
        texts, order = audience.texts, self.order
        day, name = _whole(order.first, audience), one_line(order.name, LONGEST_NAME)
        if order.asked is Asked.WORKING_DAYS:
            return ForAll(None, texts.count("calendar.working_days", self.count or 0, when=_when(order, audience)))
        if self.count is not None:
            return ForAll(None, texts.count("calendar.days", self.count, day=day))
        near = {0: "today", 1: "tomorrow", -1: "yesterday"}.get((order.first - audience.today).days)
        if near:
            return ForAll(None, texts.say(f"calendar.{near}", day=day))
        if order.first < order.last:
            day = days_words(order.first, order.last, audience)
        said = texts.say("calendar.day", name=name, day=day) if name else texts.say("calendar.is", day=day)
        return ForAll(None, said[:1].upper() + said[1:])

    def document(self, _audience: Audience) -> Document:
        understood = {"command": "tell_day", "day": self.order.first.isoformat()}
        return Document("help", understood, value=self.count)


async def tell_day(stores: Stores, audience: Audience, order: TellDay) -> Finding:
    if order.asked is Asked.HOLIDAY:
        return NotUnderstood(Unclear((order.name,)))
    if order.asked is Asked.WORKING_DAYS:
        days = (order.first + at * _DAY for at in range((order.last - order.first).days + 1))
        return Day(order, sum(map(stores.reminding.work.is_working_day, days)))
    if order.asked is Asked.DAYS:
        return Day(order, max(0, (order.first - audience.today).days))
    return Day(order)


def _when(order: TellDay, audience: Audience) -> str:
    return when_words((order.first, order.last), audience)


def _whole(day: date, audience: Audience) -> str:
    """ "torsdag den 24. december 2026 (uge 52)" """
    weekday = audience.texts.say(f"weekday.{day.weekday()}")
    written = day_words(day, audience)
    return audience.texts.say("calendar.whole", weekday=weekday, day=written, week=day.isocalendar().week)
