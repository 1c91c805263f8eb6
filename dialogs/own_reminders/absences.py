"""Being away, and back: whoever is away isn't reminded, and finds what waited when back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from dialogs.deputies import handlers as deputies
from dialogs.deputies.cards import Deputies, DeputyEnded
from dialogs.own_reminders.receipt_cards import AbsenceEnded, AbsenceSet, Returned
from dialogs.remark import Remark
from dialogs.turn.answer import Answer
from dialogs.turn.payload import day_of
from dialogs.turn.readings import Command, Commanded
from dialogs.turn.visit import Visit
from portfolio.deputies import Deputy
from portfolio.questions.question import Filters, Question
from portfolio.reminders.kinds import Absence

LONGEST_ABSENCE = timedelta(days=366)
_DAY = timedelta(days=1)


async def absent(visit: Visit, command: Commanded) -> Answer:
    """Until when is asked for, where it isn't said. What was told of the same days before gives way."""
    first, last = command.first or visit.today, command.last
    if last is None:
        say = visit.audience.texts.say
        return Remark("absent_until", tries=tuple(say(f"own_reminders.away_{one}") for one in ("today", "week")))
    if last < visit.today:
        return Remark("absent_past")
    first = max(first, visit.today)
    if last < first:
        return Remark("absent_order")
    if last - visit.today > LONGEST_ABSENCE:
        return Remark("absent_too_long")
    absence = Absence(visit.person.email, first, last)
    replaced = await _replace(visit, absence)
    return await _set(visit, absence, replaced)


async def back(visit: Visit, command: Commanded) -> Answer:
    """Today, deputies and all; on a later day, only until then. Leave that is to come stays."""
    if command.first and command.first > visit.today:
        return await _back_on(visit, command.first)
    found = await _absences(visit)
    running = [one for one in found if one.first <= visit.today]
    if running:
        await _keep_only(visit, [one for one in found if one not in running])
    answer = await deputies.end_deputy(visit, Commanded(Command.END_DEPUTY))
    if not running:
        return answer
    since = visit.desk.reminding.work.on_or_after(visit.today)
    return Returned(since, answer) if isinstance(answer, DeputyEnded | Deputies) else AbsenceEnded(since)


async def absence_ended(visit: Visit, data: Mapping[str, Any]) -> Answer:
    """The one that begins on the button's day. Raises MalformedQuestion."""
    first, found = day_of(data.get("first")), await _absences(visit)
    kept = [one for one in found if one.first != first]
    if kept == found:
        return Remark("not_away")
    await _keep_only(visit, kept)
    return AbsenceEnded(visit.desk.reminding.work.on_or_after(visit.today))


async def _back_on(visit: Visit, day: date) -> Answer:
    """What is beyond that day is cut off."""
    found = await _absences(visit)
    running = [one for one in found if one.first < day <= one.last or one.last == day - _DAY]
    if not running:
        return Remark("not_away_then", tries=(visit.audience.texts.say("own_reminders.away_week"),))
    kept = [replace(one, last=min(one.last, day - _DAY)) for one in found if one.first < day]
    if kept != found:
        await _keep_only(visit, kept)
    return await _set(visit, replace(running[0], last=day - _DAY), ())


async def _set(visit: Visit, absence: Absence, replaced: Sequence[Absence]) -> AbsenceSet:
    me, reading = visit.person.email, visit.desk.reader
    named = await visit.desk.reporting.deputies_of(me, visit.today)
    leads = await reading.count(Question(where=Filters(lead=(me,))), visit.today) > 0
    return AbsenceSet(
        absence,
        visit.desk.reminding.work.on_or_after(absence.last + _DAY),
        tuple(one for one in named if _stands_in(one, absence)),
        may_name_deputy=leads,
        instead_of=tuple(replaced),
    )


async def _replace(visit: Visit, absence: Absence) -> list[Absence]:
    """Gives back those that last to another day."""
    found = await _absences(visit)
    over = [one for one in found if one.first <= absence.last and absence.first <= one.last]
    if over:
        await _keep_only(visit, [one for one in found if one not in over])
    await visit.desk.reminding.store.set_absence(absence, visit.person.email, visit.now)
    return [one for one in over if one.last != absence.last]


async def _absences(visit: Visit) -> list[Absence]:
    return await visit.desk.reminding.store.absences_of(visit.person.email, visit.today)


async def _keep_only(visit: Visit, kept: Sequence[Absence]) -> None:
    store, me = visit.desk.reminding.store, visit.person.email
    await store.end_absences(me, visit.today, me, visit.now)
    for one in kept:
        await store.set_absence(one, me, visit.now)


def _stands_in(one: Deputy, absence: Absence) -> bool:
    return one.first <= absence.last and absence.first <= one.last
