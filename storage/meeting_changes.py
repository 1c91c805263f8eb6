"""Meetings that are moved or cancelled."""

from __future__ import annotations

from storage.database import Database


class SqlMeetingStore:
    def __init__(self, database: Database) -> None:
        self._database = database
