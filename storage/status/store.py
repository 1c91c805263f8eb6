"""Reports on projects, and who gives them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select, update

from portfolio.audit import Action, AuditEntry
from portfolio.deputies import Deputy
from portfolio.status.reporting import Publication, Reportable, Submission
from storage.audit import write_down
from storage.database import Database
from storage.deputies import end_deputy, read_deputies, set_deputy
from storage.projects.revision import take_turn
from storage.projects.tables import projects
from storage.status.publishing import Publisher
from storage.status.reportables import numbers_led_by, read_reportable, read_reportables


class SqlReportingStore:
    """Implements portfolio.ports.status.ReportingStore."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._publisher = Publisher(database)

    async def reportable(self, number: str) -> Reportable | None:
        async with self._database.snapshot() as connection:
            return await read_reportable(connection, number)

    async def led_by(self, email: str, today: date) -> list[Reportable]:
        async with self._database.snapshot() as connection:
            return await read_reportables(connection, await numbers_led_by(connection, email, today))

    async def publish(self, submission: Submission, draft: str | None = None) -> Publication:
        return await self._publisher.publish(submission, draft)

    async def hand_over(self, number: str, lead: str, revision: int, by: str, at: datetime) -> None:
        mine = projects.c.number == number
        async with self._database.transaction() as connection:
            await take_turn(connection, number, revision)
            before = (await connection.execute(select(projects.c.lead).where(mine))).scalar_one()
            await connection.execute(update(projects).where(mine).values(lead=lead))
            detail = {"from": before or "", "to": lead}
            await write_down(connection, AuditEntry(at, by, Action.HANDED_OVER, number, detail))

    async def deputies_of(self, email: str, today: date) -> list[Deputy]:
        async with self._database.connect() as connection:
            return list((await read_deputies(connection, [email], today)).get(email, ()))

    async def set_deputy(self, deputy: Deputy, by: str, at: datetime) -> None:
        await set_deputy(self._database, deputy, by, at)

    async def end_deputy(self, deputy: Deputy, by: str, at: datetime) -> bool:
        return await end_deputy(self._database, deputy, by, at)
