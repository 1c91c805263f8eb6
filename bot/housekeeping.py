"""Closes what is due while the service runs."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

import structlog

from bot.clock import Clock, SimulatedClock
from portfolio.ports.errors import DatabaseError

EVERY_SECONDS = 30.0
# A clock that lets a month pass in a minute is still looked at on every morning.
SHORTEST_PAUSE = 0.2

log = structlog.get_logger()


async def close_due_rounds(close: Callable[[datetime], Awaitable[object]], clock: Clock, pause: float) -> None:
    """Asks `close` to, over and over, with the time it is then. A database that is away is asked again next time."""
    while True:
        try:
            await close(clock())
        except DatabaseError as error:
            log.warning("rounds_not_closed", error=error.reason)
        await asyncio.sleep(pause)


def pause_on(clock: Clock) -> float:
    """Seconds of real time: a clock that runs fast reaches deadlines sooner."""
    speed = clock.speed if isinstance(clock, SimulatedClock) else 1.0
    return max(SHORTEST_PAUSE, min(EVERY_SECONDS, EVERY_SECONDS / speed))
