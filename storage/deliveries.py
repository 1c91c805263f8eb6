"""Messages planned, sent, and what came of them."""

from __future__ import annotations

from storage.database import Database


class SqlDeliveryStore:
    def __init__(self, database: Database) -> None:
        self._database = database
