"""Says messages as nobody means them to the example portfolio, and tells which fail or store what nobody ordered.

Run: .venv/bin/python benchmarks/garbled.py [--count 20000] [--seed 7] [--doubted]

With --doubted they are orders in words that make them none.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections import Counter
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from storage.migrating import upgrade
from tests.dialogs.understanding.conftest import WORKBOOK, closing_database, import_workbook
from tests.dialogs.understanding.garbled import Fault, Said, doubted, garbled, say_all
from tests.kit.databases import Original


async def said(messages: list[Said], seed: int) -> list[Fault]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "portfolio.db")
        url = f"sqlite+aiosqlite:///{file}"
        async with closing_database(url) as database:
            await upgrade(database)
        await import_workbook(WORKBOOK, url)
        return await say_all(messages, Original(file), Random(seed))  # noqa: S311


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=Random().randrange(2**32))  # noqa: S311
    parser.add_argument("--doubted", action="store_true")
    options = parser.parse_args()
    print(f"--seed {options.seed}")
    make = doubted if options.doubted else garbled
    faults = asyncio.run(said(list(make(Random(options.seed), options.count)), options.seed))  # noqa: S311
    print(*faults, sep="\n")
    for what, times in Counter(fault.what for fault in faults).most_common():
        print(f"{times:>6} {what}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
