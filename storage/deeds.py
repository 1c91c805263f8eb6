"""What people had stored, and may take back for a while."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import JSON, Boolean, Column, ColumnElement, Index, Table, Text, delete, insert, select, update

from portfolio.deeds import Deed
from storage.columns import ROW_ID, Instant, metadata
from storage.database import Database

deeds = Table(
    "deeds",
    metadata,
    Column("number", ROW_ID, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),
    Column("person", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("data", JSON, nullable=False),
    Column("at", Instant, nullable=False),
    Column("is_undone", Boolean, nullable=False),
    Index(None, "person", "number"),
)

_D = deeds.c
_MOST_RECENT = 20
# Far more than anybody does within the time to take it back.
MOST_KEPT = 100


class SqlDeedStore:
    """Implements portfolio.ports.deeds.DeedStore."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def remember(self, deed: Deed) -> None:
        theirs = select(_D.number).where(_D.person == deed.person).order_by(_D.number.desc())
        beyond = theirs.offset(MOST_KEPT).limit(1).scalar_subquery()
        async with self._database.transaction() as connection:
            await connection.execute(insert(deeds), asdict(deed))
            await connection.execute(delete(deeds).where(_D.person == deed.person, _D.number <= beyond))

    async def deed(self, deed_id: str) -> Deed | None:
        return next(iter(await self._newest(_D.id == deed_id)), None)

    async def recent(self, person: str) -> list[Deed]:
        return await self._newest(_D.person == person)

    async def undone(self, deed_id: str) -> None:
        async with self._database.transaction() as connection:
            await connection.execute(update(deeds).where(_D.id == deed_id).values(is_undone=True))

    async def _newest(self, which: ColumnElement[bool]) -> list[Deed]:
        newest = select(*(_D[name] for name in Deed.__slots__)).where(which).order_by(_D.number.desc())
        rows = (await self._database.execute(newest.limit(_MOST_RECENT))).mappings()
        return [Deed(**row) for row in rows]
