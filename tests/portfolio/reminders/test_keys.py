"""What a reminder is about, and on which occasion it comes, is read as it was written, whatever things are called."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.reminders.keys import (
    Again,
    EarlierMeetingSubject,
    MeetingSubject,
    ObligationSubject,
    Occasion,
    Origin,
    ProjectSubject,
    StatusStep,
    guess_subject,
)
from portfolio.reminders.kinds import KINDS, Key, Kind, Recipient
from tests.world.people import SOREN
from tests.world.reminders import DEADLINE, at

NAMES = st.text()
STARTS = st.integers(0, 7_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
SUBJECTS = {
    ProjectSubject: st.builds(ProjectSubject, NAMES),
    ObligationSubject: st.builds(ObligationSubject, st.sampled_from(Origin), NAMES, NAMES),
    MeetingSubject: st.builds(MeetingSubject, st.integers(0, 10**18 - 1)),
}


@given(st.data(), st.sampled_from(Kind))
def test_reminder_is_about_what_it_was_written_for(data: st.DataObject, kind: Kind):
    subject = data.draw(SUBJECTS[KINDS[kind].subject])
    assert Key(kind, subject.write(), Recipient(SOREN.id), "").read_subject() == subject


# What lies in databases.
WRITTEN = {
    "P001": ProjectSubject("P001"),
    "round:P001:aB3x_id": ObligationSubject(Origin.ROUND, "P001", "aB3x_id"),
    "milestone:S%202026%3A1:Udbud: sendt": ObligationSubject(Origin.MILESTONE, "S 2026:1", "Udbud: sendt"),
    "meeting:12": MeetingSubject(12),
}


@pytest.mark.parametrize(("text", "subject"), WRITTEN.items())
def test_subject_is_written_as_it_always_was(text: str, subject: ProjectSubject | ObligationSubject | MeetingSubject):
    assert subject.write() == text
    assert guess_subject(text) == subject


@pytest.mark.parametrize("text", ["P001", "campaign:7", "campaign:7:1", "round:7", "Direktionen|1790000000", ""])
def test_subject_of_another_reminder_is_no_obligation(text: str):
    assert ObligationSubject.read(text) is None


@pytest.mark.parametrize("text", ["P001", "Direktionen|1790000000", "meeting:", "meeting:x", "meeting:²", "12", ""])
def test_what_has_no_id_is_no_meeting(text: str):
    assert MeetingSubject.read(text) is None


@given(st.builds(EarlierMeetingSubject, st.text(min_size=1), STARTS))
def test_meeting_on_an_old_button_is_read_as_it_was_written(meeting: EarlierMeetingSubject):
    assert EarlierMeetingSubject.read(meeting.write()) == meeting


def test_meeting_on_an_old_button_is_known_by_its_start():
    earlier = EarlierMeetingSubject("Project Board", at(DEADLINE, 9))
    assert EarlierMeetingSubject.read("Project Board|1772179200") == earlier


@pytest.mark.parametrize("text", ["P001", "Direktionen", "Direktionen|i morgen", "Direktionen|123456789012", "|5", ""])
def test_what_names_no_time_is_no_meeting_of_an_old_button(text: str):
    assert EarlierMeetingSubject.read(text) is None


AGAIN = st.lists(st.tuples(st.sampled_from(Again), st.dates()), max_size=3).map(tuple)
STEPS = st.builds(StatusStep, st.dates(date(1000, 1, 1)), st.integers(-400, 400) | st.dates(date(1000, 1, 1)))


@given(step=STEPS, again=AGAIN)
def test_occasion_says_which_step_it_is_and_why_it_comes_again(step: StatusStep, again: tuple[tuple[Again, date], ...]):
    occasion = Occasion(step.write(), again)
    assert Occasion.read(occasion.write()) == occasion
    assert StatusStep.read(occasion.write()) == step


def test_occasion_is_written_as_it_always_was():
    later, back = date(2026, 3, 2), date(2026, 3, 9)
    step = StatusStep(DEADLINE, -3).write()
    assert step == "2026-02-27-3"
    assert StatusStep(DEADLINE, 7).write() == "2026-02-27+7"
    assert StatusStep(DEADLINE, date(2026, 3, 27)).write() == "2026-02-27@2026-03-27"
    both = Occasion(step, ((Again.ASKED_FOR, later), (Again.BACK, back)))
    assert both.write() == "2026-02-27-3~2026-03-02^2026-03-09"


@pytest.mark.parametrize("text", ["once", "1772179200-7", ""])
def test_occasion_of_another_reminder_is_no_step_of_a_status(text: str):
    with pytest.raises(ValueError, match="no occasion"):
        StatusStep.read(text)
