"""Reminders of those who are away, stood in for, ask for another day, or would rather not be asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from portfolio.reminders.kinds import Absence, Kind, Outcome
from tests.world.people import AAGE, METTE, SOREN
from tests.world.reminders import (
    DEADLINE,
    PROJECT,
    STATE,
    at,
    away,
    due,
    excused,
    looked_at,
    month,
    snoozed,
    stands_in,
    state_of,
)

# The week of the deadline, and the steps that follow it.
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (DEADLINE - timedelta(days=n) for n in (4, 3, 2, 1, 0))
LEADS, OWNERS = (DEADLINE + timedelta(days=n) for n in (3, 7))
FIRST, LAST = date(2026, 2, 2), date(2026, 3, 23)


def test_lead_on_holiday_is_reminded_on_the_first_working_day_back():
    state = state_of(PROJECT, absences=away(SOREN.id, date(2026, 2, 21), WEDNESDAY))
    assert month(state, FIRST, FRIDAY) == [(THURSDAY, SOREN.id, -3), (FRIDAY, SOREN.id, 0)]
    assert excused(state, at(TUESDAY)) == [Outcome.ABSENT]
    assert due(state, at(THURSDAY))[0].is_again


def test_lead_who_missed_nothing_while_away_is_not_reminded_again():
    state = state_of(PROJECT, absences=away(SOREN.id, WEDNESDAY, WEDNESDAY))
    assert month(state, FIRST, FRIDAY) == [(TUESDAY, SOREN.id, -3), (FRIDAY, SOREN.id, 0)]


def test_lead_whose_last_day_away_is_a_friday_is_reminded_on_monday():
    state = state_of(PROJECT, absences=away(SOREN.id, LEADS, OWNERS))
    monday = OWNERS + timedelta(days=3)
    assert [one for one in month(state, LEADS, monday) if one[1] == SOREN.id] == [(monday, SOREN.id, 3)]


def test_two_holidays_in_a_row_are_followed_by_one_reminder():
    absences = (Absence(SOREN.id, MONDAY, TUESDAY), Absence(SOREN.id, WEDNESDAY, WEDNESDAY))
    assert month(state_of(PROJECT, absences={SOREN.id: absences}), FIRST, THURSDAY) == [(THURSDAY, SOREN.id, -3)]


def test_lead_who_asked_for_a_day_in_their_holiday_is_reminded_when_back():
    """Nothing else fell due while they were away."""
    state = state_of(
        PROJECT,
        snoozes=snoozed(SOREN.id, date(2026, 3, 9)),
        absences=away(SOREN.id, date(2026, 3, 9), date(2026, 3, 10)),
    )
    assert [one for one in month(state, date(2026, 3, 3), date(2026, 3, 12)) if one[1] == SOREN.id] == [
        (date(2026, 3, 11), SOREN.id, 3)
    ]


def test_deputy_is_reminded_in_the_leads_place_and_the_lead_is_not():
    """Once back, the lead takes over what still lacks an answer."""
    state = state_of(PROJECT, deputies=stands_in(MONDAY, FRIDAY))
    assert month(state, FIRST, FRIDAY) == [(TUESDAY, METTE.id, -3), (FRIDAY, METTE.id, 0)]
    assert due(state, at(TUESDAY))[0].in_place_of == SOREN.id
    assert month(state, FIRST, LEADS)[2:] == [(LEADS, SOREN.id, 3)]


def test_lead_takes_over_in_midweek_from_a_deputy_whose_time_is_up():
    state = state_of(PROJECT, deputies=stands_in(MONDAY, TUESDAY))
    assert month(state, FIRST, THURSDAY) == [(TUESDAY, METTE.id, -3), (WEDNESDAY, SOREN.id, -3)]


def test_it_waits_when_the_deputy_is_away_too():
    state = state_of(
        PROJECT,
        deputies=stands_in(MONDAY, FRIDAY),
        absences=away(METTE.id, TUESDAY, TUESDAY) | away(SOREN.id, MONDAY, THURSDAY),
    )
    assert excused(state, at(TUESDAY)) == [Outcome.ABSENT]
    assert month(state, FIRST, WEDNESDAY) == [(WEDNESDAY, METTE.id, -3)]


def test_lead_who_is_there_is_reminded_when_the_deputy_is_away():
    state = state_of(PROJECT, deputies=stands_in(MONDAY, FRIDAY), absences=away(METTE.id, MONDAY, FRIDAY))
    assert month(state, FIRST, FRIDAY) == [(TUESDAY, SOREN.id, -3), (FRIDAY, SOREN.id, 0)]


def test_deputy_who_left_does_not_hide_it_from_the_lead():
    state = state_of(PROJECT, deputies=stands_in(MONDAY, FRIDAY, "gone@birkefjord.example"))
    assert month(state, FIRST, TUESDAY) == [(TUESDAY, SOREN.id, -3)]


def test_second_deputy_is_asked_when_the_first_is_away():
    both = (*stands_in(MONDAY, FRIDAY)[SOREN.id], *stands_in(MONDAY, FRIDAY, AAGE.id)[SOREN.id])
    state = state_of(PROJECT, deputies={SOREN.id: both}, absences=away(METTE.id, TUESDAY, TUESDAY))
    assert month(state, FIRST, TUESDAY) == [(TUESDAY, AAGE.id, -3)]


def test_deputy_on_another_project_is_not_asked_about_this_one():
    elsewhere = {SOREN.id: (replace(stands_in(MONDAY, FRIDAY)[SOREN.id][0], project="P009"),)}
    assert month(state_of(PROJECT, deputies=elsewhere), FIRST, TUESDAY) == [(TUESDAY, SOREN.id, -3)]


def test_deputy_who_asks_for_another_day_is_reminded_then():
    state = state_of(PROJECT, deputies=stands_in(MONDAY, FRIDAY), snoozes=snoozed(METTE.id, THURSDAY, "P001"))
    assert excused(state, at(TUESDAY)) == [Outcome.SNOOZED]
    assert month(state, FIRST, THURSDAY) == [(THURSDAY, METTE.id, -3)]


def test_day_that_the_lead_asked_for_does_not_wake_the_deputy():
    state = state_of(PROJECT, deputies=stands_in(MONDAY, FRIDAY), snoozes=snoozed(SOREN.id, THURSDAY))
    assert month(state, FIRST, THURSDAY) == [(TUESDAY, METTE.id, -3)]


@pytest.mark.parametrize("subject", ["", "P001"])
def test_snoozed_lead_is_reminded_on_the_day_asked_for_and_not_before(subject: str):
    state = state_of(PROJECT, snoozes=snoozed(SOREN.id, THURSDAY, subject))
    assert month(state, FIRST, FRIDAY) == [(THURSDAY, SOREN.id, -3), (FRIDAY, SOREN.id, 0)]
    assert excused(state, at(TUESDAY)) == [Outcome.SNOOZED]


def test_snooze_of_another_project_changes_nothing():
    state = state_of(PROJECT, snoozes=snoozed(SOREN.id, THURSDAY, "P009"))
    assert month(state, FIRST, FRIDAY) == [(TUESDAY, SOREN.id, -3), (FRIDAY, SOREN.id, 0)]


def test_snoozed_lead_who_answered_meanwhile_is_left_in_peace():
    state = state_of(replace(PROJECT, newest=WEDNESDAY), snoozes=snoozed(SOREN.id, THURSDAY))
    assert month(state, WEDNESDAY, FRIDAY) == []


def test_snooze_until_a_saturday_ends_on_monday():
    monday = OWNERS + timedelta(days=3)
    state = state_of(PROJECT, snoozes=snoozed(SOREN.id, OWNERS + timedelta(days=1)))
    assert [one for one in month(state, FIRST, monday) if one[1] == SOREN.id] == [(monday, SOREN.id, 3)]


def test_snooze_into_the_summer_ends_after_it():
    weekly = replace(PROJECT, asked_every=7, newest=date(2026, 6, 26))
    state = state_of(weekly, snoozes=snoozed(SOREN.id, date(2026, 7, 13)))
    assert [day for day, who, _ in month(state, date(2026, 6, 29), date(2026, 7, 28)) if who == SOREN.id] == [
        date(2026, 7, 27)
    ]


def test_snooze_until_the_day_of_a_step_is_told_by_that_step_alone():
    told = due(state_of(PROJECT, snoozes=snoozed(SOREN.id, FRIDAY)), at(FRIDAY))
    assert [(one.days, one.is_again) for one in told] == [(0, False)]


def test_lead_may_switch_off_being_asked_but_not_being_told_that_it_is_overdue():
    off = frozenset({(SOREN.id, Kind.STATUS_DUE), (SOREN.id, Kind.STATUS_OVERDUE)})
    state = state_of(PROJECT, switched_off=off)
    assert month(state, FIRST, LEADS) == [(LEADS, SOREN.id, 3)]
    assert excused(state, at(TUESDAY)) == [Outcome.SWITCHED_OFF]


def test_what_the_office_stopped_is_not_told():
    key = due(STATE, at(TUESDAY))[0].key
    assert excused(state_of(PROJECT, stopped=frozenset({key})), at(TUESDAY)) == [Outcome.STOPPED]
    assert month(state_of(PROJECT, all_stopped=True), FIRST, LAST) == []


# Late


def test_step_that_still_holds_is_told_late():
    assert [one.days for one in due(STATE, at(THURSDAY, 14))] == [-3]


def test_steps_that_were_slept_through_are_expired_and_the_last_one_is_told():
    seen = looked_at(STATE, at(LEADS, 7), at(MONDAY, 12))
    assert [(one.reminder.days, one.not_sent_because) for one in seen] == [(0, None), (-3, Outcome.EXPIRED)]


def test_what_a_lead_missed_while_away_is_not_counted_as_expired():
    """They are reminded once back, whoever slept meanwhile."""
    state = state_of(PROJECT, absences=away(SOREN.id, TUESDAY, WEDNESDAY))
    seen = looked_at(state, at(FRIDAY, 7), at(MONDAY, 12))
    assert [(one.reminder.is_again, one.not_sent_because) for one in seen] == [(True, None), (False, Outcome.ABSENT)]
