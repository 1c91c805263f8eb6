"""What happens to people's reminders in several tests."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from dialogs.turn.visit import Stores
from portfolio.deliveries import Finished, Settlement
from portfolio.organisation import Person
from portfolio.outlook.plan import Message, Plan
from portfolio.reminders.kinds import Absence, Kind, Outcome, Recipient, Reminder, Snooze, StatusDue
from tests.world.people import SOREN

TODAY = date(2026, 6, 9)  # a Tuesday
DAY = timedelta(days=1)
FRIDAY, SATURDAY, MONDAY = date(2026, 6, 12), date(2026, 6, 13), date(2026, 6, 15)


async def reminded(stores: Stores, person: Person, at: datetime, **subjects: Kind) -> None:
    """The person was sent a message with a reminder of each subject."""
    due = tuple(
        Reminder(kind, subject, Recipient(person.id), "once", at, at + 7 * DAY, at, StatusDue(subject))
        for subject, kind in subjects.items()
    )
    deliveries = stores.reminding.deliveries
    await deliveries.store(Plan(at, (Message(Recipient(person.id), "today", due),)), None)
    (delivery,) = (await deliveries.exchange([], 1, at, 1000)).deliveries
    await deliveries.exchange([Settlement(delivery, Finished(Outcome.SENT))], 0, at, 1000)


async def snoozes(stores: Stores, person: Person = SOREN) -> list[Snooze]:
    return await stores.reminding.store.snoozes_of(person.id, TODAY)


async def away(stores: Stores, person: Person = SOREN) -> list[Absence]:
    return await stores.reminding.store.absences_of(person.id, TODAY)
