"""Hundreds of reminders, while processes die and Teams fails now and then; the benchmarks do it with thousands."""

from __future__ import annotations

import pytest

from tests.kit.delivery.harness import Faults
from tests.kit.delivery.trials import asleep, killed, reminded_again, served, stopped


def workers_on(url: str) -> int:
    """SQLite has one process that sends, PostgreSQL any number."""
    return 1 if url.startswith("sqlite") else 2


async def test_nobody_is_forgotten_when_processes_are_killed(database_url: str) -> None:
    found = await killed(database_url, 200, 3, workers_on(database_url), rate=400.0, hurry=15.0)
    assert (found.lost, found.uncertain) == (0, 0)
    assert found.doubled <= 3 * 32 + 10


async def test_command_that_is_killed_and_typed_again_sends_the_rest_and_counts_all(sqlite_url: str) -> None:
    """On SQLite, where a dead process's lease needn't be waited for."""
    found = await reminded_again(sqlite_url, 60, 2, rate=40.0, faults=Faults(crowded=0.02))
    assert (found.lost, found.uncertain) == (0, 0)
    assert found.doubled <= 2 * 32


async def test_service_that_is_killed_and_started_again_sends_the_rest(sqlite_url: str) -> None:
    found = await served(sqlite_url, 60, 2, 1, rate=40.0, hurry=15.0, faults=Faults(lost=0.02))
    assert (found.lost, found.uncertain) == (0, 0)
    assert found.doubled <= 2 * 32


@pytest.mark.parametrize("count", [200])
async def test_a_process_that_is_asked_to_end_forgets_nobody_and_tells_nobody_twice(
    database_url: str, count: int
) -> None:
    found = await stopped(database_url, count, rate=200.0)
    assert (found.lost, found.doubled, found.uncertain) == (0, 0, 0)
    assert found.seconds < 10


async def test_after_four_hours_asleep_each_is_told_once_what_still_holds_and_the_rest_is_listed(
    database_url: str,
) -> None:
    found = await asleep(database_url, 200, 300)
    assert (found.lost, found.doubled) == (0, 0)
