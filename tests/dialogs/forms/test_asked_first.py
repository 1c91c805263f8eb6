"""A question that was answered by its button, or by another, waits no longer: words after it are to nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from dialogs.turn.visit import Stores
from tests.dialogs.meetings.test_handlers import starts
from tests.kit.cards import heading
from tests.kit.talk import Talk
from tests.world.municipality import MEETING
from tests.world.people import INGE, SOREN

Talking = Callable[..., Talk]


@pytest.mark.parametrize("no", ["nej", "lad være", "nej tak"])
async def test_no_after_the_yes_was_pressed_does_not_say_that_nothing_is_changed(no: str, talking: Talking):
    talk = talking(INGE)
    await talk.say("aflys mødet i Project Board")
    await talk.press("Ja, aflys mødet")
    assert "Intet er ændret" not in (await talk.say(no)).text


async def test_no_after_all_was_stopped_does_not_say_that_nothing_is_changed(talking: Talking):
    talk = talking(INGE)
    await talk.say("stop alle påmindelser")
    await talk.press("Ja, stop alle")
    assert "Intet er ændret" not in (await talk.say("nej")).text


async def test_fortryd_after_the_yes_was_pressed_takes_back(talking: Talking, cast_stores: Stores):
    talk = talking(INGE)
    await talk.say("aflys mødet i Project Board")
    await talk.press("Ja, aflys mødet")
    assert heading(await talk.say("fortryd")).endswith("holdes alligevel")
    assert MEETING in await starts(cast_stores, talk)


@pytest.mark.parametrize("button", ["Nej, lad være", "Flyt det i stedet"])
async def test_yes_after_another_button_was_pressed_cancels_nothing(button: str, talking: Talking, cast_stores: Stores):
    talk = talking(INGE)
    await talk.say("aflys mødet i Project Board")
    await talk.press(button)
    await talk.say("ja")
    assert MEETING in await starts(cast_stores, talk)


@pytest.mark.parametrize("yes", ["ja", "ok", "ja tak"])
async def test_yes_long_after_the_summary_shows_it_once_more(yes: str, talking: Talking, cast_stores: Stores):
    talk = talking(INGE)
    await talk.say("flyt mødet i Project Board til mandag")
    talk.now += timedelta(hours=2)
    again = await talk.say(yes)
    assert "Det, du skrev, står her endnu" in again.text
    assert "Er det rigtigt?" in again.text
    assert MEETING in await starts(cast_stores, talk)
    talk.now += timedelta(minutes=5)
    await talk.say(yes)
    assert MEETING not in await starts(cast_stores, talk)


@pytest.mark.parametrize(
    ("said", "shows"),
    [("nej tirsdag", "Ny dag: 16. juni 2026"), ("den 17. juni", "Ny dag: 17. juni 2026"),
     ("kl 14", "klokkeslæt: 14.00"), ("nej, kl. 13.30", "klokkeslæt: 13.30"),
     ("hov på onsdag", "Ny dag: 10. juni 2026")],
)  # fmt: skip
async def test_day_or_time_that_is_said_to_the_summary_corrects_it(said: str, shows: str, talking: Talking):
    talk = talking(INGE)
    await talk.say("flyt mødet i Project Board til mandag")
    corrected = await talk.say(said)
    assert shows in corrected.text
    assert "Er det rigtigt?" in corrected.text


async def test_day_that_may_be_the_first_or_the_last_is_asked_for(talking: Talking):
    talk = talking(SOREN)
    await talk.say("mette lindegaard er min stedfortræder fra 6. juli til 24. juli")
    assert "Hvad skal rettes?" in (await talk.say("nej, 20. juli")).text
