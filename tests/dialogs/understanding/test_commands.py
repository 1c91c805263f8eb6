"""What people ask to have done is taken for that, with all that they name; what they ask is not."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, time
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dialogs.features import FEATURES, understand
from dialogs.handover.orders import HandOver
from dialogs.turn.orders import SMALL_TALK, Effect, Order, RepeatStatus, ReportStatus
from dialogs.turn.payload import to_data
from dialogs.turn.readings import Asked
from dialogs.understanding.language.lexicon import Lexicon
from dialogs.understanding.language.phrasebook import LANGUAGES, read_phrases
from dialogs.values.letters import words_of
from portfolio.questions.question import Question
from tests.dialogs.understanding.check import questions

TODAY = date(2026, 11, 22)
# Orders that only show something.
SHOWS = tuple(
    order for feature in FEATURES for order in (*feature.orders, *feature.shows) if order.effect is Effect.SHOWS
)
ASKED = list(questions())
# A mention of the bot is taken out wherever it stands.
WORDS = sorted({word for asked in ASKED for word in asked["text"].split() if "<at>" not in word})
NOT_GIVEN: list[object] = [(), None]


def named(order: Order, lexicon: Lexicon) -> dict[str, Any]:
    """The fields given, as the questions' files write them."""
    address = {one.id: one.address for one in lexicon.vocabulary.people}
    values = {item.name: getattr(order, item.name) for item in fields(order)}
    if "people" in values:
        values["people"] = tuple(address[one] for one in values["people"])
    given_fields = {name: value for name, value in values.items() if value not in NOT_GIVEN and value is not False}
    written = {name: list(value) if isinstance(value, tuple) else value for name, value in given_fields.items()}
    return {name: value.isoformat() if isinstance(value, date | time) else value for name, value in written.items()}


def read(question: dict[str, Any], lexicon: Lexicon) -> Any:
    asker = next((one for one in lexicon.vocabulary.people if one.email == question.get("as")), None)
    return understand(question["text"], lexicon, asker, date.fromisoformat(question["today"]))


def test_every_command_names_what_was_said(lexicon: Lexicon) -> None:
    faults = []
    for question in (asked for asked in ASKED if "commanded" in asked):
        reading = read(question, lexicon)
        right = question["understood"]["command"], question["commanded"]
        got = (reading.command, named(reading, lexicon)) if isinstance(reading, Order) else reading
        faults += [f"{question['text']}: {got}, should be {right}"] if got != right else []
    assert not faults, "\n".join(faults)


def test_a_question_asks_for_every_command() -> None:
    commands = {order.command for feature in FEATURES for order in feature.orders}
    assert {asked["understood"]["command"] for asked in ASKED if "commanded" in asked} >= commands


def test_every_change_is_looked_for_in_the_days_that_were_said(lexicon: Lexicon) -> None:
    faults = []
    for question in (asked for asked in ASKED if "held" in asked):
        reading = read(question, lexicon)
        changed = reading.question.changed if isinstance(reading, Asked) else None
        held = to_data(Question(where=(changed,)))["where"][0]["changed"] if changed else reading
        if held != question["held"]["changed"]:
            faults.append(f"{question['text']}: {held}, should be {question['held']['changed']}")
    assert not faults, "\n".join(faults)


def test_a_stranger_is_understood_too(lexicon: Lexicon) -> None:
    reading = understand("status på skærmbesøg: gul", lexicon, None, TODAY)
    assert reading == ReportStatus(("P001",), line="gul")
    assert understand("jeg overtager skærmbesøg", lexicon, None, TODAY) == HandOver(("P001",))


UNCHANGED = [
    {word.key for word in words_of(phrase)}
    for language in LANGUAGES
    for phrase in read_phrases(language)["command"]["unchanged"]
]


def is_told(said: str) -> bool:
    """Whether it is something to report, and not that nothing has changed: "NOTHING:TO:REPORT"."""
    words = {word.key for word in words_of(said)}
    return bool(said.strip()) and said.isprintable() and not any(phrase <= words for phrase in UNCHANGED)


@example(said="UNCHAAED")
@given(said=st.text(min_size=1, max_size=300).filter(is_told))
@settings(max_examples=200)
def test_whatever_stands_behind_the_colon_is_kept_as_it_was_written(said: str, lexicon: Lexicon) -> None:
    reading = understand(f"status på skærmbesøg: {said}!", lexicon, None, TODAY)
    assert reading == ReportStatus(("P001",), line=f"{said}!".strip())


@pytest.mark.parametrize(
    "said", ["UNCHAAED", "uændrt", "uændredes", "ingne ændringer", "no chages", "som sidste", "u ændret"]
)
@pytest.mark.parametrize("end", ["", "!", "."])
def test_nothing_is_reported_unchanged_by_a_word_that_only_resembles_it(said: str, end: str, lexicon: Lexicon) -> None:
    written = f"{said}{end}"
    reading = understand(f"status på skærmbesøg: {written}", lexicon, None, TODAY)
    assert reading == ReportStatus(("P001",), line=written)
    for text in (f"skærmbesøg: {written}", f"meld status på skærmbesøg\n{written}", f"skærmbesøg er {written}"):
        other = understand(text, lexicon, None, TODAY)
        assert not isinstance(other, RepeatStatus), text


@pytest.mark.parametrize("said", ["UÆNDRET", "uaendret", "Ingen ændringer.", "uændret, tak!", "Nothing to report"])
def test_unchanged_is_known_in_any_case_and_without_danish_letters(said: str, lexicon: Lexicon) -> None:
    reading = understand(f"status på skærmbesøg: {said}", lexicon, None, TODAY)
    assert reading == RepeatStatus(("P001",))


@pytest.mark.parametrize(
    "head", ["status på skærmbesøg: ", "skærmbesøg: ", "meld status på skærmbesøg\n", "skærmbesøg "]
)
def test_asking_whether_a_project_is_unchanged_reports_nothing(head: str, lexicon: Lexicon) -> None:
    reading = understand(f"{head}uændret?", lexicon, None, TODAY)
    assert not isinstance(reading, Order), reading


@given(said=st.lists(st.sampled_from(WORDS), min_size=1, max_size=20))
@settings(max_examples=200)
def test_words_of_questions_behind_the_colon_ask_nothing(said: list[str], lexicon: Lexicon) -> None:
    told = " ".join(["rød", *said])
    reading = understand(f"status på skærmbesøg: {told}.", lexicon, None, TODAY)
    assert reading == ReportStatus(("P001",), line=f"{told}.")


def test_a_report_of_any_length_is_taken(lexicon: Lexicon) -> None:
    said = "leverandøren er forsinket og " * 90
    reading = understand(f"status på skærmbesøg: {said}", lexicon, None, TODAY)
    assert reading == ReportStatus(("P001",), line=said.strip())


@pytest.mark.parametrize(
    "text", [asked["text"] for asked in ASKED if "commanded" not in asked and asked["kind"] != "command"]
)
def test_a_question_tells_nobody_to_do_anything(text: str, lexicon: Lexicon) -> None:
    reading = understand(text, lexicon, None, TODAY)
    is_said_of_others = isinstance(reading, ReportStatus) and reading.by_the_way
    assert not isinstance(reading, Order) or isinstance(reading, SMALL_TALK + SHOWS) or is_said_of_others
