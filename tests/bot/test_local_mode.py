"""Without registration and signatures: for this machine alone."""

from __future__ import annotations

import pytest

from tests.kit.bench import Bench

KLIMA = "hvilke projekter er i fokusområde Klima og ressourcer"


async def _post(bench: Bench, activity: object, **headers: str) -> int:
    async with bench.client.post(f"{bench.url}/api/messages", json=activity, headers=headers) as response:
        return response.status


@pytest.mark.parametrize("channel", ["msteams", "emulator", "webchat"])
async def test_unsigned_question_from_this_machine_is_answered(local_bench: Bench, channel: str) -> None:
    assert await _post(local_bench, local_bench.teams.message(KLIMA, channelId=channel)) == 200
    (sent,) = local_bench.teams.sent
    assert sent.authorization is None
    assert "Varmestyring" in str(sent.card)


@pytest.mark.parametrize("name", ["X-Forwarded-For", "Forwarded", "X-Forwarded-Host"])
async def test_what_came_through_a_proxy_is_turned_away(local_bench: Bench, name: str) -> None:
    assert await _post(local_bench, local_bench.teams.message(KLIMA), **{name: "203.0.113.9"}) == 401


@pytest.mark.parametrize("host", ["rebound.example", "localhost.evil.example", "", "[", "[::1", ":::", "a b"])
async def test_page_that_calls_itself_by_another_name_is_turned_away(local_bench: Bench, host: str) -> None:
    assert await _post(local_bench, local_bench.teams.message(KLIMA), Host=host) == 401


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "[", ""])
async def test_page_of_another_site_is_turned_away(local_bench: Bench, origin: str) -> None:
    assert await _post(local_bench, local_bench.teams.message(KLIMA), Origin=origin) == 401


async def test_replies_go_to_this_machine_alone(local_bench: Bench) -> None:
    activity = local_bench.teams.message(KLIMA, serviceUrl="http://192.0.2.1/")
    assert await _post(local_bench, activity) == 401


async def test_chat_page_is_served(local_bench: Bench) -> None:
    async with local_bench.client.get(f"{local_bench.url}/") as response:
        assert response.status == 200


async def test_chat_page_is_not_served_in_production(bench: Bench) -> None:
    for path in ("/", "/chat", "/chat/cast"):
        async with bench.client.get(f"{bench.url}{path}") as response:
            assert response.status == 404
