"""Ten thousand times, two people report on the same project at the same moment: one is taken, the other is told.

Run: PYTHONPATH=. .venv/bin/python benchmarks/races.py [RACES] [URL OF AN EMPTY DATABASE]
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time

from storage.database import open_database
from storage.migrating import upgrade
from tests.kit.races import run_races


async def main(races: int, url: str) -> None:
    database = open_database(url)
    try:
        await upgrade(database)
        started = time.perf_counter()
        await run_races(database, races)
        print(f"{races} races, {races} winners, {races} told: {time.perf_counter() - started:.0f} s")
    finally:
        await database.close()


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(main(count, sys.argv[2] if len(sys.argv) > 2 else f"sqlite+aiosqlite:///{folder}/races.db"))
