"""Months counted from a day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.dates import months_after, months_between


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2025, 11, 30), 3, date(2026, 2, 28)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(9999, 11, 30), 1, date(9999, 12, 30)),
        (date(9999, 12, 1), 1, None),
        (date.max, 3, None),
    ],
)
def test_month_later_is_the_same_day_or_the_last(day: date, months: int, later: date | None):
    assert months_after(day, months) == later


def test_months_are_counted_when_they_are_whole():
    assert months_between(date(2026, 1, 31), date(2026, 2, 27)) == 0
    assert months_between(date(2026, 1, 31), date(2026, 2, 28)) == 1
    assert months_between(date(2026, 1, 15), date(2027, 1, 14)) == 11
    assert months_between(date(2026, 1, 15), date(2026, 1, 15)) == 0


@given(st.dates(), st.dates())
def test_counted_months_are_the_most_that_fit(one: date, other: date):
    first, last = sorted((one, other))
    months = months_between(first, last)
    whole, one_more = months_after(first, months), months_after(first, months + 1)
    assert months >= 0
    assert whole is not None
    assert whole <= last
    assert one_more is None or one_more > last
