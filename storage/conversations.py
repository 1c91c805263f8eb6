"""Conversations: what was heard in them, and where people can be reached."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Executable,
    Index,
    Select,
    SmallInteger,
    Table,
    Text,
    and_,
    bindparam,
    delete,
    or_,
    select,
    update,
)

from portfolio.conversations import Answer, ConversationKind, ConversationReference
from portfolio.identity import PersonId
from portfolio.organisation import Standing
from storage.columns import Instant, code, metadata
from storage.database import Database
from storage.organisation import people

# Activities that the service has seen, and what it answered, so that a redelivered one has no second effect.
seen_activities = Table(
    "seen_activities",
    metadata,
    Column("key", Text, primary_key=True),
    Column("seen_at", Instant, nullable=False),
    Column("status", SmallInteger),
    Column("body", JSON(none_as_null=True)),
    Index(None, "seen_at"),
)

conversations = Table(
    "conversations",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("conversation", Text, primary_key=True),
    Column("kind", code(ConversationKind), nullable=False),
    Column("entra_id", Text),
    Column("person", Text),
    Column("service_url", Text, nullable=False),
    Column("bot", Text, nullable=False),
    Column("locale", Text),
    Column("team", Text),
    Column("channel", Text),
    Column("seen_at", Instant, nullable=False),
    Index(None, "person"),
    Index(None, "conversation"),
)

welcomes = Table(
    "welcomes",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("conversation", Text, primary_key=True),
    Column("welcomed_at", Instant, nullable=False),
)

# A reference is written anew for its date alone at most this often.
_SEEN_AGAIN = timedelta(days=1)
_C = conversations.c
_LATEST = select(conversations).order_by(_C.seen_at.desc(), _C.tenant)
# An account that was theirs once is nobody to write to any more, nor is somebody who left.
_IS_THEIRS = and_(or_(_C.entra_id.is_(None), _C.entra_id == people.c.entra_id), people.c.standing == Standing.HERE)
_OF_PERSON = _LATEST.join(people, people.c.id == _C.person).where(
    _C.person == bindparam("whose"), _C.kind == ConversationKind.PERSONAL, _IS_THEIRS
)
_OF_CONVERSATION = _LATEST.where(_C.conversation == bindparam("which"))


class SqlConversationStore:
    """Implements portfolio.ports.conversations.ConversationStore. Every call is one statement."""

    def __init__(self, database: Database, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._database = database
        self._now = now
        self._see = _insert_once(database, seen_activities)
        self._welcome = _insert_once(database, welcomes)

    async def first_sight(self, activity_key: str) -> bool:
        return await self._first(self._see, {"key": activity_key, "seen_at": self._now()})

    async def remember_answer(self, activity_key: str, status: int, body: dict[str, Any] | None) -> None:
        answered = update(seen_activities).where(seen_activities.c.key == activity_key)
        await self._database.execute(answered.values(status=status, body=body))

    async def answer_of(self, activity_key: str) -> Answer | None:
        seen = seen_activities.c
        asked = select(seen.status, seen.body).where(seen.key == activity_key, seen.status.is_not(None))
        row = (await self._database.execute(asked)).one_or_none()
        return None if row is None else Answer(row.status, row.body)

    async def save_reference(self, reference: ConversationReference) -> None:
        await self._database.execute(saving(self._database, reference))

    async def references_of(self, person: PersonId) -> list[ConversationReference]:
        return await self._references(_OF_PERSON, {"whose": person})

    async def reference(self, conversation: str) -> ConversationReference | None:
        return next(iter(await self._references(_OF_CONVERSATION, {"which": conversation})), None)

    async def latest_reference(self) -> ConversationReference | None:
        return next(iter(await self._references(_LATEST.limit(1), {})), None)

    async def _references(self, wanted: Select[Any], values: dict[str, Any]) -> list[ConversationReference]:
        return [ConversationReference(**row) for row in (await self._database.execute(wanted, values)).mappings()]

    async def remove_reference(self, tenant: str, conversation: str) -> None:
        which = (_C.tenant == tenant, _C.conversation == conversation)
        await self._database.execute(delete(conversations).where(*which))

    async def remove_team(self, tenant: str, team: str) -> None:
        await self._database.execute(delete(conversations).where(_C.tenant == tenant, _C.team == team))

    async def welcome_once(self, tenant: str, conversation: str) -> bool:
        welcome = {"tenant": tenant, "conversation": conversation, "welcomed_at": self._now()}
        return await self._first(self._welcome, welcome)

    async def _first(self, insert: Executable, row: dict[str, Any]) -> bool:
        """Says whether the row is new; of many at once, one is."""
        return (await self._database.execute(insert, row)).first() is not None


def saving(database: Database, reference: ConversationReference) -> Executable:
    """Changes nothing where all but the time is as before, and that less than a day ago."""
    upsert = database.insert(conversations).values(asdict(reference))
    new = upsert.excluded
    facts = [column.name for column in conversations.c if not column.primary_key and column.name != "seen_at"]
    differs = [conversations.c[name].is_distinct_from(new[name]) for name in facts]
    long_ago = conversations.c.seen_at < reference.seen_at - _SEEN_AGAIN
    return upsert.on_conflict_do_update(
        index_elements=["tenant", "conversation"],
        set_={name: new[name] for name in (*facts, "seen_at")},
        where=or_(long_ago, *differs),
    )


def _insert_once(database: Database, table: Table) -> Executable:
    return database.insert(table).on_conflict_do_nothing().returning(*table.primary_key.columns)
