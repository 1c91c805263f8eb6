"""Thousands of reminders to a Teams that fails now and then, sent by processes that die at any moment."""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from aiohttp import web
from sqlalchemy import insert, update

from bot.clock import SimulatedClock
from bot.server import listening
from bot.settings import Settings
from bot.wiring import open_reminders
from portfolio.conversations import ConversationKind, ConversationReference
from portfolio.deliveries import RunReport, StoredRun
from portfolio.projects.project import Phase, Project
from portfolio.projects.status import Rag, StatusReport
from portfolio.whole import Portfolio
from storage.conversations import conversations
from storage.database import open_database
from storage.migrating import upgrade
from storage.projects.tables import projects
from storage.whole import SqlPortfolioWriter
from tests.world.people import id_of, person

WORKER = Path(__file__).with_name("worker.py")
ROOT = WORKER.parents[3]
# A Monday: three days after a deadline that everybody has missed.
NOW = datetime(2026, 9, 28, 6, 30, tzinfo=UTC)
TENANT = "22222222-2222-4222-8222-222222222222"


@dataclass
class Faults:
    """Shares of messages: answered 429, and 412; answered 502 or 504 without or after having got through; and got
    through before the connection was cut. `latency` is in seconds."""

    throttled: float = 0.0
    crowded: float = 0.0
    lost: float = 0.0
    kept: float = 0.0
    cut: float = 0.0
    latency: float = 0.0


@dataclass
class Flaky:
    """A Connector that takes messages, or doesn't. `asks_for` is a pause in seconds, asked of everybody while it is
    set."""

    seed: int = 1
    faults: Faults = field(default_factory=Faults)
    asks_for: str | None = None
    got: Counter[str] = field(default_factory=Counter)
    at: list[float] = field(default_factory=list)
    refused_at: list[float] = field(default_factory=list)
    url: str = ""
    _chance: random.Random = field(default_factory=random.Random)

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Flaky]:
        self._chance.seed(self.seed)
        app = web.Application()
        app.router.add_post("/v3/conversations/{conversation}/activities", self._take)
        async with listening(app, "127.0.0.1", 0) as port:
            self.url = f"http://127.0.0.1:{port}"
            yield self

    async def _take(self, request: web.Request) -> web.Response:
        conversation = request.match_info["conversation"]
        await request.read()
        if self.asks_for is not None:
            self.refused_at.append(time.monotonic())
            return web.Response(status=429, headers={"Retry-After": self.asks_for})
        await asyncio.sleep(self.faults.latency)
        fault = self._fault()
        if fault not in {"throttled", "crowded", "lost"}:
            self._keep(conversation)
        if fault == "cut" and request.transport:
            request.transport.abort()
        statuses = {"throttled": [429], "crowded": [412], "lost": [502, 504], "kept": [502, 504]}
        if fault in statuses:
            return web.Response(status=self._chance.choice(statuses[fault]), headers={"Retry-After": "0"})
        return web.json_response({"id": "1"}, status=201)

    def _fault(self) -> str:
        """The name of what happens to this message, "" for nothing."""
        chance = self._chance.random()
        for fault in ("throttled", "crowded", "lost", "kept", "cut"):
            chance -= getattr(self.faults, fault)
            if chance < 0:
                return fault
        return ""

    def _keep(self, conversation: str) -> None:
        self.got[conversation] += 1
        self.at.append(time.monotonic())

    @property
    def total(self) -> int:
        return self.got.total()

    @property
    def doubled(self) -> int:
        return self.total - len(self.got)


def crowd(count: int) -> Portfolio:
    """Everybody leads a project, and owes its status since Friday."""
    people = tuple(person(email(at), f"Leder {at}") for at in range(count))
    projects = tuple(
        Project(f"P{at:05}", f"Projekt {at}", lead=one.id, phase=Phase.EXECUTION) for at, one in enumerate(people)
    )
    reports = tuple(StatusReport(one.number, date(2026, 9, 7), Rag.GREEN) for one in projects)
    return Portfolio(projects=projects, reports=reports, people=people)


def email(at: int) -> str:
    return f"leder{at}@birkefjord.example"


async def settle_in(url: str, count: int, service_url: str) -> None:
    """A crowd, all of whom have written to the bot once."""
    database = open_database(url)
    await upgrade(database)
    await SqlPortfolioWriter(database).apply(crowd(count))
    rows = [
        asdict(
            ConversationReference(
                TENANT, f"a:{at}", ConversationKind.PERSONAL, service_url, "28:bot", NOW, person=id_of(email(at))
            )
        )
        for at in range(count)
    ]
    async with database.transaction() as connection:
        await connection.execute(update(projects).values(asked_every=14))
        for begin in range(0, count, 500):
            await connection.execute(insert(conversations), rows[begin : begin + 500])
    await database.close()


def settings_of(url: str, rate: float = 40.0, limit: int = 100_000) -> Settings:
    settings = Settings(_env_file=None, mode="local", database_url=url, run_limit=limit)
    return settings.model_copy(update={"send_rate": rate})


async def plan(url: str, now: datetime = NOW) -> StoredRun | None:
    async with open_reminders(settings_of(url), SimulatedClock(now)) as reminders:
        return await reminders.planner.look(now)


async def report_of(url: str, run: int) -> RunReport:
    async with open_reminders(settings_of(url), SimulatedClock(NOW)) as reminders:
        report = await reminders.store.report(run)
    assert report is not None
    return report


async def is_open(url: str, run: int) -> bool:
    async with open_reminders(settings_of(url), SimulatedClock(NOW)) as reminders:
        return run in await reminders.store.open_runs()


@dataclass
class Worker:
    """A process that sends."""

    process: subprocess.Popen[bytes]

    @classmethod
    def start(cls, url: str, rate: float, now: datetime = NOW, hurry: float = 1.0, *, serves: bool = False) -> Worker:
        """`hurry`: leases and pauses are so many times as short. `serves`: the whole service."""
        said = json.dumps({"url": url, "rate": rate, "now": now.isoformat(), "hurry": hurry, "serves": serves})
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        return cls(subprocess.Popen([sys.executable, str(WORKER), said], env=environment, stderr=subprocess.DEVNULL))

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    async def stop(self) -> float:
        """How long it took, in seconds."""
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        await until(lambda: self.process.poll() is not None, 30)
        assert self.process.returncode == 0
        return time.monotonic() - began


def remind(url: str, rate: float, now: datetime = NOW) -> subprocess.Popen[bytes]:
    """Types `tovholder remind`."""
    here = {"TOVHOLDER_MODE": "local", "TOVHOLDER_DATABASE_URL": url, "TOVHOLDER_SEND_RATE": str(int(rate))}
    command = [Path(sys.executable).with_name("tovholder"), "remind", "--now", now.isoformat(), "--json"]
    environment = os.environ | here | {"PYTHONPATH": str(ROOT), "TOVHOLDER_RUN_LIMIT": "100000"}
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


async def until(holds: Callable[[], bool], seconds: float = 60.0) -> None:
    async with asyncio.timeout(seconds):
        while not holds():  # noqa: ASYNC110 - other processes are waited for
            await asyncio.sleep(0.02)


async def until_true(holds: Callable[[], Awaitable[bool]], seconds: float = 20.0) -> None:
    async with asyncio.timeout(seconds):
        while not await holds():  # noqa: ASYNC110 - the service is at work meanwhile
            await asyncio.sleep(0.05)


async def until_sent(url: str, run: int, seconds: float = 120.0) -> None:
    async with asyncio.timeout(seconds):
        while await is_open(url, run):  # noqa: ASYNC110 - other processes are waited for
            await asyncio.sleep(0.3)


def lost(connector: Flaky, count: int) -> int:
    """How many never got their message."""
    return sum(f"a:{at}" not in connector.got for at in range(count))
