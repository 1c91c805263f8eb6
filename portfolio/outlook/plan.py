"""One message a day for each recipient, of all that they are to be reminded of."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from portfolio.outlook.due import considered
from portfolio.reminders.kinds import KINDS, Considered, Key, Outcome, Recipient, Reminder, ReminderState
from portfolio.working_time import WorkingTime

_ORDER = {kind: at for at, kind in enumerate(KINDS)}
_AT_ONCE = "!"


@dataclass(frozen=True, slots=True)
class Message:
    """`slot` is the recipient's place for it: one for each day, beside what is told at once. `fresh_at` is when the
    first fell due that nobody had looked at; what had been seen before waited for today's message."""

    recipient: Recipient
    slot: str
    reminders: tuple[Reminder, ...]
    fresh_at: datetime | None = None

    @property
    def due_at(self) -> datetime:
        """When it should be sent: it is late after that."""
        return self.fresh_at or min(one.due_at for one in self.reminders)

    @property
    def expires_at(self) -> datetime:
        return max(one.expires_at for one in self.reminders)

    @property
    def twice_if_unsure(self) -> bool:
        return any(KINDS[one.kind].twice_if_unsure for one in self.reminders)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be sent at `now`, and what isn't. `spared` counts what newly fell due and isn't sent, `problems` are
    those of it that somebody has to do something about: nobody to remind, somebody unknown, or too late."""

    now: datetime
    messages: tuple[Message, ...] = ()
    spared: Mapping[Outcome, int] = field(default_factory=dict)
    problems: tuple[Considered, ...] = ()

    @property
    def has_something_to_tell(self) -> bool:
        return bool(self.messages or self.problems)


_PROBLEMS = frozenset({Outcome.NOBODY, Outcome.LEFT, Outcome.EXPIRED})


def slot_of(day: date) -> str:
    return day.isoformat()


def planned(
    state: ReminderState,
    now: datetime,
    since: datetime,
    work: WorkingTime,
    *,
    told: Collection[Key] = frozenset(),
    served: Collection[Recipient] = frozenset(),
) -> Plan:
    """`told` are the reminders that were planned before, `served` those who have today's message already: what else is
    due to them waits for tomorrow's, as long as it holds. Outside working hours nothing is planned."""
    if not work.is_open(now):
        return Plan(now)
    due: dict[Recipient, list[Reminder]] = defaultdict(list)
    spared: Counter[Outcome] = Counter()
    problems = []
    for one in considered(state, now, since, work):
        reminder = one.reminder
        if reminder.key in told:
            continue
        if one.excuse is None:
            due[reminder.recipient].append(reminder)
        elif reminder.due_at > since:
            spared[one.excuse] += 1
            if one.excuse in _PROBLEMS:
                problems.append(one)
    today = now.astimezone(work.zone).date()
    messages = [
        replace(message, fresh_at=_fresh_at(message, since, work.opening(today)))
        for recipient, reminders in due.items()
        if (message := _message(recipient, reminders, slot_of(today), is_served=recipient in served))
    ]
    messages.sort(key=lambda one: (one.due_at, one.recipient, one.slot))
    return Plan(now, tuple(messages), dict(spared), tuple(problems))


def _fresh_at(message: Message, since: datetime, opening: datetime) -> datetime:
    return min((one.due_at for one in message.reminders if one.due_at > since), default=opening)


def _message(recipient: Recipient, reminders: Iterable[Reminder], slot: str, *, is_served: bool) -> Message | None:
    """What is told at once goes along with the day's message, or in one of its own where that is gone, or not needed:
    another may still come."""
    in_order = tuple(sorted(reminders, key=lambda one: (_ORDER[one.kind], one.deadline, one.title, one.subject)))
    at_once = tuple(one for one in in_order if KINDS[one.kind].at_once)
    if not is_served and len(at_once) < len(in_order):
        return Message(recipient, slot, in_order)
    if not at_once:
        return None
    return Message(recipient, f"{slot}{_AT_ONCE}{at_once[0].subject}{_AT_ONCE}{at_once[0].occasion}", at_once)


def previewed(
    state: ReminderState,
    now: datetime,
    until: datetime,
    since: datetime,
    work: WorkingTime,
    *,
    told: Collection[Key] = frozenset(),
    served: Collection[Recipient] = frozenset(),
) -> list[Plan]:
    """The plans of `now` and of every working day's opening until `until`, if nobody did anything meanwhile."""
    plans = []
    known, last = set(told), since
    for moment in _moments(now, until, work):
        today = served if moment == now else frozenset()
        plan = planned(state, moment, last, work, told=known, served=today)
        known |= {one.key for message in plan.messages for one in message.reminders}
        last = moment
        if plan.has_something_to_tell:
            plans.append(plan)
    return plans


def _moments(now: datetime, until: datetime, work: WorkingTime) -> Iterable[datetime]:
    if work.is_open(now):
        yield now
    day = now.astimezone(work.zone).date()
    while (opening := work.opening(day)) <= until:
        if opening > now and work.is_working_day(day):
            yield opening
        day += timedelta(days=1)
