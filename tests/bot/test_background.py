"""Work beside the turns: a fault in it is known when it happens, not when the service stops."""

from __future__ import annotations

import asyncio

import pytest
import structlog
from structlog.testing import capture_logs

from bot.background import in_background


async def _stumble(done: asyncio.Event) -> None:
    try:
        raise KeyError("P001")
    finally:
        done.set()


async def _go_on(begun: asyncio.Event) -> None:
    begun.set()
    await asyncio.Event().wait()


async def _serve_beside_a_fault() -> None:
    done = asyncio.Event()
    async with in_background(_stumble(done)):
        await done.wait()
        await asyncio.sleep(0)
        structlog.get_logger().info("service_goes_on")


async def test_operator_reads_of_a_fault_while_the_service_goes_on() -> None:
    with capture_logs() as logged, pytest.raises(KeyError):
        await _serve_beside_a_fault()
    assert [event["event"] for event in logged] == ["background_work_failed", "service_goes_on"]


async def test_work_that_is_stopped_is_no_fault() -> None:
    begun = asyncio.Event()
    with capture_logs() as logged:
        async with in_background(_go_on(begun)):
            await begun.wait()
    assert logged == []
