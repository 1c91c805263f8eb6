"""Which channel is which body's."""

from __future__ import annotations

from storage.database import Database


class SqlChannelStore:
    def __init__(self, database: Database) -> None:
        self._database = database
