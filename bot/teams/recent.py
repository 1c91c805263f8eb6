"""What is remembered for a while, so that it needn't be asked for again."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

V = TypeVar("V")


class Recent(Generic[V]):
    """Remembers the latest `most` values, each for so many `seconds`: however many come, they fill nothing up."""

    def __init__(self, most: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._seconds = seconds
        self._clock = clock
        self._values: OrderedDict[Hashable, tuple[V, float]] = OrderedDict()

    def get(self, key: Hashable) -> V | None:
        value, until = self._values.get(key, (None, 0.0))
        return value if until > self._clock() else None

    def put(self, key: Hashable, value: V) -> None:
        self._values[key] = (value, self._clock() + self._seconds)
        self._values.move_to_end(key)
        if len(self._values) > self._most:
            self._values.popitem(last=False)
