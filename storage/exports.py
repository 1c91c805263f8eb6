"""Links to lists, found by a hash of their token: whoever reads the database can't follow them."""

from __future__ import annotations

import hashlib
from dataclasses import asdict

from sqlalchemy import JSON, Column, Index, Table, Text, bindparam, insert, select

from portfolio.exports import FileKind, LinkedList
from storage.columns import Instant, code, metadata
from storage.database import Database

exports = Table(
    "exports",
    metadata,
    Column("token_hash", Text, primary_key=True),
    Column("person", Text, nullable=False),
    Column("question", JSON, nullable=False),
    Column("kind", code(FileKind), nullable=False),
    Column("language", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Index(None, "person"),
    Index(None, "at"),
)

_E = exports.c
_LINKED = select(_E.person, _E.question, _E.kind, _E.language, _E.at).where(_E.token_hash == bindparam("hashed"))


class SqlExportStore:
    """Implements portfolio.ports.exports.ExportStore."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, token: str, linked: LinkedList) -> None:
        await self._database.note(insert(exports), {"token_hash": _hash(token), **asdict(linked)})

    async def linked(self, token: str) -> LinkedList | None:
        row = (await self._database.execute(_LINKED, {"hashed": _hash(token)})).mappings().first()
        return None if row is None else LinkedList(**row)


def _hash(token: str) -> str:
    """A token is random and long, so that its hash needs no salt."""
    return hashlib.sha256(token.encode()).hexdigest()
