"""A question in the making: filters gathered from left to right, then put together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import Any

from portfolio.projects.status import Rag
from portfolio.questions.question import (
    Amount,
    AmountRange,
    Attribute,
    Changed,
    Figure,
    FigureKind,
    Filters,
    PeopleRole,
    Period,
    Question,
    Sort,
    SortField,
    Target,
)

# Filters that say how projects are doing; the rest say which projects they are.
PREDICATES = frozenset({"overall", "time", "economy", "quality", "benefits", "risk"})
_COLOUR_ORDER = list(Rag)


@dataclass(slots=True)
class Draft:
    """The parts of a question. `where` and `without` map a field of Filters to its values, in the order of the text;
    `flags` are fields of Question."""

    where: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))
    without: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))
    flags: dict[str, bool] = field(default_factory=dict)
    periods: list[Period] = field(default_factory=list)
    lacking: list[Attribute] = field(default_factory=list)
    amounts: list[AmountRange] = field(default_factory=list)
    sort: Sort | None = None
    limit: int | None = None
    text: str | None = None
    include_closed: bool = False
    match_all: bool = False
    bodies: list[str] = field(default_factory=list)
    figure: FigureKind | None = None
    amount: Amount | None = None
    people: PeopleRole = PeopleRole.LEAD
    last_filter: str | None = None
    changed: Changed | None = None

    def add(self, name: str, value: Any, *, negated: bool = False) -> None:
        values = (self.without if negated else self.where)[name]
        if value not in values:
            values.append(value)
        self.last_filter = name

    def flag(self, name: str, *, value: bool) -> None:
        self.flags[name] = value
        self.last_filter = name

    @property
    def has_filter(self) -> bool:
        gathered = (self.flags, self.periods, self.amounts, self.lacking, self.text, self.bodies, self.changed)
        return any((*self.where.values(), *self.without.values(), *gathered))

    def filters_only_by(self, name: str) -> bool:
        return {field for field, values in self.where.items() if values} == {name}

    def question(self, target: Target) -> Question:
        if self.limit and self.sort and self.sort.field is SortField.STATUS_AGE:
            self.add("overall", Rag.NONE, negated=True)  # "de tre ældste statusser" are reports that exist
        where = _filters(self.where)
        return Question(
            target=target,
            where=where,
            without=_filters(self.without),
            **self.flags,
            changed=self.changed,
            periods=tuple(self.periods),
            amounts=tuple(self.amounts),
            lacking=tuple(self.lacking),
            text=self.text,
            sort=self.sort,
            limit=self.limit,
            include_closed=self.include_closed,
            match_all=self.match_all and max(len(where.focus_areas), len(where.goals)) > 1,
            figure=self._figure(where) if target is Target.FIGURE else None,
            bodies=tuple(self.bodies),
            people=self.people,
        )

    def _figure(self, where: Filters) -> Figure:
        if self.figure is FigureKind.SHARE:
            return Figure(FigureKind.SHARE, self.amount, self._among(where))
        return Figure(self.figure or FigureKind.SUM, amount=self.amount or Amount.BUDGET)

    def _among(self, where: Filters) -> Filters:
        """Return the filters of those that the share is taken of: all but how they are doing, or else all but what was
        said last."""
        asked = PREDICATES & set(where.given())
        if not asked and not self.flags and not self.changed and self.last_filter in where.given():
            asked = frozenset({self.last_filter or ""})
        return replace(where, **dict.fromkeys(asked, ()))


def _filters(gathered: dict[str, list[Any]]) -> Filters:
    colours = {name: sorted(values, key=_COLOUR_ORDER.index) for name, values in gathered.items() if name in PREDICATES}
    return Filters(**{name: tuple(values) for name, values in {**gathered, **colours}.items()})
