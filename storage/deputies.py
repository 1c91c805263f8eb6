"""Deputies, who report in a lead's place."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Date, Index, RowMapping, Table, Text, delete, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from portfolio.audit import Action, AuditEntry
from portfolio.deputies import Deputy
from portfolio.identity import PersonId
from storage.audit import write_down
from storage.columns import metadata
from storage.database import Database

deputies = Table(
    "deputies",
    metadata,
    Column("lead", Text, primary_key=True),
    Column("deputy", Text, primary_key=True),
    Column("first", Date, primary_key=True),
    Column("project", Text, primary_key=True),  # "" for all that they lead
    Column("last", Date, nullable=False),
    Index(None, "deputy"),
)


_ALL_PROJECTS = ""
_D = deputies.c
_KEY = ("lead", "deputy", "first", "project")


async def read_deputies(
    connection: AsyncConnection, leads: Collection[PersonId] | None, since: date | None = None
) -> dict[PersonId, tuple[Deputy, ...]]:
    """Reads deputies by lead, the first to begin first; all leads' with None. Leaves out those ended before `since`."""
    which: list[ColumnElement[bool]] = [] if leads is None else [_D.lead.in_(leads)]
    if since is not None:
        which.append(_D.last >= since)
    wanted = select(deputies).where(*which).order_by(_D.first, _D.deputy, _D.project)
    by_lead: dict[PersonId, tuple[Deputy, ...]] = {}
    for row in (await connection.execute(wanted)).mappings():
        by_lead[row["lead"]] = (*by_lead.get(row["lead"], ()), _deputy(row))
    return by_lead


async def end_deputies_of(
    connection: AsyncConnection, people: Collection[PersonId], today: date, by: PersonId, at: datetime
) -> list[AuditEntry]:
    """Ends those of the people's that last, and what they do in others' place. Returns what is to be written down."""
    theirs = delete(deputies).where(or_(_D.lead.in_(people), _D.deputy.in_(people)), _D.last >= today).returning(*_D)
    ended = map(_deputy, (await connection.execute(theirs)).mappings().all())
    return [_entry(Action.DEPUTY_ENDED, deputy, by, at) for deputy in ended]


class SqlDeputies:
    """The part of portfolio.ports.status.ReportingStore that keeps deputies."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def deputies_of(self, person: PersonId, today: date) -> list[Deputy]:
        async with self._database.connect() as connection:
            return list((await read_deputies(connection, [person], today)).get(person, ()))

    async def set_deputy(self, deputy: Deputy, by: PersonId, at: datetime) -> None:
        upsert = self._database.insert(deputies).values(**_row(deputy), last=deputy.last)
        upsert = upsert.on_conflict_do_update(index_elements=_KEY, set_={"last": upsert.excluded.last})
        async with self._database.transaction() as connection:
            await connection.execute(upsert)
            await write_down(connection, _entry(Action.DEPUTY_SET, deputy, by, at))

    async def end_deputy(self, deputy: Deputy, by: PersonId, at: datetime) -> bool:
        which = [_D[name] == value for name, value in _row(deputy).items()]
        async with self._database.transaction() as connection:
            ended = (await connection.execute(delete(deputies).where(*which))).rowcount == 1
            if ended:
                await write_down(connection, _entry(Action.DEPUTY_ENDED, deputy, by, at))
        return ended


def _row(deputy: Deputy) -> dict[str, Any]:
    key = {name: getattr(deputy, name) for name in _KEY}
    return key | {"project": deputy.project or _ALL_PROJECTS}


def _deputy(row: RowMapping) -> Deputy:
    return Deputy(**{**row, "project": row["project"] or None})


def _entry(action: Action, deputy: Deputy, by: PersonId, at: datetime) -> AuditEntry:
    days = {"first": deputy.first.isoformat(), "last": deputy.last.isoformat()}
    return AuditEntry(at, by, action, deputy.project, {"lead": deputy.lead, "deputy": deputy.deputy, **days})
