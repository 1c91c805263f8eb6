"""CPU time per turn, side by side: a bare aiohttp handler, our signed path with an echo, and whole answers.

Run from the repository: PYTHONPATH=. python benchmarks/turn.py [TURNS] [--against COMMIT]
Each bot runs in a process of its own, and only that process's CPU time is counted; senders, keys, tokens and the
Connector are in the benchmark's own.

With --against the service of this tree and that of COMMIT, in a worktree of its own, answer the same questions in
turn, a round each, and the ratio of their CPU times is printed. Both use this tree's environment and example portfolio.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median
from typing import Any

import aiohttp
import uvloop
from aiohttp import web

from bot.door.guard import Guard
from bot.door.ingress import Door
from bot.door.keys import ChannelKeys
from bot.door.tokens import TokenCheck
from bot.server import build_app, listening
from bot.settings import Settings
from bot.teams.activities import PortfolioBot
from bot.teams.addresses import References
from bot.teams.credentials import BotToken, credential_of
from bot.teams.messenger import Messenger
from bot.teams.turns import Turns
from bot.wiring import running
from dialogs.turn.courier import Nobody
from dialogs.turn.reply import ForAll
from portfolio.organisation import OrgUnit
from portfolio.principal import Principal, speaking_as
from portfolio.projects.project import Project
from portfolio.projects.status import Rag, StatusReport
from portfolio.projects.strategy import FocusArea
from portfolio.whole import Portfolio
from storage.database import open_database
from storage.migrating import upgrade
from storage.whole import SqlPortfolioWriter
from tests.kit.teams import APP_ID, SECRET, TENANT, FakeTeams, member
from tests.world.people import person

QUESTION = "hvilke projekter er i fokusområde Klima og ressourcer"
# Lets one person ask as often as it takes; a version before `bot.teams.pace` does so anyway.
UNHURRIED = (
    "import contextlib, importlib, sys\n"
    "with contextlib.suppress(ImportError):\n"
    "    pace = importlib.import_module('bot.teams.pace')\n"
    "    pace.PERSON = pace.CONVERSATION = sys.maxsize\n"
)
# One of the example portfolio's people, as whom the questions are asked.
EXAMPLE = "mette.kragelund@birkefjord.example"
AREAS = ("Klima og ressourcer", "Velfærd", "Læring", "Erhverv")
PROJECTS = 200
WARM_UP = 50
ROUNDS = 7


class Echo:
    """An assistant that says what was said; stands in for people and stores too, as they are not what is measured."""

    async def ask(self, text: str, _turn: Any) -> ForAll:
        return ForAll(None, text)

    async def sender(self, _activity: Any) -> Principal:
        return speaking_as(None)

    has_stored = False

    @asynccontextmanager
    async def once(self, _key: str) -> AsyncIterator[Echo]:
        yield self

    async def remember_answer(self, *_answer: Any) -> None:
        return None

    async def save_reference(self, _reference: Any) -> None:
        return None


@asynccontextmanager
async def floor(_settings: Settings) -> AsyncIterator[web.Application]:
    """Does what no bot can do without: read a request, write an answer over a shared client."""
    async with aiohttp.ClientSession() as session:

        async def handle(request: web.Request) -> web.Response:
            message = await request.json()
            conversation = message["conversation"]
            url = f"{message['serviceUrl']}v3/conversations/{conversation['id']}/activities/{message['id']}"
            reply = {"type": "message", "text": message["text"], "conversation": conversation}
            async with session.post(url, json=reply, headers={"Authorization": "Bearer x"}) as response:
                await response.read()
            return web.Response()

        app = web.Application()
        app.router.add_post("/api/messages", handle)
        yield app


@asynccontextmanager
async def echo(settings: Settings) -> AsyncIterator[web.Application]:
    async with aiohttp.ClientSession() as session:
        credential = credential_of(settings, session)
        assert credential
        guard, stand_in = Guard.of(settings), Echo()
        messenger = Messenger(session, BotToken(credential), guard.hosts)
        references = References(stand_in)  # type: ignore[arg-type]
        bot = PortfolioBot(stand_in, stand_in, references, stand_in, stand_in, Nobody(), stand_in, settings)  # type: ignore[arg-type]
        turns = Turns(bot, messenger, settings)
        tokens = TokenCheck(ChannelKeys(session, settings.openid_metadata_url), APP_ID)
        app = web.Application()
        app.router.add_post("/api/messages", Door(guard, tokens, turns.handle).receive)
        yield app


@asynccontextmanager
async def whole(settings: Settings) -> AsyncIterator[web.Application]:
    async with running(settings) as service:
        yield build_app(service)


BOTS: dict[str, Callable[[Settings], Any]] = {"floor": floor, "signed echo": echo, "portfolio answer": whole}


def serve(name: str, settings: Settings, pipe: Connection) -> None:
    """Runs the measured process: it tells its port, then its CPU time whenever asked, until told to stop."""

    async def run() -> None:
        exec(UNHURRIED)  # noqa: S102 - ours
        async with BOTS[name](settings) as app, listening(app, "127.0.0.1", 0) as port:
            pipe.send(port)
            while await asyncio.to_thread(pipe.recv):
                pipe.send(time.process_time())

    uvloop.run(run())


async def measure(name: str, teams: FakeTeams, settings: Settings, turns: int) -> list[float]:
    """Gives the milliseconds of CPU per turn, alone and 32 at a time."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=serve, args=(name, settings, theirs))
    process.start()
    try:
        url = f"http://127.0.0.1:{await asyncio.to_thread(ours.recv)}/api/messages"
        async with aiohttp.ClientSession(headers={"Authorization": f"Bearer {teams.token()}"}) as client:
            await send(client, url, teams, WARM_UP, 8)
            costs = []
            for at_once in (1, 32):
                before = cpu(ours)
                await send(client, url, teams, turns, at_once)
                costs.append((cpu(ours) - before) * 1000 / turns)
        ours.send(False)
    finally:
        await asyncio.to_thread(process.join, 10)
    return costs


def cpu(pipe: Connection) -> float:
    pipe.send(True)
    seconds: float = pipe.recv()
    return seconds


async def send(client: aiohttp.ClientSession, url: str, teams: FakeTeams, turns: int, at_once: int) -> None:
    waiting = iter(range(turns))

    async def sender() -> None:
        for _ in waiting:
            async with client.post(url, json=teams.message(QUESTION)) as response:
                assert response.status == 200

    teams.sent.clear()
    await asyncio.gather(*(sender() for _ in range(at_once)))
    assert len(teams.sent) == turns


async def seed(url: str) -> None:
    database = open_database(url)
    await upgrade(database)
    numbers = [f"P{number:03}" for number in range(PROJECTS)]
    rags = (Rag.RED, Rag.AMBER, Rag.GREEN)
    portfolio = Portfolio(
        projects=tuple(
            Project(number, f"Projekt {number}", focus_areas=(AREAS[index % len(AREAS)],), org_unit="Miljø")
            for index, number in enumerate(numbers)
        ),
        reports=tuple(
            StatusReport(number, date(2026, 6, 1 + index % 28), overall=rags[index % len(rags)])
            for index, number in enumerate(numbers)
        ),
        people=(person("maja.holm@kommune.example", "Maja Holm", "Miljø", entra_id="entra-maja"),),
        org_units=(OrgUnit("Miljø"),),
        focus_areas=tuple(map(FocusArea, AREAS)),
    )
    await SqlPortfolioWriter(database).apply(portfolio)
    await database.close()


def settings_for(teams: FakeTeams, folder: Path) -> dict[str, Any]:
    return {
        "database_url": f"sqlite+aiosqlite:///{folder}/tovholder.db",
        "app_id": APP_ID,
        "app_tenant_id": TENANT,
        "app_password": SECRET,
        "openid_metadata_url": teams.metadata_url,
        "token_url": teams.token_url,
        "connector_hosts": "127.0.0.1",
    }


async def main(turns: int) -> None:
    async with AsyncExitStack() as stack:
        teams = await stack.enter_async_context(FakeTeams().open())
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        settings = Settings(_env_file=None, **settings_for(teams, folder))
        await seed(settings.database_url)
        print(f"{'CPU ms per turn':<18}{'1 at a time':>12}{'× floor':>9}{'32':>8}{'× floor':>9}")
        base = None
        for name in BOTS:
            alone, together = await measure(name, teams, settings, turns)
            base = base or (alone, together)
            ratios = (alone / base[0], together / base[1])
            print(f"{name:<18}{alone:>12.2f}{ratios[0]:>9.1f}{together:>8.2f}{ratios[1]:>9.1f}", flush=True)


@dataclass(frozen=True)
class Server:
    """A tree's service, in a process of its own. `cpu` reads the seconds that it has used."""

    process: subprocess.Popen[bytes]
    url: str

    def cpu(self) -> float:
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def worktree(commit: str, folder: Path) -> Iterator[Path]:
    here, tree = Path(__file__).parents[1], folder / "tree"
    subprocess.run(["git", "worktree", "add", "--detach", str(tree), commit], cwd=here, check=True, capture_output=True)
    try:
        yield tree
    finally:
        subprocess.run(["git", "worktree", "remove", "--force", str(tree)], cwd=here, check=True)


@contextmanager
def run_server(tree: Path, folder: Path, teams: FakeTeams) -> Iterator[Server]:
    """Runs the tree's own `tovholder serve`, on a database that the tree itself made from the example portfolio."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = settings_for(teams, folder) | {"port": port, "operations_port": 0}
    environment = {**os.environ, "PYTHONPATH": str(tree)}
    environment |= {f"TOVHOLDER_{name.upper()}": str(value) for name, value in settings.items()}

    def command(*arguments: str) -> list[str]:
        return [sys.executable, "-c", f"{UNHURRIED}from bot.cli import main; raise SystemExit(main())", *arguments]

    workbook = str(Path(__file__).parents[1] / "examples" / "portfolio.xlsx")
    for step in (["migrate"], ["import", "portfolio", workbook]):
        subprocess.run(command(*step), cwd=tree, env=environment, check=True, stdout=subprocess.DEVNULL)
    process = subprocess.Popen(command("serve"), cwd=tree, env=environment, stderr=subprocess.DEVNULL)
    try:
        yield Server(process, f"http://127.0.0.1:{port}")
    finally:
        process.terminate()
        process.wait(20)


async def answering(url: str) -> None:
    """Waits until the service is ready, for half a minute at most."""
    async with aiohttp.ClientSession() as client, asyncio.timeout(30):
        while True:
            try:
                async with client.get(f"{url}/readyz") as response:
                    if response.status == 200:
                        return
            except aiohttp.ClientConnectionError:
                pass
            await asyncio.sleep(0.1)


async def compare(turns: int, commit: str) -> None:
    """Prints the median of the rounds' ratios, and the smallest and largest."""
    here = Path(__file__).parents[1]
    async with AsyncExitStack() as stack:
        known = member("maja") | {"email": EXAMPLE, "userPrincipalName": EXAMPLE}
        teams = await stack.enter_async_context(FakeTeams(roster={"29:maja": known}).open())
        folders = [Path(stack.enter_context(tempfile.TemporaryDirectory())) for _ in range(2)]
        trees = (here, stack.enter_context(worktree(commit, folders[1])))
        now, before = (stack.enter_context(run_server(*where, teams)) for where in zip(trees, folders, strict=True))
        client = await stack.enter_async_context(
            aiohttp.ClientSession(headers={"Authorization": f"Bearer {teams.token()}"})
        )
        for service in (now, before):
            await answering(service.url)
            await send(client, f"{service.url}/api/messages", teams, WARM_UP, 8)
        for at_once in (1, 32):
            ratios, costs = [], []
            for _ in range(ROUNDS):
                pair = [await cost_of(service, client, teams, turns, at_once) for service in (now, before)]
                ratios.append(pair[0] / pair[1])
                costs.append(pair)
            ours, theirs = (median(cost) for cost in zip(*costs, strict=True))
            print(
                f"{at_once:>2} at a time: {ours:.2f} ms CPU a turn, before {theirs:.2f}: "
                f"× {median(ratios):.3f} ({min(ratios):.3f} to {max(ratios):.3f})",
                flush=True,
            )


async def cost_of(service: Server, client: aiohttp.ClientSession, teams: FakeTeams, turns: int, at_once: int) -> float:
    before = service.cpu()
    await send(client, f"{service.url}/api/messages", teams, turns, at_once)
    return (service.cpu() - before) * 1000 / turns


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("turns", nargs="?", type=int, default=1000)
    parser.add_argument("--against", metavar="COMMIT")
    options = parser.parse_args()
    uvloop.run(compare(options.turns, options.against) if options.against else main(options.turns))
