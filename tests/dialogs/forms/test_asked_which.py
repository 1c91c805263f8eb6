"""Where it is asked which of several is meant, a word of one of them is enough, and anything else is no answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from dialogs.turn.visit import Stores
from storage.database import Database
from tests.dialogs.meetings.test_handlers import starts
from tests.dialogs.undo.test_taking_back import stored
from tests.kit.cards import heading
from tests.kit.talk import Talk
from tests.world.municipality import MEETING
from tests.world.people import AAGE, INGE, SOREN, VAGN

Talking = Callable[..., Talk]


@pytest.mark.parametrize(
    "said", ["project board", "i Project Board", "det i project board", "Board", "den i project board tak"]
)
async def test_name_says_which_meeting(said: str, talking: Talking, cast_stores: Stores):
    talk = talking(VAGN)
    assert heading(await talk.say("aflys mødet")) == "Hvilket møde?"
    assert heading(await talk.say(said)).startswith("Skal mødet i Project Board")
    assert MEETING in await starts(cast_stores, talk)
    await talk.say("ja")
    assert MEETING not in await starts(cast_stores, talk)


@pytest.mark.parametrize(
    ("said", "days"),
    [("til fredag", "fredag den 12. juni"), ("i dag", "tirsdag den 9. juni"), ("hele ugen", "søndag den 14. juni"),
     ("3 dage", "torsdag den 11. juni"), ("til den 20. juni", "lørdag den 20. juni")],
)  # fmt: skip
async def test_days_alone_say_how_long_somebody_is_away(said: str, days: str, talking: Talking):
    talk = talking(SOREN)
    await talk.say("jeg er syg")
    assert days in heading(await talk.say(said))


async def test_word_says_what_is_to_pause(talking: Talking):
    talk = talking(INGE)
    await talk.say("pause til mandag")
    assert heading(await talk.say("alle")) == "Skal alle påmindelser stoppes til mandag den 15. juni?"
    lead = talking(AAGE)
    await lead.say("stop alt")
    assert heading(await lead.say("ja")) == "Dine påmindelser"


@pytest.mark.parametrize("asked", ["aflys mødet", "jeg er syg", "pause til mandag"])
@pytest.mark.parametrize("no", ["nej", "lad være", "nej tak"])
async def test_no_is_none_of_them(no: str, asked: str, talking: Talking, cast_database: Database):
    talk, was = talking(VAGN), await stored(cast_database)
    await talk.say(asked)
    assert heading(await talk.say(no)) == "Det lader jeg være med"
    assert await stored(cast_database) == was


@pytest.mark.parametrize("between", ["hvem leder skærmbesøg", "mødet", "hvilke projekter er røde i dag"])
async def test_what_is_said_after_something_else_is_no_answer(between: str, talking: Talking, cast_database: Database):
    talk, was = talking(VAGN), await stored(cast_database)
    for asked, answer in (("aflys mødet", "direktionen"), ("jeg er syg", "i dag")):
        await talk.say(asked)
        await talk.say(between)
        await talk.say(answer)
        await talk.say("ja")
    assert await stored(cast_database) == was


async def test_answer_after_ten_minutes_is_none(talking: Talking, cast_database: Database):
    talk, was = talking(SOREN), await stored(cast_database)
    await talk.say("jeg er syg")
    talk.now += timedelta(minutes=11)
    await talk.say("i dag")
    assert await stored(cast_database) == was
