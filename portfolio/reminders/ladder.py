"""One recipient's occasions to be reminded of one thing, and which of them it is time for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property

from portfolio.reminders.keys import EVERYTHING, Again, Occasion
from portfolio.reminders.kinds import KINDS, Considered, Kind, Outcome, Recipient, Reminder, ReminderState
from portfolio.working_time import WorkingTime

# A reminder says what is due now: a week later it says nothing any more.
HOLDS = timedelta(days=7)
_DAY = timedelta(days=1)


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

    @cached_property
    def _reached(self) -> date:
        return self._last_opened(self.now)

    @cached_property
    def _seen(self) -> date:
        return self._last_opened(self.since)

    def _last_opened(self, moment: datetime) -> date:
        day = moment.astimezone(self.work.zone).date()
        return day if self.work.opening(day) <= moment else day - _DAY

    def has_come(self, day: date) -> bool:
        """Whether that day's opening lies behind, or is now."""
        return day <= self._reached

    def was_seen(self, day: date) -> bool:
        """Whether that day's opening lay behind at the last look."""
        return day <= self._seen

    def is_new(self, day: date) -> bool:
        return self.has_come(day) and not self.was_seen(day)


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
    """The rungs whose time has come, each as a reminder to the recipient of `reminder`: the one that holds, and as
    expired those that were reached and passed by since the last look. `rungs` are in the order of their days; the last
    of a day tells all. A rung holds until the next one, for a week, and never beyond `ends`. Beside `rungs` there is
    one on the day for which the recipient asked to be reminded again, and one on the first working day back. `excuse`
    keeps all of them from being due; `stand_ins` are those who are reminded instead on a day, the first that isn't
    away."""
    if not rungs or not climb.has_come(rungs[0].day):
        return
    for who in _those_asked(climb, rungs, reminder.recipient, stand_ins):
        for rung, until, is_over in _reached(climb, _with_again(climb, rungs, who, reminder.subject), ends):
            # What was missed is judged as it would have been on its day.
            day = rung.day if is_over else climb.today
            if who != _asked_on(day, climb.state, reminder.recipient, stand_ins):
                continue
            one = _on(rung, reminder, who, climb.work.opening(rung.day), until)
            why = excuse or excuse_of(one, day, climb.state)
            yield Considered(one, Outcome.EXPIRED if is_over and why is None else why)


def excuse_of(one: Reminder, day: date, state: ReminderState) -> Outcome | None:
    """Why its recipient isn't reminded on that day, whatever it is about."""
    if state.all_stopped or one.key in state.stopped:
        return Outcome.STOPPED
    return None if one.recipient.is_channel else _personal_excuse(one, day, state)


def _personal_excuse(one: Reminder, day: date, state: ReminderState) -> Outcome | None:
    person, policy = one.recipient.id, KINDS[one.kind]
    if person not in state.people:
        return Outcome.LEFT
    if policy.may_switch_off and (person, one.kind) in state.switched_off:
        return Outcome.SWITCHED_OFF
    if state.is_away(person, day):
        return Outcome.ABSENT
    snoozes = () if policy.at_once else state.snoozes.get(person, ())
    if any(snooze.subject in (EVERYTHING, one.subject) and day < snooze.until for snooze in snoozes):
        return Outcome.SNOOZED
    return None


def _those_asked(
    climb: Climb, rungs: Iterable[Rung], recipient: Recipient, stand_ins: Callable[[date], Sequence[str]]
) -> Iterable[Recipient]:
    """Who is asked today, and who would have been when those fell due that nobody looked at."""
    if stand_ins is nobody_stands_in:
        return (recipient,)
    missed = (rung.day for rung in rungs if rung.day < climb.today and climb.is_new(rung.day))
    return dict.fromkeys(_asked_on(day, climb.state, recipient, stand_ins) for day in (climb.today, *missed))


def _asked_on(
    day: date, state: ReminderState, recipient: Recipient, stand_ins: Callable[[date], Sequence[str]]
) -> Recipient:
    there = (Recipient(who) for who in stand_ins(day) if not state.is_away(who, day))
    return next(there, recipient)


def _reached(climb: Climb, ladder: Sequence[Rung], ends: datetime | None) -> Iterator[tuple[Rung, datetime, bool]]:
    """Each with until when it holds, and whether that is over."""
    following: date | None = None
    for rung in reversed(ladder):
        if rung.day != following and climb.has_come(rung.day):
            last = rung.day + HOLDS if following is None else min(following, rung.day + HOLDS)
            is_over = climb.has_come(last) or (ends is not None and ends <= climb.now)
            if is_over and climb.was_seen(rung.day):
                return  # and so were all before it
            until = climb.work.opening(last) if ends is None else min(ends, climb.work.opening(last))
            if climb.work.opening(rung.day) < until:
                yield rung, until, is_over
        following = rung.day


def _on(rung: Rung, reminder: Reminder, who: Recipient, due_at: datetime, until: datetime) -> Reminder:
    return replace(
        reminder,
        kind=rung.kind,
        recipient=who,
        occasion=rung.occasion,
        days=rung.days,
        due_at=due_at,
        expires_at=until,
        is_again=rung.is_again,
        in_place_of=None if who == reminder.recipient else reminder.recipient.id,
    )


def _with_again(climb: Climb, rungs: Sequence[Rung], who: Recipient, subject: str) -> Sequence[Rung]:
    """Only what came before can come again: for somebody back at work, what came while they were away."""
    state = climb.state
    if who.is_channel or not (who.id in state.snoozes or who.id in state.absences):
        return rungs
    snoozes = (one for one in state.snoozes.get(who.id, ()) if one.subject in (EVERYTHING, subject))
    asked = [(one.until, Again.ASKED_FOR, date.min) for one in snoozes]
    asked += [(one.last + _DAY, Again.BACK, one.first) for one in state.absences.get(who.id, ())]
    ladder = list(rungs)
    for day, why, first in sorted(asked):
        before = bisect_left(ladder, day, key=_day_of)
        if before and ladder[before - 1].day >= first:
            again = _again(ladder[before - 1], day, why, climb.work)
            # Ahead of what the day has of its own: that tells more.
            ladder.insert(bisect_left(ladder, again.day, key=_day_of), again)
    return ladder


def _again(rung: Rung, asked: date, why: Again, work: WorkingTime) -> Rung:
    day = work.on_or_after(asked, outside_quiet=KINDS[rung.kind].rests)
    occasion = Occasion.read(rung.occasion)
    again = replace(occasion, again=(*occasion.again, (why, asked)))
    return replace(rung, day=day, occasion=again.write(), is_again=True)


def _day_of(rung: Rung) -> date:
    return rung.day
