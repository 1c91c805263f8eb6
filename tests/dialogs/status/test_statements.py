"""What is said of a status by the way: a lead reports, after a summary; anybody else is shown it, and told who may."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from storage.database import Database
from tests.dialogs.undo.test_taking_back import stored
from tests.kit.cards import heading
from tests.kit.talk import Talk
from tests.world.people import IB, SOREN

Talking = Callable[..., Talk]


@pytest.mark.parametrize(
    "said",
    ["skærmbesøg er gul", "skærmbesøg er gul ellers uændret", "skærmbesøg uændret men gul", "skærmbesøg er 🟡",
     "meld 🟡 på skærmbesøg", "måske, skærmbesøg er gul", "skærmbesøg is amber, otherwise unchanged"],
)  # fmt: skip
async def test_lead_is_shown_the_status_before_anything_is_sent(
    said: str, talking: Talking, cast_database: Database
) -> None:
    was = await stored(cast_database)
    talk = talking(SOREN)
    text = (await talk.say(said)).text
    assert await stored(cast_database) == was
    assert "● Gul" in text or "● Amber" in text
    assert "uændret" not in text


async def test_somebody_else_is_shown_the_project_and_told_who_reports(
    talking: Talking, cast_database: Database
) -> None:
    was = await stored(cast_database)
    text = (await talking(IB).say("skærmbesøg er rød")).text
    assert text.startswith("Skærmbesøg i hjemmeplejen.")
    assert "Intet er meldt: det er ikke dig, der melder status her. Det kan Søren Æbelø-Østergård" in text
    assert await stored(cast_database) == was


async def test_somebody_else_says_it_in_english(talking: Talking) -> None:
    text = (await talking(IB, language="en-GB").say("skærmbesøg is red")).text
    assert "Nothing is reported: you don't report on this project." in text


@pytest.mark.parametrize(
    "said", ["skærmbesøg er grøn, nej gul", "skærmbesøg er gul og rød", "skærmbesøg er ikke grøn mere"]
)
async def test_colour_that_is_not_clear_is_asked_for_and_answered(said: str, talking: Talking) -> None:
    talk = talking(SOREN)
    assert heading(await talk.say(said)) == "Samlet status"
    assert heading(await talk.say("gul")) == "Hvad er der sket siden sidst?"


@pytest.mark.parametrize("said", ["sæt skærmbesøg på dagsordenen", "sæt skærmbesøg på pause", "sæt skærmbesøg i bero"])
async def test_what_is_set_otherwise_begins_no_status(said: str, talking: Talking) -> None:
    assert (await talking(SOREN).say(said)).text.startswith("Jeg forstod ikke")
