"""Answers to questions on the portfolio, read from the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from portfolio.history import ProjectHistory
from portfolio.identity import PersonId
from portfolio.projects.project import Benefit, Milestone, Risk
from portfolio.projects.signals import Figures
from portfolio.projects.status import Rag
from portfolio.questions.answers import (
    BelongingPage,
    Group,
    LeadSummary,
    Measure,
    MeetingPage,
    ProjectDetail,
    ProjectPage,
    ProjectRow,
    ReportedProject,
    Vocabulary,
)
from portfolio.questions.question import Figure, FigureKind, PeopleRole, Question
from portfolio.status.reporting import Publication
from storage.by_project import NUMBERS, by_project, newest
from storage.columns import COLOURS
from storage.database import Database
from storage.meetings.reading import read_meetings
from storage.organisation import people
from storage.projects.details import read_projects
from storage.projects.tables import PROJECTS, REPORTS, projects, reports
from storage.questions.belongings import OF_BENEFITS, OF_MILESTONES, OF_OBSTACLES, read_belongings
from storage.questions.columns import AMOUNTS
from storage.questions.groups import ratio, read_groups
from storage.questions.sql import fitting, includes_closed, order
from storage.questions.vocabulary import read_vocabulary
from storage.sorting import danish_key
from storage.status.reportables import read_publications
from storage.version import portfolio_state

_P = projects.c
# The fields of ProjectRow that lie in columns of the same name.
_FIELDS = ("number", "title", "overall", "status_day", "org_unit", "lead", "budget", "spend", "progress", "is_closed")
_FIGURES = (
    *(_P.end_last.label("end"), _P.expected_last.label("expected_end"), _P.milestone_last.label("milestone")),
    *(_P.rhythm_days, _P.time, _P.economy),
)
_ROW = (
    *(_P[name] for name in _FIELDS),
    *(people.c.name.label("lead_name"), _P.missing_after, _P.late_after, _P.disputed_after),
    *_FIGURES,
)
_READ_VERSION = select(portfolio_state.c.version)
_VERSION = _READ_VERSION.scalar_subquery().label("version")
_COUNTS_KEPT = 1_000
_WITH_LEAD = projects.outerjoin(people, people.c.id == _P.lead)

# For histories.
_MOST_REPORTS = 60
_NAMED = (
    select(_P.number, _P.title, _P.lead, people.c.name.label("lead_name"))
    .select_from(_WITH_LEAD)
    .where(_P.number.in_(NUMBERS))
)
_WITHIN = newest(reports, _MOST_REPORTS, reports.c.day.between(bindparam("first"), bindparam("last")))
_NEWEST = newest(reports, 1)
_BEFORE = newest(reports, 1, reports.c.day < bindparam("first"))


class SqlPortfolioReader:
    """Implements portfolio.ports.questions.PortfolioReader."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._vocabulary: Vocabulary | None = None
        self._counted: dict[tuple[int, Question, date], Mapping[Rag, int]] = {}

    async def version(self) -> int:
        async with self._database.connect() as connection:
            return await _version(connection)

    async def vocabulary(self) -> Vocabulary:
        """Read once for each version of the portfolio. People come without their Entra ids, which no one types."""
        async with self._database.connect() as connection:
            version = await _version(connection)
            if self._vocabulary is None or self._vocabulary.version != version:
                self._vocabulary = await read_vocabulary(connection, version)
            return self._vocabulary

    async def projects(self, question: Question, today: date, *, offset: int = 0, size: int = 10) -> ProjectPage:
        room = size if question.limit is None else max(0, min(size, question.limit - offset))
        async with self._database.connect() as connection:
            page = (await connection.execute(_page(question, today, room, offset))).mappings().all()
            rows = tuple(_row(row, today) for row in page)
            colours: Mapping[Rag, int]
            if offset == 0 and len(rows) < size:
                colours = Counter(row.overall for row in rows)
            else:
                version = page[0]["version"] if page else await _version(connection)
                colours = await self._colours(connection, version, question, today)
        return ProjectPage(rows, sum(colours.values()), colours)

    async def _colours(
        self, connection: AsyncConnection, version: int, question: Question, today: date
    ) -> Mapping[Rag, int]:
        """Counted once for each version of the portfolio, however often the question is asked or paged through."""
        asked = (version, question if question.limit else replace(question, sort=None), today)
        if asked not in self._counted:
            if len(self._counted) >= _COUNTS_KEPT:
                self._counted.clear()
            self._counted[asked] = await _colours(connection, question, today)
        return self._counted[asked]

    async def project_numbers(self, question: Question, today: date) -> list[str]:
        return list((await self._database.execute(_in_order(question, today, _P.number))).scalars())

    async def reported(self, question: Question, today: date) -> list[ReportedProject]:
        shown = fitting(question, today, _P.number)
        hits = select(projects).where(_P.number.in_(shown)).order_by(*order(question.sort))
        async with self._database.snapshot() as connection:
            found = [PROJECTS.from_row(row) for row in (await connection.execute(hits)).mappings()]
            newest_of = await by_project(connection, _NEWEST, [one.number for one in found])
        return [ReportedProject(one, next(map(REPORTS.from_row, newest_of.get(one.number, ())), None)) for one in found]

    async def count(self, question: Question, today: date) -> int:
        """Counted in the portfolio of the vocabulary, which is read before in every turn."""
        async with self._database.connect() as connection:
            version = self._vocabulary.version if self._vocabulary else await _version(connection)
            return sum((await self._colours(connection, version, question, today)).values())

    async def figure(self, question: Question, today: date) -> Measure:
        figure = question.figure
        if figure is None:
            raise ValueError("The question asks for no figure")
        async with self._database.connect() as connection:
            if figure.kind is FigureKind.SHARE:
                return await _share(connection, question, figure, today)
            return await _measure(connection, question, figure, today)

    async def groups(self, question: Question, today: date) -> list[Group]:
        async with self._database.connect() as connection:
            return await read_groups(connection, question, today)

    async def milestones(
        self, question: Question, today: date, *, offset: int = 0, size: int = 10
    ) -> BelongingPage[Milestone]:
        async with self._database.connect() as connection:
            return await read_belongings(connection, OF_MILESTONES, question, today, offset, size)

    async def benefits(
        self, question: Question, today: date, *, offset: int = 0, size: int = 10
    ) -> BelongingPage[Benefit]:
        async with self._database.connect() as connection:
            return await read_belongings(connection, OF_BENEFITS, question, today, offset, size)

    async def obstacles(
        self, question: Question, today: date, *, offset: int = 0, size: int = 10
    ) -> BelongingPage[Risk]:
        async with self._database.connect() as connection:
            return await read_belongings(connection, OF_OBSTACLES, question, today, offset, size)

    async def leads(self, question: Question, today: date) -> list[LeadSummary]:
        who = _P.owner if question.people is PeopleRole.OWNER else _P.lead
        named = projects.outerjoin(people, people.c.id == who)
        hits = _in_order(question, today, _P.number, who, people.c.name.label("name")).select_from(named)
        led: dict[tuple[PersonId | None, str | None], list[str]] = {}
        for number, lead, name in await self._database.execute(hits):
            led.setdefault((lead, name), []).append(number)
        summaries = [LeadSummary(lead, name, tuple(numbers)) for (lead, name), numbers in led.items()]
        return sorted(summaries, key=_by_name)

    async def project(self, number: str) -> ProjectDetail | None:
        async with self._database.connect() as connection:
            return (await read_projects(connection, [number])).get(number)

    async def history(
        self, numbers: Sequence[str], first: date | None = None, last: date | None = None
    ) -> list[ProjectHistory]:
        days = {"first": first or date.min, "last": last or date.max}
        async with self._database.connect() as connection:
            known = {row.number: row for row in await connection.execute(_NAMED, {"numbers": numbers})}
            within = await by_project(connection, _WITHIN, numbers, **days)
            before = {} if first is None else await by_project(connection, _BEFORE, numbers, first=first)
        return [
            ProjectHistory(
                *known[number],
                before=next(map(REPORTS.from_row, before.get(number, ())), None),
                reports=tuple(map(REPORTS.from_row, reversed(within.get(number, ())))),
            )
            for number in dict.fromkeys(numbers)
            if number in known
        ]

    async def publications(self, number: str) -> list[Publication]:
        async with self._database.connect() as connection:
            return await read_publications(connection, number)

    async def meetings(self, question: Question, now: datetime, *, offset: int = 0, size: int = 10) -> MeetingPage:
        """The days of a period are days in `now`'s time zone."""
        async with self._database.connect() as connection:
            return await read_meetings(connection, question, now, offset, size)


@lru_cache(maxsize=256)
def _page(question: Question, today: date, room: int, offset: int) -> Select[Any]:
    """Puts a statement together once, however many ask the same: that takes as long as the answer."""
    sorting = order(question.sort)
    # Which ones is worked out on the index alone; only the page's rows are fetched.
    shown = fitting(replace(question, limit=None), today, _P.number).order_by(*sorting).limit(room).offset(offset)
    return select(*_ROW, _VERSION).select_from(_WITH_LEAD).where(_P.number.in_(shown)).order_by(*sorting)


def _in_order(question: Question, today: date, *columns: ColumnElement[Any]) -> Select[Any]:
    hits = fitting(question, today, *columns)
    return hits.order_by(*order(question.sort)) if question.limit is None else hits


def _row(row: RowMapping, today: date) -> ProjectRow:
    missing_after, late_after, disputed_after = row["missing_after"], row["late_after"], row["disputed_after"]
    is_disputed = disputed_after is not None and disputed_after < today
    return ProjectRow(
        **{name: row[name] for name in (*_FIELDS, "lead_name")},
        missing_status=missing_after is None or missing_after < today,
        late=late_after is not None and late_after < today,
        figures=Figures(**{field.name: row[field.name] for field in fields(Figures)}) if is_disputed else None,
    )


def _by_name(summary: LeadSummary) -> tuple[bool, str, str]:
    return summary.lead is None, danish_key(summary.name or ""), summary.lead or ""


async def _version(connection: AsyncConnection) -> int:
    version: int = (await connection.execute(_READ_VERSION)).scalar_one()
    return version


async def _colours(connection: AsyncConnection, question: Question, today: date) -> dict[Rag, int]:
    hits = fitting(question, today, _P.overall_rank).subquery()
    counted = select(hits.c.overall_rank, func.count()).group_by(hits.c.overall_rank)
    return {COLOURS[rank]: count for rank, count in await connection.execute(counted)}


async def _share(connection: AsyncConnection, question: Question, figure: Figure, today: date) -> Measure:
    """Gives per cent. Closed projects count on both sides of the share, or on neither."""
    among = Question(where=figure.among)
    closed = includes_closed(question) or includes_closed(among)
    size = func.sum(AMOUNTS[figure.amount]) if figure.amount else func.count()
    known = func.count(AMOUNTS[figure.amount]) if figure.amount else func.count()
    all_of_them = fitting(replace(among, include_closed=closed), today, size, known).select_from(projects)
    whole, over = (await connection.execute(all_of_them)).one()
    if not whole:
        return Measure(None, over)
    hits = fitting(replace(question, include_closed=closed), today, _P.number).subquery()
    both = fitting(replace(among, include_closed=True), today, size).where(_P.number.in_(select(hits.c.number)))
    part: Decimal = (await connection.execute(both)).scalar_one() or Decimal(0)
    return Measure(100 * part / Decimal(whole), over)


async def _measure(connection: AsyncConnection, question: Question, figure: Figure, today: date) -> Measure:
    """Hits without the figure are left out of sums, averages and the like alike."""
    if figure.kind is FigureKind.RATIO:
        pairs = (await connection.execute(fitting(question, today, _P.spend, _P.budget))).all()
        both = sum(spend is not None and bool(budget) for spend, budget in pairs)
        return Measure(ratio((spend, budget) for spend, budget in pairs), both)
    if figure.amount is None:
        raise ValueError("A sum or an average is of an amount")
    hits = fitting(question, today, AMOUNTS[figure.amount].label("amount")).subquery()
    amount = hits.c.amount
    measured = {FigureKind.MIN: func.min(amount), FigureKind.MAX: func.max(amount)}.get(figure.kind, func.sum(amount))
    value: Decimal | None
    value, count = (await connection.execute(select(measured, func.count(amount)))).one()
    return Measure(value / count if value is not None and figure.kind is FigureKind.AVERAGE else value, count)
