"""Plans one message a day for each recipient, of all that they are to be reminded of."""

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
    """A message to `recipient`. `slot` is their place for it: one for each day, beside what is told at once.
    `newly_due_at` is when the first reminder fell due since the last look; those seen before waited for today."""

    recipient: Recipient
    slot: str
    reminders: tuple[Reminder, ...]
    newly_due_at: datetime | None = None

    @property
    def due_at(self) -> datetime:
        """The time to send it: it is late after that."""
        return self.newly_due_at or min(reminder.due_at for reminder in self.reminders)

    @property
    def expires_at(self) -> datetime:
        return max(reminder.expires_at for reminder in self.reminders)

    @property
    def twice_if_unsure(self) -> bool:
        return any(KINDS[reminder.kind].twice_if_unsure for reminder in self.reminders)


@dataclass(frozen=True, slots=True)
class Plan:
    """The messages to send at `now`. `skipped` counts reminders that newly fell due and aren't sent, `problems` are
    those of them that somebody has to know about: nobody to remind, somebody unknown, too late, or perhaps sent before
    the database was restored."""

    now: datetime
    messages: tuple[Message, ...] = ()
    skipped: Mapping[Outcome, int] = field(default_factory=dict)
    problems: tuple[Considered, ...] = ()

    @property
    def has_something_to_tell(self) -> bool:
        return bool(self.messages or self.problems)


_PROBLEMS = frozenset({Outcome.NOBODY, Outcome.LEFT, Outcome.EXPIRED, Outcome.RESTORED})


def slot_of(day: date) -> str:
    return day.isoformat()


def planned(
    state: ReminderState,
    now: datetime,
    since: datetime,
    work: WorkingTime,
    *,
    already_planned: Collection[Key] = frozenset(),
    has_todays_message: Collection[Recipient] = frozenset(),
) -> Plan:
    """Plans the messages of `now`; none outside working hours. Other reminders that are due to those in
    `has_todays_message` wait for tomorrow's, as long as they hold."""
    if not work.is_open(now):
        return Plan(now)
    due: dict[Recipient, list[Reminder]] = defaultdict(list)
    skipped: Counter[Outcome] = Counter()
    problems = []
    for candidate in considered(state, now, since, work):
        reminder, reason = candidate.reminder, candidate.not_sent_because
        if reminder.key in already_planned:
            continue
        if reason is None:
            due[reminder.recipient].append(reminder)
        elif reminder.due_at > since:
            skipped[reason] += 1
            if reason in _PROBLEMS:
                problems.append(candidate)
    today = now.astimezone(work.zone).date()
    messages = [
        replace(message, newly_due_at=_newly_due_at(message, since, work.opening(today)))
        for recipient, reminders in due.items()
        if (
            message := _message(
                recipient, reminders, slot_of(today), has_todays_message=recipient in has_todays_message
            )
        )
    ]
    messages.sort(key=lambda message: (message.due_at, message.recipient, message.slot))
    return Plan(now, tuple(messages), dict(skipped), tuple(problems))


def _newly_due_at(message: Message, since: datetime, opening: datetime) -> datetime:
    return min((reminder.due_at for reminder in message.reminders if reminder.due_at > since), default=opening)


def _message(
    recipient: Recipient, reminders: Iterable[Reminder], slot: str, *, has_todays_message: bool
) -> Message | None:
    """Puts what is told at once into the day's message, or into one of its own where that is gone, or not needed:
    another may still come."""
    in_order = tuple(
        sorted(
            reminders, key=lambda reminder: (_ORDER[reminder.kind], reminder.deadline, reminder.title, reminder.subject)
        )
    )
    at_once = tuple(reminder for reminder in in_order if KINDS[reminder.kind].at_once)
    if not has_todays_message and len(at_once) < len(in_order):
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
    already_planned: Collection[Key] = frozenset(),
    has_todays_message: Collection[Recipient] = frozenset(),
) -> list[Plan]:
    """Lists the plans of `now` and of every working day's opening until `until`, if nobody does anything meanwhile."""
    plans = []
    known, last = set(already_planned), since
    for moment in _moments(now, until, work):
        today = has_todays_message if moment == now else frozenset()
        plan = planned(state, moment, last, work, already_planned=known, has_todays_message=today)
        known |= {reminder.key for message in plan.messages for reminder in message.reminders}
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
