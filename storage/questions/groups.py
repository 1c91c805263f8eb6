"""Projects divided by what they have in common, each group measured."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncConnection

from portfolio.organisation import OrgUnit
from portfolio.questions import catalogue
from portfolio.questions.answers import Group
from portfolio.questions.catalogue import Attribute
from portfolio.questions.question import Figure, FigureKind, Question
from storage.organisation import ORG_UNITS, org_units
from storage.projects.tables import project_focus_areas, project_goals, projects
from storage.questions.columns import AMOUNTS
from storage.questions.sql import fitting, includes_closed, order

Key = str | int | None
_P = projects.c
COLUMNS = {
    catalogue.ORG_UNITS: _P.org_unit,
    catalogue.KINDS: _P.kind,
    catalogue.PHASES: _P.phase,
    catalogue.OVERALL: _P.overall,
    catalogue.LEAD: _P.lead,
    catalogue.OWNER: _P.owner,
    catalogue.PRIORITY: _P.priority,
}
LISTED = {
    catalogue.FOCUS_AREAS: (project_focus_areas, project_focus_areas.c.focus_area),
    catalogue.GOALS: (project_goals, project_goals.c.goal),
}


@dataclass(frozen=True, slots=True)
class _Hit:
    number: str
    row: RowMapping


async def read_groups(connection: AsyncConnection, question: Question, today: date) -> list[Group]:
    """Reads the groups by value, largest first, equal ones by key. Where the question sorts by value, those without a
    key come last. A limit keeps as many, and those equal to the last. Raises ValueError for a question that divides
    nothing."""
    figure = question.figure or Figure(FigureKind.COUNT)
    if question.group_by is None:
        raise ValueError("The question divides nothing")
    among = Question(where=figure.among)
    closed = includes_closed(question) or includes_closed(among)  # on both sides of a share, or on neither
    keys = await _keys(connection, question, question.group_by)
    fitting_all = replace(question, limit=None, sort=None, include_closed=closed)
    hits = _divided(await _hits(connection, fitting_all, today), keys)
    whole: Mapping[Key, list[_Hit]] = {}
    if figure.kind is FigureKind.SHARE:
        whole = _divided(await _hits(connection, replace(among, include_closed=closed), today), keys)
    groups = [
        Group(
            key,
            _measured(figure, members, whole.get(key, [])),
            tuple(hit.number for hit in members),
        )
        for key, members in hits.items()
    ]
    ranked = _sorted(groups, is_ascending=_ascends(question))
    if question.sort is not None:  # nobody who leads nothing is the one who leads most
        ranked.sort(key=lambda group: group.key is None)
    return _cut(ranked, question.limit)


async def _hits(connection: AsyncConnection, question: Question, today: date) -> list[_Hit]:
    amounts = [column.label(amount.name) for amount, column in AMOUNTS.items()]
    columns = [column.label(f"by_{by.name}") for by, column in COLUMNS.items()]
    found = fitting(question, today, _P.number, *columns, *amounts).order_by(*order(None))
    rows = (await connection.execute(found)).mappings()
    return [_Hit(row["number"], row) for row in rows]


async def _keys(connection: AsyncConnection, question: Question, by: Attribute) -> Callable[[_Hit], tuple[Key, ...]]:
    key = f"by_{by.name}"
    if by in LISTED:
        table, column = LISTED[by]
        listed: dict[str, list[Key]] = defaultdict(list)
        for number, one in await connection.execute(select(table.c.project, column)):
            listed[number].append(one)
        return lambda hit: tuple(listed.get(hit.number, [None]))
    if by is catalogue.ORG_UNITS:
        rows = (await connection.execute(select(org_units))).mappings()
        tops = tops_of([ORG_UNITS.from_row(row) for row in rows], tuple(map(str, question.values(by))))
        return lambda hit: (tops.get(hit.row[key], hit.row[key]),)
    return lambda hit: (hit.row[key],)


def tops_of(units: Sequence[OrgUnit], asked: Sequence[str]) -> dict[str, str]:
    """The topmost department above each, itself where nothing is; below those `asked` for, the one right below them."""
    parents = {unit.name: unit.parent for unit in units}

    def top(name: str) -> str:
        seen = {name}
        while (parent := parents.get(name)) and parent not in seen and parent not in asked:
            name = parent
            seen.add(name)
        return name

    return {unit.name: unit.name if unit.name in asked else top(unit.name) for unit in units}


def _divided(hits: Iterable[_Hit], keys: Callable[[_Hit], tuple[Key, ...]]) -> dict[Key, list[_Hit]]:
    groups: dict[Key, list[_Hit]] = defaultdict(list)
    for hit in hits:
        for key in dict.fromkeys(keys(hit)):
            groups[key].append(hit)
    return groups


def _measured(figure: Figure, hits: Sequence[_Hit], among: Sequence[_Hit]) -> Decimal | None:
    if figure.kind is FigureKind.COUNT:
        return Decimal(len(hits))
    if figure.kind is FigureKind.SHARE:
        return _share(figure, hits, among)
    if figure.kind is FigureKind.RATIO:
        return ratio([(hit.row["spend"], hit.row["budget"]) for hit in hits])
    if figure.amount is None:
        raise ValueError("A sum or the like is of an amount")
    known = [amount for hit in hits if (amount := hit.row[figure.amount.name]) is not None]
    return measured(figure.kind, known)


def _share(figure: Figure, hits: Sequence[_Hit], among: Sequence[_Hit]) -> Decimal | None:
    def size(one: _Hit) -> Decimal:
        return Decimal(1) if figure.amount is None else one.row[figure.amount.name] or Decimal(0)

    numbers = {hit.number for hit in hits}
    whole = sum(map(size, among), Decimal(0))
    return 100 * sum((size(one) for one in among if one.number in numbers), Decimal(0)) / whole if whole else None


def measured(kind: FigureKind, known: Sequence[Decimal]) -> Decimal | None:
    """The sum, average, least or greatest of the amounts; None where there are none."""
    if not known:
        return None
    match kind:
        case FigureKind.AVERAGE:
            return sum(known, Decimal(0)) / len(known)
        case FigureKind.MIN:
            return min(known)
        case FigureKind.MAX:
            return max(known)
        case _:
            return sum(known, Decimal(0))


def ratio(pairs: Iterable[tuple[Decimal | None, Decimal | None]]) -> Decimal | None:
    """Return what was spent in per cent of the budget, of the pairs (spent, budget) that have both."""
    both = [(spent, budget) for spent, budget in pairs if spent is not None and budget]
    whole = sum((budget for _, budget in both), Decimal(0))
    return 100 * sum((spent for spent, _ in both), Decimal(0)) / whole if whole else None


def _ascends(question: Question) -> bool:
    return question.sort is not None and question.sort.field == "value" and not question.sort.descending


def _sorted(groups: Sequence[Group], *, is_ascending: bool) -> list[Group]:
    by_name = sorted(groups, key=lambda group: (group.key is None, str(group.key)))
    known = [group for group in by_name if group.value is not None]
    known.sort(key=lambda group: group.value or Decimal(0), reverse=not is_ascending)
    return [*known, *(group for group in by_name if group.value is None)]


def _cut(groups: list[Group], limit: int | None) -> list[Group]:
    if limit is None or limit >= len(groups) or not groups:
        return groups
    last = groups[limit - 1].value if limit else None
    return [*groups[:limit], *(group for group in groups[limit:] if limit and group.value == last)]
