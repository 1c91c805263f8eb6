"""Shows what will be sent in the next days, and lets the portfolio office decide on a large run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from dialogs.office.buttons import Discard, Preview, Release
from dialogs.office.orders import ShowPreview, ShowSent
from dialogs.office.preview_card import Change, Previewed
from dialogs.office.report_card import Sent
from dialogs.remark import Remark
from dialogs.reminders.outlook import Outlook, outlook_at
from dialogs.turn.answer import Answer
from dialogs.turn.visit import Visit
from dialogs.undoable import remember
from dialogs.wording.days import duration_words, number_of
from portfolio.audit import Action, Seen, look
from portfolio.deliveries import RunReport, missed_people, own_reports
from portfolio.identity import PersonId
from portfolio.outlook.plan import Message, Plan
from portfolio.reminders.kinds import Key, Recipient
from portfolio.rights import may_see_others_reminders

USUAL, LONGEST = timedelta(days=14), timedelta(days=60)
_WEEK = timedelta(days=7)


async def preview(visit: Visit, order: ShowPreview) -> Answer:
    """Shows what will be sent until the day that is named: two weeks ahead where none is, and at most two months."""
    return await _preview_until(visit, order.until or visit.today + USUAL, 0)


async def preview_pressed(visit: Visit, button: Preview) -> Answer:
    return await _preview_until(visit, button.until or visit.today + USUAL, button.offset)


async def show_sent(visit: Visit, order: ShowSent) -> Answer:
    """Shows what was sent in the days that are named, a week where none are: to everybody, or to those who may not see
    that, to themselves."""
    last = min(order.last or visit.today, visit.today)
    first = min(order.first or last - _WEEK, last)
    deliveries, zone = visit.stores.reminding.deliveries, visit.stores.reminding.work.zone
    if may_see_others_reminders(visit.person):
        reports = await deliveries.reports(first, last, zone)
        await _note_look(visit, Seen.SENT, missed_people(reports))
        return Sent(reports, first, last)
    traces = await deliveries.traces(visit.person.id, datetime.combine(first, time.min, zone))
    return Sent(own_reports(trace for trace in traces if trace.day(zone) <= last), first, last, is_own=True)


async def release_run(visit: Visit, button: Release, _run: RunReport) -> Answer:
    held = await visit.stores.reminding.deliveries.held(button.run)
    count = await visit.stores.reminding.deliveries.release(button.run, visit.person.id, visit.now)
    if not count:
        return Remark("run_decided")
    await remember(visit, "run", {}, has_button=False)
    time = duration_words(held[0].seconds if held else 0.0, visit.audience)
    return Remark("run_released", {"messages": _messages(visit, count), "time": time})


async def discard_run(visit: Visit, button: Discard, _run: RunReport) -> Answer:
    count = await visit.stores.reminding.deliveries.discard(button.run, visit.person.id, visit.now)
    if not count:
        return Remark("run_decided")
    await remember(visit, "run", {}, has_button=False)
    return Remark("run_discarded", {"messages": _messages(visit, count)})


def _messages(visit: Visit, count: int) -> str:
    return visit.audience.texts.count("approval.messages", count, number=number_of(count, visit.audience))


async def preview_after(visit: Visit, keys: Sequence[Key], *, are_stopped: bool) -> Previewed:
    """Preview what is sent once some reminders were stopped, or are sent after all."""
    return await _preview_until(visit, visit.today + USUAL, 0, Change(frozenset(keys), are_stopped))


async def planned_keys(visit: Visit) -> frozenset[Key]:
    """Gives what the longest preview shows."""
    _, plans = await _plans_until(visit, visit.today + LONGEST, with_stopped=True)
    messages = (message for plan in plans for message in plan.messages)
    return frozenset(reminder.key for message in messages for reminder in message.reminders)


async def _plans_until(visit: Visit, until: date, *, with_stopped: bool) -> tuple[Outlook, list[Plan]]:
    reminding = visit.stores.reminding
    end = datetime.combine(until, time.max, reminding.work.zone)
    outlook = await outlook_at(
        visit.now, reminding.store, reminding.deliveries, reminding.work, until=end, with_held=False
    )
    return outlook, await outlook.plans_until(end, with_stopped=with_stopped)


async def _preview_until(visit: Visit, until: date, offset: int, change: Change | None = None) -> Previewed:
    until = min(max(until, visit.today), visit.today + LONGEST)
    is_office = may_see_others_reminders(visit.person)
    outlook, plans = await _plans_until(visit, until, with_stopped=is_office)
    visible = plans if is_office else [_own_messages(plan, visit.person.id) for plan in plans]
    filled = tuple(plan for plan in visible if plan.messages)
    shown = Previewed(filled, until, is_office, offset, outlook.state.all_stopped, outlook.state.stopped, change)
    await _note_look(visit, Seen.PREVIEW, shown.whom)
    return shown


async def _note_look(visit: Visit, what: Seen, whom: Iterable[PersonId]) -> None:
    if others := [person for person in whom if person != visit.person.id]:
        await visit.stores.audit.note(look(visit.now, visit.person.id, Action.NAMES_LISTED, what, others))


def _own_messages(plan: Plan, person: PersonId) -> Plan:
    messages: tuple[Message, ...] = tuple(
        message for message in plan.messages if message.recipient == Recipient(person)
    )
    return replace(plan, messages=messages)
