"""What leaves the house: the message with people hidden, and the catalogue's names."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest

from dialogs.understanding.language.lexicon import Lexicon
from dialogs.understanding.second.asking import TESTED, enquiry, schema, task
from dialogs.understanding.second.masking import holds_personal_number, masked
from portfolio.questions.question import Target


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("hvad roder Thomas Bøgelund med", "hvad roder PERSON1 med"),
        ("hvad roder thomas med, og hvad med Mettes", "hvad roder PERSON1 med, og hvad med PERSON2"),
        ("hvad roder Tomas Bøgelun med", "hvad roder PERSON1 med"),
        ("har Gertrud Hansen noget i klemme", "har PERSON1 noget i klemme"),
        ("har Gertrude noget i klemme", "har PERSON1 noget i klemme"),
        ("ulmer det hos line.thorup@vesterlund.example?", "ulmer det hos PERSON1?"),
        ("ulmer det hos 3594d3c6@mention.invalid?", "ulmer det hos PERSON1?"),
        ("er Skærmbesøg i hjemmeplejen i Social og Arbejdsmarked på spanden", None),
        ("Hvilke projekter brænder på i uge 25", None),
        ("Which projects are going down the drain", None),
    ],
)
def test_people_are_hidden_and_nothing_else(text: str, sent: str | None, lexicon: Lexicon) -> None:
    hidden = masked(text, lexicon, may_see_names=False)
    assert hidden.text == (sent or text)
    put_back = hidden.text
    for mask, words in hidden.people.items():
        put_back = put_back.replace(mask, words)
    assert put_back == text


def test_names_may_be_allowed_but_never_addresses(lexicon: Lexicon) -> None:
    text = "hvad roder Thomas Bøgelund og 3594d3c6@mention.invalid med"
    assert masked(text, lexicon, may_see_names=True).text == "hvad roder Thomas Bøgelund og PERSON1 med"


@pytest.mark.parametrize("text", ["er 010203-1234 med", "er 0102031234 med", "er 010203 - 1234 med"])
def test_civil_registration_number_is_seen(text: str) -> None:
    assert holds_personal_number(text)


@pytest.mark.parametrize("text", ["har P001 mere end 1.250.000", "over 1250000 kr.", "sag S2021-4857", "2025-Q1-07"])
def test_other_numbers_are_none(text: str) -> None:
    assert not holds_personal_number(text)


def test_the_message_goes_with_its_day_and_the_form_of_an_answer() -> None:
    sent = enquiry("står det i flammer", date(2026, 11, 23))
    assert json.loads(sent.message) == {"today": "2026-11-23", "message": "står det i flammer"}
    assert sent.schema == schema()
    assert sent.schema["properties"]["target"]["enum"][-1] == "none"
    assert json.loads(json.dumps(sent.schema)) == sent.schema


def test_every_attribute_is_named_and_nothing_of_the_portfolio(lexicon: Lexicon) -> None:
    told = task() + str(schema())
    assert [name for name in TESTED if f"\n- {name} (" not in told] == []
    vocabulary = lexicon.vocabulary
    named = [
        *(area.name for area in vocabulary.focus_areas),
        *(unit.name for unit in vocabulary.org_units),
        *(body.name for body in vocabulary.bodies),
        *(project.title for project in vocabulary.projects),
        *(person.name for person in vocabulary.people),
    ]
    assert [name for name in named if re.search(rf"\b{re.escape(name)}\b", told)] == []


def test_nothing_can_be_asked_for_that_orders() -> None:
    targets = schema()["properties"]["target"]["enum"]
    assert set(targets) - {"none"} <= set(Target)
