"""The real service with the example portfolio, and a browser in front of it. Everything here shares one event loop."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import NoReturn

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright, expect

from bot.clock import SimulatedClock
from bot.demo.example import WORKBOOK, load_example
from bot.demo.fetch import is_there
from bot.server import build_app, listening
from bot.settings import Settings
from bot.wiring import running
from tests.kit.page import ChatPage

# Everything here waits for two or three others on a machine that may be busy with more.
expect.set_options(timeout=15_000)
TODAY = datetime.fromisoformat("2026-11-22T09:00+01:00")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def missing(what: str) -> NoReturn:
    """A skip on a developer's machine, a failure where everything must be checked."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is missing")
    pytest.skip(f"{what} is missing")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    program = shutil.which("chromium")
    if program is None:
        missing("chromium")
    if not is_there():
        missing("Web Chat (python -m bot.demo.fetch)")
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield chromium
        await chromium.close()


def settings_with(database: Path) -> Settings:
    return Settings(_env_file=None, mode="local", database_url=f"sqlite+aiosqlite:///{database}")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with the example portfolio."""
    path = tmp_path_factory.mktemp("example") / "tovholder.db"
    await load_example(settings_with(path), WORKBOOK, TODAY.date())
    return path


@pytest_asyncio.fixture(loop_scope="session")
async def address(example: Path, tmp_path: Path) -> AsyncIterator[str]:
    """Where the service answers. Each test has its own, with conversations of its own."""
    database = tmp_path / "tovholder.db"
    shutil.copy(example, database)
    async with (
        running(settings_with(database), SimulatedClock(TODAY)) as service,
        listening(build_app(service), "127.0.0.1", 0) as port,
    ):
        yield f"http://127.0.0.1:{port}"


@pytest_asyncio.fixture(loop_scope="session")
async def chat(browser: Browser, address: str) -> AsyncIterator[ChatPage]:
    context = await browser.new_context(viewport={"width": 1200, "height": 900}, locale="da-DK")
    page = ChatPage(await context.new_page(), address)
    yield page
    await context.close()
    assert page.problems == []
