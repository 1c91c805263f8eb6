"""Signing keys that come, go, and can't be had."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.door.guard import RefusedError
from bot.door.keys import REFETCH_GAP, ChannelKeys, KeysUnavailableError
from bot.door.tokens import TokenCheck
from tests.kit.teams import APP_ID, FakeTeams


@pytest.fixture
async def keys(teams: FakeTeams) -> AsyncIterator[ChannelKeys]:
    async with aiohttp.ClientSession() as session:
        yield ChannelKeys(session, teams.metadata_url)


async def test_new_key_is_accepted_at_once(teams: FakeTeams, keys: ChannelKeys) -> None:
    tokens = TokenCheck(keys, APP_ID)
    await tokens.check(f"Bearer {teams.token()}")
    teams.key_name = "second"
    await tokens.check(f"Bearer {teams.token()}")
    assert teams.key_fetches == 2


async def test_token_signed_with_a_withdrawn_key_is_refused_although_it_was_seen(
    teams: FakeTeams, keys: ChannelKeys
) -> None:
    tokens = TokenCheck(keys, APP_ID)
    old = f"Bearer {teams.token()}"
    await tokens.check(old)
    teams.key_name = "second"
    await keys.fetch()
    with pytest.raises(RefusedError):
        await tokens.check(old)


async def test_hundred_unknown_keys_cost_one_fetch(teams: FakeTeams, keys: ChannelKeys) -> None:
    await keys.fetch()
    await asyncio.gather(*(keys.key(f"forged-{number}") for number in range(100)))
    assert await keys.key("forged-again") is None
    assert teams.key_fetches == 2


async def test_unknown_key_is_looked_for_again_after_a_minute(teams: FakeTeams, keys: ChannelKeys) -> None:
    await keys.fetch()
    assert await keys.key("forged") is None
    keys._refetched -= REFETCH_GAP
    assert await keys.key("forged") is None
    assert teams.key_fetches == 3


async def test_nothing_is_said_of_tokens_before_the_first_key_is_there(teams: FakeTeams) -> None:
    async with aiohttp.ClientSession() as session:
        unreachable = ChannelKeys(session, f"{teams.url}/nowhere")
        with pytest.raises(KeysUnavailableError):
            await unreachable.key("first")
        assert not unreachable.ready


async def test_keys_stay_when_they_can_not_be_fetched_again(teams: FakeTeams, keys: ChannelKeys) -> None:
    await keys.fetch()
    keys._metadata_url = f"{teams.url}/nowhere"
    await keys.fetch()
    assert await keys.key("first") is not None


async def test_token_is_checked_once_and_its_expiry_each_time(teams: FakeTeams, keys: ChannelKeys) -> None:
    now = [0.0]
    tokens = TokenCheck(keys, APP_ID, clock=lambda: now[0])
    token = f"Bearer {teams.token()}"
    first = await tokens.check(token)
    assert await tokens.check(token) is first
    now[0] = first.expires + 301
    assert await tokens.check(token) is not first  # verified anew: PyJWT's own clock still finds it valid


async def test_key_for_other_channels_does_not_sign_for_teams(teams: FakeTeams, keys: ChannelKeys) -> None:
    teams.endorsements = ("webchat",)
    with pytest.raises(RefusedError):
        await TokenCheck(keys, APP_ID).check(f"Bearer {teams.token()}")
