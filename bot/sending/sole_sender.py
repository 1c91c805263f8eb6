"""On SQLite one process sends: the one that holds the lock beside the database file, for as long as it lives."""

from __future__ import annotations

from filelock import FileLock, Timeout

from bot.settings import Settings
from storage.database import sqlite_file

SUFFIX = ".sending"


class Holder:
    """On PostgreSQL, whose rows are locked one by one, everybody may send."""

    def __init__(self, settings: Settings) -> None:
        file = sqlite_file(settings.database_url)
        self._lock = FileLock(f"{file}{SUFFIX}", timeout=0) if file else None

    @property
    def is_alone(self) -> bool:
        """Whether nobody else can be sending while this is held."""
        return self._lock is not None

    @property
    def is_held(self) -> bool:
        return self._lock is None or self._lock.is_locked

    def take(self) -> bool:
        if self._lock is None or self._lock.is_locked:
            return True
        try:
            self._lock.acquire()
        except Timeout:
            return False
        return True

    def give_back(self) -> None:
        if self._lock is not None:
            self._lock.release()
