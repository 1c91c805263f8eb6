"""Somebody's OneDrive as the bot sees it, on loopback: an address to put a file to."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from bot.server import listening


@dataclass(frozen=True)
class Put:
    path: str
    headers: Mapping[str, str]
    content: bytes


@dataclass
class FakeDrive:
    """`answers` are the statuses of the next calls, 201 where there is none left; a redirect leads elsewhere on it."""

    url: str = ""
    kept: list[Put] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)

    @property
    def place(self) -> dict[str, Any]:
        """The place where a file may lie, as Teams tells of it."""
        return {
            "uploadUrl": f"{self.url}/upload?tempauth=a%2Bb",
            "contentUrl": f"{self.url}/personal/maja/Liste.xlsx",
            "name": "Liste.xlsx",
            "uniqueId": "4f2c-77",
            "fileType": "xlsx",
        }

    @asynccontextmanager
    async def open(self) -> AsyncIterator[FakeDrive]:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._take)
        async with listening(app, "127.0.0.1", 0) as port:
            self.url = f"http://127.0.0.1:{port}"
            yield self

    async def _take(self, request: web.Request) -> web.Response:
        self.kept.append(Put(request.path_qs, dict(request.headers), await request.read()))
        status = self.answers.pop(0) if self.answers else 201
        headers = {"Location": f"{self.url}/elsewhere", "Set-Cookie": "session=1"}
        return web.Response(status=status, headers=headers)
