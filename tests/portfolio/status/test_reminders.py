"""Who is reminded of a project's status, and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.reminders.kinds import Kind, LadderRole, Outcome, StatusDue, Tracked
from portfolio.status.reminders import (
    ANCHOR,
    GRACE,
    RHYTHMS,
    deadline_on_or_after,
    first_unanswered,
    is_answered,
    kept,
    rhythm_of,
)
from portfolio.working_time import WorkingTime
from tests.world.people import AAGE, ASTRID, INGE, SOREN
from tests.world.reminders import (
    BOARD,
    DEADLINE,
    KNOWN,
    PEOPLE,
    PROJECT,
    STATE,
    STEERING,
    WORK,
    ZONE,
    Office,
    at,
    due,
    excused,
    looked_at,
    month,
    state_of,
)

DAYS = st.dates(date(2021, 1, 1), date(2035, 12, 31))
# The week of the deadline, and the steps that follow it.
TUESDAY, FRIDAY = DEADLINE - timedelta(days=3), DEADLINE
LEADS, OWNERS, OFFICES = (DEADLINE + timedelta(days=n) for n in (3, 7, 14))
FIRST, LAST = date(2026, 2, 2), date(2026, 3, 23)


# The ladder


def test_lead_is_asked_before_on_and_after_the_deadline_then_the_owner_then_the_office():
    assert month(STATE, FIRST, LAST) == [
        (TUESDAY, SOREN.id, -3), (FRIDAY, SOREN.id, 0), (LEADS, SOREN.id, 3),
        (OWNERS, ASTRID.id, 7), (OFFICES, INGE.id, 14),
    ]  # fmt: skip


def test_steps_after_the_deadline_are_of_the_kind_that_nobody_may_switch_off():
    assert [day for day, _, _ in month(STATE, FIRST, LAST, Kind.STATUS_OVERDUE)] == [LEADS, OWNERS, OFFICES]


def test_owner_who_is_the_lead_is_not_told_twice():
    told = month(state_of(replace(PROJECT, owner=SOREN.id)), FIRST, LAST)
    assert [(who, days) for _, who, days in told] == [
        (SOREN.id, -3),
        (SOREN.id, 0),
        (SOREN.id, 3),
        (INGE.id, 14),
    ]


def test_office_is_not_told_of_what_it_leads_itself():
    told = month(state_of(replace(PROJECT, lead=INGE.id), office=(INGE.id, AAGE.id)), FIRST, LAST)
    assert [(who, days) for _, who, days in told if days == 14] == [(AAGE.id, 14)]


def test_everybody_in_the_office_is_told():
    told = month(state_of(PROJECT, office=(INGE.id, AAGE.id)), FIRST, LAST)
    assert {who for _, who, days in told if days == 14} == {INGE.id, AAGE.id}


def test_project_without_a_lead_or_an_owner_is_counted_as_nobodys():
    nobodys = state_of(replace(PROJECT, lead=None, owner=None))
    assert [excused(nobodys, at(day)) for day in (TUESDAY, FRIDAY, LEADS)] == [[Outcome.NOBODY]] * 3
    assert [who for _, who, _ in month(nobodys, FIRST, LAST)] == [INGE.id]


def test_missing_owner_is_counted_when_it_is_the_owners_turn():
    missing = [one for one in looked_at(state_of(replace(PROJECT, owner=None)), at(OWNERS)) if one.not_sent_because]
    assert [(one.reminder.days, one.not_sent_because) for one in missing] == [(7, Outcome.NOBODY)]


def test_lead_who_left_is_counted_and_not_told():
    state = state_of(PROJECT, people=PEOPLE - {SOREN.id})
    assert excused(state, at(TUESDAY)) == [Outcome.LEFT]
    assert [who for _, who, _ in month(state, FIRST, LAST)] == [ASTRID.id, INGE.id]


def test_lead_is_asked_again_at_each_deadline_that_passes_without_an_answer():
    again = [(day, days) for day, who, days in month(STATE, FIRST, date(2026, 6, 20)) if who == SOREN.id and days > 3]
    assert again == [(DEADLINE + timedelta(days=days), days) for days in (28, 56, 84, 112)]


def test_the_others_are_told_once_however_long_it_takes():
    told = [who for _, who, _ in month(STATE, FIRST, date(2026, 12, 1))]
    assert told.count(ASTRID.id) == told.count(INGE.id) == 1


# Answering


@pytest.mark.parametrize("day", [date(2026, 1, 31), TUESDAY, FRIDAY], ids=str)
def test_lead_who_reported_in_the_period_is_left_in_peace(day: date):
    answered = state_of(replace(PROJECT, newest=day))
    assert month(answered, FIRST, LAST) == []
    assert excused(answered, at(FRIDAY)) == [Outcome.ANSWERED]


def test_late_report_answers_the_period_it_is_given_in_too():
    late = state_of(replace(PROJECT, newest=LEADS))
    assert month(late, LEADS, date(2026, 4, 21)) == [(date(2026, 4, 21), SOREN.id, -3)]


def test_report_of_long_ago_answers_nothing_now():
    assert first_unanswered(replace(PROJECT, newest=date(2025, 3, 1)), 28, WORK) == date(2025, 4, 25)


def test_what_was_asked_is_known_to_be_answered_when_a_report_came_meanwhile():
    told = [one for day in (TUESDAY, OWNERS, date(2026, 3, 27)) for one in due(STATE, at(day))]
    assert [one.recipient.id for one in told] == [SOREN.id, SOREN.id, ASTRID.id, SOREN.id]
    answered = state_of(replace(PROJECT, newest=date(2026, 3, 27)))
    assert all(is_answered(one.key, answered, WORK) for one in told)
    assert not any(is_answered(one.key, STATE, WORK) for one in told)
    assert not is_answered(told[0].key, state_of(), WORK)


# Rhythm


def test_lead_on_a_project_board_is_asked_every_second_week():
    state = state_of(PROJECT, bodies=(STEERING, BOARD))
    assert rhythm_of(PROJECT, state) == 14
    on_board = replace(state, projects=(replace(PROJECT, newest=date(2026, 2, 27)),))
    assert month(on_board, LEADS, date(2026, 3, 14)) == [
        (date(2026, 3, 10), SOREN.id, -3),
        (date(2026, 3, 13), SOREN.id, 0),
    ]


def test_project_has_its_own_rhythm_before_the_boards():
    assert rhythm_of(replace(PROJECT, asked_every=7), state_of(bodies=(BOARD,))) == 7


def test_others_are_asked_every_fourth_week():
    assert rhythm_of(PROJECT, STATE) == 28
    assert rhythm_of(replace(PROJECT, lead=None), state_of(bodies=(BOARD,))) == 28


@given(st.integers(1, 400))
def test_any_rhythm_is_whole_weeks_so_that_deadlines_stay_on_fridays(days: int):
    rhythm = rhythm_of(replace(PROJECT, asked_every=days), STATE)
    assert rhythm % 7 == 0
    assert rhythm == 7 or abs(rhythm - days) <= 3


@given(st.sampled_from(RHYTHMS), st.lists(DAYS, max_size=5))
def test_rhythm_never_drifts_whatever_days_reports_are_given(rhythm: int, reports: list[date]):
    for newest in [None, *reports]:
        deadline = first_unanswered(replace(PROJECT, newest=newest), rhythm, WORK)
        assert (deadline - ANCHOR).days % rhythm == 0
        assert deadline > (newest or KNOWN)


@given(st.sampled_from(RHYTHMS), DAYS)
def test_report_answers_the_deadline_of_its_period_and_no_other(rhythm: int, newest: date):
    own = deadline_on_or_after(newest, rhythm)
    assert own - timedelta(days=rhythm) < newest <= own
    assert first_unanswered(replace(PROJECT, newest=newest, since=None), rhythm, WORK) == max(
        own + timedelta(days=rhythm), deadline_on_or_after(ANCHOR + GRACE, rhythm)
    )


@pytest.mark.parametrize("rhythm", RHYTHMS)
def test_weekly_two_weekly_and_four_weekly_are_asked_on_their_days_for_years(rhythm: int):
    """Reported on each deadline: the next is always whole rhythms away."""
    newest, days = ANCHOR, []
    while newest < date(2036, 1, 1):
        newest = first_unanswered(replace(PROJECT, newest=newest, since=None), rhythm, WORK)
        days.append(newest)
    assert {(later - earlier).days for earlier, later in pairwise(days)} == {rhythm}


# New projects


@given(DAYS, st.sampled_from(RHYTHMS))
def test_nobody_is_asked_about_a_project_in_its_days_of_grace(since: date, rhythm: int):
    new = state_of(Tracked("P002", "Nyt", SOREN.id, ASTRID.id, rhythm, since=since))
    told = month(new, since, since + timedelta(days=rhythm + 40))
    assert told
    assert all(day >= since + GRACE for day, _, _ in told)
    assert told[0][2] <= 0, "nobody is told that it is overdue before they were asked"


def test_new_project_is_counted_as_in_grace():
    new = state_of(Tracked("P002", "Nyt", SOREN.id, ASTRID.id, 7, since=date(2026, 1, 19)))
    assert excused(new, at(date(2026, 1, 23))) == [Outcome.GRACE]
    assert month(new, date(2026, 1, 19), date(2026, 1, 31))[0] == (date(2026, 1, 27), SOREN.id, -3)


def test_step_before_the_first_deadline_that_falls_in_the_grace_is_spared():
    new = state_of(Tracked("P002", "Nyt", SOREN.id, ASTRID.id, 7, since=date(2026, 1, 16)))
    assert excused(new, at(date(2026, 1, 20))) == [Outcome.GRACE]
    assert month(new, date(2026, 1, 16), date(2026, 1, 23)) == [(date(2026, 1, 23), SOREN.id, 0)]


def test_nothing_is_asked_for_the_time_before_a_project_was_known():
    """It came with a report of long ago: its first deadline is one after it came."""
    imported = state_of(replace(PROJECT, newest=date(2024, 3, 1), since=FIRST))
    assert month(imported, FIRST, LAST) == month(STATE, FIRST, LAST)


def test_project_that_starts_later_is_not_asked_about_before():
    later = state_of(replace(PROJECT, newest=None, since=date(2026, 9, 1)))
    assert month(later, FIRST, date(2026, 9, 7)) == []


# Days


@pytest.mark.parametrize("week", [7, 42, 28, 29, 30])
def test_no_status_is_asked_for_in_quiet_weeks(week: int):
    weekly = state_of(replace(PROJECT, asked_every=7))
    told = month(weekly, date(2026, 1, 5), date(2026, 12, 31))
    assert week not in {day.isocalendar().week for day, _, _ in told}


def test_those_on_summer_holiday_are_not_gone_past_meanwhile():
    """Due in week 27, the last before the holidays: week 31 goes on from there."""
    weekly = state_of(replace(PROJECT, asked_every=7, newest=date(2026, 6, 26)))
    told = month(weekly, date(2026, 6, 29), date(2026, 8, 9))
    assert [(day.day, who) for day, who, _ in told if day.month == 7] == [
        (3, SOREN.id), (27, SOREN.id), (31, ASTRID.id), (31, SOREN.id),
    ]  # fmt: skip
    assert [(day.day, who) for day, who, _ in told if day.month == 8] == [(7, INGE.id), (7, SOREN.id)]


def test_deadline_in_the_summer_is_held_once_after_it():
    """Week 28's, 29's and 30's all fall on week 31's."""
    weekly = state_of(replace(PROJECT, asked_every=7, newest=date(2026, 7, 3)))
    told = month(weekly, date(2026, 7, 6), date(2026, 8, 3))
    assert told == [
        (date(2026, 7, 28), SOREN.id, -3),
        (date(2026, 7, 31), SOREN.id, 0),
        (date(2026, 8, 3), SOREN.id, 3),
    ]


@pytest.mark.parametrize(
    ("deadline", "held"),
    [
        (date(2026, 4, 3), date(2026, 4, 1)),  # Good Friday
        (date(2026, 6, 5), date(2026, 6, 4)),  # Constitution Day
        (date(2026, 12, 25), date(2026, 12, 23)),
        (date(2027, 1, 1), date(2026, 12, 30)),  # in week 53
        (date(2026, 2, 13), date(2026, 2, 20)),  # week 7
        (date(2026, 10, 16), date(2026, 10, 23)),  # week 42
        (date(2026, 7, 10), date(2026, 7, 31)),  # week 28
    ],
    ids=str,
)
def test_deadline_on_a_holiday_is_held_before_and_in_a_quiet_week_after(deadline: date, held: date):
    assert kept(deadline, WORK) == held


@given(DAYS, st.frozensets(st.integers(1, 53), max_size=40))
def test_deadlines_are_held_on_working_days_in_weeks_that_are_not_quiet(day: date, quiet: frozenset[int]):
    work = WorkingTime(ZONE, quiet_weeks=quiet)
    held = kept(day, work)
    assert work.is_working_day(held)
    assert not work.is_quiet(held)


def test_easter_moves_the_steps():
    weekly = state_of(replace(PROJECT, asked_every=7, newest=date(2026, 3, 27)))
    told = month(weekly, date(2026, 3, 27), date(2026, 4, 7))
    assert told == [
        (date(2026, 3, 27), SOREN.id, -3),
        (date(2026, 4, 1), SOREN.id, 0),
        (date(2026, 4, 7), SOREN.id, 3),
    ]


def test_turn_of_the_year_and_week_53_are_as_other_weeks():
    weekly = state_of(replace(PROJECT, asked_every=7, newest=date(2026, 12, 18)))
    told = [(day, days) for day, who, days in month(weekly, date(2026, 12, 18), date(2027, 1, 9)) if who == SOREN.id]
    assert told == [
        (date(2026, 12, 18), -3), (date(2026, 12, 23), 0), (date(2026, 12, 28), 3),
        (date(2026, 12, 30), 7), (date(2027, 1, 8), 16),
    ]  # fmt: skip


@pytest.mark.parametrize("change", [date(2026, 3, 29), date(2026, 10, 25)], ids=str)
def test_status_is_asked_for_at_eight_by_the_clock_on_the_wall_when_it_has_changed(change: date):
    """The step after the deadline falls on the Monday after."""
    weekly = state_of(replace(PROJECT, asked_every=7, newest=change - timedelta(days=10)))
    monday = change + timedelta(days=1)
    office = Office(at(change - timedelta(days=1)))
    minutes = [at(monday, 7).astimezone(UTC) + timedelta(minutes=n) for n in range(180)]
    told = [minute for minute in minutes if office.look(weekly, minute).messages]
    assert [minute.astimezone(ZONE) for minute in told] == [at(monday)]


def test_leap_day_is_a_day_like_others():
    leap = state_of(replace(PROJECT, asked_every=7, newest=date(2028, 2, 18)))
    told = [(day, days) for day, who, days in month(leap, date(2028, 2, 19), date(2028, 3, 3)) if who == SOREN.id]
    assert told == [(date(2028, 2, 22), -3), (date(2028, 2, 25), 0), (date(2028, 2, 28), 3), (date(2028, 3, 3), 7)]


def test_status_says_what_it_is_about():
    one = due(STATE, at(TUESDAY))[0]
    assert (one.subject, one.project, one.title) == ("P001", "P001", PROJECT.title)
    assert one.about == StatusDue("P001", LadderRole.LEAD, SOREN.id, PROJECT.newest)
    assert one.deadline == at(FRIDAY, 16)
    assert (one.due_at, one.expires_at) == (at(TUESDAY), at(FRIDAY))
