"""No message keeps the bot busy."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from dialogs.forms.fields import Field, Form
from dialogs.forms.said.reading import PREFIX, from_card
from dialogs.forms.steps import begin, hear
from tests.world.forms import FORM, PEOPLE, audience, draft
from tests.world.people import person

CROWD = tuple(person(f"p{n}@x.example", f"Anna{n} Bo{n} Åström-Østergård{n}") for n in range(5000))


@pytest.mark.parametrize("field", FORM.fields, ids=[field.name for field in FORM.fields])
@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "1",
        "uge ",
        "den ",
        "gul eller ",
        "(",
        "om ",
        "og halv ",
        "1.",
        "1-",
        "Søren ",
        "e\u0307",
        "ja ",
        "ret ",
        "\n",
        "%",
        "@a.",
    ],
)
def test_three_thousand_letters_of_anything_are_over_at_once(piece: str, field: Field):
    to, text = audience(people=(*PEOPLE, *CROWD)), (piece * 3000)[:3000]
    form = Form("test", "Formular", "Send", (replace(field, shown_when=()),))
    hear(begin(draft(), form), form, "x", to)  # learns the names once
    began = time.process_time()
    hear(begin(draft(), form), form, text, to)
    hear(begin(draft(), form), form, text[:150], to)
    assert time.process_time() - began < 0.5  # a runaway takes far longer


def test_card_with_three_thousand_letters_in_every_field_is_read_at_once():
    to = audience(people=(*PEOPLE, *CROWD))
    from_card(FORM, {f"{PREFIX}{field.name}": "x" for field in FORM.fields}, to)
    began = time.process_time()
    from_card(FORM, {f"{PREFIX}{field.name}": "uge 1 og " * 400 for field in FORM.fields}, to)
    assert time.process_time() - began < 0.5
