"""In a body's channel that body is meant where none is named; who may not is told who may."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dialogs.turn.audience import Scope
from dialogs.turn.visit import Stores
from portfolio.conversations import ConversationKind, ConversationReference
from tests.dialogs.conftest import HERE
from tests.dialogs.meetings.test_handlers import starts
from tests.kit.cards import heading
from tests.kit.talk import Talk
from tests.world.municipality import MEETING
from tests.world.people import IB, INGE, SOREN, VAGN

Talking = Callable[..., Talk]
CHANNEL = "19:board@thread.tacv2"


@pytest.fixture
async def there(talking: Talking, cast_stores: Stores) -> Callable[..., Talk]:
    """Somebody's conversation in a thread of the board's channel."""
    reference = ConversationReference(
        "tenant", CHANNEL, ConversationKind.CHANNEL, "https://smba.trafficmanager.net/emea/", "28:bot", HERE
    )
    await cast_stores.reminding.conversations.save_reference(reference)
    await cast_stores.reminding.channels.bind("Project Board", reference, INGE.id, HERE)
    return lambda person: talking(person, conversation=f"{CHANNEL};messageid=7", scope=Scope.CHANNEL)


@pytest.mark.parametrize("said", ["start runde", "start en statusrunde", "start runden til næste møde"])
async def test_round_is_the_boards(said: str, there):
    assert "Project Board" in heading(await there(INGE).say(said))


@pytest.mark.parametrize(
    "said", ["flyt mødet til mandag den 22. juni", "flyt mødet til den 22. juni kl. 13", "vi rykker mødet til 22. juni"]
)
async def test_meeting_that_is_moved_is_the_boards(said: str, there, cast_stores: Stores):
    talk = there(INGE)
    assert heading(await talk.say(said)) == "Flyt mødet i Project Board"
    await talk.say("ja")
    assert MEETING not in await starts(cast_stores, talk)


async def test_meeting_that_is_cancelled_is_the_boards(there, cast_stores: Stores):
    talk = there(INGE)
    assert heading(await talk.say("aflys mødet")).startswith("Skal mødet i Project Board")
    await talk.say("ja")
    assert MEETING not in await starts(cast_stores, talk)


@pytest.mark.parametrize("said", ["hvornår er næste møde", "hvornår mødes vi næste gang", "næste møde"])
async def test_meeting_that_is_asked_for_is_the_boards(said: str, there):
    assert "Project Board" in heading(await there(SOREN).say(said))


async def test_other_body_that_is_named_is_meant(there):
    talk = there(INGE)
    assert heading(await talk.say("flyt mødet i Direktionen til 25. juni")) == "Flyt mødet i Direktionen"
    assert "Direktionen" in heading(await talk.say("hvornår er næste møde i direktionen"))


async def test_body_that_is_not_known_opens_no_round_of_the_boards(there, cast_stores: Stores):
    answer = await there(INGE).say("start runde til kaninudvalget")
    assert heading(answer) == "Jeg fandt ikke forummet »kaninudvalget«"
    assert await cast_stores.rounds.open_rounds("P001") == []


async def test_same_words_elsewhere_are_of_no_body(talking: Talking):
    elsewhere = talking(VAGN, conversation="19:other@thread.tacv2", scope=Scope.CHANNEL)
    assert heading(await elsewhere.say("flyt mødet til mandag den 22. juni")) == "Hvilket møde?"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("start runde", "Du kan ikke"), ("flyt mødet til 22. juni", "Du kan ikke flytte"),
        ("aflys mødet", "Du kan ikke flytte"),
    ],
)  # fmt: skip
async def test_who_may_not_is_told_who_may_in_the_channel(said: str, told: str, there):
    answer = await there(IB).say(said)
    assert heading(answer).startswith(told)
    assert "Vagn Holm, Inge Sandal eller porteføljekontoret" in answer.text


@pytest.mark.parametrize(
    "said",
    ["flyt mødet til mandag", "aflys mødet", "start runde", "vis runden"],
)
async def test_who_may_not_is_told_who_may_rather_than_asked_to_choose_among_nothing(said: str, talking: Talking):
    answer = await talking(IB).say(said)
    assert "Vagn Holm" in answer.text
    assert "Vælg" not in answer.text


async def test_who_binds_no_channel_is_told_who_does(talking: Talking):
    answer = await talking(IB, conversation=CHANNEL, scope=Scope.CHANNEL).say("brug denne kanal")
    assert "Inge Sandal eller porteføljekontoret" in answer.text


@pytest.mark.parametrize("said", ["stop her", "stop alt", "pause til mandag"])
async def test_who_may_not_silence_the_channel_is_told_who_may(said: str, there):
    answer = await there(IB).say(said)
    assert "Inge Sandal eller porteføljekontoret" in answer.text
    assert "ikke længere kanalen" in (await there(INGE).say(said)).text
