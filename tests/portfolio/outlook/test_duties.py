"""What somebody owes by a day follows from the same state as their reminders."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from portfolio.bodies import Meeting
from portfolio.outlook.duties import duties_of
from portfolio.reminders.keys import ObligationSubject, Origin
from portfolio.reminders.kinds import Kind, Obligation, Reminder, ReminderState
from tests.world.people import AAGE, ASTRID, INGE, METTE, SOREN
from tests.world.reminders import (
    BOARD,
    DEADLINE,
    PROJECT,
    STATE,
    STEERING,
    WORK,
    at,
    away,
    snoozed,
    stands_in,
    state_of,
)

DAY = timedelta(days=1)
MONDAY = date(2026, 2, 16)


def due(state: ReminderState, last: date, *, who: str = SOREN.id, first: date | None = None, today: date = MONDAY):
    return duties_of(who, state, at(today), (first or today, last), WORK)


def told(duties: tuple[Reminder, ...]) -> list[tuple[Kind, str, date]]:
    return [(duty.kind, duty.title, duty.deadline.date()) for duty in duties]


def owed(origin: Origin, title: str, day: datetime, owner: str = SOREN.id, **more: object) -> Obligation:
    key = ObligationSubject(origin, "P001", title).write()
    return Obligation(origin, key, title, owner, day, "P001", **more)  # type: ignore[arg-type]


def test_status_is_owed_by_its_deadline_and_not_before():
    assert due(STATE, DEADLINE - DAY) == ()
    assert told(due(STATE, DEADLINE)) == [(Kind.STATUS_DUE, PROJECT.title, DEADLINE)]


def test_status_that_is_overdue_is_owed_now_and_not_next_week():
    late = DEADLINE + 2 * DAY
    assert told(due(STATE, late, today=late)) == [(Kind.STATUS_OVERDUE, PROJECT.title, DEADLINE)]
    assert due(STATE, late + 9 * DAY, first=late + 2 * DAY, today=late) == ()


def test_status_older_than_its_rhythm_is_owed_now_though_its_deadline_is_to_come():
    old = state_of(replace(PROJECT, newest=MONDAY - 60 * DAY, since=MONDAY - DAY))
    (duty,) = due(old, MONDAY)
    assert duty.kind is Kind.STATUS_DUE
    assert duty.deadline.date() > MONDAY


def test_reported_project_owes_nothing_before_the_next_deadline():
    assert due(state_of(replace(PROJECT, newest=DEADLINE)), DEADLINE + 7 * DAY, today=DEADLINE) == ()


def test_others_owe_nothing_of_it():
    for person in (ASTRID, AAGE, INGE, METTE):
        assert due(STATE, DEADLINE, who=person.id) == ()


def test_deputy_owes_it_in_the_leads_place_in_their_time():
    (duty,) = due(state_of(PROJECT, deputies=stands_in(MONDAY, DEADLINE)), DEADLINE, who=METTE.id)
    assert duty.in_place_of == SOREN.id
    assert due(state_of(PROJECT, deputies=stands_in(MONDAY - 9 * DAY, MONDAY - DAY)), DEADLINE, who=METTE.id) == ()


def test_milestone_not_reached_is_owed_until_it_is():
    missed = owed(Origin.MILESTONE, "Udbud sendt", at(MONDAY - 40 * DAY, 16))
    reached = owed(Origin.MILESTONE, "Behov samlet", at(MONDAY - 50 * DAY, 16), is_met=True)
    state = state_of(PROJECT, obligations=(reached, missed))
    assert told(due(state, MONDAY)) == [(Kind.DEADLINE, "Udbud sendt", MONDAY - 40 * DAY)]


def test_benefit_is_its_managers_own_and_no_deputys():
    benefit = owed(Origin.BENEFIT, "Sparet tid", at(MONDAY, 16))
    state = state_of(PROJECT, obligations=(benefit,), deputies=stands_in(MONDAY, MONDAY))
    assert told(due(state, MONDAY)) == [(Kind.DEADLINE, "Sparet tid", MONDAY)]
    assert due(state, MONDAY, who=METTE.id) == ()


def test_meetings_of_ones_own_bodies_are_met_until_they_begin():
    meetings = (Meeting(STEERING.name, at(MONDAY, 7), id=1), Meeting(STEERING.name, at(MONDAY, 13), id=2))
    state = replace(STATE, bodies=(STEERING, BOARD), meetings=(*meetings, Meeting(BOARD.name, at(MONDAY, 14), id=3)))
    assert [duty.title for duty in due(state, MONDAY)] == [STEERING.name, BOARD.name]
    assert [duty.title for duty in due(state, MONDAY, who=ASTRID.id)] == [STEERING.name]


@pytest.mark.parametrize(
    "state",
    [
        state_of(PROJECT, absences=away(SOREN.id, MONDAY, DEADLINE)),
        state_of(PROJECT, snoozes=snoozed(SOREN.id, DEADLINE + DAY)),
        replace(STATE, all_stopped=True),
        replace(STATE, switched_off=frozenset({(SOREN.id, Kind.STATUS_DUE)})),
    ],
)
def test_what_is_owed_is_owed_whether_or_not_it_is_reminded_of(state: ReminderState):
    assert told(due(state, DEADLINE)) == [(Kind.STATUS_DUE, PROJECT.title, DEADLINE)]
