"""Reads what is to be stored of a directory: what has changed since, or all where that doesn't tell enough."""

from __future__ import annotations

from bot.directory.graph import read_graph
from bot.settings import Settings
from portfolio.directory import DirectoryChanges
from storage.directory.store import SqlDirectory


async def read_since(directory: SqlDirectory, settings: Settings) -> DirectoryChanges:
    """Raises GraphError, SettingsError and DatabaseError."""
    told = await read_graph(settings, (await directory.state()).delta_link)
    return await read_graph(settings) if await directory.needs_whole(told) else told
