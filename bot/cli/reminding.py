"""`tovholder remind`: shows what is due, and sends it once."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Annotated, Any

from cyclopts import Parameter

from bot.cli.ending import UsageError, ends_in_words, fail, read_moment
from bot.operator_texts import count, say
from bot.settings import Settings, read_settings, safe_settings
from dialogs.office.preview_card import what_words
from dialogs.office.report_card import missed_words, run_report
from dialogs.reminders.outlook import outlook_at
from dialogs.turn.audience import Audience, Names
from dialogs.turn.visit import Reminding
from dialogs.wording.days import long_day, name_words
from portfolio.audit import Action, Seen, look
from portfolio.deliveries import Held, Missed, RunReport, missed_people, together
from portfolio.identity import BY_OPERATOR, PersonId
from portfolio.outlook.plan import Message, Plan
from portfolio.ports.audit import AuditLog
from portfolio.reminders.kinds import Considered, Outcome

EXAMPLE_MOMENT = "2026-11-27T08:00"
POLLED_SECONDS = 0.2


@ends_in_words
def remind(
    *,
    now: Annotated[str | None, Parameter(metavar=say("placeholder.moment"), help=say("option.now"))] = None,
    until: Annotated[str | None, Parameter(metavar=say("placeholder.moment"), help=say("option.until"))] = None,
    dry_run: Annotated[bool, Parameter(negative=(), help=say("option.remind_dry_run"))] = False,
    json: Annotated[bool, Parameter(negative=(), help=say("option.json"))] = False,
) -> int:
    """Sends what is due and prints the run's report; with `dry_run` only shows it. Returns the exit code."""
    settings = read_settings() if dry_run else safe_settings()
    moment, end = _moment(now, settings), _moment(until, settings) if until else None
    if end is not None and not dry_run:
        raise UsageError(say("reminding.until_sends_nothing"))
    if end is not None and end < moment:
        raise UsageError(say("reminding.until_before_now"))
    if dry_run:
        return asyncio.run(_show(settings, moment, end, as_json=json))
    return asyncio.run(_deliver(settings, moment, as_json=json))


def _moment(text: str | None, settings: Settings) -> datetime:
    if text is None:
        return datetime.now(settings.zone)
    return read_moment(text, settings.zone, EXAMPLE_MOMENT).astimezone(settings.zone)


async def _show(settings: Settings, now: datetime, until: datetime | None, *, as_json: bool) -> int:
    from bot.wiring import open_assistant

    async with open_assistant(settings) as portfolio:
        plans = await _plans(portfolio.stores.reminding, now, until)
        audience = await portfolio.assistant.audience(now, "da")
        recipients = (message.recipient for plan in plans for message in plan.messages)
        whom = [PersonId(recipient.id) for recipient in recipients if not recipient.is_channel]
        await _note_look(portfolio.stores.audit, Seen.PREVIEW, whom, settings)
    if as_json:
        print(_as_json(plans, now, until, audience.names))
    else:
        lines = [line for plan in plans for line in _plan_lines(plan, audience)]
        print("\n".join(lines) or _nothing_words(now, settings))
    return 0


async def _plans(reminding: Reminding, now: datetime, until: datetime | None) -> list[Plan]:
    """Plans for now, or for every working day until `until`; returns the plans with something to tell."""
    outlook = await outlook_at(now, reminding.store, reminding.deliveries, reminding.work, until=until)
    if until is not None:
        return await outlook.plans_until(until)
    plan = await outlook.plan()
    return [plan] if plan.has_something_to_tell else []


async def _audience_of(report: RunReport, settings: Settings, now: datetime) -> Audience:
    from bot.wiring import open_assistant

    async with open_assistant(settings) as portfolio:
        await _note_look(portfolio.stores.audit, Seen.RUN_REPORT, missed_people([report]), settings)
        return await portfolio.assistant.audience(now, "da")


async def _note_look(log: AuditLog, what: Seen, whom: Sequence[PersonId], settings: Settings) -> None:
    if whom:
        await log.note(look(datetime.now(settings.zone), BY_OPERATOR, Action.NAMES_LISTED, what, whom))


async def _deliver(settings: Settings, now: datetime, *, as_json: bool) -> int:
    from bot.sending.service import SendingStoppedError

    try:
        result = await _send_once(settings, now)
    except SendingStoppedError:
        return fail(say("reminding.stopped"))
    if result is None:
        print(json.dumps(None) if as_json else _nothing_words(now, settings))
        return 0
    if isinstance(result, Held):
        return fail(say("reminding.too_many", count=result.messages))
    audience = await _audience_of(result, settings, now)
    if as_json:
        print(json.dumps(_report(result, audience.names), ensure_ascii=False))
    else:
        print(run_report(result, audience).text)
    return 1 if {Outcome.FAILED, Outcome.UNREACHABLE} & result.counts.keys() else 0


async def _send_once(settings: Settings, now: datetime) -> RunReport | Held | None:
    """Plans what is due at `now`, and waits until all of it is sent, and all that earlier runs left, by this process or
    by the service beside it; the clock goes on from `now` meanwhile. Returns the report of these runs, or the one that
    waits for the office's yes; None where nothing was to be sent. Raises SendingStoppedError when this process can't go
    on sending."""
    from bot.clock import SimulatedClock
    from bot.wiring import open_reminders

    async with open_reminders(settings, SimulatedClock(now)) as reminders:
        store, run = reminders.store, await reminders.planner.look(now)
        ids = {*(await store.open_runs()), *([run.id] if run and not run.is_held else [])}
        if ids:
            async with reminders.sending() as sending:
                # Another process may be the one that sends, so that only the database tells when a run is over.
                while not sending.done() and not ids.isdisjoint(await store.open_runs()):  # noqa: ASYNC110
                    await asyncio.sleep(POLLED_SECONDS)
        if run and run.is_held:
            return next(iter(await store.held(run.id)), None)
        reports = [report for id_ in sorted(ids) if (report := await store.report(id_))]
        return together(reports) if reports else None


def _as_json(plans: Sequence[Plan], now: datetime, until: datetime | None, names: Names) -> str:
    messages = [(plan, message) for plan in plans for message in plan.messages]
    spared: Counter[str] = Counter()
    for plan in plans:
        spared.update({outcome.value: count for outcome, count in plan.skipped.items()})
    document = {
        "now": now.isoformat(),
        "until": until.isoformat() if until else None,
        "dry_run": True,
        "messages": [_message(plan, message, names) for plan, message in messages],
        "spared": dict(spared),
        "problems": [_problem(considered, names) for plan in plans for considered in plan.problems],
        "counts": {"messages": len(messages), "reminders": sum(len(message.reminders) for _, message in messages)},
    }
    return json.dumps(document, ensure_ascii=False)


def _message(plan: Plan, message: Message, names: Names) -> dict[str, Any]:
    return {
        "recipient": names.recipient(message.recipient.id),
        "is_channel": message.recipient.is_channel,
        "day": plan.now.date().isoformat(),
        "due_at": message.due_at.isoformat(),
        "expires_at": message.expires_at.isoformat(),
        "reminders": [
            {
                "kind": reminder.kind.value,
                "subject": reminder.subject,
                "occasion": reminder.occasion,
                "title": reminder.title,
                "project": reminder.project,
                "deadline": reminder.deadline.isoformat(),
                "days": reminder.days,
                "in_place_of": names.recipient(reminder.in_place_of) if reminder.in_place_of else None,
            }
            for reminder in message.reminders
        ],
    }


def _problem(considered: Considered, names: Names) -> dict[str, Any]:
    reminder = considered.reminder
    return {
        "outcome": considered.not_sent_because.value if considered.not_sent_because else None,
        "kind": reminder.kind.value,
        "subject": reminder.subject,
        "title": reminder.title,
        "who": names.recipient(reminder.recipient.id),
    }


def _plan_lines(plan: Plan, audience: Audience) -> Iterator[str]:
    """Yields the plan's messages, who can't be reminded and why, and how many don't need to be."""
    day = long_day(plan.now.astimezone(audience.now.tzinfo).date(), audience)
    yield count("reminding.plan", len(plan.messages), day=f"{day[:1].upper()}{day[1:]}")
    for message in plan.messages:
        yield f"  {_recipient(message, audience)}: {what_words(message.reminders, audience)}"
    for missed in missed_words([_missed(problem) for problem in plan.problems], audience):
        yield f"  {say('reminding.missed', who=missed)}"
    for outcome, number in plan.skipped.items():
        yield f"  {audience.texts.name('outcome', outcome)}: {number}"


def _recipient(message: Message, audience: Audience) -> str:
    if message.recipient.is_channel:
        return say("preview.channel", body=message.recipient.id)
    return name_words(message.recipient.id, audience)


def _missed(considered: Considered) -> Missed:
    reminder = considered.reminder
    return Missed(
        considered.not_sent_because or Outcome.FAILED, reminder.recipient.id, reminder.subject, reminder.title
    )


def _nothing_words(now: datetime, settings: Settings) -> str:
    if settings.work.is_open(now):
        return say("reminding.nothing")
    return say("reminding.outside_hours", opens=settings.work.next_open(now))


def _report(report: RunReport, names: Names) -> dict[str, Any]:
    missed = [
        {
            "outcome": miss.outcome.value,
            "who": names.recipient(miss.who),
            "subject": miss.subject,
            "reason": miss.reason,
        }
        for miss in report.missed
    ]
    counts = {outcome.value: count for outcome, count in report.counts.items()}
    document = {"run": report.run, "due": report.due, "messages": report.messages, "counts": counts, "missed": missed}
    return document | {"earlier_runs": list(report.earlier)}
