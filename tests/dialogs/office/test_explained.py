"""What the operator reads of a reminder: which project, meeting or promise it is about."""

from __future__ import annotations

import pytest

from dialogs.office.explained import subject_words
from dialogs.texts import Texts
from portfolio.bodies import Meeting
from portfolio.deliveries import Reason
from portfolio.reminders.keys import MeetingSubject, ObligationSubject, Origin, ProjectSubject
from portfolio.reminders.kinds import Outcome
from tests.world.told import STEERING, TUESDAY, at, reader


@pytest.mark.parametrize(
    ("origin", "project", "rest", "words"),
    [
        (Origin.ROUND, "P001", "aB3x_roundid", "svar i statusrunden om Skærmbesøg i hjemmeplejen (P001)"),
        (Origin.MILESTONE, "P001", "Udbud: sendt", "milepælen »Udbud: sendt« i Skærmbesøg i hjemmeplejen (P001)"),
        (Origin.MILESTONE, "S 2026:1", "Udbud", "milepælen »Udbud« i S 2026:1"),
        (Origin.BENEFIT, "P002", "Færre breve", "gevinsten »Færre breve« i Digital post (P002)"),
    ],
)
def test_operator_reads_what_is_owed_and_in_which_project(origin: Origin, project: str, rest: str, words: str):
    assert subject_words(ObligationSubject(origin, project, rest), reader(), {}) == words


def test_operator_reads_which_meeting_it_is_about():
    meetings = {7: Meeting(STEERING, at(TUESDAY, 13, 30), id=7)}
    assert subject_words(MeetingSubject(7), reader(), meetings) == "Digitaliseringsstyregruppen i dag kl. 13.30"


@pytest.mark.parametrize(("number", "words"), [("P002", "Digital post (P002)"), ("P999", "P999")])
def test_operator_reads_which_project_it_is_about(number: str, words: str):
    assert subject_words(ProjectSubject(number), reader(), {}) == words


@pytest.mark.parametrize("language", ["da", "en"])
def test_operator_reads_whole_sentences_of_what_came_of_it(language: str):
    texts = Texts.of(language)
    ends = [texts.name("explained_outcome", outcome) for outcome in Outcome]
    ends += [texts.name("explained_reason", reason) for reason in Reason]
    assert [end for end in ends if not end[0].isupper() or end[-1] not in ".?" or end[-2] in ".?"] == []
