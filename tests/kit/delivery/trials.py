"""What sending is put through, for the tests with a few messages and for the benchmarks with thousands."""

from __future__ import annotations

import asyncio
import json
import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import SimulatedClock
from bot.server import settle
from bot.wiring import open_reminders
from portfolio.bodies import Body, Meeting
from portfolio.reminders.kinds import Outcome
from portfolio.whole import Portfolio
from storage.database import open_database
from storage.meetings.changes import SqlMeetingStore
from storage.whole import SqlPortfolioWriter
from tests.kit.delivery.harness import (
    NOW,
    Faults,
    Flaky,
    Worker,
    lost,
    plan,
    remind,
    report_of,
    settings_of,
    settle_in,
    until,
    until_sent,
)
from tests.world.people import person

SEED = 20_260_928
FAULTS = Faults(throttled=0.04, crowded=0.02, lost=0.02, kept=0.01, cut=0.01, latency=0.02)
# Just before work ends in Denmark, and four working hours later.
FRIDAY = NOW.replace(day=25, hour=13, minute=58)
NOON = NOW.replace(hour=10, minute=0)


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
    return Result(lost(connector, count), connector.doubled, report.counts.get(Outcome.UNCERTAIN, 0))


async def killed(
    url: str, count: int, kills: int, workers: int, *, rate: float, hurry: float, faults: Faults = FAULTS
) -> Result:
    """Runs while at random points one of the processes dies at once and another takes its place."""
    chance = random.Random(SEED)  # noqa: S311
    async with Flaky(SEED, faults).open() as connector:
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


async def reminded_again(url: str, count: int, kills: int, *, rate: float, faults: Faults = FAULTS) -> Result:
    """`tovholder remind` dies at random points of its run, and is typed again each time until it says that it is done.
    Its last report must count all messages of the run that the first one planned."""
    chance = random.Random(SEED)  # noqa: S311
    async with Flaky(SEED, faults).open() as connector:
        await settle_in(url, count, connector.url)
        for point in sorted(chance.sample(range(1, int(count * 0.9)), kills)):
            with remind(url, rate) as command:
                try:
                    await until(lambda point=point: len(connector.got) >= point, 180)  # type: ignore[misc]
                finally:
                    command.kill()
        with remind(url, rate) as command:
            said, _ = await asyncio.to_thread(command.communicate, timeout=600)
        report = json.loads(said.splitlines()[-1])
        assert (report["due"], report["messages"]) == (count, count)
        return Result(lost(connector, count), connector.doubled, report["counts"].get("uncertain", 0))


async def served(
    url: str, count: int, kills: int, workers: int, *, rate: float, hurry: float = 1.0, faults: Faults = FAULTS
) -> Result:
    """Runs as `killed`, with whole services."""
    chance = random.Random(SEED)  # noqa: S311
    async with Flaky(SEED, faults).open() as connector:
        run = await planned_for(url, connector, count)
        running = [Worker.start(url, rate, hurry=hurry, serves=True) for _ in range(workers)]
        try:
            for point in sorted(chance.sample(range(1, int(count * 0.95)), kills)):
                await until(lambda point=point: len(connector.got) >= point, 600)  # type: ignore[misc]
                victim = chance.randrange(workers)
                running[victim].kill()
                running[victim] = Worker.start(url, rate, hurry=hurry, serves=True)
            await until_sent(url, run, 600)
        finally:
            for one in running:
                one.kill()
        return await result_of(url, run, connector, count)


async def stopped(url: str, count: int, *, rate: float) -> Result:
    """Asks the process to end in the middle of the run, and another takes over. `seconds` is how long it took."""
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


async def asleep(url: str, leads: int, others: int) -> Result:
    """Nothing runs from Friday's last minutes until Monday at noon. Meanwhile the leads are to be asked for status, and
    as many others told, in groups of ten, that their meetings at half past nine are cancelled. `lost` counts whoever
    wasn't told what still holds, or isn't listed with what doesn't; `doubled` what came beside."""
    async with Flaky(SEED).open() as connector:
        await settle_in(url, leads, connector.url)
        await _sent(url, FRIDAY)
        connector.got.clear()
        await _cancelled_in_the_morning(url, others)
        run = await _sent(url, NOON)
        report = await report_of(url, run)
        late = {one.who for one in report.missed if one.outcome is Outcome.EXPIRED}
        assert report.counts == {Outcome.SENT: leads, Outcome.EXPIRED: others}
        forgotten = sum(f"a:{at}" not in connector.got for at in range(leads))
        return Result(forgotten + others - len(late), connector.total - leads, 0)


async def _sent(url: str, now: datetime) -> int:
    run = await plan(url, now)
    assert run is not None
    worker = Worker.start(url, 2000.0, now)
    try:
        await until_sent(url, run.id)
    finally:
        worker.kill()
    return run.id


async def _cancelled_in_the_morning(url: str, others: int) -> None:
    people = [person(f"medlem{at}@birkefjord.example", f"Medlem {at}") for at in range(others)]
    groups = [people[at : at + 10] for at in range(0, others, 10)]
    bodies = tuple(Body(f"Gruppe {at}", members=tuple(one.id for one in group)) for at, group in enumerate(groups))
    meetings = tuple(Meeting(body.name, NOON - timedelta(hours=2, minutes=30)) for body in bodies)
    database = open_database(url)
    await SqlPortfolioWriter(database).apply(Portfolio(people=tuple(people), bodies=bodies, meetings=meetings))
    store = SqlMeetingStore(database)
    for meeting in meetings:
        stored = await store.known_at(meeting.body, meeting.start)
        assert stored is not None
        assert await store.cancel(stored, people[0].id, NOON - timedelta(hours=4))
    await database.close()


@dataclass(frozen=True)
class Planning:
    """Seconds: what it took to plan and store, and how long the event loop stood still at most."""

    seconds: float
    worst: float


async def planned_at_once(url: str, count: int) -> Planning:
    await settle_in(url, count, "http://127.0.0.1:1")
    async with open_reminders(settings_of(url), SimulatedClock(NOW)) as reminders:
        settle()
        loop = asyncio.get_running_loop()
        gaps = [0.0]

        async def beat() -> None:
            while True:
                before = loop.time()
                await asyncio.sleep(0.002)
                gaps.append(loop.time() - before - 0.002)

        heart = asyncio.create_task(beat())
        began = loop.time()
        run = await reminders.planner.look(NOW)
        took = loop.time() - began
        heart.cancel()
    assert run is not None
    assert run.messages == count
    return Planning(took, max(gaps))
