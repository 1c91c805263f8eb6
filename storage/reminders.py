"""What reminders are worked out from, and what people decided about theirs."""

from __future__ import annotations

from datetime import tzinfo

from storage.database import Database


class SqlReminderStore:
    def __init__(self, database: Database, zone: tzinfo) -> None:
        self._database = database
        self._zone = zone
