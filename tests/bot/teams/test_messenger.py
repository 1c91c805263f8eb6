"""What goes out, where to, how often, and with which token."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import aiohttp
import pytest
from azure.core.credentials import AccessToken
from azure.core.exceptions import ClientAuthenticationError

from bot.allowed_hosts import ConnectorHosts
from bot.settings import Settings
from bot.teams.credentials import RENEW_AHEAD, BotToken, TokenUnavailableError
from bot.teams.messenger import MOST_PAGES, ForbiddenHostError, Messenger, Patience, SendError
from tests.kit.teams import FakeTeams

ACTIVITY = {"type": "message", "text": "hej"}
AT_ONCE = Patience(first_pause=0.0)


class Purse:
    """Hands out numbered tokens that last as long as told."""

    def __init__(self, seconds: float = 3600) -> None:
        self.seconds = seconds
        self.given = 0
        self.fails = False

    async def get_token(self, *scopes: str) -> AccessToken:
        await asyncio.sleep(0)
        if self.fails:
            raise ClientAuthenticationError("no")
        self.given += 1
        return AccessToken(f"token-{self.given}", int(time.time() + self.seconds))

    async def close(self) -> None:
        self.seconds = 0


def hosts(named: str = "127.0.0.1", mode: str = "production") -> ConnectorHosts:
    return ConnectorHosts(Settings(_env_file=None, connector_hosts=named, mode=mode))


@pytest.fixture
async def messenger() -> AsyncIterator[Messenger]:
    async with aiohttp.ClientSession() as session:
        yield Messenger(session, BotToken(Purse()), hosts(), AT_ONCE)


@pytest.mark.parametrize("status", [412, 429, 502, 503, 504])
async def test_passing_trouble_is_tried_again(teams: FakeTeams, messenger: Messenger, status: int) -> None:
    teams.refusals.append((status, {}))
    assert await messenger.reply(teams.service_url, "a:1", "7", ACTIVITY) == "sent-2"


@pytest.mark.parametrize("status", [301, 307, 400, 401, 403, 404, 413, 500])
async def test_lasting_trouble_is_told_at_once(teams: FakeTeams, messenger: Messenger, status: int) -> None:
    teams.refusals.append((status, {"Location": f"{teams.url}/elsewhere"}))
    with pytest.raises(SendError) as failed:
        await messenger.reply(teams.service_url, "a:1", "7", ACTIVITY)
    assert failed.value.status == status
    assert len(teams.sent) == 1


async def test_trouble_without_end_is_given_up(teams: FakeTeams, messenger: Messenger) -> None:
    teams.refusals.extend([(503, {})] * 9)
    with pytest.raises(SendError):
        await messenger.reply(teams.service_url, "a:1", None, ACTIVITY)
    assert len(teams.sent) == AT_ONCE.tries


@pytest.mark.parametrize(
    "wait", ["3600", format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)], ids=["seconds", "moment"]
)
async def test_longer_wait_than_a_turn_allows_is_not_waited(teams: FakeTeams, messenger: Messenger, wait: str) -> None:
    teams.refusals.append((429, {"Retry-After": wait}))
    with pytest.raises(SendError):
        await messenger.reply(teams.service_url, "a:1", "7", ACTIVITY)
    assert len(teams.sent) == 1


@pytest.mark.parametrize("wait", ["", "soon", "-1", "0", "Wed, 21 Oct 2015 07:28:00 GMT"])
async def test_odd_wait_is_no_hindrance(teams: FakeTeams, messenger: Messenger, wait: str) -> None:
    teams.refusals.append((429, {"Retry-After": wait}))
    assert await messenger.reply(teams.service_url, "a:1", "7", ACTIVITY)


async def test_connector_that_is_not_there_is_told() -> None:
    async with aiohttp.ClientSession() as session:
        with pytest.raises(SendError) as failed:
            await Messenger(session, None, hosts(), AT_ONCE).reply("http://127.0.0.1:9/", "a:1", "7", ACTIVITY)
    assert (failed.value.status, failed.value.reason, failed.value.is_final) == (None, "unreachable", False)


async def test_whole_roster_is_read_page_by_page(teams: FakeTeams, messenger: Messenger) -> None:
    teams.join({"id": "19:x"}, "maja", "ole", "ida")
    teams.page_size = 1
    members = await messenger.members(teams.service_url, "19:x")
    assert [found["name"] for found in members] == ["Maja Holm", "Ole Krag", "Ida Lund"]
    assert teams.page_calls == 3


async def test_roster_without_end_is_left(teams: FakeTeams, messenger: Messenger) -> None:
    teams.join({"id": "19:x"}, "maja")
    teams.page_size = 0
    assert await messenger.members(teams.service_url, "19:x") == []
    assert teams.page_calls == MOST_PAGES


async def test_roster_that_breaks_off_is_no_roster(teams: FakeTeams, messenger: Messenger) -> None:
    teams.join({"id": "19:x"}, "maja", "ole")
    teams.refuse("19:x", 404)
    with pytest.raises(SendError):
        await messenger.members(teams.service_url, "19:x")


async def test_each_call_has_its_address(teams: FakeTeams, messenger: Messenger) -> None:
    await messenger.reply(teams.service_url, "19:x@thread.tacv2;messageid=1", None, ACTIVITY)
    await messenger.update(teams.service_url, "a/b", "7", ACTIVITY)
    await messenger.create_conversation(teams.service_url, {"isGroup": False})
    calls = [(sent.method, sent.path.removeprefix("/emea/v3/conversations")) for sent in teams.sent]
    assert calls == [
        ("POST", "/19:x@thread.tacv2;messageid=1/activities"),
        ("PUT", "/a/b/activities/7"),
        ("POST", ""),
    ]


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/",
        "http://smba.example/",
        "https://smba.example.evil.example/",
        "https://smba.example@evil.example/",
        "https://user@smba.example/",
        "https://evil.example\\@smba.example/",
        "https://smba.example/?to=evil",
        "https://smba.example/#evil",
        "https://smba.example:0/",
        "https://smba.example:99999/",
        "https://[::1/",
        "ftp://smba.example/",
        "https://smba.example/\n",
        "//smba.example/",
        "http://127.0.0.1/",
        "https://169.254.169.254/",
        "",
    ],
)
async def test_no_token_goes_to_other_hosts(url: str) -> None:
    purse = Purse()
    async with aiohttp.ClientSession() as session:
        with pytest.raises(ForbiddenHostError):
            await Messenger(session, BotToken(purse), hosts("smba.example")).reply(url, "a:1", "7", ACTIVITY)
    assert purse.given == 0


def test_named_hosts_are_allowed_with_tls_and_this_machine_without() -> None:
    assert hosts("smba.example").allow("https://SMBA.example/emea/")
    assert hosts("smba.example").allow("https://smba.example:443/emea/")
    assert hosts("localhost,::1").allow("http://localhost:4000/")
    assert hosts("localhost,::1").allow("http://[::1]:4000/")
    assert hosts("smba.example", mode="local").allow("http://127.0.0.1:4000")


async def test_token_is_kept_while_it_lasts() -> None:
    purse = Purse()
    token = BotToken(purse)
    assert {await token.bearer() for _ in range(5)} == {"token-1"}


async def test_many_first_turns_share_one_token() -> None:
    purse = Purse()
    token = BotToken(purse)
    assert set(await asyncio.gather(*(token.bearer() for _ in range(9)))) == {"token-1"}
    assert purse.given == 1


async def test_token_is_renewed_ahead_without_a_turn_waiting() -> None:
    purse = Purse(seconds=RENEW_AHEAD - 60)
    token = BotToken(purse)
    assert await token.bearer() == "token-1"
    assert await token.bearer() == "token-1"
    await token.prepare()
    assert {await token.bearer() for _ in range(9) if not await asyncio.sleep(0)} >= {"token-2"}
    await token.close()


async def test_token_serves_on_while_renewing_fails() -> None:
    purse = Purse(seconds=RENEW_AHEAD - 60)
    token = BotToken(purse)
    await token.bearer()
    purse.fails = True
    assert await token.bearer() == "token-1"
    await token.close()


async def test_without_any_token_the_reason_is_told() -> None:
    purse = Purse()
    purse.fails = True
    token = BotToken(purse)
    await token.prepare()
    with pytest.raises(TokenUnavailableError):
        await token.bearer()
