"""The lock that lets a single process send on SQLite: it lies beside the database file."""

from __future__ import annotations

from filelock import FileLock, Timeout

from bot.settings import Settings
from storage.database import sqlite_file

SUFFIX = ".sending"


class SenderLock:
    """The sending process holds it while it lives. On PostgreSQL, which locks single rows, every process may send."""

    def __init__(self, settings: Settings) -> None:
        file = sqlite_file(settings.database_url)
        self._lock = FileLock(f"{file}{SUFFIX}", timeout=0) if file else None

    @property
    def is_alone(self) -> bool:
        """Says whether nobody else can be sending while this is held."""
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
