"""A question in the making: filters gathered from left to right, then put together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from portfolio.projects.status import Rag
from portfolio.questions import catalogue
from portfolio.questions.catalogue import ATTRIBUTES, Attribute, Kind
from portfolio.questions.question import (
    Changed,
    During,
    Figure,
    FigureKind,
    Is,
    Mentions,
    PeopleRole,
    Question,
    Sort,
    Target,
    Test,
    Tests,
    Within,
    lacking,
    which,
)

# Filters that say how projects are doing; the rest say which projects they are.
PREDICATES = frozenset(light.name for light in catalogue.LIGHTS)
_COLOUR_ORDER = list(Rag)


@dataclass(slots=True)
class Draft:
    """The parts of a question. `where` and `without` map an attribute's name to its values, in the order of the text;
    `flags` map the name of one to whether it must be so."""

    where: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))
    without: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))
    flags: dict[str, bool] = field(default_factory=dict)
    periods: list[During] = field(default_factory=list)
    lacking: list[Attribute] = field(default_factory=list)
    held: list[Attribute] = field(default_factory=list)  # what isn't lacking
    amounts: list[Within] = field(default_factory=list)
    sort: Sort | None = None
    limit: int | None = None
    text: str | None = None
    include_closed: bool = False
    match_all: bool = False
    bodies: list[str] = field(default_factory=list)
    figure: FigureKind | None = None
    amount: Attribute | None = None
    people: PeopleRole = PeopleRole.LEAD
    last_filter: str | None = None
    changed: Changed | None = None
    group_by: Attribute | None = None
    fact: Attribute | None = None
    own: list[Test] = field(default_factory=list)  # of the parts that are asked for, milestones and the like
    either: list[frozenset[str]] = field(default_factory=list)  # names of attributes of which one must fit

    def add(self, name: str, value: Any, *, negated: bool = False) -> None:
        values = (self.without if negated else self.where)[name]
        if value not in values:
            values.append(value)
        self.last_filter = name

    def flag(self, name: str, *, value: bool) -> None:
        self.flags[name] = value
        self.last_filter = name

    def weigh_status(self) -> None:
        """ "har en status der er over 90 dage gammel" says how old it is, not that it is fresh."""
        dated = any(period.attribute is catalogue.STATUS and not period.denied for period in self.periods)
        if dated and self.flags.get("missing_status") is False:
            del self.flags["missing_status"]

    @property
    def has_filter(self) -> bool:
        gathered = (
            self.flags,
            self.periods,
            self.amounts,
            self.lacking,
            self.held,
            self.text,
            self.bodies,
            self.changed,
        )
        return any((*self.where.values(), *self.without.values(), *gathered))

    def filters_only_by(self, name: str) -> bool:
        return {field for field, values in self.where.items() if values} == {name}

    def question(self, target: Target) -> Question:
        if self.limit and self.sort and self.sort.attribute is catalogue.STATUS:
            self.add("overall", Rag.NONE, negated=True)  # "de tre ældste statusser" are reports that exist
        tests, alternatives = self._divided(self._tests())
        return Question(
            target=target,
            where=tests,
            any_of=alternatives,
            sort=self.sort,
            limit=self.limit,
            include_closed=self.include_closed,
            figure=self._figure() if target in (Target.FIGURE, Target.GROUPS) else None,
            group_by=self.group_by if target is Target.GROUPS else None,
            fact=self.fact if target is Target.FIELD else None,
            people=self.people,
        )

    def _divided(self, tests: Tests) -> tuple[Tests, tuple[Tests, ...]]:
        """Take out the tests of which one must fit: "røde eller forsinkede"."""
        names = frozenset().union(*self.either)
        alternatives = tuple(test for test in tests if name_of(test) in names)
        if len(alternatives) < 2:
            return tests, ()
        return tuple(test for test in tests if test not in alternatives), tuple((test,) for test in alternatives)

    def _tests(self) -> Tests:
        flags = (Is(ATTRIBUTES[name], (True,), denied=not value) for name, value in self.flags.items())
        return (
            *self._filters(self.where),
            *(Is(test.attribute, test.values, denied=True) for test in self._filters(self.without)),
            *which(bodies=tuple(dict.fromkeys(self.bodies))),
            *flags,
            *([self.changed] if self.changed else []),
            *self.periods,
            *self.amounts,
            *lacking(*self.lacking),
            *(Is(attribute, (), denied=True) for attribute in self.held),
            *([Mentions(self.text)] if self.text else []),
            *self.own,
        )

    def _filters(self, gathered: dict[str, list[Any]]) -> Iterator[Is]:
        """Yield the filters in the catalogue's order, colours red first; one by one what must hold at once."""
        for name, attribute in ATTRIBUTES.items():
            values = gathered.get(name, [])
            if attribute.kind is Kind.COLOUR:
                values = sorted(values, key=_COLOUR_ORDER.index)
            if self.match_all and name in {"focus_areas", "goals"} and gathered is self.where:
                yield from (Is(attribute, (value,)) for value in values)
            elif values:
                yield Is(attribute, tuple(values))

    def _figure(self) -> Figure:
        if self.figure in (FigureKind.COUNT, FigureKind.RATIO):
            return Figure(self.figure, self.amount)
        if self.figure is FigureKind.SHARE:
            return Figure(FigureKind.SHARE, self.amount, self._among())
        return Figure(self.figure or FigureKind.SUM, amount=self.amount or catalogue.BUDGET)

    def _among(self) -> Tests:
        """Return the filters of those that the share is taken of: all but how they are doing, or else all but what was
        said last."""
        where = tuple(self._filters(self.where))
        asked = {test.attribute.name for test in where} & PREDICATES
        if not asked and not self.flags and not self.changed and self.last_filter:
            asked = {self.last_filter}
        return tuple(test for test in where if test.attribute.name not in asked)


def name_of(test: Test) -> str:
    """The name under which a test is gathered."""
    match test:
        case Mentions():
            return "text"
        case Changed():
            return "changed"
        case Is(attribute, ()):
            return f"lacking {attribute.name}"
    return test.attribute.name
