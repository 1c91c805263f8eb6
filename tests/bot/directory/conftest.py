"""A directory of a few people, and a reader of it that waits for nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable

import aiohttp
import pytest

from bot.directory.calls import GraphCalls
from bot.directory.graph import read_changes
from portfolio.directory import DirectoryChanges
from tests.kit.graph import TOKEN, FakeGraph, user

Read = Callable[..., Awaitable[DirectoryChanges]]


class Granted:
    """A token that Graph takes."""

    async def bearer(self) -> str:
        return TOKEN


@pytest.fixture
async def graph() -> AsyncIterator[FakeGraph]:
    """Søren is led by Gry, and Gry by Vagn."""
    async with FakeGraph().open() as graph:
        graph.add(user("Vagn Holm"), user("Gry Thorlund"), user("Søren Holm", department="Børn og Unge"))
        graph.lead("Søren Holm", "Gry Thorlund")
        graph.lead("Gry Thorlund", "Vagn Holm")
        yield graph


@pytest.fixture
def pauses() -> list[float]:
    """The pauses that were made, in seconds."""
    return []


@pytest.fixture
async def calls(graph: FakeGraph, pauses: list[float]) -> AsyncIterator[GraphCalls]:
    async def no_pause(seconds: float) -> None:
        pauses.append(seconds)

    async with aiohttp.ClientSession() as session:
        yield GraphCalls(session, graph.url, Granted(), no_pause)


@pytest.fixture
def read(calls: GraphCalls) -> Read:
    """Reads all, or what has changed since a link was given."""

    async def reading(link: str | None = None) -> DirectoryChanges:
        return await read_changes(calls, link)

    return reading
