"""What a round of status says of its projects."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from portfolio.bodies import Meeting
from portfolio.projects.project import Project
from portfolio.projects.status import Rag, StatusReport
from portfolio.rounds import Round, RoundEntry, RoundView, opened_day
from tests.world.people import ASTRID, INGE, SOREN

START, OPENED = (datetime(2026, 6, day, tzinfo=UTC) for day in (18, 9))
ONE = Round("r", Meeting("Project Board", START), OPENED, START, INGE.id, "c")
COLOURS = st.sampled_from([None, *Rag])


def report(colour: Rag | None) -> StatusReport | None:
    return None if colour is None else StatusReport("P", date(2026, 6, 1), colour)


def entry(before: Rag | None, now: Rag | None, lead: str | None = ASTRID.id) -> RoundEntry:
    return RoundEntry(Project("P", "P", lead=lead), None, report(before), report(now))


def view(*entries: RoundEntry) -> RoundView:
    return RoundView(ONE, entries)


def test_worse_comes_before_first_reports_and_those_before_better():
    better, first, amber, red = (
        entry(Rag.RED, Rag.GREEN), entry(None, Rag.GREEN), entry(Rag.GREEN, Rag.AMBER), entry(Rag.AMBER, Rag.RED),
    )  # fmt: skip
    assert view(better, first, amber, red, entry(Rag.RED, Rag.RED)).changed == (red, amber, first, better)


def test_first_report_has_changed_but_is_not_worse():
    first = entry(None, Rag.RED)
    assert first.has_changed
    assert not first.has_turned_worse


def test_project_that_did_not_answer_has_not_changed():
    assert not entry(Rag.RED, None).has_changed


def test_those_who_miss_are_asked_first_and_each_once():
    given_, missing = entry(None, Rag.RED, SOREN.id), entry(None, None, ASTRID.id)
    assert view(given_, missing, missing, entry(None, None, None)).leads == (ASTRID.id, SOREN.id)


def test_round_is_answered_from_the_day_it_was_opened():
    assert opened_day(ONE) == date(2026, 6, 9)


@given(st.lists(st.tuples(COLOURS, COLOURS)))
def test_every_project_is_in_exactly_one_part_of_the_summary(pairs: list[tuple[Rag | None, Rag | None]]):
    whole = view(*(entry(before, now) for before, now in pairs))
    parts = [whole.changed, whole.missing, *(whole.steady(colour) for colour in Rag)]
    assert sum(map(len, parts)) == len(whole.entries)
    assert sum(whole.colours.values()) == len(whole.answered)
    assert len(whole.answered) + len(whole.missing) == len(whole.entries)


@given(COLOURS, COLOURS)
def test_what_turned_worse_would_turn_better_the_other_way(before: Rag | None, now: Rag | None):
    if entry(before, now).has_turned_worse:
        back = entry(now, before)
        assert back.has_changed
        assert not back.has_turned_worse
