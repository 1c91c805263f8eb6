"""Rounds are closed while the service runs, also after a database was away."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from structlog.testing import capture_logs

from bot.clock import SimulatedClock, real_clock
from bot.housekeeping import EVERY_SECONDS, pause_on, repeat
from portfolio.ports.errors import DatabaseError

START = datetime(2026, 11, 22, 8, tzinfo=UTC)


class Closer:
    """Closes a number of times, failing at first, and then lets the test go on."""

    def __init__(self, *failures: Exception) -> None:
        self.failures = list(failures)
        self.times: list[datetime] = []
        self.done = asyncio.Event()

    async def close(self, now: datetime) -> int:
        self.times.append(now)
        if self.failures:
            raise self.failures.pop(0)
        self.done.set()
        return 1


async def test_due_rounds_are_closed_after_the_database_was_away() -> None:
    closer = Closer(DatabaseError("OperationalError"), DatabaseError("TimeoutError"))
    seconds = iter(range(100))
    clock = SimulatedClock(START, elapsed=lambda: next(seconds))
    with capture_logs() as logged:
        work = asyncio.create_task(repeat(closer.close, clock, 0, "rounds_not_closed"))
        await asyncio.wait_for(closer.done.wait(), 5)
        work.cancel()
        with suppress(asyncio.CancelledError):
            await work
    assert [event["error"] for event in logged] == ["OperationalError", "TimeoutError"]
    assert [(moment - START).seconds for moment in closer.times[:3]] == [1, 2, 3]


async def test_fault_is_not_passed_over() -> None:
    with pytest.raises(KeyError):
        await repeat(Closer(KeyError("x")).close, real_clock, 0, "rounds_not_closed")


@pytest.mark.parametrize(("speed", "pause"), [(0.5, 30), (1, 30), (10, 3), (60, 0.5), (3600, 0.2)])
def test_fast_clock_is_looked_at_more_often(speed: float, pause: float) -> None:
    assert pause_on(SimulatedClock(START, speed)) == pause


def test_real_clock_is_looked_at_twice_a_minute() -> None:
    assert pause_on(real_clock) == EVERY_SECONDS
