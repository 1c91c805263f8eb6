"""Conversations: what was heard in them, and where people can be reached."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
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
from sqlalchemy.ext.asyncio import AsyncConnection

from portfolio.conversations import NO_WORDS, Answer, AnsweredBeforeError, ConversationKind, ConversationReference
from portfolio.identity import PersonId
from portfolio.organisation import Standing
from portfolio.ports.conversations import Effect
from storage.columns import Instant, code, metadata
from storage.database import Database
from storage.organisation import people
from storage.work import Work

# Activities that had an effect, and what was answered to them, so that a redelivered one has no second effect.
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
# Asked in every turn, so it is put together once.
_ANSWER = select(seen_activities.c.status, seen_activities.c.body).where(
    seen_activities.c.key == bindparam("which"), seen_activities.c.status.is_not(None)
)


class SqlConversationStore:
    """Implements portfolio.ports.conversations.ConversationStore."""

    def __init__(self, database: Database, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._database = database
        self._now = now
        self._see = _insert_once(database, seen_activities)
        self._welcome = _insert_once(database, welcomes)

    @asynccontextmanager
    async def once(self, activity_key: str) -> AsyncIterator[Effect]:
        async with self._database.together(first=partial(self._mark, activity_key)) as work:
            yield _Effect(self._database, activity_key, work)
            answer = None if work.has_written else await self.answer_of(activity_key)
        if answer is not None:
            raise AnsweredBeforeError(answer)

    async def _mark(self, activity_key: str, connection: AsyncConnection) -> None:
        """Waits, where another process has the activity in hand, until that is done with it."""
        row = {"key": activity_key, "seen_at": self._now()}
        if (await connection.execute(self._see, row)).first() is None:
            raise AnsweredBeforeError(await self.answer_of(activity_key) or NO_WORDS)

    async def note_answer(self, activity_key: str, answer: Answer) -> None:
        said = {"status": answer.status, "body": answer.body}
        note = self._database.insert(seen_activities).values(key=activity_key, seen_at=self._now(), **said)
        await self._database.execute(note.on_conflict_do_update(index_elements=["key"], set_=said))

    async def answer_of(self, activity_key: str) -> Answer | None:
        row = (await self._database.execute(_ANSWER, {"which": activity_key})).one_or_none()
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


@dataclass(frozen=True, slots=True)
class _Effect:
    """Implements portfolio.ports.conversations.Effect."""

    database: Database
    key: str
    work: Work

    @property
    def has_stored(self) -> bool:
        return self.work.has_written

    async def answer(self, answer: Answer) -> None:
        noted = update(seen_activities).where(seen_activities.c.key == self.key)
        await self.database.execute(noted.values(status=answer.status, body=answer.body))


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
