"""A question that was answered by its button, or by another, waits no longer: words after it are to nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dialogs.turn.visit import Stores
from tests.dialogs.meetings.test_handlers import starts
from tests.kit.cards import heading
from tests.kit.talk import Talk
from tests.world.municipality import MEETING
from tests.world.people import INGE

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
