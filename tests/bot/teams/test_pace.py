"""Whoever is faster than anybody writes is asked to wait, and nothing of it is done; the others notice nothing."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from botbuilder.schema import Activity
from prometheus_client import REGISTRY
from sqlalchemy import func, select

from bot.teams import pace
from bot.teams.codec import decode
from bot.teams.pace import CONVERSATION, PERSON, REMEMBERED, VIEWS, WINDOW_SECONDS, Pace, TooFastError
from storage.conversations import seen_activities
from tests.kit.bench import Bench
from tests.kit.teams import CHANNEL, GROUP, FakeTeams

OPEN = {"verb": "open", "data": {"project": "P001"}}
TOO_FAST, CARD = "application/vnd.microsoft.activity.message", "application/vnd.microsoft.card.adaptive"


class Watch:
    """A clock in seconds."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def paced(watch: Watch) -> Pace:
    return Pace(watch)


def listened(paced: Pace, count: int, activity: Activity) -> int:
    """How many of them are listened to."""
    heard = 0
    for _ in range(count):
        try:
            paced.check(activity)
        except TooFastError:
            continue
        heard += 1
    return heard


def said(sender: str = "maja", where: Any = None, **changes: Any) -> Activity:
    return decode(FakeTeams(url="http://x").message("hej", sender, where, **changes))


def looked_at(sender: str, where: Any = None) -> Activity:
    return decode(FakeTeams(url="http://x").press(OPEN, "automatic", sender=sender, where=where))


async def _stored(bench: Bench) -> int:
    async with bench.service.database.connect() as connection:
        return (await connection.execute(select(func.count()).select_from(seen_activities))).scalar_one()


async def test_flood_of_presses_is_cut_off_with_a_friendly_word(bench: Bench) -> None:
    flood = [bench.answer(bench.teams.press(OPEN)) for _ in range(4 * PERSON)]
    answers = [body for _, body in await asyncio.gather(*flood)]
    limited = [body["value"] for body in answers if body["type"] == TOO_FAST]
    assert len(limited) == 3 * PERSON
    assert all("Vent 10 sekunder" in word for word in limited)
    assert await _stored(bench) == 0  # nor do those that only look


async def test_guests_take_nothing_of_a_channels_share(bench: Bench) -> None:
    for guest in range(CONVERSATION // PERSON):
        sender = {"id": f"29:g{guest}", "name": "G", "aadObjectId": f"g{guest}", "userRole": "guest"}
        for _ in range(PERSON):
            await bench.post(bench.teams.message("klima", where=CHANNEL, **{"from": sender}))
    bench.teams.sent.clear()
    assert await bench.post(bench.teams.message("klima", where=CHANNEL)) == 200
    assert "Varmestyring" in str(bench.teams.sent[-1].card)


async def test_flood_of_messages_is_answered_once_and_told_so_once(bench: Bench) -> None:
    before = REGISTRY.get_sample_value("tovholder_refused_total", {"reason": "too_fast"}) or 0.0
    flood = [bench.post(bench.teams.message("klima")) for _ in range(2 * PERSON)]
    assert set(await asyncio.gather(*flood)) == {200}
    words = [sent for sent in bench.teams.sent if "Vent 10 sekunder" in str(sent.activity)]
    assert (len(words), len(bench.teams.sent)) == (1, PERSON + 1)
    after = REGISTRY.get_sample_value("tovholder_refused_total", {"reason": "too_fast"})
    assert after == before + PERSON


async def test_word_is_in_the_language_of_the_program(bench: Bench) -> None:
    for _ in range(PERSON + 1):
        await bench.post(bench.teams.message("klima", locale="en-GB"))
    assert "Wait 10 seconds" in str(bench.teams.sent[-1].activity)


async def test_others_are_answered_beside_the_flood(bench: Bench) -> None:
    bench.teams.join(GROUP, "maja", "ole")
    flood = [bench.post(bench.teams.message("klima", "maja", GROUP)) for _ in range(2 * PERSON)]
    await asyncio.gather(*flood)
    bench.teams.sent.clear()
    assert await bench.post(bench.teams.message("klima", "ole", GROUP)) == 200
    assert "Varmestyring" in str(bench.teams.sent[-1].activity)


async def test_press_that_was_cut_off_is_answered_when_it_comes_again(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "PERSON", 0)
    again = bench.teams.press(OPEN)
    assert (await bench.answer(again))[1]["type"] == TOO_FAST
    monkeypatch.undo()
    assert (await bench.answer(again))[1]["type"] != TOO_FAST


def test_person_is_listened_to_again_after_the_window(paced: Pace, watch: Watch) -> None:
    assert listened(paced, 2 * PERSON, said()) == PERSON
    watch.now += WINDOW_SECONDS
    assert listened(paced, 2 * PERSON, said()) == PERSON


def test_news_is_told_once_in_each_window(paced: Pace, watch: Watch) -> None:
    for _ in range(2):
        listened(paced, PERSON, said())
        news = []
        for _ in range(3):
            with pytest.raises(TooFastError) as caught:
                paced.check(said())
            news.append(caught.value.is_news)
        assert news == [True, False, False]
        watch.now += WINDOW_SECONDS


def test_person_is_the_same_in_every_conversation(paced: Pace) -> None:
    assert listened(paced, PERSON, said(where=GROUP)) == PERSON
    assert listened(paced, 1, said()) == 0
    assert listened(paced, 1, said("ole", GROUP)) == 1


def test_many_in_one_conversation_leave_the_others_alone(paced: Pace) -> None:
    thread = {**CHANNEL, "id": CHANNEL["id"].replace("messageid=1", "messageid=2")}
    crowd = [said(where=thread if number % 2 else CHANNEL, **_account(number)) for number in range(2 * CONVERSATION)]
    assert sum(listened(paced, 1, activity) for activity in crowd) == CONVERSATION
    assert listened(paced, 1, said("maja", CHANNEL)) == 0
    assert listened(paced, 1, said("maja")) == 1


def test_flood_of_one_person_does_not_use_up_the_conversation(paced: Pace) -> None:
    listened(paced, 2 * CONVERSATION, said("maja", GROUP))
    assert listened(paced, PERSON, said("ole", GROUP)) == PERSON


def test_cards_that_ask_by_themselves_count_apart(paced: Pace) -> None:
    assert listened(paced, 2 * VIEWS, looked_at("maja", GROUP)) == VIEWS
    assert listened(paced, PERSON, said("maja", GROUP)) == PERSON


def test_install_and_removal_are_always_heard(paced: Pace) -> None:
    removal = decode(FakeTeams(url="http://x").activity("installationUpdate", action="remove"))
    assert listened(paced, 1000, removal) == 1000


def test_only_the_latest_are_remembered(paced: Pace) -> None:
    assert listened(paced, PERSON + 1, said()) == PERSON
    for number in range(REMEMBERED):
        paced.check(said(where={**GROUP, "id": f"19:{number}"}, **_account(number)))
    assert listened(paced, 1, said()) == 1


def _account(number: int) -> dict[str, Any]:
    return {"from": {"id": f"29:{number}", "name": "Nora", "aadObjectId": f"entra-{number}"}}
