"""Ten thousand reminders, sent by processes that are killed, stopped, throttled and cut off from their database.

Run: PYTHONPATH=. .venv/bin/python benchmarks/deliveries.py [TRIAL …] [--messages 10000]
Trials: kills reminds serves stopped alone pace throttled locked restarted down planned; all of them when none is named.
PostgreSQL's server programs must be installed; each trial has a database of its own.
"""

from __future__ import annotations

import argparse
import asyncio
import sqlite3
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from functools import partial

from sqlalchemy import make_url

from tests.kit.databases import Server, serving
from tests.kit.delivery import trials
from tests.kit.delivery.harness import Flaky, Worker, until, until_sent

PACE = 40.0


async def kills(server: Server, messages: int) -> None:
    """Kills 20 times; of all calls 4 % are answered 429, 2 % 412 and 3 % 502 or 504, and 1 % cut."""
    for name, url, workers in _both(server):
        began = time.monotonic()
        result = await trials.killed(url, messages, 20, workers, rate=PACE, hurry=1.0)
        allowed = f"allowed: {min(20 * 32, messages // 40)}"
        print(f"kills      {name}: {result} ({allowed}); {time.monotonic() - began:.0f} s", flush=True)


async def reminds(server: Server, messages: int) -> None:
    """Kills `tovholder remind` ten times, and types it again each time."""
    for name, url, _ in _both(server):
        result = await trials.reminded_again(url, messages // 50, 10, rate=PACE)
        print(f"reminds    {name}: {result} (allowed: {10 * 32})", flush=True)


async def serves(server: Server, messages: int) -> None:
    """Kills the whole service ten times, and starts it again each time."""
    for name, url, workers in _both(server):
        result = await trials.served(url, messages // 50, 10, workers, rate=PACE)
        print(f"serves     {name}: {result} (allowed: {10 * 32})", flush=True)


async def stopped(server: Server, messages: int) -> None:
    for name, url, _ in _both(server):
        result = await trials.stopped(url, messages // 10, rate=400.0)
        print(f"stopped    {name}: {result}; ended in {result.seconds:.1f} s", flush=True)


async def alone(server: Server, messages: int) -> None:
    """Leaves a dead process's messages until their lease runs out, with nothing else to send."""
    result = await trials.left_alone(server.fresh(), messages // 50, rate=400.0, hurry=1.0)
    print(f"alone      PostgreSQL: {result}; the other had sent everything after {result.seconds:.1f} s", flush=True)


async def pace(server: Server, messages: int) -> None:
    for name, url, workers in _both(server):
        result, mean, worst = await trials.paced(url, messages // 10, workers, rate=PACE)
        print(f"pace       {name}: mean {mean:.1f}/s, worst second {worst}; {result}", flush=True)


async def throttled(server: Server, messages: int) -> None:
    for name, url, workers in _both(server):
        at_first, probes, result = await trials.asked_to_wait(
            url, messages // 50, workers, pause=30, seconds=61.0, rate=PACE
        )
        print(
            f"throttled  {name}: {at_first} at first, {probes} probes by {workers} in the rest of 61 s; then {result}",
            flush=True,
        )


async def locked(_server: Server, messages: int) -> None:
    """Sends while somebody else holds SQLite's write lock for 30 seconds."""
    with _file() as url:
        await _cut_off(url, messages // 20, 1, partial(_lock, url), "locked     SQLite for 30 s")


async def restarted(server: Server, messages: int) -> None:
    restart = partial(asyncio.to_thread, server.restart)
    await _cut_off(server.fresh(), messages // 20, 2, restart, "restarted  PostgreSQL")


async def down(server: Server, _messages: int) -> None:
    for name, url, _ in _both(server):
        result = await trials.asleep(url, 200, 300)
        print(f"down       {name}: 200 useful, 300 too late: lost {result.lost}, doubled {result.doubled}")


async def planned(server: Server, messages: int) -> None:
    """Plans for everybody at once."""
    for name, url, _ in _both(server):
        result = await trials.planned_at_once(url, 2 * messages)
        worst = round(1000 * result.worst)
        print(f"planned    {name}: {2 * messages} stored after {result.seconds:.2f} s, loop blocked {worst} ms at most")


async def _cut_off(url: str, messages: int, workers: int, trouble: Callable[[], Awaitable[None]], what: str) -> None:
    async with Flaky(trials.SEED).open() as connector:
        run = await trials.planned_for(url, connector, messages)
        started = [Worker.start(url, 200.0) for _ in range(workers)]
        await until(lambda: connector.total >= messages // 3)
        await trouble()
        await until_sent(url, run)
        for worker in started:
            worker.kill()
        print(f"{what}: {await trials.result_of(url, run, connector, messages)}", flush=True)


async def _lock(url: str) -> None:
    with sqlite3.connect(make_url(url).database or "", isolation_level=None, timeout=30) as connection:
        connection.execute("BEGIN IMMEDIATE")
        await asyncio.sleep(30)
        connection.execute("ROLLBACK")


def _both(server: Server) -> Iterator[tuple[str, str, int]]:
    """Yields name, address and number of processes: SQLite with a single process, PostgreSQL with two."""
    with _file() as url:
        yield "SQLite    ", url, 1
    yield "PostgreSQL", server.fresh(), 2


@contextmanager
def _file() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="tovholder-") as folder:
        yield f"sqlite+aiosqlite:///{folder}/tovholder.db"


_ALL = (kills, reminds, serves, stopped, alone, pace, throttled, locked, restarted, down, planned)
TRIALS = {trial.__name__: trial for trial in _ALL}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("trials", nargs="*", metavar="TRIAL", help=" ".join(TRIALS))
    parser.add_argument("--messages", type=int, default=10_000)
    options = parser.parse_args()
    with serving() as server:
        for name in options.trials or TRIALS:
            asyncio.run(TRIALS[name](server, options.messages))
