"""Reports that were given through Tovholder, as a file must not change them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import select

from portfolio.projects.status import StatusReport
from storage.database import Database
from storage.projects.tables import REPORTS, reports
from storage.status.tables import publications


class FrozenReports:
    def __init__(self, given: Mapping[tuple[str, date], StatusReport]) -> None:
        self._given = given

    @classmethod
    async def read(cls, database: Database) -> FrozenReports:
        same = (publications.c.project == reports.c.project, publications.c.day == reports.c.day)
        published = select(reports).where(select(publications.c.version).where(*same).exists())
        given = map(REPORTS.from_row, (await database.execute(published)).mappings())
        return cls({(report.project, report.day): report for report in given})

    def contradicted(self, report: StatusReport, fields: Collection[str]) -> list[str]:
        """Lists those of the fields that were given otherwise."""
        given = self._given.get((report.project, report.day))
        if given is None:
            return []
        stored = REPORTS.from_row(REPORTS.row(report))
        return [name for name in fields if getattr(stored, name) != getattr(given, name)]
