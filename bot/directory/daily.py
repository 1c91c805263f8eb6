"""Reads the directory each day while the service runs, at an hour when nobody works."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import structlog

from bot.directory.calls import GraphError
from bot.directory.reading import read_since
from bot.metrics import DIRECTORY_HELD_BACK, DIRECTORY_SYNCED
from bot.settings import Settings, SettingsError
from portfolio.directory_changes import PeopleChanges
from portfolio.identity import BY_ITSELF
from storage.directory.store import SqlDirectory, TooManyLeavingError

LOOKS_EVERY_SECONDS = 300.0
READ_AT = time(5)
_DAY = timedelta(days=1)

log = structlog.get_logger()


class DailySync:
    """Reads once a day, by one of several processes. A reading that fails is tried again after an hour; one in which
    too many would leave changes nothing, and the portfolio office is told."""

    def __init__(self, directory: SqlDirectory, settings: Settings) -> None:
        self._directory = directory
        self._settings = settings

    async def look(self, moment: datetime) -> None:
        """Raises DatabaseError."""
        now = moment.astimezone(self._settings.zone)
        since = datetime.combine(now.date(), READ_AT, now.tzinfo)
        if since > now:
            since -= _DAY
        state = await self._directory.state()
        if (state.ran_at is None or state.ran_at < since) and await self._directory.take_upon(now, since):
            await self._read(now)
            state = await self._directory.state()
        DIRECTORY_SYNCED.set((now - state.synced_at).total_seconds() if state.synced_at else 0)
        DIRECTORY_HELD_BACK.set(state.leaving or 0)

    async def _read(self, now: datetime) -> None:
        try:
            told = await read_since(self._directory, self._settings)
        except GraphError as error:
            log.warning("directory_not_read", reason=error.code)
            return
        except SettingsError:
            log.warning("directory_not_read", reason="certificate")
            return
        try:
            synced = await self._directory.apply(told, BY_ITSELF, now, is_partial=True, tells_office=True)
        except TooManyLeavingError as error:
            await self._directory.hold_back(error.synced.changes, now)
            log.warning("directory_held_back", **_counts(error.synced.changes))
            return
        log.info("directory_synced", **_counts(synced.changes))


def _counts(changes: PeopleChanges) -> dict[str, int]:
    return {
        "here": changes.here,
        "joined": len(changes.joined),
        "left": len(changes.left),
        "moved": len(changes.moved),
        "changed": len(changes.altered),
        "conflicts": len(changes.conflicts),
        "unknown_departments": len(changes.unknown_units),
        "unknown_managers": len(changes.unknown_managers),
    }
