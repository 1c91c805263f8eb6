"""Who is reminded of what they owe by a date, wherever the obligation comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from functools import partial

from portfolio.reminders.keys import Origin, deadline_step
from portfolio.reminders.kinds import Considered, Kind, Obligation, Outcome, Owed, Recipient, Reminder
from portfolio.reminders.ladder import Climb, Rung, climbed, nobody_stands_in

# How many days before it is due each kind of obligation is reminded of, the most first; 0 is the day itself.
LADDERS: Mapping[Origin, tuple[int, ...]] = {
    Origin.ROUND: (1,),
    Origin.MILESTONE: (7,),
    Origin.BENEFIT: (14, 0),
}
# Those who report in a lead's place do so before a round, too; a benefit is its manager's own.
_WITH_DEPUTIES = frozenset({Origin.ROUND, Origin.MILESTONE})


def deadline_reminders(climb: Climb) -> Iterator[Considered]:
    for one in climb.state.obligations:
        if one.due <= min(climb.since, climb.now):
            continue
        rungs = [_rung(one, days, climb) for days in LADDERS[one.origin]]
        if not climb.has_come(rungs[0].day):
            continue
        owner = one.owner or ""
        excuse = Outcome.ANSWERED if one.is_met else None if owner else Outcome.NOBODY
        has_deputies = one.origin in _WITH_DEPUTIES and owner in climb.state.deputies
        stand_ins = partial(climb.state.deputies_of, owner, one.project or "") if has_deputies else nobody_stands_in
        yield from climbed(climb, rungs, _reminder(one), ends=one.due, excuse=excuse, stand_ins=stand_ins)


def _rung(one: Obligation, days: int, climb: Climb) -> Rung:
    day = climb.work.on_or_before(one.due.astimezone(climb.work.zone).date() - timedelta(days=days))
    return Rung(day, Kind.DEADLINE, -days, deadline_step(one.due, days))


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
        about=Owed(one.origin, one.project),
    )
