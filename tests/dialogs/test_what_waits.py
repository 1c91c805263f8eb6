"""Whatever asked last takes the answer, and nothing older does: held by conversations, also in a group."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from dialogs.turn.audience import Scope
from dialogs.turn.visit import Stores
from portfolio.memory import REMEMBERED
from storage.database import Database
from tests.dialogs.meetings.test_handlers import starts
from tests.dialogs.undo.test_taking_back import stored
from tests.kit.cards import heading
from tests.kit.talk import Talk
from tests.world.municipality import MEETING
from tests.world.people import INGE, SOREN, VAGN

Talking = Callable[..., Talk]
POINTS_NOWHERE = "Jeg kan ikke se, hvem eller hvad du mener. Skriv navnet på projektet, personen eller området"
GROUP = {"conversation": "group", "scope": Scope.GROUP}


async def test_project_named_after_it_was_asked_which_is_asked_about_in_the_chat(talking: Talking):
    talk = talking(SOREN)
    await talk.say("meld status")
    assert heading(await talk.say("skærmbesøg")).startswith("Samlet status")
    assert heading(await talk.say("gul")).startswith("Hvad er der sket siden sidst?")


@pytest.mark.parametrize("said", ["2", "nr 2", "den sidste", "den anden", "digital post", "P002", "post"])
async def test_choice_is_made_by_number_place_or_name(said: str, talking: Talking):
    talk = talking(SOREN)
    shown = (await talk.say("meld status")).text
    assert shown.index("Skærmbesøg") < shown.index("Digital post")
    assert "Digital post" in (await talk.say(said)).text


@pytest.mark.parametrize("said", ["nej", "lad være", "fortryd", "tilbage"])
async def test_choice_is_dropped(said: str, talking: Talking, cast_database: Database):
    talk, was = talking(SOREN), await stored(cast_database)
    await talk.say("meld status")
    assert heading(await talk.say(said)) == "Det lader jeg være med"
    assert heading(await talk.say("skærmbesøg")) == "Skærmbesøg i hjemmeplejen"
    assert await stored(cast_database) == was


async def test_yes_to_a_choice_asks_which_and_goes_on_waiting(talking: Talking):
    talk = talking(SOREN)
    await talk.say("meld status")
    assert heading(await talk.say("ja")) == "Hvilken af dem?"
    assert heading(await talk.say("1")).startswith("Samlet status")


async def test_choice_ends_with_another_question(talking: Talking):
    talk = talking(SOREN)
    await talk.say("meld status")
    await talk.say("hvilke projekter er røde")
    assert heading(await talk.say("skærmbesøg")) == "Skærmbesøg i hjemmeplejen"


@pytest.mark.parametrize("between", ["hvilke projekter er røde", "hvem leder byggesager", "hjælp", "mine påmindelser"])
async def test_yes_after_something_else_shows_the_summary_once_more(
    between: str, talking: Talking, cast_database: Database
):
    talk, was = talking(SOREN), await stored(cast_database)
    await talk.say("skærmbesøg er gul, vi mangler vikarer")
    await talk.say(between)
    again = await talk.say("ja")
    assert "Er det rigtigt?" in again.text
    assert await stored(cast_database) == was
    await talk.say("ja")
    assert await stored(cast_database) != was


async def test_yes_after_a_button_of_another_card_publishes_nothing(talking: Talking, cast_database: Database):
    talk, was = talking(SOREN), await stored(cast_database)
    listed = await talk.say("hvilke projekter er røde")
    await talk.say("skærmbesøg er gul, vi mangler vikarer")
    await talk.press("Åbn Byggesager på nettet", listed)
    await talk.say("ja")
    assert await stored(cast_database) == was


async def test_yes_after_a_button_of_another_card_cancels_nothing(talking: Talking, cast_stores: Stores):
    talk = talking(INGE)
    listed = await talk.say("hvilke projekter er røde")
    await talk.say("aflys mødet i Project Board")
    await talk.press("Åbn Byggesager på nettet", listed)
    await talk.say("ja")
    assert MEETING in await starts(cast_stores, talk)


async def test_each_in_a_group_has_a_question_and_a_memory_of_their_own(talking: Talking, cast_stores: Stores):
    inge, vagn = talking(INGE, **GROUP), talking(VAGN, **GROUP)
    await inge.say("aflys mødet i Project Board")
    await vagn.say("hvilke projekter er røde")
    await vagn.say("ja")
    assert MEETING in await starts(cast_stores, inge)
    assert "Åge Ørsted-Kjærgaard" in (await vagn.say("hvem leder dem")).text
    assert heading(await inge.say("hvem leder dem")) == "Jeg forstod ikke »hvem leder dem«"  # a meeting


async def test_last_answer_is_forgotten_after_an_hour(talking: Talking):
    talk = talking(SOREN)
    await talk.say("hvilke projekter er røde")
    talk.now += REMEMBERED + timedelta(minutes=1)
    assert heading(await talk.say("hvem leder dem")) == POINTS_NOWHERE


async def test_last_answer_is_another_in_another_conversation(talking: Talking):
    await talking(SOREN).say("hvilke projekter er røde")
    assert heading(await talking(SOREN, conversation="another").say("hvem leder dem")) == POINTS_NOWHERE


async def test_answer_to_a_button_can_be_gone_on_from(talking: Talking):
    talk = talking(SOREN)
    await talk.say("hvilke projekter er røde")
    await talk.press("Åbn Byggesager på nettet")
    assert heading(await talk.say("hvem ejer det")).startswith("Byggesager på nettet ejes af")


async def test_what_was_taken_over_is_marked_and_can_be_removed(talking: Talking):
    talk = talking(SOREN)
    await talk.say("hvilke projekter er gule")
    narrowed = await talk.say("kun mine")
    assert "gul (fra før)" in narrowed.text
    freed = await talk.press("Fjern samlet status: gul (fra før)")
    assert "Skærmbesøg" in freed.text
    assert "fra før" not in freed.text


async def test_either_is_asked_and_said_in_words(talking: Talking):
    talk = talking(SOREN)
    await talk.say("hvilke projekter er gule")
    assert heading(await talk.say("mine")) == "Kun for det ene, eller af alle?"
    assert "2 projekter" in heading(await talk.say("alle"))


async def test_back_shows_what_was_answered_before(talking: Talking):
    talk = talking(SOREN)
    listed = await talk.say("hvilke projekter er røde")
    await talk.say("hvem ejer byggesager")
    assert heading(await talk.say("tilbage")) == heading(listed)


async def test_back_with_nothing_before_says_so(talking: Talking):
    assert heading(await talking(SOREN).say("tilbage")) == POINTS_NOWHERE


async def test_message_that_was_not_understood_takes_the_subject_along(talking: Talking):
    talk = talking(SOREN)
    await talk.say("vis alle projekter")
    await talk.say("blafr røde snurren")
    assert heading(await talk.say("hvem leder dem")) == POINTS_NOWHERE
    await talk.say("blafr byggesager snurren")
    assert heading(await talk.say("hvem ejer den")).startswith("Byggesager på nettet ejes af")


@pytest.mark.parametrize("text", ["hvad koster den", "er den forsinket", "kun mine", "og budgettet"])
async def test_what_points_at_nothing_is_not_answered_for_all(text: str, talking: Talking):
    assert heading(await talking(SOREN).say(text)) == POINTS_NOWHERE


@pytest.mark.parametrize("line", ["gul", "gul, vi mangler vikarer, 60 %", "den er gul"])
async def test_line_written_while_the_card_stands_there_is_the_status(line: str, talking: Talking):
    talk = talking(SOREN)
    await talk.say("meld status på skærmbesøg")
    told = await talk.say(line)
    assert "Gul" in told.text
    assert heading(told).startswith("Meld status på Skærmbesøg")


@pytest.mark.parametrize("line", ["gul?", "gule projekter", "hvilke er gule"])
async def test_question_asked_while_the_card_stands_there_is_answered(line: str, talking: Talking):
    talk = talking(SOREN)
    await talk.say("meld status på skærmbesøg")
    assert not heading(await talk.say(line)).startswith("Meld status")


async def test_colour_after_another_answer_is_no_status(talking: Talking):
    talk = talking(SOREN)
    await talk.say("meld status på skærmbesøg")
    talk.now += timedelta(minutes=1)
    await talk.say("hvem leder byggesager")
    assert not heading(await talk.say("gul")).startswith("Meld status")


async def test_question_about_the_project_is_answered_in_the_middle_of_its_status(talking: Talking):
    talk = talking(SOREN)
    await talk.say("skærmbesøg er gul, vi mangler vikarer")
    assert heading(await talk.say("hvem ejer det")).startswith("Skærmbesøg i hjemmeplejen ejes af")


async def test_one_of_several_that_were_shown_is_asked_for(talking: Talking):
    talk = talking(SOREN)
    await talk.say("vis alle projekter")
    assert heading(await talk.say("hvad koster den")) == "Hvad mener du med »den«?"
    assert "budget" in heading(await talk.say("byggesager"))


async def test_all_that_were_shown_are_asked_for_a_status_after_a_yes(talking: Talking, cast_database: Database):
    talk, was = talking(INGE), await stored(cast_database)
    await talk.say("hvilke projekter leder Søren")
    asked = await talk.say("bed dem om en status")
    assert heading(asked).startswith("Skal jeg bede Søren Æbelø-Østergård om status")
    assert await stored(cast_database) == was
