"""Whatever is said, in whatever order of words, is answered, and stores nothing that nobody ordered."""

from __future__ import annotations

import random
from pathlib import Path

from tests.dialogs.understanding.garbled import garbled, say_all
from tests.kit.databases import Original

COUNT = 300


async def test_garbled_messages_are_answered_and_store_nothing_unasked(example_url: str) -> None:
    seed = random.randrange(2**32)  # noqa: S311 - another in each run; `benchmarks/garbled.py` says the same again
    chance = random.Random(seed)  # noqa: S311
    original = Original(Path(example_url.removeprefix("sqlite+aiosqlite:///")))
    faults = await say_all(list(garbled(chance, COUNT)), original, random.Random(seed))  # noqa: S311
    assert not faults, "\n".join([f"--count {COUNT} --seed {seed}", *map(str, faults)])
