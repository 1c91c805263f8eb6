"""A month of reminders on the chat page, with a clock of its own."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest

from bot.cli.chatting import _free_port
from bot.clock import SimulatedClock, is_hurried, real_clock
from bot.demo.cast import PERSONAL
from bot.demo.conversations import Conversations, Member
from bot.demo.everybody import reach_everybody
from bot.settings import Settings
from bot.wiring import open_assistant
from portfolio.bodies import Body, BodyKind, Meeting
from portfolio.deliveries import Queue
from portfolio.organisation import Role
from portfolio.whole import Portfolio
from tests.kit.bench import Bench, open_bench
from tests.kit.delivery.harness import until_true
from tests.kit.line import ChatLine, add_group
from tests.kit.teams import FakeTeams
from tests.world.people import id_of, person

START = datetime.fromisoformat("2026-06-22T07:30+02:00")  # a Monday
GROUP = Portfolio(
    people=(person("bo.ravn@kommune.example", "Bo Ravn", role=Role.SECRETARY),),
    bodies=(Body("Programgruppen", BodyKind.PROGRAMME_GROUP, members=(id_of("maja.holm@kommune.example"),)),),
    meetings=(Meeting("Programgruppen", START + timedelta(days=7, hours=2)),),
)


@pytest.fixture
async def page(local_settings: Settings, teams: FakeTeams) -> AsyncIterator[Bench]:
    """The demo on a port of its own, with a month to the minute."""
    await add_group(local_settings.database_url, GROUP)
    clock = SimulatedClock(START, 40_000)
    async with open_bench(local_settings, teams, clock) as bench:
        await reach_everybody(bench.service.portfolio, local_settings, bench.url, START)
        yield bench


async def test_newcomer_finds_reminders_that_came_before_the_page_was_opened(page: Bench):
    async def some_were_sent() -> bool:
        queue: Queue = await page.service.reminders.store.queue(page.clock())
        return queue.ran_at is not None and queue.ran_at > START + timedelta(days=2) and not queue.due

    await until_true(some_were_sent, 60)
    lead = await ChatLine.open(page.client, page.url, "projektleder")
    group = await ChatLine.open(page.client, page.url, "sekretaer", "kanal-1")
    said = json.dumps(await lead.shown(), ensure_ascii=False)
    assert "Skærmbesøg" in said
    assert "forsinket" not in said
    assert "Møde i Programgruppen" in json.dumps(await group.shown(), ensure_ascii=False)
    first = datetime.fromisoformat((await lead.shown())[0]["timestamp"])
    assert START < first < page.clock()


async def test_page_is_told_how_fast_its_time_runs(page: Bench):
    async with page.client.get(f"{page.url}/chat/clock") as response:
        told = await response.json()
    assert datetime.fromisoformat(told["now"]) > START
    assert (told["speed"], told["zone"]) == (40_000, "Europe/Copenhagen")


async def test_page_without_a_clock_of_its_own_shows_none(local_bench: Bench):
    async with local_bench.client.get(f"{local_bench.url}/chat/clock") as response:
        assert (await response.json())["speed"] is None


async def test_everybody_has_a_channel_or_a_chat_before_anything_is_due(local_settings: Settings):
    await add_group(local_settings.database_url, GROUP)
    async with open_assistant(local_settings) as portfolio:
        await reach_everybody(portfolio, local_settings, "http://127.0.0.1:1", START)
        reminding = portfolio.stores.reminding
        for person in (await portfolio.reader.vocabulary()).people:
            (found,) = await reminding.conversations.references_of(person.id)
            assert found.service_url == "http://127.0.0.1:1/chat/connector"
        assert [one.body for one in await reminding.channels.channels()] == ["Programgruppen"]


def test_chat_can_be_begun_by_either_of_a_persons_ids():
    bo = person("bo.ravn@kommune.example", "Bo Ravn")
    conversations = Conversations()
    own = conversations.expect(bo, PERSONAL)
    assert conversations.personal_with(Member(bo).id) is own
    assert conversations.personal_with(Member(bo).entra_id) is own
    assert conversations.personal_with("29:somebody") is None


def test_only_a_clock_that_runs_fast_is_hurried():
    assert [is_hurried(SimulatedClock(START, speed)) for speed in (1, 60, 3600)] == [False, False, True]
    assert not is_hurried(real_clock)


def test_port_is_known_before_the_page_is_there():
    assert _free_port("127.0.0.1", 0) > 0
