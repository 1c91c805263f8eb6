"""What reaches others is shown before it is done, with how many it concerns and until when, and then asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from dialogs.turn.audience import Scope
from dialogs.turn.visit import Stores
from portfolio.conversations import ConversationKind, ConversationReference
from tests.kit.cards import elements_of, heading
from tests.kit.talk import Talk
from tests.world.people import AAGE, IDA, INGE

Talking = Callable[..., Talk]
HERE = datetime(2026, 6, 9, 10, tzinfo=ZoneInfo("Europe/Copenhagen"))
MONDAY = date(2026, 6, 15)


async def stopped(stores: Stores, now: datetime = HERE) -> bool:
    return (await stores.reminding.store.state(now)).all_stopped


def titles(talk: Talk) -> list[str]:
    card = talk.replies[-1].card
    return [action["title"] for action in elements_of(card or {}, "Action.Execute")]


async def test_office_is_told_how_many_and_until_when_and_the_safe_answer_stands_first(
    talking: Talking, cast_stores: Stores
):
    office = talking(INGE)
    asked = await office.say("stop alle påmindelser")
    no, yes = titles(office)
    assert no == "Nej, lad være"
    number = yes.removeprefix("Ja, stop alle ")
    assert f"{number} beskeder til " in asked.text
    assert "før du eller en anden i porteføljekontoret starter dem igen" in asked.text
    assert not await stopped(cast_stores)


@pytest.mark.parametrize(
    "no", ["nej", "Nej, lad være", "nej tak", "lad være", "nej det skal du ikke", "afbryd", "stop"]
)
async def test_no_leaves_all_as_it_is(no: str, talking: Talking, cast_stores: Stores):
    office = talking(INGE)
    await office.say("stop alle påmindelser")
    assert heading(await office.say(no)) == "Det lader jeg være med"
    await office.say("ja")
    assert not await stopped(cast_stores)


@pytest.mark.parametrize("yes", ["ja", "ja tak", "ja, stop alle", "Ja, gør det", "stop alle", "ok"])
async def test_yes_in_words_does_as_the_button(yes: str, talking: Talking, cast_stores: Stores):
    office = talking(INGE)
    await office.say("stop alle påmindelser")
    assert heading(await office.say(yes)) == "Alle påmindelser er stoppet"
    assert await stopped(cast_stores)
    assert heading(await office.say("fortryd")) == "Påmindelser sendes igen"
    assert not await stopped(cast_stores)


async def test_yes_after_something_else_was_said_is_to_nothing(talking: Talking, cast_stores: Stores):
    office = talking(INGE)
    await office.say("stop alle påmindelser")
    await office.say("hvilke projekter er røde")
    assert heading(await office.say("ja")) == "Du er ikke i gang med noget"
    assert not await stopped(cast_stores)


async def test_late_yes_is_to_nothing(talking: Talking, cast_stores: Stores):
    office = talking(INGE)
    await office.say("stop alle påmindelser")
    office.now += timedelta(minutes=11)
    await office.say("ja")
    assert not await stopped(cast_stores)


async def test_nobody_else_answers(talking: Talking, cast_stores: Stores):
    office = talking(INGE)
    await office.say("stop alle påmindelser")
    lead = talking(AAGE)
    await lead.say("ja")
    await lead.press("Ja, stop alle", office.replies[-1])
    assert not await stopped(cast_stores)


async def test_pause_until_a_day_ends_by_itself(talking: Talking, cast_stores: Stores):
    office = talking(INGE)
    asked = await office.say("stop alle påmindelser til mandag")
    assert heading(asked) == "Skal alle påmindelser stoppes til mandag den 15. juni?"
    assert heading(await office.press("Ja, stop alle")) == "Alle påmindelser er stoppet til mandag den 15. juni"
    store = cast_stores.reminding.store
    state = await store.state(HERE)
    assert [state.is_stopped(day) for day in (HERE.date(), MONDAY - timedelta(days=1), MONDAY)] == [True, True, False]
    assert await stopped(cast_stores, HERE + timedelta(days=5))
    assert not await stopped(cast_stores, HERE + timedelta(days=6))
    await office.say("fortryd")
    assert not await stopped(cast_stores)


async def test_stop_of_a_day_that_is_over_is_said_at_once(talking: Talking, cast_stores: Stores):
    office = talking(INGE)
    assert heading(await office.say("stop alle påmindelser til i dag")) == "Til hvornår skal påmindelserne stoppes?"
    assert not await stopped(cast_stores)


@pytest.mark.parametrize("said", ["pause til mandag", "hold pause til mandag", "pause i 6 dage", "stop til mandag"])
async def test_pause_for_nobody_in_particular_asks_which(said: str, talking: Talking, cast_stores: Stores):
    office, lead = talking(INGE), talking(AAGE)
    for talk in (office, lead):
        assert heading(await talk.say(said)) == "Hvad skal holde pause?"
    assert "stop alle påmindelser til 15/06/2026" in office.replies[-1].text
    assert "stop alle" not in lead.replies[-1].text
    await lead.press("jeg er væk")
    (absence,) = await cast_stores.reminding.store.absences_of(AAGE.id, HERE.date())
    assert (absence.first, absence.last) == (HERE.date(), MONDAY - timedelta(days=1))
    await office.press("stop alle påmindelser", office.replies[-1])
    assert "mandag den 15. juni" in heading(office.replies[-1])


async def test_stop_here_is_about_the_channel(talking: Talking, cast_stores: Stores):
    channel = "19:board@thread.tacv2;messageid=1"
    reference = ConversationReference(
        "tenant", channel, ConversationKind.CHANNEL, "https://smba.trafficmanager.net/emea/", "28:bot", HERE
    )
    await cast_stores.reminding.conversations.save_reference(reference)
    there = talking(INGE, conversation=channel, scope=Scope.CHANNEL)
    await there.say("dette er kanalen for Project Board")
    await there.say("ja")
    assert heading(await there.say("stop her")) == "Skal jeg ikke skrive i denne kanal mere?"
    assert len(await cast_stores.reminding.channels.channels()) == 1
    await there.press("dette er ikke længere kanalen for Project Board")
    await there.say("ja")
    assert await cast_stores.reminding.channels.channels() == []
    assert not await stopped(cast_stores)


@pytest.mark.parametrize(
    ("until", "day"), [("jul", "24. december 2026"), ("juleaften", "24. december 2026"), ("sommerferien", "1. juli")]
)
async def test_pause_until_a_time_of_several_days_ends_as_it_begins(until: str, day: str, talking: Talking):
    asked = await talking(INGE).say(f"stop alle påmindelser til {until}")
    assert heading(asked).endswith(f"{day}?")


@pytest.mark.parametrize(
    "said",
    ["stop alt", "hold kæft", "ti stille", "ikke flere beskeder", "jeg vil ikke have flere beskeder",
     "stop med at sende beskeder", "lad mig være i fred", "no more messages", "leave me alone"],
)  # fmt: skip
async def test_what_is_to_be_quiet_is_asked(said: str, talking: Talking, cast_stores: Stores):
    office = await talking(INGE).say(said)
    assert "stop alle påmindelser" in office.text or "stop all reminders" in office.text
    lead = await talking(AAGE).say(said)
    assert heading(lead) in {"Hvad skal holde pause?", "What is to pause?"}
    assert "stop al" not in lead.text
    assert not await stopped(cast_stores)


@pytest.mark.parametrize("said", ["stop beskeder til alle", "stop alle beskeder", "stop alle beskeder til mandag"])
async def test_all_messages_are_stopped_once_that_is_confirmed(said: str, talking: Talking, cast_stores: Stores):
    office = talking(INGE)
    assert heading(await office.say(said)).startswith("Skal alle påmindelser stoppes")
    assert not await stopped(cast_stores)
    await office.say("ja")
    assert await stopped(cast_stores)
    assert "porteføljekontoret" in (await talking(AAGE).say(said)).text


async def test_nothing_is_offered_to_be_put_off_where_nothing_was_told(talking: Talking):
    assert "mind mig om det" not in (await talking(AAGE).say("pause til mandag")).text


async def _stopped_keys(stores: Stores) -> int:
    return len((await stores.reminding.store.state(HERE)).stopped)


async def test_stopping_once_more_what_is_stopped_is_nothing_to_take_back(talking: Talking, cast_stores: Stores):
    office = talking(INGE)
    card = await office.say("hvad sender du de næste 14 dage")
    await office.press("Stop", card)
    await office.press("Stop", card)
    await office.say("fortryd")
    assert await _stopped_keys(cast_stores) == 0
    assert "allerede fortrudt" in (await office.say("fortryd")).text


async def test_stop_that_a_colleague_took_back_is_not_taken_back_again(talking: Talking, cast_stores: Stores):
    office, colleague = talking(INGE), talking(IDA, conversation="chat-of-ida")
    await office.say("hvad sender du de næste 14 dage")
    stopped_card = await office.press("Stop")
    await colleague.press("Start igen", stopped_card)
    await colleague.press("Stop", office.replies[0])
    assert await _stopped_keys(cast_stores) == 1
    await colleague.say("fortryd")
    answer = await office.say("fortryd")
    assert "blevet noget andet siden" in answer.text
    assert await _stopped_keys(cast_stores) == 0


async def test_starting_what_is_not_stopped_does_not_say_that_it_was(talking: Talking):
    office = talking(INGE)
    assert heading(await office.say("start påmindelser igen")) == "Påmindelserne er ikke stoppet"
    assert "ikke noget at fortryde" in (await office.say("fortryd")).text
