"""Migrates a database several times over, each time in a process of its own that is killed at another statement, the
last of them included. Prints how often."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from itertools import count

from sqlalchemy import event

from storage.database import open_database
from storage.migrating import upgrade


class EnoughError(Exception):
    """So many statements were to be counted, and not to be kept."""


def main(url: str, times: int) -> int:
    """Returns how many processes were killed."""
    statements = _in_child(url, None)
    points = {max(1, statements * at // times) for at in range(times + 1)}
    return sum(_in_child(url, point) == -signal.SIGKILL for point in points)


def _in_child(url: str, killed_at: int | None) -> int:
    """Gives the number of statements, or, where it was killed, the signal's number below nothing."""
    child = os.fork()
    if child == 0:
        os._exit(asyncio.run(_migrate(url, killed_at)))
    _, status = os.waitpid(child, 0)
    return -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)


async def _migrate(url: str, killed_at: int | None) -> int:
    """Counts the statements of a migration that isn't kept, or is killed at one of them."""
    database = open_database(url)
    numbers, last = count(1), 0

    def counted(*_: object) -> None:
        nonlocal last
        last = next(numbers)
        if last == killed_at:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(database.engine.sync_engine, "before_cursor_execute", counted)
    if killed_at is None:
        event.listen(database.engine.sync_engine, "commit", _refuse)
    try:
        await upgrade(database)
    except EnoughError:
        return min(last, 255)
    return 0


def _refuse(*_: object) -> None:
    raise EnoughError


if __name__ == "__main__":
    sys.stdout.write(str(main(sys.argv[1], int(sys.argv[2]))))
