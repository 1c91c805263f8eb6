"""Gathers all that is known of why somebody did, or didn't, get a reminder; `dialogs.office.explained` words it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.settings import Settings
from bot.wiring import Portfolio
from dialogs.office.explained import Case, Meetings, Upcoming, case_lines, reason_not_planned, trace_words
from dialogs.reminders.outlook import Outlook, outlook_at
from dialogs.turn.audience import Names
from portfolio.audit import Action, Seen, look
from portfolio.deliveries import Trace
from portfolio.identity import BY_OPERATOR, NOBODY
from portfolio.organisation import Person
from portfolio.outlook.due import considered
from portfolio.outlook.plan import Plan
from portfolio.ports.meetings import MeetingStore
from portfolio.reminders.keys import MeetingSubject
from portfolio.reminders.kinds import Considered, Key, Recipient

LOOKED_BACK = timedelta(days=7)
LOOKED_AHEAD = timedelta(days=14)
_DAY = timedelta(days=1)


async def explain(
    portfolio: Portfolio, settings: Settings, email: str, day: date | None, now: datetime
) -> dict[str, Any]:
    """Returns a document, whose `text` tells people the same as the rest tells programs. The look is written down
    first. Raises DatabaseError."""
    now = now.astimezone(settings.zone)
    person = await portfolio.people.person_by_address(email)
    if person:
        seen = look(now, BY_OPERATOR, Action.PERSON_SHOWN, Seen.DELIVERY, [person.id])
        await portfolio.stores.audit.note(seen)
    who = person.id if person else NOBODY
    until = max(now + LOOKED_AHEAD, _end_of(day, settings) if day else now)
    reminding = portfolio.stores.reminding
    outlook = await outlook_at(now, reminding.store, reminding.deliveries, reminding.work, until=until)
    case = await _case(portfolio, settings, person, email.strip().lower(), day, outlook)
    since = datetime.combine((day or now.date()) - LOOKED_BACK, time(), settings.zone)
    traces = await reminding.deliveries.traces(who, since)
    traces = [trace for trace in traces if _is_of_day(trace, case)]
    not_planned = await asyncio.to_thread(_not_planned, case, {trace.key for trace in traces})
    upcoming = _upcoming(case, await outlook.plans_until(case.until))
    keys = [*(trace.key for trace in traces), *(considered.reminder.key for considered in not_planned)]
    keys += upcoming.keys if upcoming else ()
    subjects = {key.subject for key in keys} | {snooze.subject for snooze in case.state.snoozes.get(who, ())}
    case = replace(case, meetings=await _meetings(reminding.meetings, subjects))
    return _document(case, traces, not_planned, upcoming)


async def _case(
    portfolio: Portfolio, settings: Settings, person: Person | None, address: str, day: date | None, outlook: Outlook
) -> Case:
    work, now = settings.work, outlook.now
    return Case(
        address=address,
        day=day,
        now=now,
        moment=work.closing(day) if day and day < now.date() else now,
        until=_end_of(day, settings) if day and day > now.date() else now + LOOKED_AHEAD,
        work=work,
        has_mail=settings.smtp_url is not None,
        audience=await portfolio.assistant.audience(now, "da"),
        state=outlook.state,
        memory=outlook.memory,
        person=person,
        references=await portfolio.stores.reminding.conversations.references_of(person.id) if person else [],
    )


async def _meetings(store: MeetingStore, subjects: Iterable[str]) -> Meetings:
    ids = {subject.id for subject in map(MeetingSubject.read, subjects) if subject}
    read = {meeting_id: await store.meeting(meeting_id) for meeting_id in ids}
    return {meeting_id: meeting for meeting_id, meeting in read.items() if meeting is not None}


def _end_of(day: date, settings: Settings) -> datetime:
    return datetime.combine(day, time.max, settings.zone)


def _is_of_day(trace: Trace, case: Case) -> bool:
    """Says whether the trace is of the day asked about: a late message was planned or sent after it fell due."""
    moments = (trace.due_at, trace.planned_at, trace.settled_at)
    return case.day is None or case.day in {at.astimezone(case.work.zone).date() for at in moments if at}


def _not_planned(case: Case, traced: set[Key]) -> list[Considered]:
    """Finds what lately fell due to the person, or to somebody in their place, and was not planned."""
    looked_back = LOOKED_BACK if case.day is None else _DAY
    due = considered(case.state, case.moment, case.moment - looked_back, case.work)
    return [item for item in due if _is_pending(item, case) and item.reminder.key not in traced]


def _is_pending(item: Considered, case: Case) -> bool:
    reminder = item.reminder
    if reminder.in_place_of == case.person_id:
        return True
    is_pending = item.not_sent_because is not None or reminder.key not in case.memory.already_planned
    return reminder.recipient == Recipient(case.person_id) and is_pending


def _upcoming(case: Case, plans: Sequence[Plan]) -> Upcoming | None:
    """Finds the first day on which something comes, from the day asked about on; None where nothing does."""
    first = max(case.day or case.now.date(), case.now.date())
    for plan in plans:
        messages = [message for message in plan.messages if message.recipient == Recipient(case.person_id)]
        keys = [reminder.key for message in messages for reminder in message.reminders]
        day = plan.now.astimezone(case.work.zone).date()
        if keys and day >= first:
            return Upcoming(day, keys)
    return None


def _document(
    case: Case, traces: Sequence[Trace], not_planned: Sequence[Considered], upcoming: Upcoming | None
) -> dict[str, Any]:
    planned_words = [trace_words(trace, case) for trace in traces]
    reasons = [reason_not_planned(item, case) for item in not_planned]
    planned = [_trace_document(trace) | {"said": words} for trace, words in zip(traces, planned_words, strict=True)]
    unplanned = [
        _considered_document(item, case.audience.names) | {"said": reason}
        for item, reason in zip(not_planned, reasons, strict=True)
    ]
    return {
        "person": case.address,
        "known": case.person is not None,
        "day": case.day.isoformat() if case.day else None,
        "teams": bool(case.references) or bool(case.person and case.person.entra_id),
        "mail": case.person is not None and case.has_mail,
        "served_today": case.is_served,
        "planned": planned,
        "not_planned": unplanned,
        "next": _upcoming_document(upcoming) if upcoming else None,
        "text": "\n".join(case_lines(case, planned_words, reasons, upcoming)),
    }


def _upcoming_document(upcoming: Upcoming) -> dict[str, Any]:
    return {"day": upcoming.day.isoformat(), "reminders": [_key_document(key) for key in upcoming.keys]}


def _key_document(key: Key) -> dict[str, Any]:
    return {"kind": key.kind.value, "subject": key.subject, "occasion": key.occasion}


def _trace_document(trace: Trace) -> dict[str, Any]:
    return {
        **_key_document(trace.key),
        "due_at": trace.due_at.isoformat(),
        "planned_at": trace.planned_at.isoformat(),
        "run": trace.run,
        "stage": trace.stage,
        "via": trace.via,
        "attempts": trace.attempts,
        "outcome": trace.outcome,
        "reason": trace.reason,
        "settled_at": trace.settled_at.isoformat() if trace.settled_at else None,
    }


def _considered_document(item: Considered, names: Names) -> dict[str, Any]:
    reminder = item.reminder
    return {
        **_key_document(reminder.key),
        "due_at": reminder.due_at.isoformat(),
        "recipient": names.recipient(reminder.recipient.id),
        "excuse": item.not_sent_because,
    }
