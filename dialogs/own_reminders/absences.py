"""Being away, and back: whoever is away isn't reminded, and finds what waited when back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from dialogs.deputies import handlers as deputies
from dialogs.deputies.cards import Deputies, DeputyEnded
from dialogs.deputies.orders import EndDeputy
from dialogs.forms.questions import asked_which
from dialogs.own_reminders.buttons import EndAbsence
from dialogs.own_reminders.handlers import my_reminders
from dialogs.own_reminders.orders import BeAbsent, ComeBack, DropAbsence
from dialogs.own_reminders.receipt_cards import AbsenceEnded, AbsenceSet, Returned
from dialogs.remark import Remark
from dialogs.turn.answer import Answer
from dialogs.turn.reply import Refusal
from dialogs.turn.visit import Visit
from dialogs.undoable import remember
from dialogs.wording.days import days_words
from dialogs.wording.values import listed
from portfolio.deputies import Deputy
from portfolio.ports.reminders import MOST_ABSENCES, TooManyAbsencesError
from portfolio.questions.question import Question, which
from portfolio.reminders.kinds import Absence
from portfolio.status.reporting import Overtaken

LONGEST_ABSENCE = timedelta(days=366)
_DAY = timedelta(days=1)


async def set_absence(visit: Visit, order: BeAbsent) -> Answer:
    """Sets an absence; asks until when, where that isn't said. An earlier absence in the same days gives way."""
    first, last = order.first or visit.today, order.last
    if last is None:
        say = visit.audience.texts.say
        tries = tuple(say(f"own_reminders.away_{time}") for time in ("today", "week"))
        return await asked_which(visit, Remark("absent_until", tries=tries), lead=say("own_reminders.away"))
    if last < visit.today:
        return Remark("absent_past")
    first = max(first, visit.today)
    if last < first:
        return Remark("absent_order")
    if last - visit.today > LONGEST_ABSENCE:
        return Remark("absent_too_long")
    before, absence = await _own(visit), Absence(visit.person.id, first, last)
    try:
        replaced = await visit.stores.reminding.store.set_absence(absence, visit.person.id, visit.now)
    except TooManyAbsencesError:
        tries = (visit.audience.texts.say("own_reminders.example"),)
        return Remark("absent_most", {"most": MOST_ABSENCES}, tries=tries, refusal=Refusal.SAID)
    await _remember(visit, before)
    return await _receipt(visit, absence, [old for old in replaced if old.last != last])


async def come_back(visit: Visit, order: ComeBack) -> Answer:
    """Ends the absence today, deputies and all; or cuts it off at a later day. Leave that is to come stays."""
    if order.day and order.day > visit.today:
        return await _return_on(visit, order.day)
    me, before = visit.person.id, await _own(visit)
    ended = await visit.stores.reminding.store.end_absences(me, me, visit.now)
    named = await deputies.named_by(visit, me)
    if not ended and not named:
        return await my_reminders(visit) if before else Remark("not_away")
    if not ended:
        return await deputies.end_deputy(visit, EndDeputy())
    answer = await deputies.end_meant(visit, EndDeputy())
    await _remember(visit, before, await deputies.change_since(visit, me, named))
    since = visit.stores.reminding.work.on_or_after(visit.today)
    return Returned(since, answer) if isinstance(answer, DeputyEnded | Deputies) else AbsenceEnded(since)


async def drop_absence(visit: Visit, order: DropAbsence) -> Answer:
    """Ends the absence that is meant; shows all where it may be several, or none."""
    before = await _own(visit)
    first, last = order.first or date.min, order.last or order.first or date.max
    meant = [absence for absence in before if absence.first <= last and first <= absence.last]
    if len(meant) != 1:
        return await my_reminders(visit) if before else Remark("not_away")
    me = visit.person.id
    await visit.stores.reminding.store.end_absence(me, meant[0].first, me, visit.now)
    await _remember(visit, before)
    return AbsenceEnded(visit.stores.reminding.work.on_or_after(visit.today), meant[0])


async def end_absence_pressed(visit: Visit, button: EndAbsence) -> Answer:
    """Ends the absence that begins on the button's day."""
    me, before = visit.person.id, await _own(visit)
    if not await visit.stores.reminding.store.end_absence(me, button.first, me, visit.now):
        return Remark("not_away")
    await _remember(visit, before)
    return AbsenceEnded(visit.stores.reminding.work.on_or_after(visit.today))


async def undo_absence(visit: Visit, data: Mapping[str, Any]) -> Answer:
    """Makes the person's absences what they were before the change, deputies and all. Raises Overtaken."""
    store, me, now = visit.stores.reminding.store, visit.person.id, await _own(visit)
    if _as_data(now) != data["after"]:
        raise Overtaken
    if data["deputies"]:
        await deputies.undo_deputies(visit, data["deputies"])
    before = [Absence(me, date.fromisoformat(first), date.fromisoformat(last)) for first, last in data["before"]]
    for absence in now:
        if absence.first not in {old.first for old in before}:
            await store.end_absence(me, absence.first, me, visit.now)
    for old in before:
        if old not in now:
            await store.set_absence(old, me, visit.now)
    if not before:
        return Remark("absence_undone_none")
    days = [days_words(old.first, old.last, visit.audience) for old in before]
    return Remark("absence_undone", {"days": listed(days, visit.audience)})


async def _remember(visit: Visit, before: Sequence[Absence], of_deputies: Mapping[str, Any] | None = None) -> None:
    after = await _own(visit)
    if after != before or of_deputies:
        data = {"before": _as_data(before), "after": _as_data(after), "deputies": of_deputies}
        await remember(visit, "absence", data)


async def _own(visit: Visit) -> list[Absence]:
    return await visit.stores.reminding.store.absences_of(visit.person.id, visit.today)


def _as_data(absences: Sequence[Absence]) -> list[list[str]]:
    return [[absence.first.isoformat(), absence.last.isoformat()] for absence in absences]


async def _return_on(visit: Visit, day: date) -> Answer:
    """Cut off what is left of the absence from that day on."""
    me, before = visit.person.id, await _own(visit)
    absence = await visit.stores.reminding.store.shorten_absences(me, day - _DAY, me, visit.now)
    if absence is None:
        return Remark("not_away_then", tries=(visit.audience.texts.say("own_reminders.away_week"),))
    await _remember(visit, before)
    return await _receipt(visit, absence, ())


async def _receipt(visit: Visit, absence: Absence, replaced: Sequence[Absence]) -> AbsenceSet:
    me, reading = visit.person.id, visit.stores.reader
    named = await visit.stores.reporting.deputies_of(me, visit.today)
    leads = await reading.count(Question(where=which(lead=(me,))), visit.today) > 0
    return AbsenceSet(
        absence,
        visit.stores.reminding.work.on_or_after(absence.last + _DAY),
        tuple(deputy for deputy in named if _stands_in(deputy, absence)),
        may_name_deputy=leads,
        instead_of=tuple(replaced),
    )


def _stands_in(deputy: Deputy, absence: Absence) -> bool:
    return deputy.first <= absence.last and absence.first <= deputy.last
