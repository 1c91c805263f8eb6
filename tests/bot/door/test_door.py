"""The door itself: slow senders, and a server that stops in time."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import Any

from aiohttp import web

from bot.door.guard import Guard
from bot.door.ingress import Door
from bot.server import listening
from bot.settings import Settings
from bot.teams.codec import decode
from tests.kit.bench import open_bench
from tests.kit.teams import FakeTeams

HEAD = (
    b"POST /api/messages HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 90\r\n\r\n{"
)


async def _never(_: Any) -> web.Response:
    raise AssertionError("nothing was let in")


def _local(teams: FakeTeams) -> Settings:
    return Settings(_env_file=None, mode="local")


async def test_body_that_comes_too_slowly_is_not_waited_for(teams: FakeTeams) -> None:
    app = web.Application()
    door = Door(Guard.of(_local(teams)), None, _never, body_seconds=0.01)
    app.router.add_post("/api/messages", door.receive)
    async with listening(app, "127.0.0.1", 0) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(HEAD)
        answer = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 5)
        assert answer.startswith(b"HTTP/1.1 408")
        assert b"Connection: close" in answer
        writer.close()
        await writer.wait_closed()


async def test_turn_under_way_is_finished_before_the_service_ends(production: Settings, teams: FakeTeams) -> None:
    async with open_bench(production, teams) as bench:
        turn = asyncio.create_task(bench.service.door.turn(decode(teams.message("klima"))))
        await asyncio.sleep(0)
    assert (await turn).status == HTTPStatus.OK
    assert len(teams.sent) == 1
