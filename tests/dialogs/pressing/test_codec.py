"""What a card's button carries comes back as it was, and nothing else comes in that way."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.cards.buttons import Change, OpenProject, Report
from dialogs.forms.buttons import Save, Submit
from dialogs.pressing import Buttons
from dialogs.turn.button import Button, carried, read
from dialogs.turn.payload import MalformedButton, from_data, to_data
from tests.kit.pressing import KINDS
from tests.world.pressed import JSON, buttons_of, tampered

# As today's cards draw them, and, at the end, as earlier cards did: such cards stand in chats for years.
DRAWN: list[tuple[str, dict[str, Any]]] = [
    (verb, data) for verb, data in json.loads(Path(__file__).with_name("drawn.json").read_text("utf-8"))
]
# What is as by default was written out once.
DEFAULTS = {"offset": 0}
QUESTIONS = {"question", "back"}
ALL = Buttons(dict.fromkeys(KINDS.values()))  # type: ignore[dict-item]


def on_the_wire(data: object) -> Any:
    return json.loads(json.dumps(data))


@given(st.sampled_from(sorted(KINDS)).flatmap(lambda verb: buttons_of(KINDS[verb])))
def test_button_comes_back_as_it_was_drawn(button: Button):
    assert read(type(button), on_the_wire(carried(button))) == button


@pytest.mark.parametrize(("verb", "data"), DRAWN, ids=str)
def test_button_that_stands_in_a_chat_is_read_and_drawn_as_then(verb: str, data: dict[str, Any]):
    without = {name: value for name, value in data.items() if (name, value) not in DEFAULTS.items()}
    for name in QUESTIONS & without.keys():
        without[name] = to_data(from_data(without[name]))  # drawn in another way since
    assert on_the_wire(carried(read(KINDS[verb], data))) == without


def test_every_verb_was_drawn():
    assert {verb for verb, _ in DRAWN} == KINDS.keys()


@given(st.sampled_from([*sorted(KINDS), "delete", "", None, 7]), JSON)
def test_whatever_is_sent_is_a_button_or_refused(verb: object, data: object):
    try:
        button = ALL.read(verb, data)
    except MalformedButton:
        return
    assert button.verb == verb


def test_twenty_thousand_tampered_buttons_are_read_or_refused():
    random = Random(42)  # noqa: S311
    counts = {"read": 0, "refused": 0}
    for _ in range(20_000):
        verb, data = random.choice(DRAWN)
        try:
            again = ALL.read(verb, tampered(random, data))
        except MalformedButton:
            counts["refused"] += 1
        else:
            counts["read"] += 1
            assert type(again) is KINDS[verb]
    assert min(counts.values()) > 2000


def test_key_that_no_button_carries_reaches_nobody():
    """As "role", which somebody made up, and an input of another form, which old programs send along."""
    assert read(OpenProject, {"project": "P001", "role": "office", "form.comment": "x", "msteams": {}}) == OpenProject(
        "P001"
    )


def test_inputs_are_taken_by_their_own_names_alone():
    filled = {"draft": "d", "form.comment": "Går godt", "form.progress": 40, "sort": "title", "inputs": {"form.x": "y"}}
    assert read(Submit, filled).inputs == {"form.comment": "Går godt", "form.progress": 40}
    changed = {
        "question": {},
        "chip0": "red",
        "chip1000": "x",
        "add_overall": "red",
        "sort": "title",
        "form.comment": "x",
    }
    assert read(Change, changed).inputs == {"chip0": "red", "add_overall": "red", "sort": "title"}


@pytest.mark.parametrize(
    "inputs", [{"form.comment": ["x"]}, {"form.comment": {}}, {"form.comment": True}, {"form.comment": "x" * 20_001},
               {f"form.{number}": "" for number in range(101)}],
)  # fmt: skip
def test_input_that_no_program_sends_is_refused(inputs: Mapping[str, Any]):
    with pytest.raises(MalformedButton):
        read(Save, {"draft": "d", **inputs})


@pytest.mark.parametrize("number", ["", 7, None, ["P001"], "x" * 401, "P\x00", "P\n1", "\ud800", True])
def test_number_that_no_project_has_is_refused(number: object):
    with pytest.raises(MalformedButton):
        read(OpenProject, {"project": number})


def test_what_was_said_may_have_lines_but_no_controls():
    assert read(Report, {"project": "P001", "said": "gul\nlogind driller"}).said == "gul\nlogind driller"
    with pytest.raises(MalformedButton):
        read(Report, {"project": "P001", "said": "gul\x07"})
