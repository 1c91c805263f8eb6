"""What was just stored is said anew: the first is taken back, and the second stands in its place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from dialogs.turn.visit import Stores
from storage.database import Database
from tests.dialogs.undo.test_taking_back import stored
from tests.kit.cards import heading
from tests.kit.talk import Talk
from tests.world.people import SOREN

Talking = Callable[..., Talk]


@pytest.mark.parametrize(
    "said", ["nej uge 30", "nej, jeg mente uge 30", "uge 30 i stedet", "nej uge 30 mente jeg", "ups, i uge 30"]
)
async def test_leave_in_another_week_stands_instead(said: str, talking: Talking, cast_stores: Stores):
    talk = talking(SOREN)
    await talk.say("jeg er på ferie i uge 29")
    assert heading(await talk.say(said)) == "Du er væk fra mandag den 20. juli til og med søndag den 26. juli"
    (absence,) = await cast_stores.reminding.store.absences_of(SOREN.id, talk.now.date())
    assert f"{absence.first:%d/%m}" == "20/07"


async def test_correction_of_the_correction_stands(talking: Talking, cast_stores: Stores):
    talk = talking(SOREN)
    for said in ("jeg er på ferie i uge 29", "nej uge 30", "nej uge 31"):
        await talk.say(said)
    (absence,) = await cast_stores.reminding.store.absences_of(SOREN.id, talk.now.date())
    assert f"{absence.first:%d/%m}" == "27/07"


async def test_reminder_is_put_off_to_another_day(talking: Talking):
    talk = talking(SOREN)
    await talk.say("mind mig om P001 på mandag")
    assert "tirsdag" in heading(await talk.say("nej tirsdag"))


async def test_another_rhythm_stands_instead(talking: Talking):
    talk = talking(SOREN)
    await talk.say("spørg om status på P001 hver måned")
    assert "hver uge" in heading(await talk.say("nej hver uge"))


async def test_corrected_colour_is_asked_about_before_it_is_sent(talking: Talking, cast_database: Database):
    talk = talking(SOREN)
    await talk.say("P001 er gul, vi mangler vikarer")
    await talk.say("ja")
    was = await stored(cast_database)
    asked = await talk.say("nej grøn")
    assert "Grøn" in asked.text
    assert await stored(cast_database) == was


@pytest.mark.parametrize("between", ["hvilke projekter er røde", "hvem leder byggesager"])
async def test_nothing_is_corrected_after_something_else_was_answered(
    between: str, talking: Talking, cast_database: Database
):
    talk = talking(SOREN)
    await talk.say("jeg er på ferie i uge 29")
    talk.now += timedelta(minutes=1)
    await talk.say(between)
    was = await stored(cast_database)
    await talk.say("nej uge 30")
    assert await stored(cast_database) == was


@pytest.mark.parametrize("said", ["nej snurren", "nej", "nej jeg mente", "nej Børn og Unge", "uge 30"])
async def test_what_says_no_other_time_changes_nothing(said: str, talking: Talking, cast_database: Database):
    talk = talking(SOREN)
    await talk.say("jeg er på ferie i uge 29")
    was = await stored(cast_database)
    await talk.say(said)
    assert await stored(cast_database) == was


async def test_nothing_stored_is_corrected_by_nothing(talking: Talking, cast_database: Database):
    talk, was = talking(SOREN), await stored(cast_database)
    await talk.say("nej uge 30")
    assert await stored(cast_database) == was
