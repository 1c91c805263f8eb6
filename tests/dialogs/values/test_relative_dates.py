"""Dates said from today."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.values.calendar_words import WEEKDAYS
from dialogs.values.dates import UnreadableDate
from dialogs.values.relative_dates import coming_date, relative_date, said_date
from portfolio.dates import PlanDate, Unit, in_unit, iso_week, on_day

TUESDAY = date(2026, 6, 9)
DAYS = st.dates(date(1990, 1, 1), date(2150, 1, 1))


def day(month: int, number: int, year: int = 2026) -> PlanDate:
    return on_day(date(year, month, number))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("i dag", day(6, 9)), ("I morgen", day(6, 10)), ("i overmorgen", day(6, 11)), ("i går", day(6, 8)),
        ("fredag", day(6, 12)), ("på fredag", day(6, 12)), ("nu på fredag", day(6, 12)), ("on Friday", day(6, 12)),
        ("tirsdag", day(6, 16)), ("mandag", day(6, 15)), ("næste fredag", day(6, 19)), ("next Friday", day(6, 19)),
        ("sidste fredag", day(6, 5)), ("denne fredag", day(6, 12)), ("fredag i næste uge", day(6, 19)),
        ("fredag i uge 40", day(10, 2)), ("om 14 dage", day(6, 23)), ("om to uger", day(6, 23)),
        ("om fem og tyve dage", day(7, 4)), ("om en måned", day(7, 9)), ("om et halvt år", day(12, 9)),
        ("in three months", day(9, 9)), ("two weeks from now", day(6, 23)), ("den 15.", day(6, 15)),
        ("d. 3", day(7, 3)), ("31.", day(7, 31)), ("on the 15th", day(6, 15)), ("den 15. i 6.", day(6, 15)),
        ("femtende i sjette", day(6, 15)),
        ("udgangen af juni", day(6, 30)), ("med udgangen af året", day(12, 31)), ("årets udgang", day(12, 31)),
        ("by the end of next month", day(7, 31)), ("tredje juli", day(7, 3)), ("the third of july", day(7, 3)),
        ("næste uge", iso_week(2026, 25)), ("i denne uge", iso_week(2026, 24)), ("uge seksogtyve", iso_week(2026, 26)),
        ("næste måned", in_unit(date(2026, 7, 1), Unit.MONTH)), ("til næste år", in_unit(date(2027, 1, 1), Unit.YEAR)),
        ("i år", in_unit(TUESDAY, Unit.YEAR)), ("dette kvartal", in_unit(TUESDAY, Unit.QUARTER)),
        ("slutningen af juni", PlanDate(date(2026, 6, 21), date(2026, 6, 30))),
        ("starten af juli", PlanDate(date(2026, 7, 1), date(2026, 7, 10))),
        ("midt i august", PlanDate(date(2026, 8, 11), date(2026, 8, 20))),
        ("1. marts", day(3, 1, 2027)), ("mandag den 1. marts", day(3, 1, 2027)), ("3. juni", day(6, 3)),
        ("1. marts 2026", day(3, 1)),
    ],
)  # fmt: skip
def test_date_is_meant_from_today(said: str, meant: PlanDate):
    assert said_date(said, TUESDAY) == meant


@pytest.mark.parametrize(
    "said",
    [
        "",
        "snart",
        "om lidt",
        "om 99999 dage",
        "om 900 år",
        "fredag i juni",
        "den 32.",
        "udgangen af ugle",
        "31. februar",
        "om femten",
    ],
)
def test_what_is_no_date_is_none(said: str):
    assert relative_date(said, TUESDAY) is None
    with pytest.raises(UnreadableDate):
        said_date(said, TUESDAY)


@given(DAYS, st.sampled_from([name for name in WEEKDAYS if name.endswith("dag")]))
def test_weekday_is_within_a_week_and_next_one_in_next_week(today: date, weekday: str):
    coming, following = relative_date(f"på {weekday}", today), relative_date(f"næste {weekday}", today)
    assert coming is not None
    assert following is not None
    assert today < coming.first <= today + timedelta(days=7)
    assert following.first.isocalendar()[:2] == (today + timedelta(days=7)).isocalendar()[:2]
    assert coming.first.weekday() == following.first.weekday() == WEEKDAYS[weekday]


@given(DAYS, st.integers(1, 12), st.integers(1, 28))
def test_date_without_a_year_lies_ahead_or_just_behind(today: date, month: int, number: int):
    found = coming_date(f"{number}/{month}", today).first
    assert (found.month, found.day) == (month, number)
    assert today - timedelta(days=31) <= found <= today + timedelta(days=366)


@given(DAYS, st.integers(1, 31))
def test_day_of_the_month_is_the_next_there_is(today: date, number: int):
    found = relative_date(f"den {number}.", today)
    assert found is not None
    assert found.first.day == number
    assert today <= found.first <= today + timedelta(days=62)


@given(st.text(max_size=100), DAYS)
def test_any_text_is_a_date_or_none(text: str, today: date):
    found = relative_date(text, today)
    assert found is None or 1900 <= found.first.year < 2200
