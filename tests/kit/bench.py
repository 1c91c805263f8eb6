"""The whole service on loopback, with a Teams of our own around it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import aiohttp
from sqlalchemy import and_, or_, select

from bot.clock import Clock, real_clock
from bot.door.guard import Guard
from bot.door.ingress import Door
from bot.sending.saying import Voice
from bot.server import build_app, build_operations, listening
from bot.settings import Settings
from bot.teams.activities import PortfolioBot
from bot.teams.addresses import References
from bot.teams.messenger import Messenger
from bot.teams.outbox import Outbox
from bot.teams.principals import LocalAccounts, Principals
from bot.teams.turns import Turns
from bot.wiring import Service, running, sender_of
from portfolio.deliveries import Purpose, Stage
from storage.accounts import SqlAccountStore
from storage.conversations import SqlConversationStore
from storage.sending.tables import deliveries
from tests.kit.delivery.harness import until_true
from tests.kit.fakes import Speaker
from tests.kit.teams import FakeTeams


@dataclass(frozen=True, repr=False)
class Bench:
    """Posts activities as Teams does and shows what came of them."""

    teams: FakeTeams
    service: Service
    url: str
    client: aiohttp.ClientSession
    clock: Clock = real_clock
    operations: str = ""

    async def post(self, activity: Any, **token: Any) -> int:
        status, _ = await self.answer(activity, **token)
        return status

    async def all_is_said(self) -> None:
        """Waits until all that turns had to tell others is sent, or can't be for now."""
        await until_true(self._nothing_waits)

    async def _nothing_waits(self) -> bool:
        said = deliveries.c
        soon = datetime.now(UTC) + timedelta(seconds=3)
        is_due = or_(said.stage == Stage.LEASED, and_(said.stage == Stage.WAITING, said.next_at < soon))
        waits = select(said.id).where(said.purpose == Purpose.SAID, is_due)
        return (await self.service.database.execute(waits)).first() is None

    async def answer(self, activity: Any, **token: Any) -> tuple[int, Mapping[str, Any]]:
        """The HTTP status and the JSON body, empty where there is none."""
        headers = {"Authorization": f"Bearer {self.teams.token(**token)}"}
        async with self.client.post(f"{self.url}/api/messages", json=activity, headers=headers) as response:
            return response.status, await response.json() if response.content_length else {}

    async def raw(self, body: bytes, headers: Mapping[str, str] | None = None) -> int:
        """A body as it stands, signed unless the headers say otherwise."""
        signed = {"Authorization": f"Bearer {self.teams.token()}", "Content-Type": "application/json"}
        async with self.client.post(
            f"{self.url}/api/messages", data=BytesIO(body), headers=signed | dict(headers or {})
        ) as got:
            return got.status


@asynccontextmanager
async def open_bench(settings: Settings, teams: FakeTeams, clock: Clock = real_clock) -> AsyncIterator[Bench]:
    async with (
        running(settings, clock) as service,
        listening(build_app(service), "127.0.0.1", 0) as port,
        listening(build_operations(service), "127.0.0.1", 0) as operations,
        aiohttp.ClientSession() as client,
    ):
        here = "http://127.0.0.1"
        yield Bench(teams, service, f"{here}:{port}", client, clock, f"{here}:{operations}")


@asynccontextmanager
async def open_speaking(speaker: Speaker, settings: Settings, teams: FakeTeams) -> AsyncIterator[Bench]:
    """The service in local mode, with another assistant."""
    async with running(settings) as service, aiohttp.ClientSession() as client:
        guard, conversations = Guard.of(settings), SqlConversationStore(service.database)
        messenger, references = Messenger(client, None, guard.hosts), References(conversations)
        accounts = LocalAccounts(service.portfolio.people, SqlAccountStore(service.database))
        audit, clock, deliveries = service.portfolio.stores.audit, service.reminders.clock, service.reminders.store
        principals = Principals(accounts, messenger, audit, clock)
        sender = sender_of(service.portfolio, messenger, references, service.database, settings, clock)
        say = Voice(deliveries, sender, clock, settings.send_rate).say
        bot = PortfolioBot(
            speaker,  # type: ignore[arg-type]
            principals,
            references,
            conversations,
            Outbox(deliveries, say),
            service.courier,
            nothing_follows,
            settings,
        )
        speaking = replace(service, door=Door(guard, None, Turns(bot, messenger, settings).handle))
        async with listening(build_app(speaking), "127.0.0.1", 0) as port:
            yield Bench(teams, speaking, f"http://127.0.0.1:{port}", client)


async def nothing_follows(_: datetime) -> None:
    """Stands for what follows from a turn."""
