"""Web Chat's side of the local Direct Line, without a browser."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import aiohttp
from aiohttp import web

from bot.demo.routes import add_chat
from bot.server import listening
from portfolio.bodies import Body, BodyKind
from portfolio.organisation import Role
from portfolio.whole import Portfolio
from storage.database import open_database
from storage.questions.reader import SqlPortfolioReader
from storage.whole import SqlPortfolioWriter
from tests.world.people import person

Bot = Callable[[web.Request], Awaitable[web.Response]]
PATIENCE = 10
CARD = "application/vnd.microsoft.card.adaptive"
GROUP = Portfolio(
    people=(person("bo.ravn@kommune.example", "Bo Ravn", role=Role.MANAGER),),
    bodies=(Body("Programgruppen", BodyKind.PROGRAMME_GROUP),),
)


async def add_group(database_url: str, group: Portfolio = GROUP) -> None:
    """A manager, and a group whose channel one can write in."""
    database = open_database(database_url)
    await SqlPortfolioWriter(database).apply(group)
    await database.close()


class Page(NamedTuple):
    """The chat page's server, and a program to call it with."""

    client: aiohttp.ClientSession
    url: str

    async def open(self, person: str, place: str = "personlig") -> ChatLine:
        return await ChatLine.open(self.client, self.url, person, place)

    def connector(self, line: ChatLine) -> str:
        """The Connector's address of a conversation, as the bot knows it."""
        return f"{self.url}/chat/connector/v3/conversations/{line.conversation}"


@asynccontextmanager
async def chat_before(
    bot: Bot, database_url: str, group: Portfolio = GROUP, webchat: Path = Path("nowhere")
) -> AsyncIterator[Page]:
    """The chat page in front of a bot of the test's own."""
    await add_group(database_url, group)
    database = open_database(database_url)
    app = web.Application()
    app.router.add_post("/api/messages", bot)
    add_chat(app, SqlPortfolioReader(database), webchat=webchat)
    try:
        async with aiohttp.ClientSession() as client, listening(app, "127.0.0.1", 0) as port:
            yield Page(client, f"http://127.0.0.1:{port}")
    finally:
        await database.close()


@dataclass
class ChatLine:
    """One page, open for one person in one place."""

    client: aiohttp.ClientSession
    base: str
    conversation: str
    headers: dict[str, str]
    stream_url: str

    @classmethod
    async def open(cls, client: aiohttp.ClientSession, url: str, person: str, place: str = "personlig") -> ChatLine:
        base = f"{url}/chat/directline"
        async with client.post(f"{base}/tokens/generate", json={"person": person, "place": place}) as response:
            granted = await response.json()
        headers = {"Authorization": f"Bearer {granted['token']}"}
        async with client.post(f"{base}/conversations", headers=headers) as response:
            started = await response.json()
        return cls(client, base, started["conversationId"], headers, started["streamUrl"])

    @property
    def url(self) -> str:
        return f"{self.base}/conversations/{self.conversation}"

    async def post(self, activity: dict[str, Any]) -> int:
        async with self.client.post(f"{self.url}/activities", json=activity, headers=self.headers) as response:
            return response.status

    async def say(self, text: str) -> int:
        return await self.post({"type": "message", "text": text})

    async def shown(self, watermark: int = 0) -> list[dict[str, Any]]:
        """Everything the page shows, an activity that replaces another in its place."""
        query = {"watermark": str(watermark)}
        async with self.client.get(f"{self.url}/activities", params=query, headers=self.headers) as response:
            batch = await response.json()
        return list({activity["id"]: activity for activity in batch["activities"]}.values())

    async def until(self, text: str) -> None:
        """Waits until the page shows it, by itself."""
        async with asyncio.timeout(PATIENCE), self.client.ws_connect(self.stream_url) as stream:
            while text not in json.dumps(await self.shown(), ensure_ascii=False):
                await stream.receive()

    async def card(self) -> dict[str, Any]:
        """The latest one."""
        cards = [part["content"] for said in await self.shown() for part in said.get("attachments", [])]
        return dict(cards[-1])

    async def press(self, title: str, **inputs: str) -> int:
        """A button of the latest card, with what was filled in."""
        data = next(node["data"] for node in nodes(await self.card()) if node.get("title") == title)
        return await self.post({"type": "message", "value": {**data, **inputs}, "channelData": {"postBack": True}})


def nodes(document: Any) -> list[dict[str, Any]]:
    """Every object in a JSON document."""
    if isinstance(document, list):
        return [node for item in document for node in nodes(item)]
    if not isinstance(document, dict):
        return []
    return [document, *(node for item in document.values() for node in nodes(item))]
