"""The channels of bodies."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, RowMapping, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from portfolio.audit import Action, AuditEntry
from portfolio.conversations import ConversationReference, without_thread
from portfolio.identity import PersonId
from portfolio.ports.meetings import BodyChannel
from storage.audit import write_down
from storage.conversations import conversations, saving
from storage.database import Database
from storage.meetings.tables import body_channels
from storage.version import lock_portfolio

_B, _C = body_channels.c, conversations.c
# Channels in which the app still is.
REACHED = select(_B.body, _B.bound_by, _B.bound_at, *_C).join(
    conversations, (_C.tenant == _B.tenant) & (_C.conversation == _B.conversation)
)


class SqlChannelStore:
    """Implements portfolio.ports.meetings.ChannelStore. A channel in which the app isn't any more is nobody's until it
    is heard from again."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def bind(self, body: str, reference: ConversationReference, by: PersonId, at: datetime) -> BodyChannel | None:
        reference = replace(reference, conversation=without_thread(reference.conversation))
        where = {"tenant": reference.tenant, "conversation": reference.conversation}
        async with self._database.transaction() as connection:
            # One at a time: of two bodies at once, one would have the channel that the other was given.
            await lock_portfolio(connection)
            earlier = await _channel(connection, _B.body == body)
            await connection.execute(saving(self._database, reference))
            taken = await _take_from_others(connection, body, reference, by, at)
            upsert = self._database.insert(body_channels).values(body=body, **where, bound_by=by, bound_at=at)
            new = {name: upsert.excluded[name] for name in (*where, "bound_by", "bound_at")}
            await connection.execute(upsert.on_conflict_do_update(index_elements=["body"], set_=new))
            await write_down(connection, *taken, _entry(Action.CHANNEL_BOUND, body, reference.conversation, by, at))
        return None if earlier is None or _is_same(earlier.reference, reference) else earlier

    async def unbind(self, body: str, by: PersonId, at: datetime) -> bool:
        taking = delete(body_channels).where(_B.body == body).returning(_B.conversation)
        async with self._database.transaction() as connection:
            conversation = (await connection.execute(taking)).scalar()
            if conversation is None:
                return False
            await write_down(connection, _entry(Action.CHANNEL_UNBOUND, body, conversation, by, at))
        return True

    async def channel(self, body: str) -> BodyChannel | None:
        async with self._database.connect() as connection:
            return await _channel(connection, _B.body == body)

    async def body_of(self, conversation: str) -> str | None:
        async with self._database.connect() as connection:
            channel = await _channel(connection, _B.conversation == without_thread(conversation))
        return channel.body if channel else None

    async def channels(self) -> list[BodyChannel]:
        return [_from_row(row) for row in (await self._database.execute(REACHED.order_by(_B.body))).mappings()]


async def _take_from_others(
    connection: AsyncConnection, body: str, reference: ConversationReference, by: PersonId, at: datetime
) -> list[AuditEntry]:
    """Returns what is to be written down of it."""
    theirs = (_B.tenant == reference.tenant, _B.conversation == reference.conversation, _B.body != body)
    others = (await connection.execute(delete(body_channels).where(*theirs).returning(_B.body))).scalars().all()
    return [_entry(Action.CHANNEL_UNBOUND, other, reference.conversation, by, at) for other in others]


async def _channel(connection: AsyncConnection, which: ColumnElement[bool]) -> BodyChannel | None:
    latest_first = REACHED.where(which).order_by(_B.bound_at.desc())
    row = (await connection.execute(latest_first)).mappings().first()
    return None if row is None else _from_row(row)


def _from_row(row: RowMapping) -> BodyChannel:
    reference = ConversationReference(**{column.name: row[column.name] for column in _C})
    return BodyChannel(row["body"], reference, row["bound_by"], row["bound_at"])


def _is_same(reference: ConversationReference, other: ConversationReference) -> bool:
    return (reference.tenant, reference.conversation) == (other.tenant, other.conversation)


def _entry(action: Action, body: str, conversation: str, by: PersonId, at: datetime) -> AuditEntry:
    return AuditEntry(at, by, action, detail={"body": body, "conversation": conversation})
