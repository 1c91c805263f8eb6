"""A day, a person or a project's word is no question by itself where something else is asked."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.calendar.orders import TellDay
from dialogs.features import understand
from dialogs.glossary.orders import Explain
from dialogs.oneself.orders import ShowDuties
from dialogs.own_reminders.orders import ShowMyReminders
from dialogs.presence.orders import ShowAbsences
from dialogs.turn.readings import Asked, Unclear
from dialogs.understanding.language.lexicon import Lexicon
from portfolio.questions.question import Target

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    "text",
    [
        "hvilken dag er det i dag", "hvad dag er det i morgen", "hvilken dato er det i dag", "hvornår er det jul",
        "hvornår er det påske", "hvornår er der juleferie", "hvad skal jeg lave i morgen", "hvad skal jeg gøre i dag",
        "hvad sker der i næste uge", "er der noget i dag", "hvor mange dage er der til jul", "har jeg fri på fredag",
        "hvad er klokken i dag", "hvordan bliver vejret i morgen", "hvor mange arbejdsdage er der i december",
        "what day is it today", "when is christmas", "what happens tomorrow", "is it monday today",
    ],
)  # fmt: skip
def test_day_is_no_list_of_what_runs_on_it(text: str, lexicon: Lexicon) -> None:
    assert isinstance(
        understand(text, lexicon, None, TODAY), (Unclear, TellDay, ShowDuties, ShowAbsences, ShowMyReminders)
    )


@pytest.mark.parametrize(
    "text",
    [
        "kender du Thomas Bøgelund", "ring til Hanne Rosenvold", "ring til Hanne", "hils Anders fra mig",
        "er Jonas på ferie", "er Jonas Abildtrup flink", "hvornår har Rasmus Holmskov fødselsdag",
        "hvad er mailen til Line Østerlund", "hvem er Oliver Skytte", "hvilken afdeling sidder Ali Hassani i",
        "er Thomas på arbejde i dag", "hvor bor Hanne Rosenvold", "skriv til Jonas", "do you know Thomas Bøgelund",
        "call Hanne Rosenvold", "is Jonas on holiday", "who is Oliver Skytte",
    ],
)  # fmt: skip
def test_person_is_no_list_of_their_projects(text: str, lexicon: Lexicon) -> None:
    assert not isinstance(understand(text, lexicon, None, TODAY), Asked)


@pytest.mark.parametrize(
    "text",
    [
        "wifi virker ikke", "min mitid virker ikke", "chatbotten svarer forkert", "robotterne er nede",
        "gps'en er gået i stykker", "hvordan bruger man digital post", "hvad er kunstig intelligens",
        "hvad betyder gdpr", "hvad koster et kaldeanlæg", "hvad koster en chatbot", "hvad står FSIII for",
        "hvem kan hjælpe mig med esdh", "bestil talegenkendelse til mig", "kan jeg få en ny computer",
        "wifi is down", "the chatbot answers wrong", "how do i use digital post", "what does a chatbot cost",
        "jeg er hjemme på torsdag", "skærmbesøg i morgen",
    ],
)  # fmt: skip
def test_word_of_a_project_is_not_the_project(text: str, lexicon: Lexicon) -> None:
    assert isinstance(understand(text, lexicon, None, TODAY), (Unclear, Explain))


@pytest.mark.parametrize(
    ("text", "target", "field"),
    [
        ("skærmbesøg", Target.PROJECT, "projects"), ("hvad er skærmbesøg", Target.PROJECT, "projects"),
        ("har vi en chatbot", Target.PROJECT, "projects"), ("Thomas Bøgelund", Target.PROJECTS, "lead"),
        ("Thomas Bøgelunds projekter", Target.PROJECTS, "lead"),
        ("hvad laver Thomas Bøgelund", Target.PROJECTS, "lead"),
    ],
)  # fmt: skip
def test_name_alone_is_understood(text: str, target: Target, field: str, lexicon: Lexicon) -> None:
    reading = understand(text, lexicon, None, TODAY)
    assert isinstance(reading, Asked), reading
    assert (reading.question.target, {one.name for one in reading.question.asked_of}) == (target, {field})


@pytest.mark.parametrize("text", ["hvilke projekter er i gang i dag", "hvad slutter i morgen", "hvad kører i december"])
def test_day_bounds_what_is_said_of_projects(text: str, lexicon: Lexicon) -> None:
    reading = understand(text, lexicon, None, TODAY)
    assert isinstance(reading, Asked), reading
    assert reading.question.periods


@pytest.mark.parametrize(
    ("text", "is_denied"),
    [
        ("hvem har ikke meldt siden sommerferien", True),
        ("hvilke projekter har ikke meldt status siden sommerferien", True),
        ("hvem har meldt siden sommerferien", False),
        ("who hasn't reported since the summer holiday", True),
    ],
)
def test_holiday_since_which_was_reported_is_the_last_one(text: str, is_denied: bool, lexicon: Lexicon) -> None:
    reading = understand(text, lexicon, None, TODAY)
    assert isinstance(reading, Asked), reading
    assert [(period.first, period.denied) for period in reading.question.periods] == [(date(2026, 7, 1), is_denied)]
