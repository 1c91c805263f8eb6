"""Takes a whole portfolio in, all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import BindParameter, RowMapping, bindparam, delete, insert, select, text, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from portfolio.audit import Action, AuditEntry
from portfolio.identity import BY_OPERATOR, PersonId
from portfolio.organisation import Standing
from portfolio.projects.changes import write_value
from portfolio.projects.status import StatusReport
from portfolio.whole import HOLDING_PEOPLE, ImportChange, ImportChanges, Portfolio, Tally, with_people
from storage.audit import write_down
from storage.database import Database, chunks
from storage.meetings.importing import known_again
from storage.meetings.tables import MEETINGS, meetings
from storage.organisation import BODIES, FOCUS_AREAS, ORG_UNITS, PEOPLE, people, whose
from storage.projects.changes import NOTHING_HELD, Held, end_changes, held_changes
from storage.projects.summary_columns import renew_standing
from storage.projects.tables import (
    BENEFITS,
    MILESTONES,
    PROJECTS,
    REPORTS,
    RISKS,
    project_focus_areas,
    project_goals,
    projects,
    reports,
)
from storage.records import RecordMapping, Row
from storage.status.tables import publications
from storage.version import lock_portfolio, raise_version

# By the fields of Portfolio, what others refer to first.
MAPPINGS: dict[str, RecordMapping[Any]] = {
    "org_units": ORG_UNITS,
    "people": PEOPLE,
    "focus_areas": FOCUS_AREAS,
    "projects": PROJECTS,
    "reports": REPORTS,
    "milestones": MILESTONES,
    "benefits": BENEFITS,
    "risks": RISKS,
    "bodies": BODIES,
    "meetings": MEETINGS,
}

Progress = Callable[[int, int], None]
NotGiven = Mapping[str, Collection[str]]

_EXAMPLES_PER_TABLE = 20
# What a directory says of a person, and a workbook therefore doesn't.
OF_DIRECTORY = ("email", "upn", "entra_id", "name", "unit", "manager")
_TURNED_AROUND = {
    "focus_areas": project_focus_areas.c.focus_area,
    "goals": project_goals.c.goal,
}
_GIVEN = (publications.c.project, publications.c.day)
_DECIDE_STANDING = {"projects": "number", "reports": "project", "milestones": "project"}


class UnknownProjectsError(Exception):
    """Records belong to projects that neither the database nor the portfolio has; `numbers` lists them."""

    def __init__(self, numbers: Sequence[str]) -> None:
        super().__init__(f"No such project: {', '.join(numbers)}")
        self.numbers = tuple(numbers)


class FrozenReportsError(Exception):
    """Reports that were given through Tovholder would be changed; `reports` lists them by project and day."""

    def __init__(self, reports: Sequence[tuple[str, date]]) -> None:
        super().__init__(f"Given already: {', '.join(f'{project} {day}' for project, day in reports)}")
        self.reports = tuple(reports)


class FrozenReports:
    """Reports that were given through Tovholder, as a file must not change them."""

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


@dataclass
class _Difference:
    """The changes of a chunk of records: rows to add, and rows to change with the fields that differ."""

    added: list[Row] = field(default_factory=list)
    changed: list[tuple[Row, tuple[str, ...]]] = field(default_factory=list)


class SqlPortfolioWriter:
    """Upserts by the identities in portfolio.whole; what a portfolio doesn't mention stays.

    `not_given` names fields, by table, that the source has no column for: they keep what is stored. Projects are known
    from `today` on; None where that doesn't matter. Where `at` is given, it is written to the audit log.
    """

    def __init__(self, database: Database, today: date | None = None, at: datetime | None = None) -> None:
        self._database = database
        self._today = today
        self._at = at

    async def plan(self, portfolio: Portfolio, not_given: NotGiven | None = None) -> ImportChanges:
        """Finds what `apply` would change. Raises UnknownProjectsError and FrozenReportsError."""
        async with self._database.connect() as connection:
            return await _Import(connection, not_given or {}, self._today, writing=False).run(portfolio, None)

    async def apply(
        self, portfolio: Portfolio, progress: Progress | None = None, not_given: NotGiven | None = None
    ) -> ImportChanges:
        """Stores it in one transaction; `progress` is told how many records of how many are done.

        Raises UnknownProjectsError and FrozenReportsError, and then stores nothing.
        """
        async with self._database.transaction() as connection:
            # Two imports at once would compare with rows that the other is about to change.
            await lock_portfolio(connection)
            changes = await _Import(connection, not_given or {}, self._today, writing=True).run(portfolio, progress)
            if not changes.is_empty:
                await raise_version(connection)
                # So that the database knows which index narrows a question the most.
                await connection.execute(text("ANALYZE"))
                if self._at:
                    await write_down(connection, _entry(changes, self._at))
            return changes


class _Import:
    """Runs through a portfolio, comparing chunk by chunk with what is stored, and writing when it may."""

    def __init__(self, connection: AsyncConnection, not_given: NotGiven, today: date | None, *, writing: bool) -> None:
        self._connection = connection
        self._not_given = not_given
        self._today = today
        self._writing = writing
        self._tallies: dict[str, Tally] = {}
        self._kept: list[ImportChange] = []
        self._examples: list[ImportChange] = []
        self._overruled: list[int] = []
        self._touched: set[str] = set()
        self._revised: set[str] = set()

    async def run(self, portfolio: Portfolio, progress: Progress | None) -> ImportChanges:
        await self._refuse_unknown_projects(portfolio)
        portfolio = await self._with_stored_people(portfolio)
        total = sum(len(getattr(portfolio, table)) for table in MAPPINGS)
        done = 0
        for table, mapping in MAPPINGS.items():
            for rows in chunks(_rows(mapping, getattr(portfolio, table))):
                await self._take(table, mapping, rows)
                done += len(rows)
                if progress:
                    progress(done, total)
        if self._writing:
            for numbers in chunks(sorted(self._touched)):
                await renew_standing(self._connection, numbers)
            for numbers in chunks(sorted(self._revised)):
                revised = update(projects).where(projects.c.number.in_(numbers))
                await self._connection.execute(revised.values(revision=projects.c.revision + 1))
        return ImportChanges(self._tallies, tuple(self._examples), tuple(self._kept))

    async def _with_stored_people(self, portfolio: Portfolio) -> Portfolio:
        """Takes those who have a stored person's address for that person, whatever id they come with, and stores those
        who are only mentioned."""
        named = {person.email: person.id for person in (*portfolio.mentioned, *portfolio.people) if person.email}
        stored = await whose(self._connection, named)
        known: set[str] = {person.id for person in portfolio.people} | set(stored.values())
        others: dict[str, PersonId] = {
            named[email]: person for email, person in stored.items() if person != named[email]
        }
        if others:
            portfolio = _renamed(portfolio, others)
        new = [PEOPLE.row(person) for person in portfolio.mentioned if person.id not in known]
        if new and self._writing:
            await self._connection.execute(insert(people), new)
        return portfolio

    async def _refuse_unknown_projects(self, portfolio: Portfolio) -> None:
        members = (portfolio.reports, portfolio.milestones, portfolio.benefits, portfolio.risks)
        mentioned = {record.project for records in members for record in records}
        unknown = mentioned - {project.number for project in portfolio.projects}
        for numbers in chunks(sorted(unknown)):
            known = select(projects.c.number).where(projects.c.number.in_(numbers))
            unknown.difference_update((await self._connection.execute(known)).scalars())
        if unknown:
            raise UnknownProjectsError(sorted(unknown))

    async def _take(self, table: str, mapping: RecordMapping[Any], rows: list[Row]) -> None:
        difference = await self._compare(table, mapping, rows)
        if table == "reports":
            await self._refuse_frozen([_identity(mapping, row) for row, _ in difference.changed])
        self._count(table, mapping, difference, len(rows))
        if self._writing:
            await self._write(mapping, difference)
            if number := _DECIDE_STANDING.get(table):
                self._touched.update(row[number] for row in difference.added)
                self._touched.update(row[number] for row, _ in difference.changed)
            self._revise(table, difference)

    async def _refuse_frozen(self, identities: list[tuple[Any, ...]]) -> None:
        given = await self._connection.execute(select(*_GIVEN).where(tuple_(*_GIVEN).in_(identities)).distinct())
        if frozen := sorted((row.project, row.day) for row in given):
            raise FrozenReportsError(frozen)

    def _revise(self, table: str, difference: _Difference) -> None:
        """Raises the revisions of projects whose reporters saw something else."""
        if table == "reports":
            self._revised.update(row["project"] for row in difference.added)
            self._revised.update(row["project"] for row, _ in difference.changed)
        elif table == "projects":
            self._revised.update(row["number"] for row, fields in difference.changed if "lead" in fields)

    async def _compare(self, table: str, mapping: RecordMapping[Any], rows: list[Row]) -> _Difference:
        stored = await self._stored(mapping, rows)
        number = _DECIDE_STANDING.get(table)
        held = await held_changes(self._connection, table, {row[number] for row in rows} if number else ())
        difference = _Difference()
        for row in rows:
            identity = _identity(mapping, row)
            if identity not in stored:
                difference.added.append(row)
            elif (before := stored[identity]) and (
                changed := self._merge(table, mapping, row, before, held.get(identity, NOTHING_HELD))
            ):
                difference.changed.append((row, changed))
        if self._writing:
            await end_changes(self._connection, self._overruled)
        self._overruled.clear()
        return difference

    async def _stored(
        self, mapping: RecordMapping[Any], rows: list[Row]
    ) -> Mapping[tuple[Any, ...], RowMapping | None]:
        """Reads what is stored of the rows, by identity; None for what stays as it is, whatever the row says."""
        if mapping.table is meetings:
            return await known_again(self._connection, rows)
        key = tuple_(*(mapping.table.c[name] for name in mapping.key))
        columns = [mapping.table.c[name] for name in mapping.field_of]
        wanted = select(*columns).where(key.in_([_identity(mapping, row) for row in rows]))
        if mapping is PEOPLE:
            wanted = wanted.add_columns(people.c.is_from_directory).where(people.c.standing != Standing.MENTIONED)
        return {_identity(mapping, row): row for row in (await self._connection.execute(wanted)).mappings()}

    def _merge(
        self, table: str, mapping: RecordMapping[Any], row: Row, before: Mapping[Any, Any], held: Held
    ) -> tuple[str, ...]:
        """Fills in what the source doesn't give, and names the fields that differ then."""
        row.update({name: before[name] for name in mapping.key})
        not_given = self._not_given.get(table, ())
        if mapping is PEOPLE:
            self._keep(row, before, not_given)
        kept = self._held_fields(table, mapping, row, held)
        changed: dict[str, None] = {}
        for column, name in mapping.field_of.items():
            if row[column] == before[column]:
                continue
            if name in not_given or name in kept or (row[column] is None and name in mapping.kept):
                row[column] = before[column]
            else:
                changed[name] = None
        if changed and (not_given or kept):
            row.update(mapping.row(mapping.from_row(row)))
        return tuple(changed)

    def _held_fields(self, table: str, mapping: RecordMapping[Any], row: Row, held: Held) -> Collection[str]:
        """Finds the fields that were changed here since the file last said something else of them."""
        given = {name: held[name] for name in held if name not in self._not_given.get(table, ())}
        if not given:
            return ()
        record = mapping.from_row(row)
        kept = tuple(name for name, (_, in_file) in given.items() if write_value(getattr(record, name)) == in_file)
        self._overruled += [change for name, (change, _) in given.items() if name not in kept]
        if kept:
            told = " · ".join(str(row[name]) for name in mapping.told_by or mapping.known_by)
            self._kept.append(ImportChange(table, told, kept))
        return kept

    def _keep(self, row: Row, before: Mapping[Any, Any], not_given: Collection[str]) -> None:
        """Keeps what a file doesn't decide: whether somebody is here, and what a directory says of them."""
        if before["standing"] is Standing.LEFT:
            row["standing"] = Standing.LEFT
        if not before["is_from_directory"]:
            return
        told = [name for name in OF_DIRECTORY if name not in not_given and row[name] not in (None, before[name])]
        if told:
            self._kept.append(ImportChange("people", before["email"] or before["upn"] or before["name"], tuple(told)))
        row.update({name: before[name] for name in (*OF_DIRECTORY, "standing")})

    def _count(self, table: str, mapping: RecordMapping[Any], difference: _Difference, size: int) -> None:
        before = self._tallies.get(table, Tally())
        added, changed = len(difference.added), len(difference.changed)
        unchanged = before.unchanged + size - added - changed
        self._tallies[table] = Tally(before.added + added, before.changed + changed, unchanged)
        room = max(0, _EXAMPLES_PER_TABLE - before.added - before.changed)
        examples = ([(row, ()) for row in difference.added] + difference.changed)[:room]
        for row, fields in examples:
            identity = " · ".join(str(row[name]) for name in mapping.told_by or mapping.known_by)
            self._examples.append(ImportChange(table, identity, fields))

    async def _write(self, mapping: RecordMapping[Any], difference: _Difference) -> None:
        changed = [row for row, _ in difference.changed]
        if difference.added and mapping is PEOPLE:
            mentioned = (
                people.c.id.in_([row["id"] for row in difference.added]),
                people.c.standing == Standing.MENTIONED,
            )
            await self._connection.execute(delete(people).where(*mentioned))
        if difference.added:
            known = {"added_on": self._today} if mapping.table is projects else {}
            await self._connection.execute(insert(mapping.table), [row | known for row in difference.added])
        if changed:
            keyed: dict[str, BindParameter[Any]] = {name: bindparam(f"key_{name}") for name in mapping.key}
            statement = update(mapping.table).where(*(mapping.table.c[name] == key for name, key in keyed.items()))
            await self._connection.execute(statement, [_for_update(mapping, row) for row in changed])
        if mapping.table is projects:
            await self._turn_around(difference.added, changed)

    async def _turn_around(self, added: list[Row], changed: list[Row]) -> None:
        numbers = [row["number"] for row in changed]
        for name, column in _TURNED_AROUND.items():
            if numbers:
                await self._connection.execute(delete(column.table).where(column.table.c.project.in_(numbers)))
            pairs = [
                {"project": row["number"], column.name: value}
                for row in [*added, *changed]
                for value in dict.fromkeys(row[name])
            ]
            if pairs:
                await self._connection.execute(insert(column.table), pairs)


def _entry(changes: ImportChanges, at: datetime) -> AuditEntry:
    tallies = changes.tallies.values()
    counts = {"added": sum(one.added for one in tallies), "changed": sum(one.changed for one in tallies)}
    detail = {"what": "portfolio", **{name: str(count) for name, count in counts.items()}}
    return AuditEntry(at, BY_OPERATOR, Action.IMPORTED, detail=detail)


def _renamed(portfolio: Portfolio, ids: Mapping[str, PersonId]) -> Portfolio:
    def who(person: str) -> PersonId:
        return ids.get(person, PersonId(person))

    return replace(
        portfolio,
        **{
            table: tuple(with_people(record, table, who) for record in getattr(portfolio, table))
            for table in HOLDING_PEOPLE
        },
    )


def _rows(mapping: RecordMapping[Any], records: Sequence[Any]) -> Iterator[Row]:
    """Lists each identity once; the last record wins where it comes twice."""
    unique = {tuple(getattr(record, name) for name in mapping.known_by): record for record in records}
    return (mapping.row(record) for record in unique.values())


def _identity(mapping: RecordMapping[Any], row: Mapping[Any, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in mapping.known_by)


def _for_update(mapping: RecordMapping[Any], row: Row) -> Row:
    values = {name: value for name, value in row.items() if name not in mapping.key}
    return values | {f"key_{name}": row[name] for name in mapping.key}
