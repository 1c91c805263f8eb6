"""Colours over time."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from portfolio.history import ProjectHistory, lights_changed, turns
from portfolio.projects.status import Light, Rag, StatusReport


def reports(*colours: Rag) -> tuple[StatusReport, ...]:
    return tuple(StatusReport("P1", date(2026, 1, day), colour) for day, colour in enumerate(colours, 1))


def history(*colours: Rag, before: Rag | None = None) -> ProjectHistory:
    earlier = None if before is None else StatusReport("P1", date(2025, 12, 1), before)
    return ProjectHistory("P1", "Vej", None, None, earlier, reports(*colours))


def test_manager_sees_each_colour_that_a_project_went_through():
    went = history(Rag.GREEN, Rag.AMBER, Rag.AMBER, Rag.RED, before=Rag.GREEN)
    assert went.colours == (Rag.GREEN, Rag.AMBER, Rag.RED)
    assert [one.day.day for one in turns(went.reports, went.before)] == [2, 4]


def test_first_report_ever_is_a_change_from_no_status():
    assert history(Rag.GREEN).colours == (Rag.NONE, Rag.GREEN)
    assert turns(reports(Rag.NONE)) == ()


def test_project_without_reports_has_no_status_all_along():
    assert history().colours == (Rag.NONE,)
    assert history(before=Rag.RED).colours == (Rag.RED,)


@given(st.lists(st.sampled_from(Rag), max_size=31), st.none() | st.sampled_from(Rag))
def test_no_colour_comes_twice_in_a_row_and_the_last_is_the_newest(colours: list[Rag], before: Rag | None):
    went = history(*colours, before=before).colours
    assert all(one is not other for one, other in pairwise(went))
    assert went[-1] is (colours[-1] if colours else before or Rag.NONE)


def test_reader_sees_which_lights_changed():
    before = StatusReport("P1", date(2026, 1, 1), Rag.GREEN, time=Rag.GREEN, economy=Rag.AMBER)
    after = StatusReport("P1", date(2026, 2, 1), Rag.RED, time=Rag.RED, economy=Rag.AMBER, risk=Rag.GREEN)
    assert lights_changed(before, after) == (
        (Light.TIME, Rag.GREEN, Rag.RED),
        (Light.RISK, Rag.NONE, Rag.GREEN),
    )


def test_first_report_changes_no_light():
    assert lights_changed(None, StatusReport("P1", date(2026, 2, 1), Rag.RED, time=Rag.RED)) == ()
