"""Work that goes on beside the turns, for as long as the service runs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import Any

import structlog

log = structlog.get_logger()


@asynccontextmanager
async def in_background(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Runs `work` until the block is left, and cancels it then."""
    task = begin(work)
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def begin(work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
    """Starts a task whose fault is logged when it happens: its owner awaits it only when the service stops."""
    task = asyncio.create_task(work)
    task.add_done_callback(_log_fault)
    return task


def _log_fault(task: asyncio.Task[None]) -> None:
    error = None if task.cancelled() else task.exception()
    if error is not None:
        log.error("background_work_failed", exc_info=error)
