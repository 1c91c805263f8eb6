"""The ladder: a recipient's occasions to be reminded of one thing, and which of them are due."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property, partial

from portfolio.identity import PersonId
from portfolio.reminders.keys import EVERYTHING, Again, Occasion
from portfolio.reminders.kinds import KINDS, About, Considered, Kind, Outcome, Recipient, Reminder, ReminderState
from portfolio.working_time import WorkingTime

# A reminder says what is due now: a week later it says nothing any more.
HOLDS = timedelta(days=7)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Step:
    """`day` is a working day, `days` how far it lies from the deadline; `occasion` tells it from the other steps."""

    day: date
    kind: Kind
    days: int
    occasion: str
    is_again: bool = False


@dataclass(frozen=True)
class Moment:
    """The state and the time at which steps are looked at; `since` is when they were last looked at."""

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
        """Says whether that day's opening lies behind, or is now."""
        return day <= self._reached

    def was_seen(self, day: date) -> bool:
        """Says whether that day's opening lay behind at the last look."""
        return day <= self._seen

    def is_new(self, day: date) -> bool:
        return self.has_come(day) and not self.was_seen(day)


def nobody_stands_in(_day: date) -> Sequence[PersonId]:
    return ()


def deputies_in(state: ReminderState, lead: PersonId, project: str) -> Callable[[date], Sequence[PersonId]]:
    """Tells who reports in the lead's place on a day."""
    return partial(state.deputies_of, lead, project) if lead in state.deputies else nobody_stands_in


def reminder_without_step(
    kind: Kind, subject: str, recipient: Recipient, deadline: datetime, about: About, title: str
) -> Reminder:
    """Makes the reminder that `due_steps` puts on a step, with its occasion and times."""
    return Reminder(kind, subject, recipient, "", deadline, deadline, deadline, about, title)


def due_steps(
    moment: Moment,
    steps: Sequence[Step],
    reminder: Reminder,
    *,
    ends: datetime | None = None,
    not_sent_because: Outcome | None = None,
    stand_ins: Callable[[date], Sequence[PersonId]] = nobody_stands_in,
) -> Iterator[Considered]:
    """Yields the step that is due now, and as EXPIRED those that fell due since the last look and no longer hold.

    Each is `reminder` on that step. `steps` are in the order of their days; of several on one day the last counts. A
    step holds until the next one, for a week, and never beyond `ends`. Steps are added on the day for which the
    recipient asked to be reminded again, and on the first working day back. `not_sent_because` keeps all of them from
    being due. Of the `stand_ins` of a day, the first who isn't away is reminded instead."""
    if not steps or not moment.has_come(steps[0].day):
        return
    for who in _those_asked(moment, steps, reminder.recipient, stand_ins):
        for step, until, is_over in _reached(moment, _with_again(moment, steps, who, reminder.subject), ends):
            # What was missed is judged as it would have been on its day.
            day = step.day if is_over else moment.today
            if who != _asked_on(day, moment.state, reminder.recipient, stand_ins):
                continue
            on_step = _on_step(step, reminder, who, moment.work.opening(step.day), until)
            reason = not_sent_because or reason_not_to_send(on_step, day, moment.state, is_over=is_over)
            yield Considered(on_step, reason)


def reason_not_to_send(reminder: Reminder, day: date, state: ReminderState, *, is_over: bool) -> Outcome | None:
    """Finds why its recipient isn't reminded on that day, whatever it is about; None where nothing keeps it back."""
    if state.is_stopped(day) or reminder.key in state.stopped:
        return Outcome.STOPPED
    reason = None if reminder.recipient.is_channel else _personal_reason(reminder, day, state)
    if reason is None and state.restored_at is not None and reminder.due_at <= state.restored_at:
        return Outcome.RESTORED
    return reason or (Outcome.EXPIRED if is_over else None)


def _personal_reason(reminder: Reminder, day: date, state: ReminderState) -> Outcome | None:
    person, policy = reminder.recipient.person, KINDS[reminder.kind]
    if person not in state.people:
        return Outcome.LEFT
    if policy.may_switch_off and (person, reminder.kind) in state.switched_off:
        return Outcome.SWITCHED_OFF
    if state.is_away(person, day):
        return Outcome.ABSENT
    snoozes = () if policy.at_once else state.snoozes.get(person, ())
    if any(snooze.subject in (EVERYTHING, reminder.subject) and day < snooze.until for snooze in snoozes):
        return Outcome.SNOOZED
    return None


def _those_asked(
    moment: Moment, steps: Iterable[Step], recipient: Recipient, stand_ins: Callable[[date], Sequence[PersonId]]
) -> Iterable[Recipient]:
    """Lists who is asked today, and who would have been when those fell due that nobody looked at."""
    if stand_ins is nobody_stands_in:
        return (recipient,)
    missed = (step.day for step in steps if step.day < moment.today and moment.is_new(step.day))
    return dict.fromkeys(_asked_on(day, moment.state, recipient, stand_ins) for day in (moment.today, *missed))


def _asked_on(
    day: date, state: ReminderState, recipient: Recipient, stand_ins: Callable[[date], Sequence[PersonId]]
) -> Recipient:
    there = (Recipient(who) for who in stand_ins(day) if not state.is_away(who, day))
    return next(there, recipient)


def _reached(moment: Moment, ladder: Sequence[Step], ends: datetime | None) -> Iterator[tuple[Step, datetime, bool]]:
    """Yields each step with the end of the time that it holds, and whether that is over."""
    following: date | None = None
    for step in reversed(ladder):
        if step.day != following and moment.has_come(step.day):
            last = step.day + HOLDS if following is None else min(following, step.day + HOLDS)
            is_over = moment.has_come(last) or (ends is not None and ends <= moment.now)
            if is_over and moment.was_seen(step.day):
                return  # and so were all before it
            until = moment.work.opening(last) if ends is None else min(ends, moment.work.opening(last))
            if moment.work.opening(step.day) < until:
                yield step, until, is_over
        following = step.day


def _on_step(step: Step, reminder: Reminder, who: Recipient, due_at: datetime, until: datetime) -> Reminder:
    return replace(
        reminder,
        kind=step.kind,
        recipient=who,
        occasion=step.occasion,
        days=step.days,
        due_at=due_at,
        expires_at=until,
        is_again=step.is_again,
        in_place_of=None if who == reminder.recipient else reminder.recipient.person,
    )


def _with_again(moment: Moment, steps: Sequence[Step], who: Recipient, subject: str) -> Sequence[Step]:
    """Adds the steps that come again. Only what came before can do so: for somebody back at work, what came while they
    were away."""
    state, person = moment.state, who.person
    if not (person in state.snoozes or person in state.absences):
        return steps
    snoozes = (snooze for snooze in state.snoozes.get(person, ()) if snooze.subject in (EVERYTHING, subject))
    asked = [(snooze.until, Again.ASKED_FOR, date.min) for snooze in snoozes]
    asked += [(absence.last + _DAY, Again.BACK, absence.first) for absence in state.absences.get(person, ())]
    ladder = list(steps)
    for day, reason, first in sorted(asked):
        before = bisect_left(ladder, day, key=_day_of)
        if before and ladder[before - 1].day >= first:
            again = _repeated(ladder[before - 1], day, reason, moment.work)
            # Ahead of what the day has of its own: that tells more.
            ladder.insert(bisect_left(ladder, again.day, key=_day_of), again)
    return ladder


def _repeated(step: Step, asked: date, reason: Again, work: WorkingTime) -> Step:
    day = work.on_or_after(asked, outside_quiet=KINDS[step.kind].rests)
    occasion = Occasion.read(step.occasion)
    again = replace(occasion, again=(*occasion.again, (reason, asked)))
    return replace(step, day=day, occasion=again.write(), is_again=True)


def _day_of(step: Step) -> date:
    return step.day
