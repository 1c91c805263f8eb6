"""Clocks: the real time, and a simulated time for trying things out."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]
# At this speed and above, hours pass while a message is on its way.
HURRIED = 60.0


def real_clock() -> datetime:
    return datetime.now(UTC)


class SimulatedClock:
    """Starts at `start` when it is made and runs `speed` times as fast as real time."""

    def __init__(self, start: datetime, speed: float = 1.0, elapsed: Callable[[], float] = time.monotonic) -> None:
        self._start = start.astimezone(UTC)
        self.speed = speed
        self._elapsed = elapsed
        self._began = elapsed()

    def __call__(self) -> datetime:
        return self._start + timedelta(seconds=(self._elapsed() - self._began) * self.speed)


def is_hurried(clock: Clock) -> bool:
    """Says whether the clock runs so fast that being late means nothing."""
    return isinstance(clock, SimulatedClock) and clock.speed > HURRIED
