"""When "Uændret" is an answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.dates import on_day
from portfolio.projects.project import Milestone, Project
from portfolio.projects.status import Rag, StatusReport
from portfolio.questions.answers import ProjectDetail
from portfolio.status.reporting import Publication, Reportable, Snapshot
from portfolio.status.unchanged import Guard, guard_of
from tests.world.people import SOREN

TODAY = date(2026, 6, 15)
LAST = StatusReport("P1", date(2026, 6, 1), Rag.GREEN)


def reportable(
    newest: StatusReport | None = LAST,
    *,
    milestones: tuple[Milestone, ...] = (),
    unchanged: tuple[bool, ...] = (),
    **project: Any,
) -> Reportable:
    """`unchanged` tells of each publication, newest first, whether it was; the newest is of the newest report's day."""
    reports = (newest,) if newest else ()
    detail = ProjectDetail(Project("P1", "Vej", **project), None, None, reports, milestones, (), ())
    day = newest.day if newest else TODAY
    published = [
        Publication(
            replace(LAST, day=day - timedelta(days=7 * back)),
            version=1,
            at=datetime(2026, 6, 1, tzinfo=UTC),
            by=SOREN.id,
            snapshot=Snapshot(),
            is_unchanged=one,
        )
        for back, one in enumerate(unchanged)
    ]
    return Reportable(detail, 1, tuple(published))


def test_lead_may_repeat_a_fresh_report():
    assert guard_of(reportable(), TODAY) is None
    assert guard_of(reportable(replace(LAST, overall=Rag.AMBER)), TODAY) is None


@pytest.mark.parametrize("newest", [None, replace(LAST, overall=Rag.NONE)])
def test_lead_who_never_gave_a_colour_has_nothing_to_repeat(newest: StatusReport | None):
    assert guard_of(reportable(newest), TODAY) is Guard.NEVER_REPORTED


def test_red_is_never_repeated():
    assert guard_of(reportable(replace(LAST, overall=Rag.RED)), TODAY) is Guard.RED


@pytest.mark.parametrize(
    ("end", "guard"),
    [
        (date(2026, 5, 31), None),  # had passed when it was reported
        (date(2026, 6, 1), Guard.END_PASSED),
        (date(2026, 6, 14), Guard.END_PASSED),
        (date(2026, 6, 15), None),  # the last day is still part of the promise
    ],
)
def test_end_that_has_passed_since_has_to_be_spoken_of(end: date, guard: Guard | None):
    assert guard_of(reportable(end=on_day(end)), TODAY) is guard
    assert guard_of(reportable(replace(LAST, expected_end=on_day(end))), TODAY) is guard


@pytest.mark.parametrize(
    ("due", "reached", "guard"),
    [
        (date(2026, 5, 31), None, None),
        (date(2026, 6, 1), None, Guard.MILESTONE_PASSED),
        (date(2026, 6, 14), None, Guard.MILESTONE_PASSED),
        (date(2026, 6, 14), date(2026, 6, 10), None),
        (date(2026, 6, 15), None, None),
    ],
)
def test_milestone_that_has_passed_since_has_to_be_spoken_of(due: date, reached: date | None, guard: Guard | None):
    milestone = Milestone("P1", "Udbud", on_day(due), reached)
    assert guard_of(reportable(milestones=(milestone, Milestone("P1", "Uden dato"))), TODAY) is guard


@pytest.mark.parametrize(
    ("rhythm", "days", "guard"), [(None, 56, None), (None, 57, Guard.TOO_OLD), (14, 28, None), (14, 29, Guard.TOO_OLD)]
)
def test_report_older_than_two_periods_is_not_repeated(rhythm: int | None, days: int, guard: Guard | None):
    old = replace(LAST, day=TODAY - timedelta(days=days))
    assert guard_of(reportable(old, rhythm_days=rhythm), TODAY) is guard


def test_nothing_new_is_said_once_and_not_twice_in_a_row():
    assert guard_of(reportable(unchanged=(False, True)), TODAY) is None
    assert guard_of(reportable(unchanged=(True, False)), TODAY) is Guard.TWICE


def test_report_from_elsewhere_breaks_the_row():
    imported = reportable(unchanged=(True,))
    newer = replace(LAST, day=LAST.day + timedelta(days=3))
    detail = replace(imported.detail, reports=(newer, LAST))
    assert guard_of(replace(imported, detail=detail), TODAY) is None


def test_first_reason_is_the_one_that_is_told():
    milestone = Milestone("P1", "Udbud", on_day(date(2026, 6, 10)))
    both = reportable(end=on_day(date(2026, 6, 12)), milestones=(milestone,), unchanged=(True,))
    assert guard_of(both, TODAY) is Guard.END_PASSED


@given(
    colour=st.sampled_from(Rag),
    age=st.integers(0, 200),
    end=st.none() | st.integers(-60, 60),
    due=st.none() | st.integers(-60, 60),
    is_unchanged=st.booleans(),
    rhythm=st.none() | st.integers(1, 60),
)
def test_what_may_be_repeated_breaks_no_rule(
    colour: Rag, age: int, end: int | None, due: int | None, is_unchanged: bool, rhythm: int | None
):
    newest = StatusReport("P1", TODAY - timedelta(days=age), colour)
    ends, dues = (None if one is None else TODAY + timedelta(days=one) for one in (end, due))
    milestones = () if dues is None else (Milestone("P1", "m", on_day(dues)),)
    asked = reportable(
        newest,
        milestones=milestones,
        unchanged=(is_unchanged,),
        end=None if ends is None else on_day(ends),
        rhythm_days=rhythm,
    )
    passed_since = [day for day in (ends, dues) if day is not None and newest.day <= day < TODAY]
    allowed = colour in (Rag.GREEN, Rag.AMBER) and not passed_since and age <= 2 * (rhythm or 28) and not is_unchanged
    assert (guard_of(asked, TODAY) is None) is allowed
