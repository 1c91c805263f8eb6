"""A language model's endpoint on this machine, which does as a test says and keeps what it was asked."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer


def completion(content: object) -> dict[str, Any]:
    """An answer in OpenAI's own format."""
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": content}}],
        "usage": {"prompt_tokens": 900, "completion_tokens": 20, "total_tokens": 920},
    }


@dataclass
class ModelServer:
    """Answers with `body` and `status`, or not at all while it is `deaf`. A `body` that is a dictionary or a list is
    sent as JSON."""

    url: str = ""
    body: object = field(default_factory=lambda: completion('{"target": "none"}'))
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    deaf: bool = False
    asked: list[dict[str, Any]] = field(default_factory=list)
    heads: list[dict[str, str]] = field(default_factory=list)
    over: asyncio.Event = field(default_factory=asyncio.Event)

    def says(self, answer: object) -> None:
        self.body = completion(json.dumps(answer))

    @property
    def messages(self) -> list[str]:
        return [json.loads(asked["messages"][-1]["content"])["message"] for asked in self.asked]

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.heads.append(dict(request.headers))
        self.asked.append(await request.json())
        if self.deaf:
            await self.over.wait()
        text = self.body if isinstance(self.body, str) else json.dumps(self.body)
        return web.Response(text=text, status=self.status, headers=self.headers)


@asynccontextmanager
async def model_server() -> AsyncIterator[ModelServer]:
    served = ModelServer()
    app = web.Application()
    app.router.add_post("/v1/chat/completions", served.answer)
    async with TestServer(app) as server:
        served.url = str(server.make_url("/v1"))
        yield served
        served.over.set()
