"""Being away, and back: whoever is away isn't reminded, and finds what waited when back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from dialogs.deputies import handlers as deputies
from dialogs.deputies.cards import Deputies, DeputyEnded
from dialogs.deputies.orders import EndDeputy
from dialogs.own_reminders.orders import BeAbsent, ComeBack
from dialogs.own_reminders.receipt_cards import AbsenceEnded, AbsenceSet, Returned
from dialogs.remark import Remark
from dialogs.turn.answer import Answer
from dialogs.turn.payload import day_of
from dialogs.turn.visit import Visit
from portfolio.deputies import Deputy
from portfolio.questions.question import Filters, Question
from portfolio.reminders.kinds import Absence

LONGEST_ABSENCE = timedelta(days=366)
_DAY = timedelta(days=1)


async def set_absence(visit: Visit, order: BeAbsent) -> Answer:
    """Sets an absence; asks until when, where that isn't said. An earlier absence in the same days gives way."""
    first, last = order.first or visit.today, order.last
    if last is None:
        say = visit.audience.texts.say
        return Remark("absent_until", tries=tuple(say(f"own_reminders.away_{time}") for time in ("today", "week")))
    if last < visit.today:
        return Remark("absent_past")
    first = max(first, visit.today)
    if last < first:
        return Remark("absent_order")
    if last - visit.today > LONGEST_ABSENCE:
        return Remark("absent_too_long")
    absence = Absence(visit.person.email, first, last)
    replaced = await visit.stores.reminding.store.set_absence(absence, visit.person.email, visit.now)
    return await _receipt(visit, absence, [old for old in replaced if old.last != last])


async def come_back(visit: Visit, order: ComeBack) -> Answer:
    """Ends the absence today, deputies and all; or cuts it off at a later day. Leave that is to come stays."""
    if order.day and order.day > visit.today:
        return await _return_on(visit, order.day)
    me = visit.person.email
    ended = await visit.stores.reminding.store.end_absences(me, me, visit.now)
    answer = await deputies.end_deputy(visit, EndDeputy())
    if not ended:
        return answer
    since = visit.stores.reminding.work.on_or_after(visit.today)
    return Returned(since, answer) if isinstance(answer, DeputyEnded | Deputies) else AbsenceEnded(since)


async def end_absence_pressed(visit: Visit, data: Mapping[str, Any]) -> Answer:
    """Ends the absence that begins on the button's day. Raises MalformedQuestion."""
    me, first = visit.person.email, day_of(data.get("first"))
    if not await visit.stores.reminding.store.end_absence(me, first, me, visit.now):
        return Remark("not_away")
    return AbsenceEnded(visit.stores.reminding.work.on_or_after(visit.today))


async def _return_on(visit: Visit, day: date) -> Answer:
    """Cut off what is left of the absence from that day on."""
    me = visit.person.email
    absence = await visit.stores.reminding.store.shorten_absences(me, day - _DAY, me, visit.now)
    if absence is None:
        return Remark("not_away_then", tries=(visit.audience.texts.say("own_reminders.away_week"),))
    return await _receipt(visit, absence, ())


async def _receipt(visit: Visit, absence: Absence, replaced: Sequence[Absence]) -> AbsenceSet:
    me, reading = visit.person.email, visit.stores.reader
    named = await visit.stores.reporting.deputies_of(me, visit.today)
    leads = await reading.count(Question(where=Filters(lead=(me,))), visit.today) > 0
    return AbsenceSet(
        absence,
        visit.stores.reminding.work.on_or_after(absence.last + _DAY),
        tuple(deputy for deputy in named if _stands_in(deputy, absence)),
        may_name_deputy=leads,
        instead_of=tuple(replaced),
    )


def _stands_in(deputy: Deputy, absence: Absence) -> bool:
    return deputy.first <= absence.last and absence.first <= deputy.last
