"""The service is killed at every point of a turn, and Teams delivers the activity again: no answer is lost, and nothing
is done twice."""

from __future__ import annotations

import asyncio
import json
import shutil
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url

from bot.settings import Settings
from portfolio.audit import Action
from storage.audit import SqlAuditLog
from storage.database import open_database
from storage.whole import SqlPortfolioWriter
from tests.kit.bench import Bench, open_bench
from tests.kit.cards import heading
from tests.kit.teams import APP_ID, CHANNEL, SECRET, TENANT, FakeTeams
from tests.kit.wire import PORTFOLIO, START, VISITS, InTeams, Moment, met

ROOT = Path(__file__).parents[3]


class Killer:
    """Serves each activity in a process of its own."""

    def __init__(self, process: asyncio.subprocess.Process, teams: FakeTeams) -> None:
        self.process = process
        self.teams = teams

    async def serve(self, file: Path, activity: Any, killed_at: int | None) -> dict[str, Any]:
        assert self.process.stdin
        assert self.process.stdout
        settings = {
            "database_url": f"sqlite+aiosqlite:///{file}",
            "app_id": APP_ID,
            "app_tenant_id": TENANT,
            "app_password": SECRET,
            "openid_metadata_url": self.teams.metadata_url,
            "token_url": self.teams.token_url,
            "connector_hosts": "127.0.0.1",
        }
        order = {"settings": settings, "now": START.isoformat(), "activity": activity, "killed_at": killed_at}
        self.process.stdin.write(json.dumps(order | {"token": self.teams.token()}).encode() + b"\n")
        await self.process.stdin.drain()
        told: dict[str, Any] = json.loads(await self.process.stdout.readline())
        return told


@pytest.fixture
async def killer(teams: FakeTeams) -> AsyncIterator[Killer]:
    command = (sys.executable, "-m", "tests.kit.killed_turns")
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdin=pipe, stdout=pipe, limit=2**22)
    yield Killer(process, teams)
    assert process.stdin
    process.stdin.close()
    assert await process.wait() == 0


@dataclass(frozen=True)
class Kind:
    """A kind of turn: `begin` does what goes before and returns the activity; `said` are the headings that are said by
    then, by conversation, `pressed` is that of the card in the response, `action` what is written down once."""

    begin: Callable[[Bench], Awaitable[Any]]
    said: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    pressed: str | None = None
    action: Action | None = None


async def _yes_to_status(bench: Bench) -> Any:
    await InTeams(bench).say("status på skærmbesøg: gul, logind driller")
    return InTeams(bench).message("ja")


async def _hands_in(bench: Bench) -> Any:
    maja = InTeams(bench)
    await maja.say("meld status på skærmbesøg")
    return maja.pressing(maja.shown, "Meld status", comment="Logind driller")


async def _yes_to_hand_over(bench: Bench) -> Any:
    await InTeams(bench).say("overdrag skærmbesøg til Ole Krag")
    return InTeams(bench).message("ja")


async def _names_deputy(bench: Bench) -> Any:
    maja = InTeams(bench)
    await maja.say("Ida Lund er min stedfortræder fra i dag til 20. juni")
    return maja.pressing(maja.shown, "Gem stedfortræder")


async def _opens_round(bench: Bench) -> Any:
    ida = InTeams(bench, "ida", CHANNEL)
    await ida.say("start statusrunde for Project Board")
    return ida.message("ja")


async def _asks(bench: Bench) -> Any:
    return InTeams(bench).message("hvem leder skærmbesøg")


async def _begins_in_group(bench: Bench) -> Any:
    return InTeams(bench, "maja", CHANNEL).message("meld status på skærmbesøg")


async def _installs(bench: Bench) -> Any:
    return bench.teams.activity("installationUpdate", "maja", action="add")


# Points at which something has just become durable, or is about to. The others, where a transaction goes on, are all
# tried for one kind.
DURABLE = ("received", "COMMIT", "Teams", "answer")
ROUND = "Status til Project Board uge 25"
KINDS = {
    "status": Kind(_yes_to_status, {"a:maja": (f"Status er meldt på {VISITS}",)}, action=Action.REPORT_PUBLISHED),
    "form": Kind(_hands_in, pressed=f"Status er meldt på {VISITS}", action=Action.REPORT_PUBLISHED),
    "hand-over": Kind(
        _yes_to_hand_over,
        {"a:maja": (f"{VISITS} ledes nu af Ole Krag",), "a:ole": (f"Du leder nu {VISITS}",)},
        action=Action.HANDED_OVER,
    ),
    "deputy": Kind(
        _names_deputy,
        {"a:ida": ("Du er stedfortræder for Maja Holm",)},
        pressed="Ida Lund er din stedfortræder",
        action=Action.DEPUTY_SET,
    ),
    "round": Kind(_opens_round, {str(CHANNEL["id"]): (f"Runden er åbnet: {ROUND}", ROUND)}, action=Action.ROUND_OPENED),
    "question": Kind(_asks, {"a:maja": (f"{VISITS} ledes af Maja Holm",)}),
    "group": Kind(_begins_in_group, {"a:maja": (f"Meld status på {VISITS}",)}),
    "install": Kind(_installs, {"a:maja": ("Hej, jeg er Tovholder",)}),
}


@pytest.fixture
async def prepared(
    production: Settings, sqlite_url: str, teams: FakeTeams, tmp_path: Path
) -> Callable[[Kind], Awaitable[tuple[Path, Any]]]:
    """Gives a database in which everything went before, and the activity that is delivered now."""

    async def prepare(kind: Kind) -> tuple[Path, Any]:
        async with open_bench(production, teams, Moment()) as bench:
            await met(bench, "maja", "ole", "ida")
            activity = await kind.begin(bench)
        return Path(str(make_url(production.database_url).database)), activity

    database = open_database(production.database_url)
    await SqlPortfolioWriter(database).apply(PORTFOLIO)
    await database.close()
    return prepare


@pytest.mark.parametrize("name", KINDS)
async def test_turn_that_is_killed_anywhere_is_done_once_and_answered(
    name: str, prepared: Callable[[Kind], Awaitable[tuple[Path, Any]]], killer: Killer, teams: FakeTeams, tmp_path: Path
) -> None:
    kind = KINDS[name]
    before, activity = await prepared(kind)
    points = (await lived(killer, before, activity, tmp_path / "whole.db"))["points"]
    for at, point in enumerate(points):
        if not (name == "status" or any(word in point for word in DURABLE)):
            continue
        file = tmp_path / f"{at}.db"
        teams.sent.clear()
        shutil.copyfile(before, file)
        killed = await killer.serve(file, activity, at)
        assert killed["is_killed"], point
        again = await killer.serve(file, activity, None)
        assert not again["is_killed"], point
        assert faults(kind, teams, again["answer"]) == [], point
        assert await count(file, kind.action) == (1 if kind.action else 0), point


async def lived(killer: Killer, before: Path, activity: Any, file: Path) -> dict[str, Any]:
    """Serves it without being killed."""
    shutil.copyfile(before, file)
    told = await killer.serve(file, activity, None)
    assert not told["is_killed"]
    return told


def faults(kind: Kind, teams: FakeTeams, answer: tuple[int, Any]) -> list[str]:
    """Says what wasn't said, or more than twice: what Teams took just before the end is said again."""
    found = []
    for conversation, headings in kind.said.items():
        heard = [heading(sent.card) for sent in teams.said_in(conversation) if "attachments" in sent.activity]
        found += [f"{one} x {heard.count(one)} in {heard}" for one in headings if heard.count(one) not in (1, 2)]
    if kind.pressed and heading(answer[1]["value"]) != kind.pressed:
        found.append(heading(answer[1]["value"]))
    return found


async def count(file: Path, action: Action | None) -> int:
    """Counts the lines of the audit log, which must be whole."""
    database = open_database(f"sqlite+aiosqlite:///{file}")
    log = SqlAuditLog(database)
    assert not (await log.check()).faults
    number = len([record async for record in log.records() if record.action == action])
    await database.close()
    return number
