"""When a municipality is at work."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.working_time import WorkingTime
from tests.world.reminders import WORK, ZONE, at

DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))
MOMENTS = st.integers(0, 20 * 365 * 24 * 60).map(
    lambda minute: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)
)
EASTER_2026 = [date(2026, 4, 2), date(2026, 4, 3), date(2026, 4, 6)]
CLOSED = [
    *EASTER_2026,
    date(2026, 1, 1),
    date(2026, 5, 14),  # Ascension
    date(2026, 5, 25),  # Whit Monday
    date(2026, 6, 5),  # Constitution Day
    date(2026, 12, 24),
    date(2026, 12, 25),
    date(2026, 12, 31),
]


@pytest.mark.parametrize("day", CLOSED, ids=str)
def test_nobody_works_on_danish_holidays(day: date):
    assert not WORK.is_working_day(day)


@pytest.mark.parametrize(
    "day", [date(2026, 5, 1), date(2026, 5, 1) + timedelta(days=30 * 12), date(2028, 2, 29)], ids=str
)
def test_people_work_on_the_first_of_may_and_on_leap_day(day: date):
    assert WORK.is_working_day(day)


def test_great_prayer_day_is_worked_since_it_was_abolished():
    assert not WORK.is_working_day(date(2023, 5, 5))
    assert WORK.is_working_day(date(2026, 5, 1))


def test_ascension_on_the_first_of_may_is_a_holiday():
    assert not WORK.is_working_day(date(2008, 5, 1))


def test_wednesday_before_easter_is_one_working_day_before_the_tuesday_after():
    assert WORK.before(date(2026, 4, 7), 1) == date(2026, 4, 1)


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)], ids=str)
def test_morning_after_the_clock_changes_opens_at_eight(day: date):
    opening = WORK.next_open(at(day, 1))
    assert opening == at(day + timedelta(days=1))
    assert opening.astimezone(UTC).hour == (6 if day.month == 3 else 7)


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)], ids=str)
def test_clock_changes_on_a_day_that_is_worked_elsewhere(day: date):
    """Eight o'clock comes once, whatever happened in the night."""
    opening = WORK.opening(day)
    assert opening.astimezone(ZONE).time() == time(8)
    assert WORK.opening(day + timedelta(days=1)).astimezone(UTC) - opening.astimezone(UTC) == timedelta(days=1)
    night = opening.astimezone(UTC) - WORK.opening(day - timedelta(days=1)).astimezone(UTC)
    assert night == timedelta(hours=23 if day.month == 3 else 25)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        (at(date(2026, 3, 4), 7, 59), False),
        (at(date(2026, 3, 4)), True),
        (at(date(2026, 3, 4), 15, 59), True),
        (at(date(2026, 3, 4), 16), False),
        (at(date(2026, 3, 7), 10), False),
    ],
)
def test_people_work_from_eight_to_four_on_working_days(moment: datetime, is_open: bool):
    assert WORK.is_open(moment) is is_open
    assert WORK.is_open(moment.astimezone(UTC)) is is_open


def test_friday_evening_waits_for_monday():
    assert WORK.next_open(at(date(2026, 3, 6), 16)) == at(date(2026, 3, 9))


def test_week_53_is_followed_by_week_1():
    assert WORK.on_or_after(date(2027, 1, 1)) == date(2027, 1, 4)
    assert not WORK.is_quiet(date(2026, 12, 28))
    assert WorkingTime(ZONE, quiet_weeks=frozenset({53})).is_quiet(date(2027, 1, 3))


def test_quiet_weeks_are_those_of_the_schools_and_the_middle_of_summer():
    quiet = {
        day.isocalendar().week
        for day in (date(2026, 1, 5) + timedelta(days=n) for n in range(364))
        if WORK.is_quiet(day)
    }
    assert quiet == {7, 28, 29, 30, 42}


@given(MOMENTS)
def test_next_opening_is_the_first_moment_at_work(moment: datetime):
    opening = WORK.next_open(moment)
    assert WORK.is_open(opening)
    assert opening >= moment
    assert opening == moment or not WORK.is_open(opening - timedelta(seconds=1))
    assert opening - moment < timedelta(days=8)


@given(DAYS, st.integers(0, 20))
def test_working_days_before_are_counted_one_by_one(day: date, count: int):
    before = WORK.before(day, count)
    between = (before + timedelta(days=n) for n in range((day - before).days))
    assert sum(map(WORK.is_working_day, between)) == count


@given(DAYS)
def test_nearest_working_days_lie_on_either_side(day: date):
    before, after = WORK.on_or_before(day), WORK.on_or_after(day)
    assert before <= day <= after
    assert (before == day == after) is WORK.is_working_day(day)
    assert not WORK.is_quiet(WORK.on_or_after(day, outside_quiet=True))


@pytest.mark.parametrize(
    "never",
    [
        {"opens": time(16), "closes": time(8)},
        {"opens": time(8), "closes": time(8)},
        {"quiet_weeks": frozenset(range(54))},
    ],
)
def test_municipality_that_is_never_at_work_is_refused(never: dict[str, Any]):
    with pytest.raises(ValueError, match="nobody would ever be at work"):
        WorkingTime(ZONE, **never)
