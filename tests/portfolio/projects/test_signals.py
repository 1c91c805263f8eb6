"""What the figures say beside the lead's own colour: the limits, and the day from which they disagree."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from portfolio.dates import Unit, in_unit, on_day
from portfolio.projects.project import Milestone, Phase, Project
from portfolio.projects.signals import ALWAYS, Figures, Signal, SignalKind, disputed_after, figures_of, signals
from portfolio.projects.status import Rag, StatusReport

TODAY = date(2026, 6, 15)


def figures(**changes: Any) -> Figures:
    return Figures(**{"overall": Rag.GREEN, "status_day": TODAY, **changes})


def said(facts: Figures, today: date = TODAY) -> list[tuple[SignalKind, Rag]]:
    return [(one.kind, one.colour) for one in signals(facts, today)]


def disputed(facts: Figures, today: date) -> bool:
    return any(one.disputes for one in signals(facts, today))


@pytest.mark.parametrize(
    ("budget", "spend", "colour"),
    [
        (1_000_000, 1_000_000, None),
        (1_000_000, Decimal("1000000.01"), Rag.AMBER),
        (1_000_000, 1_100_000, Rag.AMBER),
        (1_000_000, Decimal("1100000.01"), Rag.RED),
        (100_000_000, 106_000_000, Rag.AMBER),
        (100_000_000, Decimal("106000000.01"), Rag.RED),
        (0, 1, Rag.RED),
        (0, 0, None),
        (None, 1, None),
        (1, None, None),
    ],
)
def test_money_is_amber_up_to_a_tenth_or_six_million_over_and_red_above(
    budget: int | None, spend: Decimal | int | None, colour: Rag | None
):
    money = [None if one is None else Decimal(one) for one in (budget, spend)]
    found = said(figures(budget=money[0], spend=money[1]))
    assert found == ([(SignalKind.ECONOMY, colour)] if colour else [])


@pytest.mark.parametrize(
    ("end", "today", "colour"),
    [
        (date(2026, 3, 15), date(2026, 3, 15), None),
        (date(2026, 3, 15), date(2026, 4, 14), None),
        (date(2026, 3, 15), date(2026, 4, 15), Rag.AMBER),
        (date(2026, 3, 15), date(2026, 6, 15), Rag.AMBER),
        (date(2026, 3, 15), date(2026, 6, 16), Rag.RED),
        (date(2026, 1, 31), date(2026, 2, 27), None),
        (date(2026, 1, 31), date(2026, 2, 28), Rag.AMBER),
        (date(2024, 1, 31), date(2024, 2, 28), None),
        (date(2024, 1, 31), date(2024, 2, 29), Rag.AMBER),
        (date(2024, 2, 29), date(2024, 5, 29), Rag.AMBER),
        (date(2024, 2, 29), date(2024, 5, 30), Rag.RED),
        (date(2025, 11, 30), date(2026, 2, 28), Rag.AMBER),
        (date(2025, 11, 30), date(2026, 3, 1), Rag.RED),
        (date.max, date.max, None),
        (date(9999, 11, 30), date.max, Rag.AMBER),
        (date(9999, 12, 1), date.max, None),
    ],
)
def test_time_is_amber_from_one_month_and_red_after_three(end: date, today: date, colour: Rag | None):
    wanted = [(SignalKind.END, colour)] if colour else []
    assert said(figures(end=end, status_day=today), today) == wanted


def test_lead_who_expects_a_later_end_is_held_to_the_plan():
    plan = date(2026, 9, 30)
    assert said(figures(end=plan, expected_end=date(2026, 10, 29))) == []
    assert said(figures(end=plan, expected_end=date(2026, 10, 30))) == [(SignalKind.EXPECTED_END, Rag.AMBER)]
    assert said(figures(end=plan, expected_end=date(2026, 12, 31))) == [(SignalKind.EXPECTED_END, Rag.RED)]
    assert said(figures(end=None, expected_end=date(2036, 1, 1))) == []


@pytest.mark.parametrize(
    ("due", "colour"),
    [
        (TODAY, None),
        (TODAY - timedelta(days=1), Rag.AMBER),
        (date(2026, 3, 15), Rag.AMBER),
        (date(2026, 3, 14), Rag.RED),
    ],
)
def test_milestone_is_amber_once_it_has_passed_and_red_after_three_months(due: date, colour: Rag | None):
    assert said(figures(milestone=due)) == ([(SignalKind.MILESTONE, colour)] if colour else [])


@pytest.mark.parametrize(
    ("rhythm", "days", "is_stale"), [(None, 28, False), (None, 29, True), (60, 60, False), (60, 61, True)]
)
def test_status_is_stale_after_its_own_rhythm(rhythm: int | None, days: int, is_stale: bool):
    old = figures(rhythm_days=rhythm, status_day=TODAY - timedelta(days=days))
    assert said(old) == ([(SignalKind.STALE, Rag.AMBER)] if is_stale else [])
    assert not disputed(old, TODAY)


def test_gravest_signal_comes_first():
    bad = figures(budget=Decimal(100), spend=Decimal(105), end=date(2026, 1, 1), milestone=date(2026, 6, 1))
    assert said(bad) == [
        (SignalKind.END, Rag.RED),
        (SignalKind.ECONOMY, Rag.AMBER),
        (SignalKind.MILESTONE, Rag.AMBER),
    ]


def test_closed_project_has_no_signals():
    closed = figures(is_closed=True, end=date(2020, 1, 1), budget=Decimal(1), spend=Decimal(9))
    assert signals(closed, TODAY) == ()
    assert disputed_after(closed) is None


@pytest.mark.parametrize(
    ("overall", "economy", "disputes"),
    [
        (Rag.GREEN, Rag.NONE, True),
        (Rag.AMBER, Rag.NONE, True),
        (Rag.RED, Rag.NONE, False),
        (Rag.NONE, Rag.NONE, False),
        (Rag.GREEN, Rag.RED, False),
        (Rag.RED, Rag.GREEN, True),
        (Rag.NONE, Rag.AMBER, True),
    ],
)
def test_figures_dispute_what_the_lead_says_of_the_same_thing(overall: Rag, economy: Rag, disputes: bool):
    over = figures(overall=overall, economy=economy, budget=Decimal(100), spend=Decimal(200))
    own = overall if economy is Rag.NONE else economy
    assert signals(over, TODAY) == (Signal(SignalKind.ECONOMY, Rag.RED, own),)
    assert disputed(over, TODAY) is disputes


def test_project_without_a_report_disputes_nothing():
    silent = Figures(end=date(2020, 1, 1), budget=Decimal(1), spend=Decimal(9))
    assert [one.colour for one in signals(silent, TODAY)] == [Rag.RED, Rag.RED]
    assert not disputed(silent, TODAY)


def test_green_lead_is_disputed_from_the_day_after():
    assert disputed_after(figures(end=date(2026, 1, 31))) == date(2026, 2, 27)
    assert disputed_after(figures(milestone=date(2026, 1, 31))) == date(2026, 1, 31)
    assert disputed_after(figures(time=Rag.AMBER, milestone=date(2026, 1, 31))) == date(2026, 4, 30)
    assert disputed_after(figures(time=Rag.RED, end=date(2020, 1, 1), milestone=date(2020, 1, 1))) is None
    assert disputed_after(figures(end=date.max)) is None


_days = st.dates() | st.dates(date(2024, 1, 1), date(2024, 12, 31)) | st.dates(date(9999, 8, 1), date.max)
_money = st.none() | st.decimals(0, 10**9, places=2) | st.integers(0, 12).map(Decimal)
_rag = st.sampled_from(Rag)
_figures = st.builds(
    Figures,
    is_closed=st.booleans(),
    budget=_money,
    spend=_money,
    end=st.none() | _days,
    expected_end=st.none() | _days,
    milestone=st.none() | _days,
    status_day=st.none() | _days,
    rhythm_days=st.none() | st.integers(1, 400),
    overall=_rag,
    time=_rag,
    economy=_rag,
)


@given(_figures, _days.filter(lambda day: day > ALWAYS))
@example(Figures(overall=Rag.GREEN, end=date.max), date.max)
@example(Figures(overall=Rag.AMBER, end=date(2024, 2, 29)), date(2024, 5, 29))
@example(Figures(overall=Rag.GREEN, end=date(2024, 1, 31)), date(2024, 2, 29))
def test_figures_disagree_on_exactly_the_days_after_the_one_that_is_kept(facts: Figures, today: date):
    after = disputed_after(facts)
    assert disputed(facts, today) is (after is not None and after < today)


@given(_figures, st.data())
def test_day_that_is_kept_is_right_around_every_limit(facts: Figures, data: st.DataObject):
    """Days far from every date in the figures seldom tell right from wrong."""
    near = [day for day in (facts.end, facts.milestone, disputed_after(facts)) if day is not None] or [TODAY]
    day = data.draw(st.sampled_from(near)).toordinal() + data.draw(st.integers(-2, 2) | st.integers(25, 95))
    today = date.fromordinal(min(max(day, 2), date.max.toordinal()))
    after = disputed_after(facts)
    assert disputed(facts, today) is (after is not None and after < today)


def test_figures_are_taken_from_the_newest_report_and_the_first_milestone_not_reached():
    project = Project("P1", "Vej", phase=Phase.PLANNING, end=in_unit(date(2026, 9, 1), Unit.QUARTER), rhythm_days=14)
    milestones = [
        Milestone("P1", "a", on_day(date(2026, 1, 1)), reached=date(2026, 1, 1)),
        Milestone("P1", "b", in_unit(date(2026, 5, 1), Unit.MONTH)),
        Milestone("P1", "c", on_day(date(2026, 8, 1))),
        Milestone("P1", "d"),
    ]
    report = StatusReport("P1", TODAY, Rag.AMBER, time=Rag.RED, expected_end=in_unit(date(2026, 10, 1), Unit.WEEK))
    assert figures_of(project, report, milestones) == Figures(
        end=date(2026, 9, 30),
        expected_end=date(2026, 10, 4),
        milestone=date(2026, 5, 31),
        status_day=TODAY,
        rhythm_days=14,
        overall=Rag.AMBER,
        time=Rag.RED,
    )
    assert figures_of(project, None, []) == Figures(end=date(2026, 9, 30), rhythm_days=14)
