"""One recipient's occasions to be reminded of one thing, and which of them it is time for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property

from portfolio.reminders import KINDS, Considered, Kind, Outcome, Recipient, Reminder, ReminderState
from portfolio.working_time import WorkingTime

# A reminder says what is due now: a week later it says nothing any more.
HOLDS = timedelta(days=7)
_DAY = timedelta(days=1)
_ASKED_FOR, _BACK = "~", "^"


@dataclass(frozen=True, slots=True)
class Rung:
    """`day` is a working day, `days` how far it lies from the deadline; `occasion` tells it from the other rungs."""

    day: date
    kind: Kind
    days: int
    occasion: str
    is_again: bool = False


@dataclass(frozen=True)
class Climb:
    """The state and the moment that rungs are looked at in; `since` is when they were last looked at."""

    state: ReminderState
    now: datetime
    since: datetime
    work: WorkingTime

    @cached_property
    def today(self) -> date:
        return self.now.astimezone(self.work.zone).date()


def nobody_stands_in(_day: date) -> Sequence[str]:
    return ()


def climbed(
    climb: Climb,
    rungs: Sequence[Rung],
    reminder: Reminder,
    *,
    ends: datetime | None = None,
    excuse: Outcome | None = None,
    stand_ins: Callable[[date], Sequence[str]] = nobody_stands_in,
) -> Iterator[Considered]:
    """The rungs whose time has come, each as a reminder to the recipient of `reminder`: those that still hold, and as
    expired those that were reached and passed by since the last look. A rung holds until the next one, for a week, and
    never beyond `ends`. Beside `rungs` there is one on the day for which the recipient asked to be reminded again, and
    one on the first working day back. `excuse` keeps all of them from being due; `stand_ins` are those who are reminded
    instead on a day, the first that isn't away."""
    ladder = sorted([*rungs, *_again(climb, rungs, reminder)], key=lambda one: one.day)
    last_of_day = {rung.day: rung for rung in ladder}  # the later step tells all
    days = list(last_of_day)
    for day, following in zip(days, [*days[1:], None], strict=True):
        if day > climb.today:
            return
        until = _until(day, following, ends, climb.work)
        due_at = climb.work.opening(day)
        is_over = until <= climb.now
        if due_at >= until or due_at > climb.now or (is_over and due_at <= climb.since):
            continue
        one = _on(last_of_day[day], reminder, due_at, until)
        seen_on = until.date() if is_over else climb.today
        stand_in = next((who for who in stand_ins(seen_on) if not climb.state.is_away(who, seen_on)), None)
        if stand_in is not None:
            one = replace(one, recipient=Recipient(stand_in), in_place_of=reminder.recipient.id)
        why = excuse or _excuse(one, seen_on, climb.state)
        yield Considered(one, Outcome.EXPIRED if is_over and why is None else why)


def _until(day: date, following: date | None, ends: datetime | None, work: WorkingTime) -> datetime:
    until = work.opening(day + HOLDS if following is None else min(following, day + HOLDS))
    return until if ends is None else min(ends, until)


def _on(rung: Rung, reminder: Reminder, due_at: datetime, until: datetime) -> Reminder:
    return replace(
        reminder,
        kind=rung.kind,
        occasion=rung.occasion,
        days=rung.days,
        due_at=due_at,
        expires_at=until,
        is_again=rung.is_again,
    )


def _again(climb: Climb, rungs: Sequence[Rung], reminder: Reminder) -> Iterator[Rung]:
    """None before the first rung: there was nothing to be reminded of then."""
    state, person = climb.state, reminder.recipient.id
    if reminder.recipient.is_channel or not (person in state.snoozes or person in state.absences):
        return
    back = [(one.until, _ASKED_FOR) for one in state.snoozes.get(person, ()) if one.subject in ("", reminder.subject)]
    back += [(one.last + _DAY, _BACK) for one in state.absences.get(person, ())]
    for asked, mark in back:
        before = [rung for rung in rungs if rung.day < asked]
        if before:
            latest = max(before, key=lambda one: one.day)
            day = climb.work.on_or_after(asked, outside_quiet=KINDS[latest.kind].rests)
            yield replace(latest, day=day, occasion=f"{latest.occasion}{mark}{asked.isoformat()}", is_again=True)


def _excuse(one: Reminder, day: date, state: ReminderState) -> Outcome | None:
    person = one.recipient.id
    if state.all_stopped or one.key in state.stopped:
        return Outcome.STOPPED
    if one.recipient.is_channel:
        return None
    if person not in state.people:
        return Outcome.LEFT
    if (person, one.kind) in state.switched_off and KINDS[one.kind].may_switch_off:
        return Outcome.SWITCHED_OFF
    if state.is_away(person, day):
        return Outcome.ABSENT
    if any(snooze.subject in ("", one.subject) and day < snooze.until for snooze in state.snoozes.get(person, ())):
        return Outcome.SNOOZED
    return None
