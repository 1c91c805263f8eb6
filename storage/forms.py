"""Forms that people are filling in."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Index, Integer, RowMapping, Select, Table, Text, bindparam, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from portfolio.drafts import SUMMARY, FormDraft
from portfolio.identity import PersonId
from storage.columns import Instant, metadata
from storage.database import PORTION, Database

# Forms being filled in; with an outcome they are done, and kept for a while for those who press twice.
drafts = Table(
    "drafts",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("conversation", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("answers", JSON, nullable=False),
    Column("asking", Text),
    Column("version", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("touched_at", Instant, nullable=False),
    Column("outcome", Text),
)

Index(
    "uq_drafts_open",
    *(drafts.c.person, drafts.c.conversation, drafts.c.kind, drafts.c.subject),
    unique=True,
    sqlite_where=drafts.c.outcome.is_(None),
    postgresql_where=drafts.c.outcome.is_(None),
)
Index("ix_drafts_touched_at", drafts.c.touched_at)

# Of one person, done or not: far more than anybody begins before they are forgotten anyway.
MOST_KEPT = 100

_D = drafts.c
_IS_OPEN = _D.outcome.is_(None)
_SAME = ("person", "conversation", "kind", "subject")
_KEPT = ("id", "person", "kind", "subject")
# Where in the form the conversation is stands among the answers, under names that no field has.
_THEN, _EXTRAS, _ASIDE = "*then", "*extras", "*aside"

# Asked at every message, so it is put together once.
_ASKING = (
    select(drafts)
    .where(_D.person == bindparam("who"), _IS_OPEN, _D.asking.is_not(None))
    .order_by(_D.touched_at.desc(), _D.id)
    .limit(1)
)
_ASKING_THERE = _ASKING.where(_D.conversation == bindparam("where"))


class SqlDraftStore:
    """Implements portfolio.ports.forms.DraftStore."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def draft(self, draft_id: str) -> FormDraft | None:
        return await self._first(select(drafts).where(_D.id == draft_id))

    async def asking(self, person: str, conversation: str | None) -> FormDraft | None:
        if conversation is None:
            return await self._first(_ASKING, {"who": person})
        return await self._first(_ASKING_THERE, {"who": person, "where": conversation})

    async def unfinished(self, person: str, conversation: str | None) -> list[FormDraft]:
        there = () if conversation is None else (_D.conversation == conversation,)
        open_forms = select(drafts).where(_D.person == person, _IS_OPEN, *there)
        last_first = open_forms.order_by(_D.touched_at.desc(), _D.id)
        return [_draft(row) for row in (await self._database.execute(last_first)).mappings()]

    async def begin(self, draft: FormDraft) -> FormDraft:
        insert = self._database.insert(drafts).values(_row(draft))
        once = insert.on_conflict_do_nothing(index_elements=_SAME, index_where=_IS_OPEN).returning(_D.id)
        same = select(drafts).where(_IS_OPEN, *(_D[name] == getattr(draft, name) for name in _SAME))
        async with self._database.transaction() as connection:
            while (await connection.execute(once)).first() is None:
                row = (await connection.execute(same)).mappings().first()
                if row is not None:  # else it was finished this moment
                    return _draft(row)
            await _quieten_others(connection, draft)
            await _forget_oldest(connection, draft)
        return draft

    async def save(self, draft: FormDraft, at: datetime) -> FormDraft | None:
        saved = replace(draft, version=draft.version + 1, touched_at=at)
        as_read = (_D.id == draft.id, _D.version == draft.version, _IS_OPEN)
        values = {name: value for name, value in _row(saved).items() if name not in _KEPT}
        others = (_IS_OPEN, _D.id != draft.id, *(_D[name] == getattr(draft, name) for name in _SAME))
        async with self._database.transaction() as connection:
            if (await connection.execute(select(_D.id).where(*as_read).with_for_update())).first() is None:
                return None
            await connection.execute(update(drafts).where(*others).values(outcome="", asking=None))
            await connection.execute(update(drafts).where(_D.id == draft.id).values(values))
            await _quieten_others(connection, draft)
        return saved

    async def interrupt(self, draft: FormDraft) -> None:
        as_read = (_D.id == draft.id, _D.version == draft.version, _IS_OPEN)
        answers = _row(replace(draft, is_interrupted=True))["answers"]
        await self._database.execute(update(drafts).where(*as_read).values(answers=answers))

    async def finish(self, draft_id: str, outcome: str) -> bool:
        async with self._database.transaction() as connection:
            return await finish(connection, draft_id, outcome)

    async def writing(self, conversation: str, since: datetime) -> frozenset[PersonId]:
        there = (_D.conversation == conversation, _D.asking.is_(None), _D.touched_at >= since, _IS_OPEN)
        return frozenset((await self._database.execute(select(_D.person).where(*there))).scalars())

    async def expire(self, before: datetime) -> list[FormDraft]:
        old = select(_D.id).where(_D.touched_at < before).limit(PORTION)
        removing = delete(drafts).where(_D.id.in_(old)).returning(*_D)
        removed: list[RowMapping] = []
        while rows := (await self._database.execute(removing)).mappings().all():
            removed += rows
        return [_draft(row) for row in removed if row["outcome"] is None]

    async def _first(self, statement: Select[Any], values: dict[str, str] | None = None) -> FormDraft | None:
        row = (await self._database.execute(statement, values)).mappings().first()
        return None if row is None else _draft(row)


async def finish(connection: AsyncConnection, draft_id: str, outcome: str) -> bool:
    """False when it was done already."""
    done = update(drafts).where(_D.id == draft_id, _IS_OPEN).values(outcome=outcome, asking=None)
    return (await connection.execute(done)).rowcount == 1


async def _forget_oldest(connection: AsyncConnection, new: FormDraft) -> None:
    """Keeps the person's latest beside the new one: those that are done go first, then those touched longest ago."""
    others = (_D.person == new.person, _D.id != new.id)
    latest = select(_D.id).where(*others).order_by(_D.outcome.is_not(None), _D.touched_at.desc(), _D.id)
    await connection.execute(delete(drafts).where(*others, _D.id.not_in(latest.limit(MOST_KEPT - 1))))


async def _quieten_others(connection: AsyncConnection, draft: FormDraft) -> None:
    """Keeps to one question at a time: a form that asks makes the person's others in the conversation stop. A form on a
    card only takes the yes from those that wait for nothing else, so that a yes never sends what stands further up."""
    there = (_D.person == draft.person, _D.conversation == draft.conversation, _D.id != draft.id)
    stops = _D.asking == SUMMARY if draft.asking is None else _D.asking.is_not(None)
    await connection.execute(update(drafts).where(*there, stops).values(asking=None))


def _row(draft: FormDraft) -> dict[str, Any]:
    answers = dict(draft.answers)
    if draft.then is not None:
        answers[_THEN] = draft.then
    if draft.asks_extras:
        answers[_EXTRAS] = "yes"
    if draft.is_interrupted:
        answers[_ASIDE] = "yes"
    return {column.name: getattr(draft, column.name) for column in _D} | {"answers": answers}


def _draft(row: RowMapping) -> FormDraft:
    answers = dict(row["answers"])
    then, asks_extras = answers.pop(_THEN, None), answers.pop(_EXTRAS, None) is not None
    is_interrupted = answers.pop(_ASIDE, None) is not None
    return FormDraft(**{**row, "answers": answers}, then=then, asks_extras=asks_extras, is_interrupted=is_interrupted)
