"""Who is reminded of what they owe by a date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from portfolio.reminders.keys import Origin
from portfolio.reminders.kinds import Kind, Obligation, Outcome, ReminderState
from tests.world.people import ASTRID, METTE, SOREN
from tests.world.reminders import PEOPLE, at, away, due, excused, looked_at, month, snoozed, stands_in, state_of

DAY = date(2026, 3, 19)  # a Thursday
FIRST, LAST = date(2026, 3, 2), date(2026, 3, 24)


def owing(
    origin: Origin, due_at: datetime | None = None, owner: str | None = SOREN.id, *, is_met: bool = False
) -> ReminderState:
    one = Obligation(origin, f"{origin}:7", "Skærmbesøg i 3 distrikter", owner, due_at or at(DAY, 16), "P001", is_met)
    return state_of(obligations=(one,))


@pytest.mark.parametrize(
    ("origin", "days"),
    [
        (Origin.ROUND, [date(2026, 3, 18)]),
        (Origin.MILESTONE, [date(2026, 3, 12)]),
        (Origin.BENEFIT, [date(2026, 3, 5), DAY]),
    ],
)
def test_each_kind_of_obligation_has_its_own_days(origin: Origin, days: list[date]):
    told = month(owing(origin), FIRST, LAST, Kind.DEADLINE)
    assert [(day, who) for day, who, _ in told] == [(day, SOREN.id) for day in days]


def test_steps_of_every_origin_follow_one_another():
    assert [days for _, _, days in month(owing(Origin.BENEFIT), FIRST, LAST)] == [-14, 0]


def test_what_is_due_on_a_sunday_is_reminded_of_on_friday():
    assert [day for day, _, _ in month(owing(Origin.BENEFIT, at(date(2026, 3, 22), 16)), FIRST, LAST)] == [
        date(2026, 3, 6),
        date(2026, 3, 20),
    ]


def test_what_is_due_after_easter_is_reminded_of_before():
    monday_after = owing(Origin.ROUND, at(date(2026, 4, 7), 12))
    assert [day for day, _, _ in month(monday_after, FIRST, date(2026, 4, 8))] == [date(2026, 4, 1)]


def test_quiet_weeks_do_not_move_what_is_owed():
    in_week_7 = owing(Origin.ROUND, at(date(2026, 2, 11), 12))
    assert [day for day, _, _ in month(in_week_7, date(2026, 2, 1), DAY)] == [date(2026, 2, 10)]


def test_what_is_met_is_answered():
    met = owing(Origin.MILESTONE, is_met=True)
    assert month(met, FIRST, LAST) == []
    assert excused(met, at(date(2026, 3, 12))) == [Outcome.ANSWERED]


def test_what_nobody_owes_is_counted_and_those_who_left_too():
    assert excused(owing(Origin.MILESTONE, owner=None), at(date(2026, 3, 12))) == [Outcome.NOBODY]
    gone = replace(owing(Origin.MILESTONE), people=PEOPLE - {SOREN.id})
    assert excused(gone, at(date(2026, 3, 12))) == [Outcome.LEFT]


def test_obligation_that_is_over_is_not_reminded_of():
    state = owing(Origin.ROUND)
    assert due(state, at(DAY, 15, 59)) != []
    assert looked_at(state, at(DAY, 16)) == []
    assert excused(state, at(DAY, 17), at(date(2026, 3, 17))) == [Outcome.EXPIRED]


def test_obligation_of_long_ago_that_becomes_known_today_is_not_reminded_of():
    assert looked_at(owing(Origin.MILESTONE, at(date(2025, 3, 19))), at(DAY)) == []


def test_obligation_that_is_moved_is_reminded_of_anew():
    before = {one.key for one in due(owing(Origin.MILESTONE), at(date(2026, 3, 12)))}
    later = owing(Origin.MILESTONE, at(date(2026, 4, 16), 16))
    assert month(later, date(2026, 3, 12), date(2026, 4, 20)) == [(date(2026, 4, 9), SOREN.id, -7)]
    assert not before & {one.key for one in due(later, at(date(2026, 4, 9)))}


@pytest.mark.parametrize("origin", [Origin.ROUND, Origin.MILESTONE])
def test_deputy_is_reminded_of_what_the_lead_owes(origin: Origin):
    state = replace(owing(origin), deputies=stands_in(FIRST, LAST))
    assert {who for _, who, _ in month(state, FIRST, LAST)} == {METTE.id}


def test_benefit_is_its_managers_own():
    state = replace(owing(Origin.BENEFIT), deputies=stands_in(FIRST, LAST))
    assert {who for _, who, _ in month(state, FIRST, LAST)} == {SOREN.id}


def test_manager_on_holiday_is_reminded_when_back():
    state = replace(
        owing(Origin.BENEFIT, owner=ASTRID.id), absences=away(ASTRID.id, date(2026, 3, 5), date(2026, 3, 8))
    )
    assert [day for day, _, _ in month(state, FIRST, LAST)] == [date(2026, 3, 9), DAY]


def test_snoozed_manager_is_reminded_on_the_day_asked_for():
    state = replace(owing(Origin.BENEFIT), snoozes=snoozed(SOREN.id, date(2026, 3, 10), "benefit:7"))
    assert [day for day, _, _ in month(state, FIRST, LAST)] == [date(2026, 3, 10), DAY]


def test_obligations_may_not_be_switched_off():
    state = replace(owing(Origin.ROUND), switched_off=frozenset({(SOREN.id, Kind.DEADLINE)}))
    assert month(state, FIRST, LAST) == [(DAY - timedelta(days=1), SOREN.id, -1)]
