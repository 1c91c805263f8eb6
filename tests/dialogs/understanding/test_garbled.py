"""Whatever is said, in whatever order of words, is answered, and stores nothing that nobody ordered."""

from __future__ import annotations

from pathlib import Path
from random import Random

from tests.dialogs.understanding.garbled import garbled, say_all
from tests.kit.databases import Original

SEED, COUNT = 1, 300


async def test_garbled_messages_are_answered_and_store_nothing_unasked(example_url: str) -> None:
    random = Random(SEED)  # noqa: S311
    original = Original(Path(example_url.removeprefix("sqlite+aiosqlite:///")))
    faults = await say_all(list(garbled(random, COUNT)), original, random)
    assert not faults, "\n".join(map(str, faults))
