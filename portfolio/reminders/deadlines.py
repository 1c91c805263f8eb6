"""Reminders of what people owe by a date, wherever the obligation comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta

from portfolio.identity import NOBODY
from portfolio.reminders.keys import Origin, deadline_step
from portfolio.reminders.kinds import Considered, Kind, Obligation, Outcome, Owed, Recipient, Reminder
from portfolio.reminders.ladder import Moment, Step, deputies_in, due_steps, nobody_stands_in, reminder_without_step

# How many days before it is due each kind of obligation is reminded of, the most first; 0 is the day itself.
LADDERS: Mapping[Origin, tuple[int, ...]] = {
    Origin.ROUND: (1,),
    Origin.MILESTONE: (7,),
    Origin.BENEFIT: (14, 0),
}
# Those who report in a lead's place do so before a round, too; a benefit is its manager's own.
WITH_DEPUTIES = frozenset({Origin.ROUND, Origin.MILESTONE})


def deadline_reminders(moment: Moment) -> Iterator[Considered]:
    for obligation in moment.state.obligations:
        if obligation.due <= min(moment.since, moment.now):
            continue
        steps = [_step(obligation, days, moment) for days in LADDERS[obligation.origin]]
        if not moment.has_come(steps[0].day):
            continue
        owner = obligation.owner or NOBODY
        not_sent_because = None if owner else Outcome.NOBODY
        if obligation.is_met:
            not_sent_because = Outcome.ANSWERED
        deputies = deputies_in(moment.state, owner, obligation.project or "")
        stand_ins = deputies if obligation.origin in WITH_DEPUTIES else nobody_stands_in
        reminder, ends = _reminder(obligation), obligation.due
        yield from due_steps(moment, steps, reminder, ends=ends, not_sent_because=not_sent_because, stand_ins=stand_ins)


def _step(obligation: Obligation, days: int, moment: Moment) -> Step:
    day = moment.work.on_or_before(obligation.due.astimezone(moment.work.zone).date() - timedelta(days=days))
    return Step(day, Kind.DEADLINE, -days, deadline_step(obligation.due, days))


def _reminder(obligation: Obligation) -> Reminder:
    recipient, about = Recipient(obligation.owner or NOBODY), Owed(obligation.origin, obligation.project)
    return reminder_without_step(Kind.DEADLINE, obligation.key, recipient, obligation.due, about, obligation.title)
