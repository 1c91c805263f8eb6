"""A reply to a reminder's message: what it is about, and what it isn't."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest

from dialogs.features import understand
from dialogs.own_reminders.orders import SetRhythm, SnoozeReminders
from dialogs.own_reminders.replied import in_reply
from dialogs.turn.orders import CorrectStatus, RepeatStatus, ReportStatus
from dialogs.turn.readings import Asked, HelpWanted, Reading, Unclear
from dialogs.understanding.language.lexicon import Lexicon
from portfolio.questions import catalogue
from portfolio.questions.answers import ProjectName, Vocabulary
from portfolio.reminders.keys import MeetingSubject, ObligationSubject, Origin, ProjectSubject, Subject
from portfolio.reminders.kinds import Key, Kind, Recipient
from tests.world.people import SOREN

TODAY = date(2026, 6, 9)
FIRST, SECOND = ProjectSubject("P001"), ProjectSubject("P002")
MILESTONE = ObligationSubject(Origin.MILESTONE, "P001", "Udrulning")
MEETING = MeetingSubject(7)
PROJECTS = (
    ProjectName("P001", "Skærmbesøg", (), is_closed=False),
    ProjectName("P002", "Varmestyring", (), is_closed=False),
)
LEXICON = Lexicon.of(Vocabulary(1, PROJECTS, (SOREN,), frozenset({SOREN.id}), frozenset(), (), (), ()))
KINDS = {ProjectSubject: Kind.STATUS_OVERDUE, ObligationSubject: Kind.DEADLINE, MeetingSubject: Kind.MEETING_SOON}


def read(text: str, *subjects: Subject, kind: Kind | None = None) -> Reading:
    """What Søren means, who replies to a message with these reminders."""
    me = Recipient(SOREN.id)
    keys = [Key(kind or KINDS[type(subject)], subject.write(), me, "once") for subject in subjects]
    reading = partial(understand, lexicon=LEXICON, asker=SOREN, today=TODAY)
    return in_reply(reading(text), text, keys, TODAY, reading)


@pytest.mark.parametrize(
    "text",
    ["gul", "gul, leverandøren er forsinket", "den er gul", "Rød!", "🔴", "🟡 vi venter", "60 %", "grøn, 60 %",
     "det er gult, vi mangler folk", "yellow, the supplier is late"],
)  # fmt: skip
@pytest.mark.parametrize("subject", [FIRST, MILESTONE], ids=["status", "milestone"])
def test_colour_or_progress_is_the_status_of_the_project(text: str, subject: Subject):
    assert read(text, subject) == ReportStatus(("P001",), line=text)


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("uændret", RepeatStatus(("P001",))),
        ("meld status", ReportStatus(("P001",))),
        ("ret status", CorrectStatus(("P001",))),
        ("spørg hver uge", SetRhythm(("P001",), every=7)),
    ],
)
def test_order_that_names_no_project_is_of_that_one(text: str, order: Reading):
    assert read(text, FIRST) == order


@pytest.mark.parametrize("text", ["hvem leder den", "hvad er status på det?", "hvornår slutter det?", "who leads it"])
def test_question_about_it_is_about_the_project(text: str):
    reading = read(text, FIRST)
    assert isinstance(reading, Asked)
    assert reading.question.values(catalogue.PROJECTS) == ("P001",)


@pytest.mark.parametrize("text", ["gul, leverandøren er forsinket", "uændret", "meld status"])
def test_of_several_projects_it_is_asked_which(text: str):
    reading = read(text, FIRST, SECOND)
    assert isinstance(reading, ReportStatus | RepeatStatus)
    assert (reading.projects, reading.maybe) == ((), ("P001", "P002"))


@pytest.mark.parametrize(
    ("subjects", "snoozed"),
    [
        ((FIRST,), ("P001",)),
        ((MILESTONE,), (MILESTONE.write(),)),
        ((MEETING,), (MEETING.write(),)),
        ((FIRST, MILESTONE, MEETING), ("P001", MILESTONE.write(), MEETING.write())),
    ],
)
def test_what_is_put_off_is_what_the_message_was_about(subjects: tuple[Subject, ...], snoozed: tuple[str, ...]):
    reading = read("mind mig om det på fredag", *subjects)
    assert isinstance(reading, SnoozeReminders)
    assert (reading.subjects, reading.projects, reading.maybe) == (snoozed, (), ())
    assert reading.day == date(2026, 6, 12)


def test_meeting_that_was_moved_is_not_put_off():
    reading = read("mind mig om det på fredag", MEETING, kind=Kind.MEETING_CHANGED)
    assert isinstance(reading, SnoozeReminders)
    assert reading.subjects == ()


@pytest.mark.parametrize(
    "text",
    ["status på varmestyring: gul", "hvem leder varmestyring", "røde projekter", "mine projekter",
     "mind mig om varmestyring på fredag", "uændret status på varmestyring"],
)  # fmt: skip
def test_what_names_something_else_is_about_that(text: str):
    assert read(text, FIRST) == read(text)


@pytest.mark.parametrize("text", ["hjælp", "tak", "alt går fint", "er den gul?"])
def test_what_says_nothing_of_a_status_is_no_status(text: str):
    assert not isinstance(read(text, FIRST), ReportStatus | RepeatStatus)


def test_reminder_of_a_meeting_gives_a_colour_no_project():
    unclear = read("gul, leverandøren er forsinket", MEETING)
    assert isinstance(unclear, Unclear)
    assert unclear.words == ("leverandøren",)
    assert read("hjælp", MEETING) == HelpWanted()
