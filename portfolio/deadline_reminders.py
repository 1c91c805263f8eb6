"""Who is reminded of what they owe by a date, wherever the obligation comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import partial

from portfolio.reminders import Considered, Kind, Obligation, Origin, Outcome, Recipient, Reminder, ReminderState
from portfolio.rungs import Climb, Rung, climbed, nobody_stands_in

# How many days before it is due each kind of obligation is reminded of; 0 is the day itself.
LADDERS: Mapping[Origin, tuple[int, ...]] = {
    Origin.ROUND: (1,),
    Origin.MILESTONE: (7,),
    Origin.BENEFIT: (14, 0),
}
# Those who report in a lead's place do so before a round, too; a benefit is its manager's own.
_WITH_DEPUTIES = frozenset({Origin.ROUND, Origin.MILESTONE})


def deadline_reminders(climb: Climb) -> Iterator[Considered]:
    for one in climb.state.obligations:
        due = one.due.astimezone(climb.work.zone).date()
        rungs = [_rung(one, days, climb) for days in LADDERS[one.origin]]
        if not any(rung.day <= climb.today for rung in rungs) or due < climb.since.date() - timedelta(days=1):
            continue
        stand_ins = partial(_deputies, one, climb.state) if one.origin in _WITH_DEPUTIES else nobody_stands_in
        excuse = Outcome.ANSWERED if one.is_met else None if one.owner else Outcome.NOBODY
        yield from climbed(climb, rungs, _reminder(one), ends=one.due, excuse=excuse, stand_ins=stand_ins)


def _rung(one: Obligation, days: int, climb: Climb) -> Rung:
    day = climb.work.on_or_before(one.due.astimezone(climb.work.zone).date() - timedelta(days=days))
    return Rung(day, Kind.DEADLINE, -days, f"{one.due.timestamp():.0f}-{days}")


def _deputies(one: Obligation, state: ReminderState, day: date) -> list[str]:
    of_lead = state.deputies.get(one.owner or "", ())
    covering = (deputy.deputy for deputy in of_lead if deputy.covers(one.owner, one.project or "", day))
    return [deputy for deputy in covering if deputy in state.people]


def _reminder(one: Obligation) -> Reminder:
    return Reminder(
        kind=Kind.DEADLINE,
        subject=one.key,
        recipient=Recipient(one.owner or ""),
        occasion="",
        due_at=one.due,
        expires_at=one.due,
        deadline=one.due,
        title=one.title,
        project=one.project,
        lead=one.owner,
        origin=one.origin,
    )
