"""What was just stored is taken back in the words that people have for it; what may mean something else is asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from dialogs.turn.audience import Scope
from storage.database import Database
from tests.dialogs.conftest import HERE
from tests.dialogs.undo.test_taking_back import stored
from tests.kit.cards import heading
from tests.kit.talk import Talk
from tests.world.people import INGE, SOREN

Talking = Callable[..., Talk]
AWAY = "jeg er på ferie fra 6. juli til 24. juli"
ASKED = {"Skal det tages tilbage: Dit fravær?", "Take this back: Your absence?"}
DOUBTED = [
    "nej det var forkert", "nej, det er forkert", "det var forkert", "hov det passer ikke", "annuller", "glem det",
    "that was wrong", "no, that's wrong",
]  # fmt: skip


@pytest.mark.parametrize(
    "words",
    ["annuller det", "annullér det", "nej annuller det", "slet det igen", "slet det", "fjern det igen", "cancel that",
     "anuller det", "annuller det tak"],
)  # fmt: skip
async def test_it_is_taken_back(words: str, talking: Talking, cast_database: Database):
    was, talk = await stored(cast_database), talking(SOREN)
    await talk.say(AWAY)
    assert heading(await talk.say(words)) in {"Dit fravær er fortrudt", "Your absence is undone"}
    assert await stored(cast_database) == was


@pytest.mark.parametrize("words", DOUBTED)
@pytest.mark.parametrize("yes", ["ja", "fortryd", "Ja, fortryd det", "slet det igen"])
async def test_what_may_mean_something_else_is_asked(words: str, yes: str, talking: Talking, cast_database: Database):
    was, talk = await stored(cast_database), talking(SOREN)
    await talk.say(AWAY)
    now = await stored(cast_database)
    assert heading(await talk.say(words)) in ASKED
    assert await stored(cast_database) == now
    assert heading(await talk.say(yes)) == "Dit fravær er fortrudt"
    assert await stored(cast_database) == was


@pytest.mark.parametrize("no", ["nej", "nej tak", "lad være", "hvem leder skærmbesøg"])
async def test_without_a_yes_nothing_is_taken_back(no: str, talking: Talking, cast_database: Database):
    talk = talking(SOREN)
    await talk.say(AWAY)
    was = await stored(cast_database)
    await talk.say("det var forkert")
    await talk.say(no)
    await talk.say("ja")
    assert await stored(cast_database) == was


@pytest.mark.parametrize("words", ["annuller det", "slet det igen", "nej det var forkert"])
async def test_after_ten_minutes_it_is_said_that_nothing_is_changed(
    words: str, talking: Talking, cast_database: Database
):
    talk = talking(SOREN)
    await talk.say(AWAY)
    was, talk.now = await stored(cast_database), HERE + timedelta(minutes=11)
    assert "Intet er ændret" in (await talk.say(words)).text
    assert await stored(cast_database) == was


@pytest.mark.parametrize("words", ["annuller det møde", "slet det i morgen", "annuller mødet i Project Board"])
async def test_more_words_are_about_something_else(words: str, talking: Talking, cast_database: Database):
    talk = talking(INGE)
    await talk.say("jeg er på ferie fra 6. juli til 24. juli")
    was = await stored(cast_database)
    await talk.say(words)
    assert await stored(cast_database) == was


@pytest.mark.parametrize("words", ["fortryd", "annuller det", "nej det var forkert", "slet det igen", "glem det"])
async def test_question_that_waits_is_answered_rather_than_an_earlier_deed_taken_back(
    words: str, talking: Talking, cast_database: Database
):
    talk = talking(INGE)
    await talk.say(AWAY)
    was = await stored(cast_database)
    await talk.say("aflys mødet i Project Board")
    assert heading(await talk.say(words)) == "Det lader jeg være med"
    await talk.say("ja")
    assert await stored(cast_database) == was


@pytest.mark.parametrize("words", ["slet det", "slet det igen"])
async def test_field_that_is_asked_is_emptied_and_the_form_is_kept(words: str, talking: Talking):
    talk = talking(SOREN)
    await talk.say("meld status på skærmbesøg")
    await talk.say("trin for trin")
    answer = await talk.say(words)
    assert "kasseret" not in answer.text
    assert "Meld status på Skærmbesøg" in (await talk.say("vis kort")).text


async def test_what_cannot_be_taken_back_says_what_comes_of_it(talking: Talking):
    talk = talking(INGE)
    await talk.say("start en statusrunde i Project Board")
    await talk.say("ja")
    answer = await talk.say("fortryd")
    assert "Runden lukker, når mødet begynder" in answer.text
    assert "porteføljekontoret" not in answer.text


@pytest.mark.parametrize("words", ["kan man fortryde?", "fortryd status", "det var forkert", "fortryd", "annuller det"])
async def test_in_a_group_nobody_else_reads_what_was_done(words: str, talking: Talking):
    await talking(SOREN).say(AWAY)
    in_group = talking(SOREN, conversation="19:group@thread.v2", scope=Scope.GROUP)
    assert (await in_group.say(words)).is_personal


@pytest.mark.parametrize(
    "words",
    ["annuller min status på skærmbesøg", "slet min status", "fjern statusmeldingen", "annullér status på skærmbesøg"],
)
async def test_status_that_is_to_be_cancelled_is_taken_back(words: str, talking: Talking, cast_database: Database):
    was, talk = await stored(cast_database), talking(SOREN)
    await talk.say("uændret på skærmbesøg")
    await talk.say(AWAY)
    assert "taget tilbage" in heading(await talk.say(words))
    await talk.say("fortryd ferien")
    assert await stored(cast_database) == was


@pytest.mark.parametrize(
    "words", ["aflys min ferie", "annuller mødet i Project Board", "slet min status", "slet skærmbesøg"]
)
async def test_nothing_else_is_taken_back(words: str, talking: Talking):
    talk = talking(INGE)
    await talk.say("slå mødepåmindelser fra")
    assert "Slået til" not in (await talk.say(words)).text
