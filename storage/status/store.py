"""Reports on projects, and who gives them. A report is taken in and frozen, all or nothing."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Executable, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from portfolio.audit import Action, AuditEntry
from portfolio.identity import BY_IMPORT, PersonId
from portfolio.projects.project import Benefit
from portfolio.projects.status import StatusReport
from portfolio.status.reporting import (
    Overtaken,
    ProjectClosed,
    Publication,
    Reportable,
    Snapshot,
    Submission,
    published,
    state_of,
    taken_back,
)
from storage.audit import write_down
from storage.database import Database
from storage.deputies import SqlDeputies
from storage.forms import finish
from storage.projects.revision import take_turn
from storage.projects.summary_columns import renew_standing
from storage.projects.tables import BENEFITS, REPORTS, RISKS, benefits, milestones, projects, reports, risks
from storage.records import RecordMapping
from storage.status.reportables import numbers_led_by, read_reportable, read_reportables
from storage.status.tables import publications


class SqlReportingStore(SqlDeputies):
    """Implements portfolio.ports.status.ReportingStore."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._put_report = _upsert(database, REPORTS)
        self._put_risk = _upsert(database, RISKS)

    async def reportable(self, number: str) -> Reportable | None:
        async with self._database.snapshot() as connection:
            return await read_reportable(connection, number)

    async def led_by(self, person: PersonId, today: date) -> list[Reportable]:
        async with self._database.snapshot() as connection:
            return await read_reportables(connection, await numbers_led_by(connection, person, today))

    async def publish(self, submission: Submission, draft: str | None = None) -> Publication:
        submission = _as_stored(submission)
        number = submission.report.project
        async with self._database.transaction() as connection:
            await take_turn(connection, number, submission.revision)
            reportable = await read_reportable(connection, number)
            if reportable is None:
                raise ProjectClosed(number)
            before = reportable.newest
            imported = _imported(reportable, submission)
            if imported:
                await _keep(connection, imported)
                reportable = replace(reportable, publications=(imported, *reportable.publications))
            publication = published(reportable, submission)
            await _keep(connection, publication, state_of(reportable.detail))
            await connection.execute(self._put_report, REPORTS.row(publication.report))
            if submission.obstacle:
                await connection.execute(self._put_risk, RISKS.row(submission.obstacle))
            await _mark(connection, submission)
            await renew_standing(connection, [number])
            if draft is not None and not await finish(connection, draft, publication.key.write()):
                raise Overtaken(number)
            await write_down(connection, _entry(publication, before, _action(publication, reportable)))
        return publication

    async def take_back(self, number: str, revision: int, by: PersonId, at: datetime) -> Publication:
        async with self._database.transaction() as connection:
            await take_turn(connection, number, revision)
            reportable = await read_reportable(connection, number)
            before = await _before_newest(connection, reportable) if reportable else None
            if reportable is None or before is None:
                raise Overtaken(number)
            back = taken_back(reportable, by, at, before)
            await _keep(connection, back)
            if back.is_withdrawn:
                which = (reports.c.project == number, reports.c.day == back.report.day)
                await connection.execute(delete(reports).where(*which))
            else:
                await connection.execute(self._put_report, REPORTS.row(back.report))
            await self._restore(connection, before, reportable.publications[0].snapshot)
            await renew_standing(connection, [number])
            await write_down(connection, _entry(back, reportable.newest, Action.REPORT_TAKEN_BACK))
        return back

    async def _restore(self, connection: AsyncConnection, before: Snapshot, after: Snapshot) -> None:
        """Gives what a report changed of milestones, benefits and risks back as it was."""
        for milestone in set(before.milestones) - set(after.milestones):
            which = (milestones.c.project == milestone.project, milestones.c.title == milestone.title)
            await connection.execute(update(milestones).where(*which).values(reached=milestone.reached))
        for benefit in set(before.benefits) - set(after.benefits):
            which = (benefits.c.project == benefit.project, benefits.c.title == benefit.title)
            await connection.execute(update(benefits).where(*which).values(realised=benefit.realised))
        for risk in set(after.risks) - set(before.risks):
            await connection.execute(delete(risks).where(risks.c.project == risk.project, risks.c.title == risk.title))
        for risk in set(before.risks) - set(after.risks):
            await connection.execute(self._put_risk, RISKS.row(risk))

    async def hand_over(self, number: str, lead: PersonId | None, revision: int, by: PersonId, at: datetime) -> None:
        mine = projects.c.number == number
        async with self._database.transaction() as connection:
            await take_turn(connection, number, revision)
            before = (await connection.execute(select(projects.c.lead).where(mine))).scalar_one()
            await connection.execute(update(projects).where(mine).values(lead=lead))
            detail = {"from": before or "", "to": lead or ""}
            await write_down(connection, AuditEntry(at, by, Action.HANDED_OVER, number, detail))


def _as_stored(submission: Submission) -> Submission:
    """Figures rounded as the tables keep them, so that what is frozen says the same."""
    report = REPORTS.from_row(REPORTS.row(submission.report))
    gains = (Benefit(report.project, title, realised=figure) for title, figure in submission.realised.items())
    return replace(submission, report=report, realised={gain.title: BENEFITS.row(gain)["realised"] for gain in gains})


def _imported(reportable: Reportable, submission: Submission) -> Publication | None:
    """The report of that day as it came from a file, and now becomes history. Nobody knows what was true then."""
    day = submission.report.day
    if any(publication.report.day == day for publication in reportable.publications):
        return None
    stored = next((report for report in reportable.detail.reports if report.day == day), None)
    if stored is None:
        return None
    return Publication(stored, 1, submission.at, stored.author or BY_IMPORT, Snapshot())


async def _keep(connection: AsyncConnection, publication: Publication, before: Snapshot | None = None) -> None:
    """Keeps it with the project as it was just before, which is None where nobody takes it back."""
    report = publication.report
    row = {item.name: getattr(publication, item.name) for item in fields(publication)}
    await connection.execute(
        insert(publications), row | {"project": report.project, "day": report.day, "before": before}
    )


async def _before_newest(connection: AsyncConnection, reportable: Reportable) -> Snapshot | None:
    if not reportable.publications:
        return None
    key = reportable.publications[0].key
    columns = publications.c
    which = (columns.project == key.project, columns.day == key.day, columns.version == key.version)
    before: Snapshot | None = (await connection.execute(select(columns.before).where(*which))).scalar_one()
    return before


def _upsert(database: Database, mapping: RecordMapping[Any]) -> Executable:
    """Inserts a whole row, which takes the place of one with the same key."""
    upsert = database.insert(mapping.table)
    new = {name: upsert.excluded[name] for name in mapping.field_of if name not in mapping.key}
    return upsert.on_conflict_do_update(index_elements=mapping.key, set_=new)


async def _mark(connection: AsyncConnection, submission: Submission) -> None:
    """The milestones reached, and the benefits realised so far."""
    number, day = submission.report.project, submission.report.day
    if submission.reached:
        columns = milestones.c
        unreached = (columns.project == number, columns.title.in_(submission.reached), columns.reached.is_(None))
        await connection.execute(update(milestones).where(*unreached).values(reached=day))
    for title, figure in submission.realised.items():
        which = (benefits.c.project == number, benefits.c.title == title)
        await connection.execute(update(benefits).where(*which).values(realised=figure))


def _entry(publication: Publication, before: StatusReport | None, action: Action) -> AuditEntry:
    report = publication.report
    detail = {"day": report.day.isoformat(), "version": str(publication.version), "overall": report.overall.value}
    if before is not None:
        detail["before"] = before.overall.value
    return AuditEntry(publication.at, publication.by, action, report.project, detail)


def _action(publication: Publication, reportable: Reportable) -> Action:
    if reportable.corrects(publication):
        return Action.REPORT_CORRECTED
    return Action.REPORT_UNCHANGED if publication.is_unchanged else Action.REPORT_PUBLISHED
