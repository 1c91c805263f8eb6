"""Whoever was erased is a former employee wherever they would be named, and for scripts nobody."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dialogs.turn.audience import Audience
from storage.database import Database
from storage.privacy.erasing import erase
from tests.kit.cards import words_on
from tests.kit.fakes import FakeCourier
from tests.kit.talk import Talk
from tests.world.people import GRY, IB, INGE, METTE, SOREN

Talking = Callable[..., Talk]
GONE = "tidligere medarbejder"


@pytest.fixture
async def erased(cast_database: Database) -> None:
    async with cast_database.transaction() as connection:
        await erase(connection, [SOREN.id, GRY.id], GONE)


@pytest.mark.parametrize(
    "text",
    ["vis skærmbesøg", "hvem leder skærmbesøg", "hvem ejer skærmbesøg", "hvem er projektledere", "alle projekter",
     "hvem ejer projekterne", "hvordan har skærmbesøg udviklet sig",
     "hvilke projekter har skiftet farve siden 1. januar"],
)  # fmt: skip
async def test_erased_lead_is_a_former_employee(text: str, talking: Talking, erased: None):
    reply = await talking(INGE).say(text)
    said = f"{reply.text} {words_on(reply.card or {})}"
    assert GONE in said.lower()
    assert [mark for mark in ("Søren", "Gry", SOREN.id, GRY.id) if mark in said] == []


async def test_in_english_it_is_a_former_employee_too(talking: Talking, erased: None):
    assert "former employee" in (await talking(INGE).say("who leads skærmbesøg")).text


async def test_round_names_a_former_employee(talking: Talking, erased: None):
    talk = talking(INGE)
    await talk.say("åbn runde til Project Board")
    await talk.say("ja")
    said = str([reply.text for reply in talk.replies])
    assert SOREN.id not in said


@pytest.mark.parametrize("text", ["hvem leder skærmbesøg", "hvem ejer skærmbesøg", "hvem er projektledere"])
async def test_scripts_get_no_address(text: str, talking: Talking, erased: None):
    talk = talking(INGE)
    document = await talk.assistant.document(text, talk.turn)
    assert all("@" in one for one in document["people"])
    assert SOREN.address not in document["people"]
    assert SOREN.id not in str(document)


async def test_what_an_erased_lead_led_is_handed_over_without_a_word_to_them(
    talking: Talking, courier: FakeCourier, erased: None
):
    talk = talking(INGE)
    await talk.say("overdrag skærmbesøg til Mette Lindegaard")
    reply = await talk.say("ja")
    assert "Mette Lindegaard" in reply.text
    assert "Skriv en mail" not in reply.text
    assert {who for who, _ in courier.told} == {METTE.id}


async def test_nobody_is_told_to_turn_to_somebody_who_was_erased(talking: Talking, erased: None):
    reply = await talking(IB).say("status på skærmbesøg: gul, logind driller")
    assert "porteføljekontoret" in reply.text
    assert GONE not in reply.text


async def test_erased_person_is_offered_nowhere(talking: Talking, erased: None):
    reply = await talking(INGE).say("røde projekter")
    assert SOREN.id not in words_on(reply.card or {})


def test_what_is_no_id_of_a_person_is_told_as_it_is(audience: Audience):
    assert audience.person("f" * 32) == GONE
    assert audience.person("soeren@birkefjord.example") == "soeren@birkefjord.example"
    assert audience.person(SOREN.id) == SOREN.name
