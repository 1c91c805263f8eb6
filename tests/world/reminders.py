"""People, projects and meetings to be reminded of, and a planner that lets the days pass."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from portfolio.bodies import Body, BodyKind, Meeting
from portfolio.deputies import Deputy
from portfolio.outlook.due import considered
from portfolio.outlook.plan import Plan, planned
from portfolio.reminders.kinds import (
    Absence,
    Considered,
    Key,
    Kind,
    Outcome,
    Recipient,
    Reminder,
    ReminderState,
    Snooze,
    Tracked,
)
from portfolio.working_time import WorkingTime
from tests.world.people import AAGE, ASTRID, INGE, METTE, SOREN, VAGN

ZONE = ZoneInfo("Europe/Copenhagen")
WORK = WorkingTime(ZONE)

PEOPLE = frozenset(person.id for person in (SOREN, ASTRID, INGE, VAGN, METTE, AAGE))

STEERING = Body("Styregruppen", BodyKind.STEERING_GROUP, VAGN.id, INGE.id, (SOREN.id, ASTRID.id, VAGN.id))
BOARD = Body("Project Board", BodyKind.PROJECT_BOARD, VAGN.id, INGE.id, (SOREN.id, AAGE.id))
KNOWN = date(2025, 1, 3)
LATEST = date(2026, 1, 30)
# Reported in the period that ends on Friday the 30th of January; the next deadline is on the 27th of February.
PROJECT = Tracked("P001", "Skærmbesøg i hjemmeplejen", SOREN.id, ASTRID.id, since=KNOWN, newest=LATEST)
DEADLINE = date(2026, 2, 27)
STATE = ReminderState(projects=(PROJECT,), people=PEOPLE, office=(INGE.id,), bodies=(STEERING,))


def at(day: date, hour: int = 8, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), ZONE)


def state_of(*projects: Tracked, **others: object) -> ReminderState:
    return replace(STATE, projects=projects, **others)  # type: ignore[arg-type]


def away(person: str, first: date, last: date) -> dict[str, tuple[Absence, ...]]:
    return {person: (Absence(person, first, last),)}


def snoozed(person: str, until: date, subject: str = "") -> dict[str, tuple[Snooze, ...]]:
    return {person: (Snooze(person, subject, until),)}


def stands_in(first: date, last: date, deputy: str = METTE.id) -> dict[str, tuple[Deputy, ...]]:
    return {SOREN.id: (Deputy(SOREN.id, deputy, first, last),)}


def meeting(day: date, hour: int = 9, body: Body = STEERING, number: int = 1) -> Meeting:
    """Meeting `number`, which may be told to be at other times too."""
    return Meeting(body.name, at(day, hour), at(day, hour + 2), "Mødelokale Ærø", id=number)


def looked_at(state: ReminderState, now: datetime, since: datetime | None = None) -> list[Considered]:
    """A minute after the last look, unless said otherwise."""
    return list(considered(state, now, since or now - timedelta(minutes=1), WORK))


def due(state: ReminderState, now: datetime, since: datetime | None = None) -> list[Reminder]:
    return [one.reminder for one in looked_at(state, now, since) if one.not_sent_because is None]


def excused(state: ReminderState, now: datetime, since: datetime | None = None) -> list[Outcome]:
    return [one.not_sent_because for one in looked_at(state, now, since) if one.not_sent_because is not None]


@dataclass
class Office:
    """Looks each working morning, or whenever it is told to, and remembers what it told."""

    since: datetime
    work: WorkingTime = WORK
    told: set[Key] = field(default_factory=set)
    served: dict[date, set[Recipient]] = field(default_factory=dict)
    plans: list[Plan] = field(default_factory=list)

    def look(self, state: ReminderState, now: datetime) -> Plan:
        if not self.work.is_open(now):
            return Plan(now)
        day = now.astimezone(ZONE).date()
        served = self.served.setdefault(day, set())
        plan = planned(state, now, self.since, self.work, already_planned=self.told, has_todays_message=served)
        self.told |= {one.key for message in plan.messages for one in message.reminders}
        served |= {message.recipient for message in plan.messages if message.slot == day.isoformat()}
        self.since = now
        self.plans.append(plan)
        return plan


def month(
    state: ReminderState, first: date, last: date, kind: Kind | None = None, work: WorkingTime = WORK
) -> list[tuple[date, str, int]]:
    """The day, the recipient and the step of all that is told, if nobody does anything."""
    office = Office(at(first, 7), work)
    day = first
    while day <= last:
        office.look(state, at(day))
        day += timedelta(days=1)
    return [
        (plan.now.date(), one.recipient.id, one.days)
        for plan in office.plans
        for message in plan.messages
        for one in message.reminders
        if kind in (None, one.kind)
    ]


def by_day(plans: list[Plan]) -> set[tuple[date, Recipient, Key]]:
    """Tell who is told what on which day."""
    return {
        (plan.now.astimezone(ZONE).date(), message.recipient, one.key)
        for plan in plans
        for message in plan.messages
        for one in message.reminders
    }
