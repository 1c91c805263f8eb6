"""The model is asked in its own format, and whatever it does, the turn goes on."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from pydantic import SecretStr

from bot.model.client import LARGEST_ANSWER, ModelReader
from dialogs.understanding.second import SCHEMA

ASKED = {"message": "gi mig dem der brænder", "today": "2026-11-23", "schema": SCHEMA}
Script = Callable[[web.Request], Awaitable[web.StreamResponse]]


def completion(content: object) -> web.Response:
    return web.json_response({"choices": [{"message": {"role": "assistant", "content": content}}]})


class Endpoint:
    """A scripted endpoint that keeps what it was asked."""

    def __init__(self) -> None:
        self.script: Script = self._nothing
        self.requests: list[tuple[dict[str, str], dict[str, Any]]] = []

    async def _nothing(self, _request: web.Request) -> web.StreamResponse:
        return completion('{"target": "none"}')

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.requests.append((dict(request.headers), await request.json()))
        return await self.script(request)


@pytest.fixture
async def endpoint() -> AsyncIterator[tuple[Endpoint, str]]:
    scripted = Endpoint()
    app = web.Application()
    app.router.add_post("/v1/chat/completions", scripted.answer)
    async with TestServer(app) as server:
        yield scripted, str(server.make_url("/v1"))


async def ask(url: str, wait: float = 4.0, key: str | None = None) -> object:
    async with aiohttp.ClientSession() as session:
        secret = SecretStr(key) if key else None
        return await ModelReader(session, url, "lokal-model", secret, wait).read(ASKED)


async def test_message_and_schema_are_sent_and_the_answer_is_decoded(endpoint: tuple[Endpoint, str]):
    scripted, url = endpoint
    scripted.script = lambda _request: asyncio.sleep(0, completion('{"target": "projects"}'))
    assert await ask(url, key="hemmelig") == {"target": "projects"}
    ((headers, sent),) = scripted.requests
    assert headers["Authorization"] == "Bearer hemmelig"
    assert (sent["model"], sent["temperature"]) == ("lokal-model", 0)
    assert sent["response_format"]["json_schema"]["schema"] == SCHEMA
    told = json.loads(sent["messages"][-1]["content"])
    assert told == {"today": "2026-11-23", "message": "gi mig dem der brænder"}


async def test_no_key_is_sent_where_there_is_none(endpoint: tuple[Endpoint, str]):
    scripted, url = endpoint
    await ask(url)
    assert "Authorization" not in scripted.requests[0][0]


@pytest.mark.parametrize(
    "response",
    [
        web.Response(status=500),
        web.Response(status=302, headers={"Location": "http://elsewhere.example/"}),
        web.Response(text="<html>"),
        completion("not json"),
        completion(None),
        web.json_response({"choices": []}),
        web.json_response([]),
        completion("x" * (LARGEST_ANSWER + 1)),
    ],
    ids=["500", "redirect", "html", "words", "null", "empty", "list", "huge"],
)
async def test_whatever_else_comes_is_no_answer(response: web.Response, endpoint: tuple[Endpoint, str]):
    scripted, url = endpoint
    scripted.script = lambda _request: asyncio.sleep(0, response)
    assert await ask(url) is None


async def test_slow_model_is_not_waited_for(endpoint: tuple[Endpoint, str]):
    scripted, url = endpoint
    held = asyncio.Event()

    async def hang(_request: web.Request) -> web.StreamResponse:
        await held.wait()
        return completion("{}")

    scripted.script = hang
    assert await ask(url, wait=0.05) is None
    held.set()


async def test_nobody_at_the_address_is_no_answer():
    assert await ask("http://127.0.0.1:9/v1") is None
