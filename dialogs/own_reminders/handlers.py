"""A person's own reminders: asked for again later, and shown as they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from dialogs.cards.buttons import Snooze as SnoozeButton
from dialogs.forms.questions import asked_which
from dialogs.meetings.pressed import current_subject
from dialogs.own_reminders.buttons import EndSnoozes, ShowMine
from dialogs.own_reminders.card import MyReminders
from dialogs.own_reminders.orders import SnoozeReminders
from dialogs.own_reminders.receipt_cards import Matter, Rhythm, Snoozed, SnoozeEnded
from dialogs.questions.clarify_card import NotUnderstood
from dialogs.refusal import ForbiddenButton, Why
from dialogs.remark import Remark
from dialogs.reminders.outlook import LATELY
from dialogs.turn.answer import Answer
from dialogs.turn.audience import Audience, Scope
from dialogs.turn.button import MOST_SUBJECTS, Thing
from dialogs.turn.orders import Order
from dialogs.turn.reply import Refusal
from dialogs.turn.visit import Visit
from dialogs.undoable import remember
from dialogs.values.plain import one_line
from portfolio.meetings.reminders import meeting_key
from portfolio.questions.question import Question, meetings_of, which
from portfolio.reminders.keys import MeetingSubject
from portfolio.reminders.kinds import KINDS, Kind, Snooze
from portfolio.reminders.own import own_subjects
from portfolio.rights import is_portfolio_office, reporters
from portfolio.status.reminders import rhythm_of
from portfolio.status.reporting import Overtaken

# A message that isn't understood may be meant for what was asked within this time.
ANSWERED_WITHIN = timedelta(hours=24)
LONGEST_SNOOZE = timedelta(days=60)
MOST_SNOOZES = 200
LONGEST_TITLE = 100
_DAY = timedelta(days=1)
_ASKING = frozenset(kind for kind, policy in KINDS.items() if policy.asks)


async def snooze(visit: Visit, order: SnoozeReminders) -> Answer:
    """Snoozes what is named, else what the person was reminded of lately."""
    if order.day and order.day <= visit.today:
        return Remark("snooze_past")
    if len(order.projects) > 1 or order.maybe:
        return await asked_which(visit, _ask_which_project(visit, order))
    if order.projects and (refusal := await _refusal(visit, order.projects[0])):
        return refusal
    if stranger := next((body for body in order.bodies if not _is_in(visit, body)), None):
        return Remark("snooze_not_invited", {"body": stranger})
    meetings = [key for body in order.bodies for key in await _next_meeting(visit, body)]
    subjects = [*order.projects, *order.subjects, *meetings]
    if not subjects and not order.bodies:
        subjects = await _recent_subjects(visit, visit.now - LATELY)
    if not subjects:
        return Remark("nothing_told", tries=(visit.audience.texts.say("own_reminders.example"),))
    return await _snooze_until(visit, subjects, order.day or visit.today + _DAY)


async def snooze_pressed(visit: Visit, button: SnoozeButton) -> Answer:
    """Snoozes the reminders above the button until its day, or until tomorrow where that day is over; of those that it
    names, the person's own that are still there. Raises ForbiddenButton where none is."""
    named, until = await _current(visit, button.subjects), max(button.until, visit.today + _DAY)
    subjects = await _own(visit, named) if named else await _recent_subjects(visit, visit.now - LATELY)
    if named and not subjects:
        return await _refuse_others(visit, named)
    if not subjects:
        return Remark("nothing_told", tries=(visit.audience.texts.say("own_reminders.example"),))
    return await _snooze_until(visit, subjects, until)


async def end_snooze_pressed(visit: Visit, button: EndSnoozes) -> Answer:
    """Ends the snoozes of the button's subjects, or all."""
    me, subjects, before = visit.person.id, await _current(visit, button.subjects), await _snoozes(visit)
    count = await visit.stores.reminding.store.end_snoozes(me, subjects or None, me, visit.now)
    await _remember(visit, before)
    return SnoozeEnded(count)


async def undo_snooze(visit: Visit, data: Mapping[str, Any]) -> Answer:
    """Makes what is put off what it was before the change. Raises Overtaken."""
    store, me, now = visit.stores.reminding.store, visit.person.id, await _snoozes(visit)
    if _as_data(now) != data["after"]:
        raise Overtaken
    before = [Snooze(me, subject, date.fromisoformat(until)) for subject, until in data["before"].items()]
    gone = {snooze.subject for snooze in now} - {snooze.subject for snooze in before}
    if gone:
        await store.end_snoozes(me, gone, me, visit.now)
    await store.snooze([snooze for snooze in before if snooze not in now], me, visit.now)
    return Remark("snooze_undone", tries=(visit.audience.texts.say("own_reminders.example"),))


def snooze_anew(audience: Audience, data: Mapping[str, Any]) -> str | None:
    """The beginning of "mind mig om P001 på fredag", where one project was put off."""
    before, after = data["before"], data["after"]
    changed = [subject for subject, until in after.items() if before.get(subject) != until]
    is_project = len(changed) == 1 and audience.names.is_project(changed[0])
    return audience.texts.say("own_reminders.snooze_anew", number=changed[0]) if is_project else None


async def offer_later(visit: Visit, answer: Answer) -> Answer:
    """Offers to be reminded again in some days, below the answer to a message that wasn't understood after a reminder:
    it may have been meant for that."""
    if visit.audience.scope is not Scope.PERSONAL or not isinstance(answer, NotUnderstood):
        return answer
    asked_lately = await _recent_subjects(visit, visit.now - ANSWERED_WITHIN, _ASKING)
    snoozed = {snooze.subject for snooze in await _snoozes(visit)} if asked_lately else set()
    if all(subject in snoozed for subject in asked_lately) or "" in snoozed:
        return answer
    work = visit.stores.reminding.work
    return replace(answer, later=work.on_or_after(work.on_or_after(visit.today + _DAY) + _DAY))


async def show_my_reminders(visit: Visit, _order: Order) -> Answer:
    return await my_reminders(visit)


async def my_reminders(visit: Visit) -> Answer:
    store, me = visit.stores.reminding.store, visit.person.id
    led = await visit.stores.reader.project_numbers(Question(where=which(lead=(me,))), visit.today)
    state = await store.state(visit.now, led)
    rhythms = tuple(Rhythm(project.number, rhythm_of(project, state)) for project in state.projects)
    snoozes = await _snoozes(visit)
    matters = await _matters(visit, [snooze.subject for snooze in snoozes])
    absences = await store.absences_of(me, visit.today)
    off = await store.switched_off(me)
    return MyReminders(
        off, tuple(absences), tuple(zip(snoozes, matters, strict=True)), rhythms, are_all_stopped=state.all_stopped
    )


async def my_reminders_pressed(visit: Visit, _button: ShowMine) -> Answer:
    return await my_reminders(visit)


async def _snooze_until(visit: Visit, subjects: Sequence[str], day: date) -> Answer:
    if day > visit.today + LONGEST_SNOOZE:
        return Remark("snooze_too_far")
    until = visit.stores.reminding.work.on_or_after(day)
    matters, before = await _matters(visit, subjects), await _snoozes(visit)
    if _are_too_many(before, subjects):
        tries = (visit.audience.texts.say("own_reminders.example"),)
        return Remark("snooze_most", {"most": MOST_SNOOZES}, tries=tries, refusal=Refusal.SAID)
    await _store(visit, subjects, until)
    await _remember(visit, before)
    return Snoozed(tuple(matters), until)


def _are_too_many(before: Iterable[Snooze], subjects: Iterable[str]) -> bool:
    return len({snooze.subject for snooze in before}.union(subjects)) > MOST_SNOOZES


async def _remember(visit: Visit, before: Sequence[Snooze]) -> None:
    was, now = _as_data(before), _as_data(await _snoozes(visit))
    if was != now:
        await remember(visit, "snooze", {"before": was, "after": now})


def _as_data(snoozes: Iterable[Snooze]) -> dict[str, str]:
    return {snooze.subject: snooze.until.isoformat() for snooze in snoozes}


async def _store(visit: Visit, subjects: Iterable[str], until: date) -> None:
    wanted = [Snooze(visit.person.id, subject, until) for subject in subjects]
    await visit.stores.reminding.store.snooze(wanted, visit.person.id, visit.now)


async def _snoozes(visit: Visit) -> list[Snooze]:
    return await visit.stores.reminding.store.snoozes_of(visit.person.id, visit.today)


async def _recent_subjects(visit: Visit, since: datetime, kinds: Iterable[Kind] = KINDS) -> list[str]:
    """Return the subjects of the reminders that the person was sent since then. What is told at once can't be snoozed,
    and isn't among them."""
    keys = await visit.stores.reminding.store.told_lately(visit.person.id, since)
    subjects = (key.subject for key in keys if key.kind in kinds and not KINDS[key.kind].at_once)
    return list(dict.fromkeys(subjects))[:MOST_SUBJECTS]


def _is_in(visit: Visit, name: str) -> bool:
    body = visit.audience.names.body(name)
    return body is not None and body.has(visit.person.id)


async def _next_meeting(visit: Visit, body: str) -> list[str]:
    page = await visit.stores.reader.meetings(meetings_of(body), visit.now, size=1)
    return [meeting_key(meeting) for meeting in page.meetings]


async def _own(visit: Visit, subjects: Sequence[str]) -> list[str]:
    own = own_subjects(await visit.stores.reminding.store.state(visit.now), visit.person.id, visit.today)
    return [subject for subject in subjects if subject in own]


async def _refuse_others(visit: Visit, subjects: Sequence[str]) -> Remark:
    """Say that the project was closed. Raises ForbiddenButton where others are reminded of it, or nobody."""
    for number in filter(visit.audience.names.is_project, subjects):
        if refusal := await _refusal(visit, number):
            if refusal.refusal:
                return refusal
            raise ForbiddenButton(Thing.REMINDER, Why.OTHERS, refusal)
    raise ForbiddenButton(Thing.REMINDER, Why.UNKNOWN)


async def _refusal(visit: Visit, number: str) -> Remark | None:
    """Say no to a reminder of what only others are asked for."""
    reportable = await visit.stores.reporting.reportable(number)
    title = one_line(visit.audience.names.project(number), LONGEST_TITLE)
    if reportable is None or reportable.detail.project.is_closed:
        return Remark("snooze_closed", {"title": title}, refusal=Refusal.SAID)
    people = reporters(reportable.detail.project, reportable.deputies, visit.today)
    if visit.person.id in people or is_portfolio_office(visit.person):
        return None
    return Remark("snooze_not_asked", {"title": title}, people=people[:1])


def _ask_which_project(visit: Visit, order: SnoozeReminders) -> Remark:
    day = order.day or visit.stores.reminding.work.on_or_after(visit.today + _DAY)
    numbers = (order.maybe or order.projects)[:3]
    say = visit.audience.texts.say
    tries = [say("own_reminders.snooze_one", number=number, day=f"{day:%d/%m/%Y}") for number in numbers]
    return Remark("snooze_which", tries=tuple(tries))


async def _matters(visit: Visit, subjects: Sequence[str]) -> list[Matter]:
    vocabulary = visit.audience.names.vocabulary
    titles = {project.number: project.title for project in vocabulary.projects}
    matters = [await _meeting(visit, subject) or Matter(subject, titles.get(subject, "")) for subject in subjects]
    if any(matter.subject and not matter.title for matter in matters):
        state = await visit.stores.reminding.store.state(visit.now)
        owed = {obligation.key: obligation.title for obligation in state.obligations}
        matters = [replace(matter, title=matter.title or owed.get(matter.subject, "")) for matter in matters]
    return matters


async def _meeting(visit: Visit, subject: str) -> Matter | None:
    known = MeetingSubject.read(subject)
    meeting = await visit.stores.reminding.meetings.meeting(known.id) if known else None
    return Matter(subject, meeting.body, meeting.start) if meeting else None


async def _current(visit: Visit, subjects: Sequence[str]) -> list[str]:
    return list(dict.fromkeys([await current_subject(visit, subject) for subject in subjects]))
