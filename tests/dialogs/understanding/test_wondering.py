"""Who wonders whether to do something, or how, has nothing done."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from storage.database import Database
from tests.dialogs.undo.test_taking_back import stored
from tests.kit.talk import Talk
from tests.world.people import INGE

Talking = Callable[..., Talk]


@pytest.mark.parametrize(
    "asked",
    [
        "skal jeg stoppe alle påmindelser?",
        "skal jeg slå mødepåmindelser fra?",
        "hvordan slår jeg mødepåmindelser fra",
        "hej, hvordan slår jeg mødepåmindelser fra?",
        "bør jeg udsætte det til mandag?",
        "skal vi starte en runde i Project Board?",
        "hvordan holder jeg ferie fra 6. juli til 24. juli?",
        "skal jeg melde uændret på skærmbesøg?",
        "hvordan genopretter jeg mødet i Project Board",
        "how do i turn off meeting reminders",
        "should i start a round for Project Board?",
        "hvordan starter jeg en runde i Project Board",
        "måske skal jeg på ferie i uge 29",
        "jeg tror jeg er på ferie i uge 29",
        "måske er jeg syg i dag",
        "maybe i am on vacation from 6 july to 24 july",
        "måske uændret på skærmbesøg",
    ],
)
async def test_nothing_is_done(asked: str, talking: Talking, cast_database: Database):
    was = await stored(cast_database)
    answer = await talking(INGE).say(asked)
    assert await stored(cast_database) == was
    assert "Runden er åbnet" not in answer.text


@pytest.mark.parametrize(
    "told", ["kan du slå mødepåmindelser fra?", "vil du slå mødepåmindelser fra", "gider du slå mødepåmindelser fra?"]
)
async def test_who_asks_it_of_tovholder_has_it_done(told: str, talking: Talking, cast_database: Database):
    was = await stored(cast_database)
    await talking(INGE).say(told)
    assert await stored(cast_database) != was
