"""Who is asked for a status that somebody requested, on which day, and why others aren't."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.organisation import OrgUnit, managers_above
from portfolio.reminders.kinds import Kind, Outcome, ReminderState, StatusRequest
from portfolio.status.reminders import is_answered, requested_day
from portfolio.status_requests import Spared, free_again, inquiry, is_asked_still
from tests.world.people import AAGE, ASTRID, GRY, METTE, SOREN, VAGN
from tests.world.reminders import DEADLINE, PROJECT, STATE, WORK, at, away, due, excused, month, snoozed, state_of

# A Tuesday three weeks before the deadline: nothing else is due.
TUESDAY = date(2026, 2, 3)
WEDNESDAY = TUESDAY + timedelta(days=1)
REQUEST = StatusRequest("P001", ASTRID.id, at(TUESDAY, 10))
REQUESTED = replace(PROJECT, request=REQUEST)
DAYS = st.datetimes(at(date(2025, 1, 1)).replace(tzinfo=None), at(date(2029, 1, 1)).replace(tzinfo=None))


def kinds(state: ReminderState, day: date) -> list[Kind]:
    return [one.kind for one in due(state, at(day))]


def test_lead_is_asked_on_the_next_working_day_and_once():
    told = month(state_of(REQUESTED), TUESDAY, DEADLINE - timedelta(days=7))
    assert told == [(WEDNESDAY, SOREN.id, 0)]


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (at(TUESDAY, 7, 59), TUESDAY),
        (at(TUESDAY, 8), WEDNESDAY),
        (at(date(2026, 2, 6), 12), date(2026, 2, 16)),  # the week of the winter holidays comes between
        (at(date(2026, 4, 1), 12), date(2026, 4, 7)),  # and Easter
    ],
)
def test_day_is_the_next_to_begin_at_work_outside_the_quiet_weeks(moment, day):
    assert requested_day(moment, WORK) == day


@given(DAYS)
def test_day_is_always_ahead_and_one_on_which_people_may_be_asked(moment):
    now = moment.replace(tzinfo=WORK.zone)
    day = requested_day(now, WORK)
    assert WORK.opening(day) > now
    assert WORK.is_working_day(day)
    assert not WORK.is_quiet(day)


def test_report_on_the_day_of_the_request_or_later_answers_it():
    state = state_of(replace(REQUESTED, newest=TUESDAY))
    assert due(state, at(WEDNESDAY)) == []
    key = due(state_of(REQUESTED), at(WEDNESDAY))[0].key
    assert is_answered(key, state, WORK)
    assert not is_answered(key, state_of(REQUESTED), WORK)


def test_request_takes_the_place_of_what_the_ladder_has_on_its_day():
    friday = replace(PROJECT, request=StatusRequest("P001", ASTRID.id, at(DEADLINE - timedelta(days=1), 10)))
    assert kinds(state_of(friday), DEADLINE) == [Kind.STATUS_ASKED]
    assert kinds(state_of(friday), DEADLINE + timedelta(days=3)) == [Kind.STATUS_OVERDUE]


def test_new_project_is_asked_for_in_its_first_week_too():
    new = replace(REQUESTED, since=TUESDAY - timedelta(days=1), newest=None)
    assert kinds(state_of(new), WEDNESDAY) == [Kind.STATUS_ASKED]


def test_absent_lead_is_asked_once_they_are_back():
    absences = away(SOREN.id, TUESDAY, date(2026, 2, 5))
    state = state_of(REQUESTED, absences=absences)
    assert excused(state, at(WEDNESDAY)) == [Outcome.ABSENT]
    assert kinds(state, date(2026, 2, 6)) == [Kind.STATUS_ASKED]


def test_lead_may_put_it_off_as_other_reminders():
    state = state_of(REQUESTED, snoozes=snoozed(SOREN.id, date(2026, 2, 6), "P001"))
    assert kinds(state, WEDNESDAY) == []
    assert kinds(state, date(2026, 2, 6)) == [Kind.STATUS_ASKED]


def asked(state: ReminderState = STATE, by: str = ASTRID.id):
    return inquiry(state, by, at(TUESDAY, 10), WORK)


def test_inquiry_tells_what_will_be_sent():
    found = asked()
    assert found.day == WEDNESDAY
    assert {who: [one.subject for one in theirs] for who, theirs in found.by_recipient.items()} == {SOREN.id: ["P001"]}
    assert [one.key for one in found.reminders] == [one.key for one in due(state_of(REQUESTED), at(WEDNESDAY))]


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"lead": None}, Spared.NOBODY),
        ({"lead": ASTRID.id}, Spared.OWN),
        ({"lead": GRY.id}, Spared.LEFT),
        ({"newest": TUESDAY}, Spared.REPORTED),
        ({"request": StatusRequest("P001", VAGN.id, at(TUESDAY - timedelta(days=3)))}, Spared.REQUESTED),
    ],
)
def test_who_is_not_asked_has_a_reason(changed, reason):
    found = asked(state_of(replace(PROJECT, **changed)))
    assert (found.reminders, found.spared) == ((), {"P001": reason})


def test_nobody_is_asked_while_all_is_stopped():
    assert asked(replace(STATE, all_stopped=True)).spared == {"P001": Spared.STOPPED}


@pytest.mark.parametrize("days", [5, 6, 30])
def test_lead_may_be_asked_again_after_some_days(days: int):
    earlier = StatusRequest("P001", VAGN.id, at(TUESDAY - timedelta(days=days)))
    assert asked(state_of(replace(PROJECT, request=earlier))).spared == {}


def test_lead_who_answered_may_be_asked_again_at_once():
    earlier = StatusRequest("P001", VAGN.id, at(TUESDAY - timedelta(days=3)))
    assert asked(state_of(replace(PROJECT, newest=TUESDAY - timedelta(days=2), request=earlier))).spared == {}


def test_day_from_which_it_can_be_asked_for_again_is_a_working_day():
    assert free_again(StatusRequest("P001", ASTRID.id, at(TUESDAY)), WORK) == date(2026, 2, 9)


def test_request_can_be_withdrawn_until_its_day_begins():
    assert is_asked_still(REQUEST, at(WEDNESDAY, 7, 59), WORK)
    assert not is_asked_still(REQUEST, at(WEDNESDAY, 8), WORK)


UNITS = {
    unit.name: unit
    for unit in (
        OrgUnit("Velfærd", None, VAGN.id),
        OrgUnit("Børn og Unge", "Velfærd", GRY.id),
        OrgUnit("Skoler", "Børn og Unge"),
        OrgUnit("Ring", "Ring", METTE.id),
    )
}


def test_managers_are_those_above_the_lead_and_of_the_departments():
    people = {one.id: one for one in (replace(SOREN, manager=AAGE.id), replace(AAGE, manager=ASTRID.id), ASTRID)}
    assert managers_above(SOREN.id, ["Skoler"], people, UNITS) == (AAGE.id, ASTRID.id, GRY.id, VAGN.id)
    assert managers_above(None, ["Skoler", None], people, UNITS) == (GRY.id, VAGN.id)


def test_manager_of_oneself_is_nobody():
    people = {one.id: one for one in (replace(SOREN, manager=AAGE.id), replace(AAGE, manager=SOREN.id))}
    assert managers_above(SOREN.id, ["Ring"], people, UNITS) == (AAGE.id, GRY.id, VAGN.id, METTE.id)
