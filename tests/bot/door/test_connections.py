"""Whoever connects and says nothing, or never comes to the end, keeps nobody out."""

from __future__ import annotations

import asyncio
import resource
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest
from aiohttp import web
from prometheus_client import REGISTRY

from bot.door.connections import Limits, keep
from bot.server import listening
from tests.kit.bench import Bench

PATIENCE = 5.0
HEALTHY = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
SLOW_BODY = b"POST /slow HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n"
SIGNED = SLOW_BODY.replace(b"Host", b"Authorization: x\r\nHost")
SLOW_HEAD = b"POST /api/messages HTTP/1.1\r\nHost: x\r\nX-Padding: a\r\n"
FORGED = (
    b"POST /api/messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2\r\n"
    b"Authorization: Bearer %s\r\n\r\n{}"
)
UNENDING = {
    "nothing at all": b"",
    "half a word": b"PO",
    "head without an end": SLOW_HEAD,
}


@pytest.fixture(autouse=True)
def files() -> Iterator[None]:
    """Gives as many as the system has: both ends of each connection are in this process."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (before[1], before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


class Caller:
    """A connection, and what is said on it."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    def say(self, words: bytes) -> None:
        self._writer.write(words)

    async def is_answered(self, words: bytes = HEALTHY) -> bool:
        self.say(words)
        return await self.is_told("200", b"\r\n\r\nok")

    async def is_told(self, status: str, end: bytes = b"\r\n\r\n") -> bool:
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            async with asyncio.timeout(PATIENCE):
                return (await self._reader.readuntil(end)).startswith(f"HTTP/1.1 {status}".encode())
        return False

    async def is_hung_up_on(self) -> bool:
        async with asyncio.timeout(PATIENCE):
            with suppress(ConnectionError):
                while await self._reader.read(1000):
                    pass
        return True

    def leave(self) -> None:
        self._writer.transport.abort()


class Callers(list[Caller]):
    """Those who called a server; `waited_for` are the bodies that it waits for."""

    def __init__(self, port: int) -> None:
        super().__init__()
        self._port = port
        self.waited_for = asyncio.Semaphore(0)

    async def call(self, words: bytes = b"") -> Caller:
        caller = Caller(*await asyncio.open_connection("127.0.0.1", self._port))
        caller.say(words)
        self.append(caller)
        return caller

    async def call_slowly(self, head: bytes = SIGNED) -> Caller:
        """Calls with a head whose body is still to come."""
        caller = await self.call(head)
        await self.waited_for.acquire()
        return caller


@asynccontextmanager
async def calling(port: int) -> AsyncIterator[Callers]:
    callers = Callers(port)
    try:
        yield callers
    finally:
        for caller in callers:
            caller.leave()
        await asyncio.sleep(0)


@asynccontextmanager
async def serving(limits: Limits) -> AsyncIterator[Callers]:
    """A server that is well, and at /slow reads a body, of some for certain."""
    app = web.Application()
    callers: Callers

    async def well(_request: web.Request) -> web.Response:
        return web.Response(text="ok")

    async def slow(request: web.Request) -> web.Response:
        if "Authorization" in request.headers:
            keep(request)
        callers.waited_for.release()
        await request.read()
        return web.Response(text="ok")

    app.router.add_get("/healthz", well)
    app.router.add_post("/slow", slow)
    async with listening(app, "127.0.0.1", 0, limits) as port, calling(port) as callers:
        yield callers


@asynccontextmanager
async def within(seconds: float) -> AsyncIterator[None]:
    """Counts what this process works, which a busy machine doesn't change, and waits no longer than is patient."""
    began = time.process_time()
    async with asyncio.timeout(PATIENCE):
        yield
    assert time.process_time() - began < seconds


def turned_away(reason: str) -> float:
    return REGISTRY.get_sample_value("tovholder_refused_total", {"reason": reason}) or 0.0


@pytest.mark.parametrize("words", UNENDING.values(), ids=UNENDING)
async def test_head_that_does_not_end_is_not_waited_for(words: bytes) -> None:
    before = turned_away("slow_head")
    async with serving(Limits(head_seconds=0.05)) as callers:
        assert await (await callers.call(words)).is_hung_up_on()
    assert turned_away("slow_head") == before + 1


@pytest.mark.parametrize("words", UNENDING.values(), ids=UNENDING)
async def test_head_that_comes_in_drops_is_not_waited_for_longer(words: bytes) -> None:
    async with serving(Limits(head_seconds=0.1)) as callers:
        caller = await callers.call(words)
        hanging_up = asyncio.create_task(caller.is_hung_up_on())
        while not hanging_up.done():
            caller.say(b"a")
            await asyncio.wait({hanging_up}, timeout=0.01)
        assert await hanging_up


async def test_later_head_that_does_not_end_is_not_waited_for() -> None:
    async with serving(Limits(head_seconds=0.05)) as callers:
        caller = await callers.call()
        assert await caller.is_answered()
        assert await caller.is_answered()
        caller.say(b"GET /heal")
        assert await caller.is_hung_up_on()


@pytest.mark.parametrize("half_of_the_next", [b"", b"GET /heal"], ids=["idle", "pipelined"])
async def test_connection_that_nobody_uses_is_kept_for_a_while(half_of_the_next: bytes) -> None:
    async with serving(Limits(head_seconds=0.01, idle_seconds=0.1)) as callers:
        caller = await callers.call()
        assert await caller.is_answered(HEALTHY + half_of_the_next)
        answered_at = asyncio.get_running_loop().time()
        assert await caller.is_hung_up_on()
        assert asyncio.get_running_loop().time() - answered_at > 0.05


async def test_request_that_takes_longer_than_a_head_is_answered() -> None:
    async with serving(Limits(head_seconds=0.01)) as callers:
        caller = await callers.call_slowly()
        hanging_up = asyncio.create_task(caller.is_hung_up_on())
        await asyncio.wait({hanging_up}, timeout=0.05)
        assert not hanging_up.done()
        hanging_up.cancel()
        await asyncio.wait({hanging_up})
        assert await caller.is_answered(b"{}")


async def test_newcomer_takes_the_place_of_whoever_has_said_nothing_longest() -> None:
    before = turned_away("crowded")
    async with serving(Limits(connections=3)) as callers:
        kept = await callers.call()
        assert await kept.is_answered()
        first, second = await callers.call(SLOW_HEAD), await callers.call(SLOW_HEAD)
        assert await (await callers.call()).is_answered()
        assert await first.is_hung_up_on()
        assert await (await callers.call()).is_answered()
        assert await second.is_hung_up_on()
        assert await kept.is_answered()
    assert turned_away("crowded") == before + 2


async def test_newcomer_takes_the_place_of_whoever_was_answered_longest_ago() -> None:
    async with serving(Limits(connections=2)) as callers:
        first, second = await callers.call(), await callers.call()
        assert [await caller.is_answered() for caller in (first, second, first)] == [True] * 3
        assert await (await callers.call()).is_answered()
        assert await second.is_hung_up_on()
        assert await first.is_answered()


async def test_requests_that_were_let_in_are_not_cut_off_for_newcomers() -> None:
    async with serving(Limits(connections=2)) as callers:
        busy = [await callers.call_slowly() for _ in range(2)]
        assert await (await callers.call()).is_hung_up_on()
        for caller in busy:
            assert await caller.is_answered(b"{}")
        assert await (await callers.call()).is_answered()


async def test_requests_that_were_not_let_in_yet_are_cut_off_for_newcomers() -> None:
    async with serving(Limits(connections=2)) as callers:
        first, second = [await callers.call_slowly(SLOW_BODY) for _ in range(2)]
        assert await (await callers.call()).is_answered()
        assert await first.is_hung_up_on()
        assert await second.is_answered(b"{}")


async def test_place_is_free_again_when_somebody_leaves() -> None:
    async with serving(Limits(connections=1)) as callers:
        (await callers.call_slowly()).leave()
        while not await (await callers.call()).is_answered():
            pass


@pytest.mark.parametrize(
    ("files", "most"), [(1024, 512), (4096, 512), (256, 128), (resource.RLIM_INFINITY, 512)], ids=str
)
def test_half_of_the_files_are_left_for_everything_else(files: int, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _: (files, files))
    assert Limits().most == most


@pytest.mark.parametrize("count", [200, 1000])
async def test_turn_is_answered_beside_slow_heads(bench: Bench, count: int) -> None:
    port = int(bench.url.rpartition(":")[2])
    async with calling(port) as callers:
        for _ in range(count):
            await callers.call(SLOW_HEAD)
        async with within(1):
            assert await bench.post(bench.teams.message("klima")) == 200
        async with within(0.1), bench.client.get(f"{bench.url}/healthz") as response:
            assert response.status == 200
    assert "Varmestyring" in str(bench.teams.sent[-1].card)


@pytest.mark.parametrize(
    "forged", [{"headers": {"kid": "nobody"}}, {"key": "other", "headers": {"kid": "first"}}], ids=["key", "signature"]
)
async def test_turn_is_answered_beside_forged_tokens(bench: Bench, forged: Mapping[str, Any]) -> None:
    port = int(bench.url.rpartition(":")[2])
    tokens = [bench.teams.token(jti=str(number), **forged) for number in range(300)]
    async with calling(port) as callers:
        for _ in tokens:
            await callers.call()
        for caller, token in zip(callers, tokens, strict=True):
            caller.say(FORGED % token.encode())
        async with within(1):
            assert await bench.post(bench.teams.message("klima")) == 200
        async with within(0.1), bench.client.get(f"{bench.url}/healthz") as response:
            assert response.status == 200
        assert all([await caller.is_told("401") for caller in callers])
    assert "Varmestyring" in str(bench.teams.sent[-1].card)
