"""People ask which day it is and how far off another; that is no question on projects."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.kit.talk import Talk
from tests.world.people import IB

Talking = Callable[..., Talk]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("hvilken dag er det i dag", "I dag er det tirsdag den 9. juni 2026 (uge 24)."),
        ("hvilken dato er det", "I dag er det tirsdag den 9. juni 2026 (uge 24)."),
        ("hvad dag er det i morgen", "I morgen er det onsdag den 10. juni 2026 (uge 24)."),
        ("hvilken uge er vi i", "I dag er det tirsdag den 9. juni 2026 (uge 24)."),
        ("hvilken ugedag er den 24. december", "Det er torsdag den 24. december 2026 (uge 52)."),
        ("hvornår er det jul", "Jul: fra 24. december 2026 til og med 26. december 2026."),
        ("hvornår er det påske", "Påske: fra 25. marts 2027 til og med 29. marts 2027."),
        ("hvor mange dage er der til jul", "Der er 198 dage til torsdag den 24. december 2026 (uge 52)."),
        ("hvor mange dage er der til den 12. juni", "Der er 3 dage til fredag den 12. juni 2026 (uge 24)."),
        ("hvor mange arbejdsdage er der i december", "Der er 20 arbejdsdage i december."),
        ("what day is it today", "Today is Tuesday 9 June 2026 (week 24)."),
        ("when is Christmas", "Christmas: from 24 December 2026 through 26 December 2026."),
        ("how many days until Christmas", "There are 198 days until Thursday 24 December 2026 (week 52)."),
    ],
)
async def test_calendar_answers(talking: Talking, words: str, said: str):
    talk = talking(IB)
    assert (await talk.say(words)).text == said
    told = await talk.assistant.document(words, talk.turn)
    assert told["kind"] == "help"


@pytest.mark.parametrize(
    "words",
    [
        "hvornår er næste møde", "hvornår er skærmbesøg færdig", "hvilke projekter slutter i dag",
        "hvor mange projekter er der i december", "hvornår er der møde i uge 25", "hvornår er det fredag",
        "hvor mange dage er skærmbesøg forsinket", "projekter der slutter før jul", "when is the next meeting",
    ],
)  # fmt: skip
async def test_question_on_the_portfolio_stays_one(talking: Talking, words: str):
    talk = talking(IB)
    told = await talk.assistant.document(words, talk.turn)
    assert told["understood"].get("command") != "tell_day"


@pytest.mark.parametrize("words", ["hvornår er sommerferien", "hvornår er der juleferie", "when is the summer holiday"])
async def test_holidays_of_the_schools_are_not_known(talking: Talking, words: str):
    talk = talking(IB)
    assert (await talk.assistant.document(words, talk.turn))["kind"] == "unclear"
