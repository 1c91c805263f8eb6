"""Reminders after the database was put back to an earlier day: what was sent since is forgotten, and not repeated."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from portfolio.reminders.keys import Origin
from portfolio.reminders.kinds import Obligation, Outcome, ReminderState
from tests.world.people import AAGE, SOREN
from tests.world.reminders import (
    DEADLINE,
    PROJECT,
    STATE,
    STEERING,
    Office,
    at,
    away,
    excused,
    meeting,
    snoozed,
    stands_in,
    state_of,
)

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (DEADLINE - timedelta(days=n) for n in (4, 3, 2, 1, 0))
# The lead was asked on Tuesday, and the database of Monday night is back on Wednesday at noon.
BACKED_UP, RESTORED = at(MONDAY, 22), at(WEDNESDAY, 12)
MILESTONE = Obligation(
    Origin.MILESTONE, "milestone:1", "Udbud", SOREN.id, at(WEDNESDAY + timedelta(days=6), 16), "P001"
)
MEETING = meeting(WEDNESDAY + timedelta(days=6), body=STEERING)


def looks(office: Office, state: ReminderState, first: datetime, last: datetime) -> None:
    while first <= last:
        office.look(state, first)
        first += timedelta(hours=1)


def told(office: Office) -> Counter[object]:
    return Counter(one.key for plan in office.plans for message in plan.messages for one in message.reminders)


STORIES = {
    "nothing": (STATE, STATE),
    "the lead handed over": (state_of(PROJECT), state_of(replace(PROJECT, lead=AAGE.id))),
    "a deputy's time is up": (state_of(PROJECT, deputies=stands_in(WEDNESDAY, WEDNESDAY)), state_of(PROJECT)),
    "the lead is back early": (state_of(PROJECT, absences=away(SOREN.id, TUESDAY, FRIDAY)), state_of(PROJECT)),
    "the snooze was lost": (state_of(PROJECT, snoozes=snoozed(SOREN.id, FRIDAY)), state_of(PROJECT)),
    "all was stopped": (state_of(PROJECT, all_stopped=True), state_of(PROJECT)),
    "the milestone is put in again": (STATE, replace(STATE, obligations=(MILESTONE,))),
    "the meeting is put in again": (STATE, replace(STATE, meetings=(MEETING,))),
    "the channel is bound again": (
        replace(STATE, meetings=(MEETING,)),
        replace(STATE, meetings=(MEETING,), channels=frozenset({STEERING.name})),
    ),
    "the project is put in again": (state_of(), state_of(PROJECT)),
}  # fmt: skip


@pytest.mark.parametrize("story", STORIES)
def test_whoever_was_reminded_before_the_restore_is_not_reminded_again(story: str):
    """`then` is what the copy holds, `now` what people make of it again after the restore."""
    then, now = STORIES[story]
    lost = Office(at(MONDAY, 7))
    looks(lost, then, at(MONDAY), BACKED_UP)
    memory = set(lost.told)
    looks(lost, now, at(TUESDAY), RESTORED)
    new = Office(BACKED_UP, told=memory)
    for state in (then, now):
        looks(new, replace(state, restored_at=RESTORED), RESTORED, at(FRIDAY, 7))
    assert told(new) == {}


def test_ladder_goes_on_with_the_next_step():
    office = Office(BACKED_UP)
    looks(office, replace(STATE, restored_at=RESTORED), RESTORED, at(FRIDAY, 9))
    assert [(one.recipient.id, one.days) for one in office.plans[-2].messages[0].reminders] == [(SOREN.id, 0)]


def test_office_is_told_once_of_what_was_perhaps_sent():
    state = replace(STATE, restored_at=RESTORED)
    office = Office(BACKED_UP)
    looks(office, state, RESTORED, at(THURSDAY, 15))
    assert [one.not_sent_because for plan in office.plans for one in plan.problems] == [Outcome.RESTORED]
    assert office.plans[0].skipped == {Outcome.RESTORED: 1}


def test_what_was_waiting_to_be_sent_is_held_back_when_it_is_looked_at_again():
    assert excused(replace(STATE, restored_at=RESTORED), RESTORED) == [Outcome.RESTORED]


def test_those_who_were_away_or_had_left_are_not_told_to_be_reminded_perhaps():
    gone = replace(STATE, restored_at=RESTORED, people=STATE.people - {SOREN.id})
    away_now = replace(STATE, restored_at=RESTORED, absences=away(SOREN.id, MONDAY, FRIDAY))
    assert excused(gone, RESTORED) == [Outcome.LEFT]
    assert excused(away_now, RESTORED) == [Outcome.ABSENT]


def test_holiday_that_ends_after_the_restore_ends_with_a_reminder():
    state = replace(STATE, restored_at=RESTORED, absences=away(SOREN.id, MONDAY, WEDNESDAY))
    office = Office(BACKED_UP)
    looks(office, state, RESTORED, at(THURSDAY, 9))
    assert [key.recipient.id for key in told(office)] == [SOREN.id]
