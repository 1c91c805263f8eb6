"""What people write in the chat to have things done, besides filling in a form."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.kit.cards import heading
from tests.kit.fakes import FakeCourier
from tests.kit.talk import Talk
from tests.world.people import AAGE, INGE, SOREN


async def test_lead_asks_who_the_deputy_is(talking):
    talk: Talk = talking(SOREN)
    assert (await talk.say("hvem er min stedfortræder")).text.startswith("Du har ingen stedfortræder.")
    await talk.say("Mette Lindegaard er min stedfortræder fra i dag til fredag")
    assert "Du har ingen stedfortræder." in (await talk.say("vis mine stedfortrædere")).text
    assert "Er det rigtigt?" in (await talk.say("ja")).text  # something else was asked since
    await talk.say("ja")
    assert "Mette Lindegaard" in (await talk.say("who is my deputy")).text


@pytest.mark.parametrize("order", ["stop Mette som stedfortræder", "afslut Mette Lindegaard som stedfortræder"])
async def test_lead_ends_a_deputy_by_name(order: str, talking):
    talk: Talk = talking(SOREN)
    await talk.say("Mette Lindegaard er min stedfortræder fra i dag til fredag")
    await talk.say("ja")
    assert (await talk.say("jeg er tilbage på mandag")).text.startswith("Du er ikke meldt væk til den dag")
    assert (await talk.say(order)).text.startswith("Skal din stedfortræders tid slutte nu?")
    assert (await talk.say("ja")).text.startswith("Mette Lindegaard er ikke længere din stedfortræder.")


async def test_lead_is_asked_step_by_step_from_the_first_word(talking):
    talk: Talk = talking(SOREN)
    assert heading(await talk.say("meld status på P001 trin for trin")) == "Samlet status"
    assert heading(await talk.say("den er grøn")) == "Hvad er der sket siden sidst?"


@pytest.mark.parametrize("word", ["ja", "ok", "nej"])
async def test_yes_or_no_to_nothing_says_that_nothing_was_asked(word: str, talking):
    assert (await talking(AAGE).say(word)).text.startswith("Du er ikke i gang med noget.")


async def test_yes_to_a_card_shows_the_card_again(talking):
    talk: Talk = talking(SOREN)
    card = await talk.say("meld status på P001")
    again = await talk.say("ja")
    assert heading(again) == heading(card)
    assert "Intet er sendt endnu. Tryk på »Meld status« på kortet" in again.text


async def test_secretary_asks_for_the_summary_in_words(talking, courier: FakeCourier):
    talk: Talk = talking(INGE)
    assert (await talk.say("opsamling")).text.startswith("Der er ingen statusrunde lige nu.")
    await talk.say("start statusrunde for Project Board")
    await talk.say("ja")
    assert (await talk.say("opsamling til Project Board")).text.startswith("Opsamling: Status til Project Board")
    assert (await talk.say("hvem mangler at svare")).text.startswith("Status til Project Board")


async def test_lead_corrects_in_words_while_there_is_time(talking):
    talk: Talk = talking(SOREN)
    assert (await talk.say("ret min status på P001")).text.startswith(
        "Status på Skærmbesøg i hjemmeplejen kan ikke rettes"
    )
    await talk.say("status på P001: gul, leverandøren er forsinket")
    await talk.say("ja")
    shown = await talk.say("ret min status på P001")
    assert "Du retter status fra" in shown.text
    assert "leverandøren er forsinket" in shown.text


async def test_lead_back_from_leave_that_was_never_told_is_told_that_nothing_is_changed(talking):
    answer = await talking(SOREN).say("hej jeg er tilbage fra orlov")
    assert answer.text.startswith("Du er ikke meldt væk.\nIntet er ændret")


async def test_summary_tells_what_is_only_repeated(talking):
    talk: Talk = talking(SOREN)
    await talk.say("status på P001: gul, leverandøren er forsinket, 60 %, næste skridt: udbud")
    await talk.say("ja")
    text = (await talk.say("status på P001: grøn, 70 %")).text
    assert "Samlet status: ● Grøn\n" in text
    assert "leverandøren er forsinket (som før)" in text
    assert "Fremdrift: 70 %\n" in text
    assert "Næste skridt: udbud (som før)" in text


async def test_red_light_does_not_go_along_unseen(talking):
    talk = talking(SOREN)
    await talk.say("status på skærmbesøg: gul, tid gul, økonomi rød, for få hænder")
    await talk.say("ja")
    later = talking(SOREN, now=talk.now + timedelta(days=7))
    summary = await later.say("status på skærmbesøg: grøn, vi er i mål")
    assert "Resten er som før: Tid ● Gul · Økonomi ● Rød." in summary.text
