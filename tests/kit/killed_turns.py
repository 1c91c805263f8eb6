"""Serves activities, each in a process of its own that is killed at one of the points that its turn comes by, or lives.

Reads an order a line: the service's environment, the time, the activity, its token, and the number of the point. Writes
a line for each: the points that were reached, the answer where it lived, and whether it was killed.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import aiohttp
from aiohttp import web
from sqlalchemy import Engine, event
from sqlalchemy.engine.default import DefaultDialect

from bot.door.ingress import Door
from bot.housekeeping import follow_rounds
from bot.server import build_app, listening
from bot.settings import Settings
from bot.teams.messenger import Messenger
from bot.wiring import running
from storage.rounds import store as rounds
from tests.kit.bench import Bench
from tests.kit.delivery.harness import until_true
from tests.kit.teams import FakeTeams
from tests.kit.wire import Moment

rounds._LEASE = timedelta(seconds=0.5)  # nobody waits long for who died while drawing a card
_IN_TURN: ContextVar[bool] = ContextVar("in_turn", default=False)


@dataclass
class Points:
    """Counts the points that a turn comes by: before each statement that writes, around each commit and each call to
    Teams, and at both ends."""

    killed_at: int | None
    told: Callable[[str], None]
    names: list[str] = field(default_factory=list)

    def reach(self, name: str) -> None:
        if not _IN_TURN.get():
            return
        self.told(name)
        self.names.append(name)
        if len(self.names) - 1 == self.killed_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(self) -> None:
        """Wraps what changes anything outside the process."""

        def executing(_connection: object, _cursor: object, sql: str, *_: object) -> None:
            if sql.startswith(("INSERT", "UPDATE", "DELETE")):
                self.reach(f"before {' '.join(sql.split()[:3])}")

        event.listen(Engine, "before_cursor_execute", executing)
        commit, call, receive = DefaultDialect.do_commit, Messenger._try, Door.receive

        def committing(dialect: DefaultDialect, connection: Any) -> None:
            self.reach("before COMMIT")
            commit(dialect, connection)
            self.reach("after COMMIT")

        async def calling(messenger: Messenger, method: str, *more: Any) -> Any:
            self.reach(f"before {method} to Teams")
            answer = await call(messenger, method, *more)
            self.reach(f"after {method} to Teams")
            return answer

        async def receiving(door: Door, request: web.Request) -> web.StreamResponse:
            _IN_TURN.set(True)
            self.reach("received")
            response = await receive(door, request)
            self.reach("before the answer")
            return response

        DefaultDialect.do_commit = committing  # type: ignore[method-assign]
        Messenger._try = calling  # type: ignore[method-assign]
        Door.receive = receiving  # type: ignore[method-assign]


async def _serve(order: dict[str, Any]) -> tuple[int, Any]:
    """Answers the activity, and says all that is to be said."""
    clock = Moment(datetime.fromisoformat(order["now"]))
    async with (
        running(Settings(_env_file=None, **order["settings"]), clock) as service,
        listening(build_app(service), "127.0.0.1", 0) as port,
        aiohttp.ClientSession() as client,
    ):
        headers = {"Authorization": f"Bearer {order['token']}"}
        url = f"http://127.0.0.1:{port}"
        async with client.post(f"{url}/api/messages", json=order["activity"], headers=headers) as response:
            answer = response.status, await response.json() if response.content_length else None
        await Bench(FakeTeams(), service, url, client, clock).all_is_said()
        stores, assistant, settings = service.portfolio.stores, service.portfolio.assistant, service.settings

        async def nothing_is_behind() -> bool:
            await follow_rounds(stores, assistant, settings, clock())
            return not await stores.rounds.left_behind(clock())

        await until_true(nothing_is_behind)
    return answer


def _in_child(order: dict[str, Any]) -> dict[str, Any]:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        points = Points(order["killed_at"], lambda name: _write(writing, f"{name}\n"))
        points.watch()
        answer = asyncio.run(_serve(order))
        _write(writing, json.dumps(answer))
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as told:
        *points_reached, answer = told.read().split("\n")
    _, status = os.waitpid(child, 0)
    return {"points": points_reached, "answer": json.loads(answer or "null"), "is_killed": os.WIFSIGNALED(status)}


def _write(to: int, words: str) -> None:
    os.write(to, words.encode())


if __name__ == "__main__":
    for line in sys.stdin:
        sys.stdout.write(json.dumps(_in_child(json.loads(line))) + "\n")
        sys.stdout.flush()
