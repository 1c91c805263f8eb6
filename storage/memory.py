"""What people were answered last, in each conversation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Index,
    Integer,
    Table,
    Text,
    bindparam,
    case,
    delete,
    null,
    select,
    update,
)

from portfolio.identity import PersonId
from portfolio.memory import REMEMBERED, Doubt, Item, LastAnswer
from storage.columns import Instant, code, metadata
from storage.database import Database

last_answers = Table(
    "last_answers",
    metadata,
    Column("person", Text, primary_key=True),
    Column("conversation", Text, primary_key=True),
    Column("question", JSON, nullable=False),
    Column("shown", JSON, nullable=False),
    Column("listed", JSON, nullable=False),
    Column("total", Integer),
    Column("offset", Integer, nullable=False),
    Column("before", JSON(none_as_null=True)),
    Column("doubt", code(Doubt)),
    Column("at", Instant, nullable=False),
    Index(None, "at"),
)

_L = last_answers.c
_KEY = ("person", "conversation")
_FACTS = tuple(field.name for field in fields(LastAnswer))
# Asked at every message that may go on from it, so they are put together once.
_LAST = select(last_answers).where(_L.person == bindparam("who"), _L.conversation == bindparam("where"))
_DOUBT = (
    update(last_answers)
    .where(_L.person == bindparam("who"), _L.conversation == bindparam("where"))
    .values(doubt=bindparam("what"))
)
_FORGET = delete(last_answers).where(_L.person == bindparam("who"), _L.conversation == bindparam("where"))


class SqlMemoryStore:
    """Implements portfolio.ports.memory.MemoryStore."""

    def __init__(self, database: Database) -> None:
        self._database = database
        insert = database.insert(last_answers)
        facts = {name: insert.excluded[name] for name in _FACTS if name not in _KEY}
        before = case((_L.at >= bindparam("since", type_=Instant), _L.question), else_=null())
        self._upsert = insert.on_conflict_do_update(index_elements=_KEY, set_={**facts, "before": before})

    async def last(self, person: PersonId, conversation: str) -> LastAnswer | None:
        found = await self._database.execute(_LAST, {"who": person, "where": conversation})
        row = found.mappings().first()
        return None if row is None else LastAnswer(**_read(row, shown=row["shown"], listed=row["listed"]))

    async def remember(self, answer: LastAnswer) -> None:
        row = {name: getattr(answer, name) for name in _FACTS}
        await self._database.note(self._upsert, {**row, "since": answer.at - REMEMBERED})

    async def doubt(self, person: PersonId, conversation: str, doubt: Doubt) -> None:
        await self._database.note(_DOUBT, {"who": person, "where": conversation, "what": doubt})

    async def forget(self, person: PersonId, conversation: str) -> None:
        await self._database.note(_FORGET, {"who": person, "where": conversation})


def _read(row: Any, **items: Iterable[Any]) -> dict[str, Any]:
    return {**row, **{name: tuple(map(_item, written)) for name, written in items.items()}}


def _item(written: Any) -> Item:
    name, value = written
    return name, value
