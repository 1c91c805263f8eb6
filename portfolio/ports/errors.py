"""Errors that every port may raise."""

from __future__ import annotations


class DatabaseError(Exception):
    """The database is away, or refuses what was asked of it. `reason` is one fixed word, fit for logs."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
