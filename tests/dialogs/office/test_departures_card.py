"""What the office is told of people who left."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogs.office.departures_card import departures_card, held_back_card
from portfolio.departures import Departure
from tests.kit.cards import checked
from tests.world.people import GRY, LONG_NAME, MARKUP_PERSON, SOREN

SOME = Departure(
    SOREN,
    leads=("P001", "P002"),
    owns=("P003",),
    risks=("P001",),
    benefits=("P002",),
    bodies=("Project Board",),
    departments=("Teknik",),
)


@pytest.mark.parametrize("language", ["da", "en"])
def test_everything_that_somebody_had_is_said(visiting, language: str) -> None:
    reply = departures_card([SOME, Departure(GRY)], visiting(GRY, language=language).audience)
    checked(reply.card)
    for said in (SOREN.name, "P001 Skærmbesøg i hjemmeplejen", "P003", "Project Board", "Teknik"):
        assert said in reply.text


def test_office_reads_what_to_write(visiting) -> None:
    reply = departures_card([SOME], visiting(GRY).audience)
    assert "1 fratrådt står stadig på noget" in reply.text
    assert "»overdrag P001 til«" in reply.text


def test_many_with_much_still_fit_on_a_card(visiting) -> None:
    numbers = tuple(f"P{at:03}" for at in range(300))
    much = replace(SOME, person=LONG_NAME, leads=numbers, owns=numbers, risks=numbers, benefits=numbers)
    reply = departures_card([much, Departure(MARKUP_PERSON, leads=("P004",))] * 40, visiting(GRY).audience)
    checked(reply.card)
    assert "… og 72 til." in reply.text
    assert "og 290 til" in reply.text


@pytest.mark.parametrize("language", ["da", "en"])
def test_what_is_held_back_is_said_with_its_numbers(visiting, language: str) -> None:
    reply = held_back_card(12, 40, visiting(GRY, language=language).audience)
    checked(reply.card)
    assert "12" in reply.text
    assert "40" in reply.text
