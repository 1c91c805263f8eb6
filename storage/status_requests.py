"""The last request for each project's status."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Column, Table, Text, delete, select

from portfolio.audit import Action, AuditEntry
from portfolio.identity import PersonId
from portfolio.reminders.kinds import StatusRequest
from storage.audit import write_down
from storage.columns import Instant, metadata, of_project
from storage.database import Database
from storage.version import lock_portfolio

status_requests = Table(
    "status_requests",
    metadata,
    of_project(),
    Column("by", Text, nullable=False),
    Column("at", Instant, nullable=False),
)

_R = status_requests.c


class SqlStatusRequests:
    """Implements portfolio.ports.status_requests.StatusRequestStore."""

    _database: Database

    async def request_status(
        self, asked: Mapping[str, PersonId], seen: Collection[StatusRequest], by: PersonId, at: datetime
    ) -> frozenset[str]:
        known = {request.project: request.at for request in seen}
        upsert = self._database.insert(status_requests)
        upsert = upsert.on_conflict_do_update(
            index_elements=["project"], set_={"by": upsert.excluded.by, "at": upsert.excluded.at}
        )
        present = select(status_requests).where(_R.project.in_(asked))
        async with self._database.transaction() as connection:
            await lock_portfolio(connection)
            now = {row.project: row.at for row in await connection.execute(present)}
            free = [number for number in asked if now.get(number) == known.get(number)]
            if free:
                await connection.execute(upsert, [{"project": number, "by": by, "at": at} for number in free])
                whom = {number: {"recipient": asked[number]} for number in free}
                await write_down(
                    connection, *(AuditEntry(at, by, Action.STATUS_REQUESTED, one, whom[one]) for one in free)
                )
        return frozenset(free)

    async def withdraw_requests(
        self,
        numbers: Collection[str],
        requested_at: datetime,
        before: Sequence[StatusRequest],
        by: PersonId,
        at: datetime,
    ) -> bool:
        theirs = (_R.project.in_(numbers), _R.by == by, _R.at == requested_at)
        async with self._database.transaction() as connection:
            await lock_portfolio(connection)
            present = (await connection.execute(select(_R.project).where(*theirs))).scalars().all()
            if set(present) != set(numbers):
                return False
            await connection.execute(delete(status_requests).where(*theirs))
            if before:
                await connection.execute(self._database.insert(status_requests), [asdict(one) for one in before])
            await write_down(
                connection, *(AuditEntry(at, by, Action.REQUEST_WITHDRAWN, one) for one in sorted(numbers))
            )
        return True
