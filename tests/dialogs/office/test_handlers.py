"""The portfolio office sees what will be sent, and has its say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from dialogs.office.approval_card import approval
from dialogs.turn.audience import Scope
from dialogs.turn.visit import Stores
from portfolio.conversations import ConversationKind, ConversationReference
from portfolio.organisation import Person
from portfolio.outlook.plan import planned
from tests.kit.cards import heading
from tests.kit.talk import Talk
from tests.world.people import AAGE, INGE

Talking = Callable[..., Talk]
HERE = datetime(2026, 6, 9, 10, tzinfo=ZoneInfo("Europe/Copenhagen"))


async def test_office_sees_what_is_sent_stops_one_and_starts_it_again(talking: Talking, cast_stores: Stores) -> None:
    office = talking(INGE)
    shown = await office.say("hvad sender du de næste 14 dage")
    before = int(heading(shown).split()[0])
    assert before > 0
    await office.press("Stop alle")
    assert not (await cast_stores.reminding.store.state(HERE)).all_stopped
    stopped = await office.press("Ja, stop alle")
    assert heading(stopped) == "Alle påmindelser er stoppet"
    left = await office.say("hvad sender du de næste 14 dage")
    assert (await cast_stores.reminding.store.state(HERE)).all_stopped
    assert heading(left) != heading(shown)
    await office.press("Start")
    assert heading(await office.say("hvad sender du de næste 14 dage")) == heading(shown)


async def test_message_that_the_office_stops_stays_on_the_card_and_can_be_sent_after_all(talking: Talking) -> None:
    office = talking(INGE)
    shown = await office.say("hvad sender du de næste 14 dage")
    left = await office.press("Stop")
    assert int(heading(left).split()[0]) == int(heading(shown).split()[0]) - 1
    told = left.text.splitlines()
    assert told[1].startswith("Stoppet: ")
    assert "1 besked er stoppet og bliver ikke sendt." in told
    assert sum(line.startswith("- ") for line in told) == sum(line.startswith("- ") for line in shown.text.splitlines())
    assert sum(": Stoppet: " in line for line in told) == 1
    again = await office.press("Start igen")
    assert again.text.splitlines()[1].startswith("Sendes alligevel: ")
    assert heading(again) == heading(shown)


async def test_office_undoes_what_it_just_stopped(talking: Talking) -> None:
    office = talking(INGE)
    shown = await office.say("hvad sender du de næste 14 dage")
    stopped = await office.press("Stop")
    assert heading(stopped) != heading(shown)
    await office.press("Fortryd")
    assert heading(await office.say("hvad sender du de næste 14 dage")) == heading(shown)


@pytest.mark.parametrize(
    ("person", "begins"), [(INGE, "Der er ikke sendt påmindelser"), (AAGE, "Du har ikke fået påmindelser")]
)
async def test_what_was_sent_is_shown_to_the_office_and_each_sees_their_own(
    person: Person, begins: str, talking: Talking
) -> None:
    assert (await talking(person).say("hvad har du sendt")).text.startswith(begins)


async def test_lead_sees_their_own_and_may_stop_nothing(talking: Talking) -> None:
    lead = talking(AAGE)
    shown = await lead.say("hvad sender du de næste 14 dage")
    assert "Stop" not in shown.text
    refused = await lead.say("stop alle påmindelser")
    assert refused.is_personal


async def test_office_stops_all_reminders_and_starts_them_again(talking: Talking, cast_stores: Stores) -> None:
    office = talking(INGE)
    assert heading(await office.say("stop alle påmindelser")) == "Skal alle påmindelser stoppes?"
    assert heading(await office.say("ja")) == "Alle påmindelser er stoppet"
    assert (await cast_stores.reminding.store.state(HERE)).all_stopped
    assert heading(await office.say("start påmindelser igen")) == "Skal påmindelser sendes igen?"
    assert (await cast_stores.reminding.store.state(HERE)).all_stopped
    await office.say("ja")
    assert not (await cast_stores.reminding.store.state(HERE)).all_stopped


async def test_secretary_makes_a_channel_the_boards_and_takes_it_back(talking: Talking, cast_stores: Stores) -> None:
    channel = "19:board@thread.tacv2;messageid=1"
    reference = ConversationReference(
        "tenant", channel, ConversationKind.CHANNEL, "https://smba.trafficmanager.net/emea/", "28:bot", HERE
    )
    await cast_stores.reminding.conversations.save_reference(reference)
    there = talking(INGE, conversation=channel, scope=Scope.CHANNEL, now=HERE + timedelta(minutes=1))
    assert (
        heading(await there.say("dette er kanalen for Project Board")) == "Skal dette være kanalen for Project Board?"
    )
    assert await cast_stores.reminding.channels.channels() == []
    bound = await there.say("ja")
    assert heading(bound) == "Dette er nu kanalen for Project Board"
    assert "Project Board" in heading(await there.say("hvilken kanal er dette"))
    assert (await cast_stores.reminding.store.state(HERE)).channels == {"Project Board"}
    await there.say("dette er ikke længere kanalen for Project Board")
    gone = await there.say("ja")
    assert heading(gone) == "Dette er ikke længere kanalen for Project Board"
    assert await cast_stores.reminding.channels.channels() == []
    await there.press("dette er kanalen for Project Board")
    again = await there.say("ja")
    assert heading(again) == heading(bound)


async def test_lead_cannot_say_whose_channel_it_is(talking: Talking, cast_stores: Stores) -> None:
    there = talking(AAGE, conversation="19:board@thread.tacv2", scope=Scope.CHANNEL)
    assert (await there.say("dette er kanalen for Project Board")).is_personal
    assert await cast_stores.reminding.channels.channels() == []


@pytest.mark.parametrize(("said", "told"), [("Send", "er på vej"), ("Send ikke", "bliver ikke sendt")])
async def test_the_first_of_the_office_decides_on_a_large_run(
    said: str, told: str, talking: Talking, visiting, cast_stores: Stores
) -> None:
    deliveries, work = cast_stores.reminding.deliveries, cast_stores.reminding.work
    plan = planned(await cast_stores.reminding.store.state(HERE), HERE, HERE - timedelta(days=7), work)
    await deliveries.store(plan, None, is_held=True)
    (held,) = await deliveries.held()
    asked = approval(held, visiting(INGE).audience)
    office, lead = talking(INGE), talking(AAGE)
    assert (await lead.press(said, asked)).is_personal
    answer = await office.press(said, asked)
    assert heading(answer) == f"{held.messages} beskeder {told}"
    assert ("Det tager ca. 1 sekund." in answer.text) == (said == "Send")
    assert heading(await office.press(said, asked)) == "Der er allerede taget stilling"
    assert await deliveries.held() == []
