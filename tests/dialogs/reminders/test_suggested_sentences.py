"""What a message says that people can write is understood when they write it."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.features import understand
from dialogs.handover.orders import HandOver
from dialogs.office.report_card import missed_words
from dialogs.own_reminders.orders import BeAbsent, SnoozeReminders
from dialogs.reminders.message import reminder_message
from dialogs.understanding.language.lexicon import Lexicon
from portfolio.deliveries import Missed
from portfolio.reminders.kinds import Outcome
from tests.world.people import INGE, METTE, SOREN
from tests.world.told import NAMES, TUESDAY, at, reader, status

LANGUAGES = pytest.mark.parametrize("language", ["da", "en"])
LEXICON = Lexicon.of(NAMES.vocabulary)
QUOTED = re.compile("[»“]([^«”]+)[«”]")
WORKING_DAYS = st.dates(date(2026, 1, 1), date(2031, 1, 1)).filter(lambda day: day.weekday() < 5)


@LANGUAGES
@given(day=WORKING_DAYS)
def test_reader_can_write_what_the_message_suggests_on_any_day(language: str, day: date):
    text = reminder_message(
        [status(day=day)], reader(language=language, now=at(day)), planned_for=at(day), next_day=day + timedelta(1)
    ).text
    again, away = (understand(said, LEXICON, SOREN, day) for said in QUOTED.findall(text.splitlines()[-1]))
    assert isinstance(again, SnoozeReminders)
    assert isinstance(away, BeAbsent)
    assert timedelta(1) < (again.day or day) - day <= timedelta(4)
    assert away.first == day
    assert timedelta(7) <= (away.last or day) - day <= timedelta(11)


@LANGUAGES
def test_office_can_write_what_the_report_suggests(language: str):
    (words,) = missed_words([Missed(Outcome.NOBODY, "", "P002", "Digital post")], reader(INGE, language))
    (said,) = QUOTED.findall(words)
    reading = understand(f"{said} {METTE.name}", LEXICON, INGE, TUESDAY)
    assert isinstance(reading, HandOver)
    assert (reading.projects, reading.people) == (("P002",), (METTE.id,))
