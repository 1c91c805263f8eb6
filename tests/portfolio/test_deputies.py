"""Whom a deputy reports for, and when."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.deputies import Deputy
from tests.world.people import ASTRID, METTE, SOREN

FIRST, LAST = date(2026, 7, 1), date(2026, 7, 14)
ALL = Deputy(SOREN.id, METTE.id, FIRST, LAST)
DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@pytest.mark.parametrize(
    ("day", "covered"),
    [(FIRST, True), (LAST, True), (FIRST - timedelta(days=1), False), (LAST + timedelta(days=1), False)],
)
def test_first_and_last_day_are_both_the_deputys(day: date, covered: bool):
    assert ALL.covers(SOREN.id, "P001", day) is covered


def test_deputy_on_one_project_is_none_on_another():
    one = Deputy(SOREN.id, METTE.id, FIRST, LAST, "P001")
    assert one.covers(SOREN.id, "P001", FIRST)
    assert not one.covers(SOREN.id, "P002", FIRST)


@pytest.mark.parametrize("lead", [ASTRID.id, None])
def test_project_that_another_leads_is_not_covered(lead: str | None):
    """Also when it was handed over while the deputy's time runs."""
    assert not ALL.covers(lead, "P001", FIRST)


@given(DAYS, DAYS, DAYS)
def test_time_that_ends_before_it_begins_covers_no_day(first: date, last: date, day: date):
    covers = Deputy(SOREN.id, METTE.id, first, last).covers(SOREN.id, "P001", day)
    assert covers == (first <= day <= last)
    assert first <= last or not covers
