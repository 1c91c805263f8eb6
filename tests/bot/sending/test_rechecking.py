"""What the last look before sending finds of a message that was planned earlier."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import pytest

from bot.sending.rechecking import Checked, check
from portfolio.deliveries import Delivery, Purpose
from portfolio.outlook.plan import planned
from portfolio.reminders.kinds import Outcome, Recipient, ReminderState, StatusRequest
from tests.world.people import ASTRID, SOREN
from tests.world.reminders import DEADLINE, PROJECT, STATE, WORK, at

BEFORE = timedelta(minutes=1)
# The first reminder of the lead, the owner's, and one at the deadline after.
ASKED = {SOREN.id: DEADLINE - timedelta(days=3), ASTRID.id: DEADLINE + timedelta(days=7)}


@dataclass(frozen=True)
class Known:
    known: ReminderState

    async def state(
        self, now: datetime, numbers: Collection[str] | None = None, until: datetime | None = None
    ) -> ReminderState:
        return self.known


async def found(
    who: str, day: datetime, later: ReminderState, now: datetime | None = None, planned_in: ReminderState = STATE
) -> Checked:
    """Looks at the message planned on that day, when all has become as it is in `later`."""
    plan = planned(planned_in, day, day - BEFORE, WORK)
    (message,) = [one for one in plan.messages if one.recipient == Recipient(who)]
    keys = tuple(one.key for one in message.reminders)
    delivery = Delivery(
        7, Purpose.REMINDERS, message.recipient, 1, message.due_at, message.expires_at, False, keys, fence=1
    )
    return (await check(Known(later), [delivery], now or day, WORK))[7]


@pytest.mark.parametrize(("who", "day"), [*ASKED.items(), (SOREN.id, DEADLINE + timedelta(days=28))])
async def test_status_given_meanwhile_is_an_answer_whoever_was_to_be_reminded(who: str, day: date):
    moment = at(day)
    assert (await found(who, moment, STATE)).due
    answered = replace(STATE, projects=(replace(PROJECT, newest=moment.date()),))
    checked = await found(who, moment, answered)
    assert (checked.due, checked.foremost) == ((), Outcome.ANSWERED)


async def test_status_given_meanwhile_answers_the_one_who_asked_for_it():
    tuesday = DEADLINE - timedelta(days=24)
    asked = replace(PROJECT, request=StatusRequest("P001", ASTRID.id, at(tuesday, 10)))
    state, day = replace(STATE, projects=(asked,)), at(tuesday + timedelta(days=1))
    assert (await found(SOREN.id, day, state, planned_in=state)).due
    answered = replace(state, projects=(replace(asked, newest=day.date()),))
    checked = await found(SOREN.id, day, answered, planned_in=state)
    assert (checked.due, checked.foremost) == ((), Outcome.ANSWERED)
    withdrawn = await found(SOREN.id, day, STATE, planned_in=state)
    assert (withdrawn.due, withdrawn.foremost) == ((), Outcome.GONE)


async def test_project_that_was_closed_meanwhile_is_gone():
    checked = await found(SOREN.id, at(ASKED[SOREN.id]), replace(STATE, projects=()))
    assert (checked.due, checked.foremost) == ((), Outcome.GONE)


async def test_message_that_waited_until_its_last_day_still_holds():
    day = ASKED[ASTRID.id]
    checked = await found(ASTRID.id, at(day), STATE, at(day + timedelta(days=6)))
    assert [one.subject for one in checked.due] == [PROJECT.number]
