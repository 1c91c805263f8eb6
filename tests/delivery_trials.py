"""What sending is put through, for the tests with a few messages and for the benchmarks with thousands."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass

from delivery_harness import Flaky, Worker, lost, plan, report_of, settle_in, until, until_sent

from portfolio.reminders import Outcome

SEED = 20_260_928


@dataclass(frozen=True)
class Result:
    lost: int
    doubled: int
    uncertain: int
    seconds: float = 0.0

    def __str__(self) -> str:
        return f"lost {self.lost}, doubled {self.doubled}, uncertain {self.uncertain}"


async def planned_for(url: str, connector: Flaky, count: int) -> int:
    await settle_in(url, count, connector.url)
    run = await plan(url)
    assert run is not None
    assert run.messages == count
    return run.id


async def result_of(url: str, run: int, connector: Flaky, count: int) -> Result:
    report = await report_of(url, run)
    assert report.due == report.messages == count
    assert report.counts.keys() <= {Outcome.SENT, Outcome.UNCERTAIN}
    return Result(lost(report, connector, count), connector.doubled, report.counts.get(Outcome.UNCERTAIN, 0))


async def killed(
    url: str, count: int, kills: int, workers: int, *, rate: float, hurry: float, faults: float = 0.025
) -> Result:
    """At random points of the run one of the processes dies at once, and another takes its place."""
    chance = random.Random(SEED)  # noqa: S311
    async with Flaky(SEED, faults, faults).open() as connector:
        run = await planned_for(url, connector, count)
        running = [Worker.start(url, rate, hurry=hurry) for _ in range(workers)]
        try:
            for point in sorted(chance.sample(range(1, int(count * 0.95)), kills)):
                await until(lambda point=point: len(connector.got) >= point, 600)  # type: ignore[misc]
                victim = chance.randrange(workers)
                running[victim].kill()
                running[victim] = Worker.start(url, rate, hurry=hurry)
            await until_sent(url, run, 600)
        finally:
            for one in running:
                one.kill()
        return await result_of(url, run, connector, count)


async def stopped(url: str, count: int, *, rate: float) -> Result:
    """In the middle of the run the process is asked to end, and another takes over. `seconds` is how long it took."""
    async with Flaky(SEED).open() as connector:
        run = await planned_for(url, connector, count)
        worker = Worker.start(url, rate)
        await until(lambda: connector.total >= count // 3)
        took = await worker.stop()
        worker = Worker.start(url, rate)
        try:
            await until_sent(url, run)
        finally:
            worker.kill()
        found = await result_of(url, run, connector, count)
        return Result(found.lost, found.doubled, found.uncertain, took)


async def left_alone(url: str, count: int, *, rate: float, hurry: float) -> Result:
    """One of two processes dies for ever. `seconds` is how long it took until everything was sent."""
    async with Flaky(SEED).open() as connector:
        run = await planned_for(url, connector, count)
        first, second = (Worker.start(url, rate, hurry=hurry) for _ in range(2))
        try:
            await until(lambda: connector.total >= count // 3)
            first.kill()
            began = asyncio.get_running_loop().time()
            await until_sent(url, run)
            took = asyncio.get_running_loop().time() - began
        finally:
            second.kill()
        found = await result_of(url, run, connector, count)
        return Result(found.lost, found.doubled, found.uncertain, took)


async def paced(url: str, count: int, workers: int, *, rate: float) -> tuple[Result, float, int]:
    """The mean pace, and the most in any second."""
    async with Flaky(SEED).open() as connector:
        run = await planned_for(url, connector, count)
        running = [Worker.start(url, rate) for _ in range(workers)]
        try:
            await until_sent(url, run, 60 + 2 * count / rate)
        finally:
            for one in running:
                one.kill()
        times = sorted(connector.at)
        worst = max(sum(at <= other < at + 1 for other in times[place : place + 200]) for place, at in enumerate(times))
        return await result_of(url, run, connector, count), (count - 1) / (times[-1] - times[0]), worst


# Seconds after which no answer can be to what was sent before the first pause was asked for.
_ON_THEIR_WAY = 5.0


async def asked_to_wait(
    url: str, count: int, workers: int, *, pause: int, seconds: float, rate: float
) -> tuple[int, int, Result]:
    """Everything is answered 429 for so long: how many were on their way when the first was turned away, how often it
    was tried after that, and what came of it all afterwards."""
    async with Flaky(SEED, asks_for=str(pause)).open() as connector:
        run = await planned_for(url, connector, count)
        running = [Worker.start(url, rate) for _ in range(workers)]
        try:
            await until(lambda: bool(connector.refused_at))
            await asyncio.sleep(seconds)
            first = connector.refused_at[0]
            at_first = sum(one < first + _ON_THEIR_WAY for one in connector.refused_at)
            probes = len(connector.refused_at) - at_first
            connector.asks_for = None
            await until_sent(url, run, 60 + pause + 2 * count / rate)
        finally:
            for one in running:
                one.kill()
        return at_first, probes, await result_of(url, run, connector, count)
