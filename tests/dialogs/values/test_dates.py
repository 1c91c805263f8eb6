from __future__ import annotations

import time
from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dialogs.values.dates import DateFault, UnreadableDate, parse_date
from dialogs.values.writing_dates import format_date
from portfolio.dates import PlanDate, Unit, in_unit, span

JUNE_15 = PlanDate(date(2021, 6, 15), date(2021, 6, 15))
WEEK_26 = PlanDate(date(2021, 6, 28), date(2021, 7, 4), Unit.WEEK)
WEEKS_18_19 = PlanDate(date(2021, 5, 3), date(2021, 5, 16), Unit.WEEK)
JUNE = PlanDate(date(2021, 6, 1), date(2021, 6, 30), Unit.MONTH)
JUNE_JULY = PlanDate(date(2021, 6, 1), date(2021, 7, 31), Unit.MONTH)
SECOND_QUARTER = PlanDate(date(2021, 4, 1), date(2021, 6, 30), Unit.QUARTER)
FIRST_HALF = PlanDate(date(2021, 1, 1), date(2021, 6, 30), Unit.QUARTER)
AUGUST_DAYS = PlanDate(date(2021, 8, 17), date(2021, 8, 24))
TODAY = date(2026, 6, 16)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        *(
            (text, JUNE_15)
            for text in (
                "2021-06-15",
                "2021-06-15 00:00:00",
                "2021/06/15",
                "15-06-2021",
                "15/6 2021",
                "15/6-2021",
                "15.06.21",
                "15.6.2021",
                "15. 6. 2021",
                "15. juni 2021",
                "15 juni 2021",
                "15. JUNI 2021",
                " 15.  juni 2021 ",
                "d. 15. juni 2021",
                "den 15. juni 2021",
                "tirsdag den 15. juni 2021",
                "15. jun. 2021",
                "15 June 2021",
                "June 15, 2021",
                "June 15 2021",
                "15th of June 2021",
                "Tuesday, 15 June 2021",
                "on 15 June 2021",
            )
        ),
        *(
            (text, WEEK_26)
            for text in (
                "uge 26 2021",
                "uge 26, 2021",
                "Uge 26 - 2021",
                "2021-W26",
                "2021W26",
                "2021 uge 26",
                "uge 26/2021",
                "i uge 26 2021",
                "week 26 2021",
                "week 26 of 2021",
                "u. 26 2021",
            )
        ),
        *(
            (text, WEEKS_18_19)
            for text in (
                "uge 18/19 2021",
                "uge 18-19 2021",
                "uge 18–19, 2021",
                "uge 18 til 19 2021",
                "uge 18 - uge 19 2021",
                "weeks 18-19 2021",
            )
        ),
        *(
            (text, JUNE)
            for text in ("juni 2021", "jun. 2021", "June 2021", "2021-06", "06-2021", "6/2021", "i juni 2021")
        ),
        *(
            (text, JUNE_JULY)
            for text in ("juni-juli 2021", "juni/juli 2021", "juni 2021 - juli 2021", "June to July 2021")
        ),
        *(
            (text, SECOND_QUARTER)
            for text in (
                "2. kvartal 2021",
                "2 kvartal 2021",
                "andet kvartal 2021",
                "2. kvt. 2021",
                "Q2 2021",
                "2021 Q2",
                "2021-Q2",
                "K2 2021",
                "2nd quarter 2021",
                "second quarter of 2021",
            )
        ),
        *(
            (text, FIRST_HALF)
            for text in (
                "1. halvår 2021",
                "første halvår 2021",
                "H1 2021",
                "first half of 2021",
                "1.-2. kvartal 2021",
                "Q1-Q2 2021",
            )
        ),
        *(
            (text, AUGUST_DAYS)
            for text in (
                "17.-24. august 2021",
                "17.–24. aug. 2021",
                "17-24 August 2021",
                "17/8-24/8 2021",
                "17-08-2021 - 24-08-2021",
                "August 17-24, 2021",
                "fra 17. til 24. august 2021",
                "17. august - 24. august 2021",
                "17.08.2021-24.08.2021",
            )
        ),
        ("2021", PlanDate(date(2021, 1, 1), date(2021, 12, 31), Unit.YEAR)),
        ("2021-2025", PlanDate(date(2021, 1, 1), date(2025, 12, 31), Unit.YEAR)),
        ("primo juni 2021", PlanDate(date(2021, 6, 1), date(2021, 6, 10))),
        ("medio juni 2021", PlanDate(date(2021, 6, 11), date(2021, 6, 20))),
        ("ultimo februar 2021", PlanDate(date(2021, 2, 21), date(2021, 2, 28))),
        ("ultimo 2021", PlanDate(date(2021, 12, 21), date(2021, 12, 31))),
        ("primo 2021", PlanDate(date(2021, 1, 1), date(2021, 1, 10))),
        ("late June 2021", PlanDate(date(2021, 6, 21), date(2021, 6, 30))),
        ("uge 52 2021 - uge 2 2022", PlanDate(date(2021, 12, 27), date(2022, 1, 16), Unit.WEEK)),
        ("28. december 2021-3. januar 2022", PlanDate(date(2021, 12, 28), date(2022, 1, 3))),
        ("uge 53 2026", PlanDate(date(2026, 12, 28), date(2027, 1, 3), Unit.WEEK)),
        ("29. februar 2024", PlanDate(date(2024, 2, 29), date(2024, 2, 29))),
    ],
)
def test_people_write_dates_in_many_ways(text: str, meant: PlanDate) -> None:
    assert parse_date(text) == meant


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1. december til 15. januar", date(2026, 12, 1), date(2027, 1, 15)),
        ("20/12-3/1", date(2026, 12, 20), date(2027, 1, 3)),
        ("uge 51-2", date(2026, 12, 14), date(2027, 1, 17)),
        ("uge 53 til uge 2", date(2026, 12, 28), date(2027, 1, 17)),
        ("december til februar", date(2026, 12, 1), date(2027, 2, 28)),
        ("29. februar til 1. maj 2028", date(2028, 2, 29), date(2028, 5, 1)),
        ("1. december til 24. december", date(2026, 12, 1), date(2026, 12, 24)),
    ],
)
def test_days_without_year_may_run_over_new_year(text: str, first: date, last: date) -> None:
    found = parse_date(text, date(2026, 11, 23))
    assert (found.first, found.last) == (first, last)


@pytest.mark.parametrize("text", ["31-15 januar", "uge 19-18", "1. oktober til 1. september"])
def test_days_without_year_do_not_run_over_most_of_a_year(text: str) -> None:
    with pytest.raises(UnreadableDate) as refused:
        parse_date(text, date(2026, 11, 23))
    assert refused.value.reason is DateFault.WRONG_ORDER


def test_day_stands_before_month_never_after() -> None:
    assert parse_date("03-04-2026").first == date(2026, 4, 3)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", DateFault.EMPTY),
        (" \u00a0 ", DateFault.EMPTY),
        ("snart", DateFault.UNKNOWN_FORM),
        ("26", DateFault.UNKNOWN_FORM),
        ("15-06", DateFault.UNKNOWN_FORM),
        ("2021-25", DateFault.NO_SUCH_DATE),
        ("sommeren 2021", DateFault.SEASON),
        ("forår 2021", DateFault.SEASON),
        ("autumn 2021", DateFault.SEASON),
        ("april 21", DateFault.AMBIGUOUS),
        ("06/15/2021", DateFault.NO_SUCH_DATE),
        ("31. juni 2021", DateFault.NO_SUCH_DATE),
        ("29. februar 2023", DateFault.NO_SUCH_DATE),
        ("uge 53 2021", DateFault.NO_SUCH_DATE),
        ("uge 0 2021", DateFault.NO_SUCH_DATE),
        ("5. kvartal 2021", DateFault.NO_SUCH_DATE),
        ("3. halvår 2021", DateFault.NO_SUCH_DATE),
        ("2021-13-01", DateFault.NO_SUCH_DATE),
        ("uge 26", DateFault.YEAR_MISSING),
        ("15. juni", DateFault.YEAR_MISSING),
        ("uge 18-19", DateFault.YEAR_MISSING),
        ("15. juni 1066", DateFault.YEAR_OUT_OF_RANGE),
        ("uge 19-18 2021", DateFault.WRONG_ORDER),
        ("december-januar 2022", DateFault.WRONG_ORDER),
        ("mandag den 15. juni 2021", DateFault.WRONG_WEEKDAY),
        ("uge " * 40, DateFault.TOO_LONG),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(text: str, reason: DateFault) -> None:
    with pytest.raises(UnreadableDate) as refused:
        parse_date(text)
    assert refused.value.reason is reason


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("15. juni", PlanDate(date(2026, 6, 15), date(2026, 6, 15))),
        ("15/6", PlanDate(date(2026, 6, 15), date(2026, 6, 15))),
        ("June 21", PlanDate(date(2026, 6, 21), date(2026, 6, 21))),
        ("uge 26", in_unit(date(2026, 6, 24), Unit.WEEK)),
        ("uge 18-19", PlanDate(date(2026, 4, 27), date(2026, 5, 10), Unit.WEEK)),
        ("juni-juli", PlanDate(date(2026, 6, 1), date(2026, 7, 31), Unit.MONTH)),
        ("Q2", in_unit(date(2026, 4, 1), Unit.QUARTER)),
        ("primo juli", PlanDate(date(2026, 7, 1), date(2026, 7, 10))),
        ("15. december", PlanDate(date(2026, 12, 15), date(2026, 12, 15))),
    ],
)
def test_date_without_year_is_of_this_year(text: str, meant: PlanDate) -> None:
    assert parse_date(text, TODAY) == meant


def test_date_without_year_that_is_long_past_is_of_next_year() -> None:
    november = date(2026, 11, 22)

    assert parse_date("uge 4", november) == in_unit(date(2027, 1, 27), Unit.WEEK)
    assert parse_date("januar-februar", november).first == date(2027, 1, 1)
    assert parse_date("3. august", november).first == date(2026, 8, 3)


UNITS = st.sampled_from(list(Unit))
DAYS = st.dates(date(1901, 1, 1), date(2198, 12, 31))


@st.composite
def plan_dates(draw: st.DrawFn) -> PlanDate:
    unit, day = draw(UNITS), draw(DAYS)
    length = draw(st.one_of(st.just(0), st.integers(0, 40), st.integers(0, 1500)))
    last = min(day + timedelta(days=length), date(2198, 12, 31))
    return span(in_unit(day, unit), in_unit(last, unit))


@given(plan_dates(), st.sampled_from(["da", "en"]))
@example(PlanDate(date(2021, 6, 1), date(2021, 6, 30)), "da")
def test_date_written_by_us_is_read_back_as_it_was(value: PlanDate, language: str) -> None:
    assert parse_date(format_date(value, language)) == value


@given(st.text(max_size=80), st.none() | DAYS)
def test_any_text_is_a_date_or_is_refused(text: str, today: date | None) -> None:
    with suppress(UnreadableDate):
        assert isinstance(parse_date(text, today), PlanDate)


@pytest.mark.parametrize(
    ("text", "danish", "english"),
    [
        ("15/6 2021", "15. juni 2021", "15 June 2021"),
        ("2021-W26", "uge 26 2021", "week 26 2021"),
        ("uge 18/19 2021", "uge 18-19 2021", "week 18-19 2021"),
        ("6/2021", "juni 2021", "June 2021"),
        ("juni/juli 2021", "juni-juli 2021", "June-July 2021"),
        ("Q2 2021", "2. kvartal 2021", "2nd quarter 2021"),
        ("1. halvår 2021", "1.-2. kvartal 2021", "1st-2nd quarter 2021"),
        ("17-24 August 2021", "17.-24. august 2021", "17-24 August 2021"),
        ("28. juni - 4. juli 2021", "28. juni-4. juli 2021", "28 June-4 July 2021"),
        ("uge 52 2021 - uge 2 2022", "uge 52 2021-uge 2 2022", "week 52 2021-week 2 2022"),
        ("2021", "2021", "2021"),
        ("2021-2025", "2021-2025", "2021-2025"),
    ],
)
def test_dates_are_written_with_the_precision_they_were_given_in(text: str, danish: str, english: str) -> None:
    assert format_date(parse_date(text), "da") == danish
    assert format_date(parse_date(text), "en") == english


@pytest.mark.parametrize(
    "garbage", ["1" * 100_000, "-" * 100_000, "uge " * 30_000, "1-" * 31, "juni/" * 12, "d. " * 21]
)
def test_long_garbage_is_refused_at_once(garbage: str) -> None:
    began = time.process_time()
    with pytest.raises(UnreadableDate):
        parse_date(garbage)
    assert time.process_time() - began < 0.05
