"""A question on the portfolio, understood: what is asked for, and which tests must fit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from portfolio.projects.status import Rag
from portfolio.questions import catalogue
from portfolio.questions.catalogue import ATTRIBUTES, SORTS, Attribute, Kind, Subject

Value = str | int | bool


class Target(StrEnum):
    PROJECTS = "projects"
    PROJECT = "project"
    TREND = "trend"
    COUNT = "count"
    FIGURE = "figure"
    GROUPS = "groups"
    FIELD = "field"
    PEOPLE = "people"
    MILESTONES = "milestones"
    BENEFITS = "benefits"
    OBSTACLES = "obstacles"
    FOCUS_AREAS = "focus_areas"
    ORG_UNITS = "org_units"
    BODIES = "bodies"
    MEETINGS = "meetings"
    PROPOSALS = "proposals"
    SYSTEMS = "systems"


@dataclass(frozen=True, slots=True)
class Is:
    """The attribute has any of the values; without values, none is known. Names are canonical: focus areas, departments
    and bodies by name, people by their ids, projects by number. A department stands for all below it too. `denied`: the
    opposite, which fits where nothing is known too. Raises ValueError for a value that the attribute can't have."""

    attribute: Attribute
    values: tuple[Value, ...] = ()
    denied: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", tuple(_typed(self.attribute, value) for value in self.values))
        if not self.values and not self.attribute.may_lack:
            raise ValueError(f"{self.attribute.name} is never unknown")


@dataclass(frozen=True, slots=True)
class During:
    """The attribute's days lie from `first` to `last`, both included; None is open, but not both. An imprecise date
    fits when its last day does (its first day for a start)."""

    attribute: Attribute
    first: date | None = None
    last: date | None = None
    denied: bool = False

    def __post_init__(self) -> None:
        _check_range(self.attribute, {Kind.DAYS}, self.first, self.last)


@dataclass(frozen=True, slots=True)
class Within:
    """The attribute's amount lies between the bounds, both included; None is open, but not both."""

    attribute: Attribute
    at_least: Decimal | None = None
    at_most: Decimal | None = None
    denied: bool = False

    def __post_init__(self) -> None:
        _check_range(self.attribute, {Kind.MONEY, Kind.PERCENT}, self.at_least, self.at_most)


@dataclass(frozen=True, slots=True)
class Mentions:
    """The number, title, aliases, case number or description holds the text."""

    text: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A report between the days, both included, has another colour than the one before it: one of `to`, where given,
    and that one had one of `old`. `way` is "better" or "worse", where only such changes are meant. `since_meeting`
    names a body whose last meeting is the first day; it is looked up when the question is answered, and stays as the
    reason for that day."""

    first: date | None = None
    last: date | None = None
    to: tuple[Rag, ...] = ()
    since_meeting: str | None = None
    old: tuple[Rag, ...] = ()
    way: Literal["better", "worse"] | None = None


Test = Is | During | Within | Mentions | Changed
Tests = tuple[Test, ...]


def _typed(attribute: Attribute, value: Value) -> Value:
    match attribute.kind:
        case Kind.CODE | Kind.COLOUR if attribute.codes:
            return attribute.codes(str(value))
        case Kind.NUMBER if type(value) is int:
            return value
        case Kind.FLAG if value is True:
            return value
        case Kind.NAME | Kind.PERSON if isinstance(value, str):
            return value
    raise ValueError(f"{attribute.name} can't be {value!r}")


def _check_range(attribute: Attribute, kinds: set[Kind], first: object, last: object) -> None:
    if attribute.kind not in kinds or (first is None and last is None):
        raise ValueError(f"no range of {attribute.name}")


def which(**wanted: tuple[Value, ...] | bool) -> Tests:
    """Return tests by the names of attributes: `which(overall=(Rag.RED,), late=True)`; False denies a flag. Empty
    values are left out."""
    return tuple(
        Is(ATTRIBUTES[name], (True,), denied=not values) if isinstance(values, bool) else Is(ATTRIBUTES[name], values)
        for name, values in wanted.items()
        if isinstance(values, bool) or values
    )


def unless(**unwanted: tuple[Value, ...]) -> Tests:
    """Return tests by the names of attributes that leave out what has any of the values."""
    return tuple(Is(ATTRIBUTES[name], values, denied=True) for name, values in unwanted.items() if values)


def lacking(*attributes: Attribute) -> Tests:
    """Return tests for what has none of the attributes."""
    return tuple(Is(attribute) for attribute in attributes)


@dataclass(frozen=True, slots=True)
class Sort:
    """Ascending unless `descending`; what has no value comes last either way. "colour" ascending is red first;
    "status_age" descending is the oldest status first (a project that never had one counts as the very oldest).
    Raises ValueError for a name that is no order's."""

    field: str
    descending: bool = False

    def __post_init__(self) -> None:
        if self.field not in SORTS:
            raise ValueError(f"no order by {self.field}")

    @property
    def attribute(self) -> Attribute:
        return SORTS[self.field]


class FigureKind(StrEnum):
    COUNT = "count"
    SUM = "sum"
    AVERAGE = "average"
    SHARE = "share"
    RATIO = "ratio"
    MIN = "min"
    MAX = "max"


@dataclass(frozen=True, slots=True)
class Figure:
    """COUNT is of projects; SUM, AVERAGE, MIN and MAX are of `amount`. RATIO is the whole spending in per cent of the
    whole budget, of projects that have both. SHARE is the per cent of the projects fitting `among` that fit the
    question too; with an `amount`, the per cent of their amounts."""

    kind: FigureKind
    amount: Attribute | None = None
    among: Tests = ()


def _subject(test: Test) -> Subject:
    return Subject.PROJECT if isinstance(test, Mentions | Changed) else test.attribute.subject


# What can be tested, by what is asked for; of projects alone where nothing stands here.
SUBJECTS = {
    Target.MEETINGS: {Subject.MEETING},
    Target.MILESTONES: {Subject.PROJECT, Subject.MILESTONE},
    Target.BENEFITS: {Subject.PROJECT, Subject.BENEFIT},
    Target.OBSTACLES: {Subject.PROJECT, Subject.OBSTACLE},
}
# Groups are sorted by what was measured, meetings by their start.
_SORTED_TOO = {Target.GROUPS: {Subject.GROUP}, Target.MEETINGS: {Subject.PROJECT}}


class PeopleRole(StrEnum):
    """The people that a question asks for: of the projects hit, of the bodies named, or of the departments named."""

    LEAD = "lead"
    OWNER = "owner"
    MEMBER = "member"
    CHAIR = "chair"
    SECRETARY = "secretary"
    MANAGER = "manager"


_POSTS = frozenset({PeopleRole.MEMBER, PeopleRole.CHAIR, PeopleRole.SECRETARY})


@dataclass(frozen=True, slots=True)
class Question:
    """A question that has one answer. All tests of `where` must fit, and of `any_of`, where given, all of one. `limit`
    cuts the sorted hits before they are counted. `group_by` divides them, each group measured by `figure`; `fact` is
    asked of one project. `inherited` are the fields, as scripts know them, that were taken over from the question
    before."""

    target: Target = Target.PROJECTS
    where: Tests = ()
    any_of: tuple[Tests, ...] = ()
    sort: Sort | None = None
    limit: int | None = None
    include_closed: bool = False
    figure: Figure | None = None
    group_by: Attribute | None = None
    fact: Attribute | None = None
    people: PeopleRole = PeopleRole.LEAD
    inherited: frozenset[str] = frozenset()

    def values(self, attribute: Attribute) -> tuple[Value, ...]:
        """The values that the attribute is asked to have, in their order."""
        asked = (test for test in self.where if isinstance(test, Is) and test.attribute is attribute)
        return tuple(dict.fromkeys(value for test in asked if not test.denied for value in test.values))

    def flag(self, attribute: Attribute) -> bool | None:
        """Say whether the flag is asked to be so; None where it isn't asked of."""
        asked = (test for test in self.where if isinstance(test, Is) and test.attribute is attribute)
        return next((not test.denied for test in asked), None)

    def lacks(self, attribute: Attribute) -> bool:
        return Is(attribute) in self.where

    @property
    def changed(self) -> Changed | None:
        return next((test for test in self.where if isinstance(test, Changed)), None)

    @property
    def periods(self) -> tuple[During, ...]:
        return tuple(test for test in self.where if isinstance(test, During))

    @property
    def is_sound(self) -> bool:
        """Say whether it can be answered: tests and order are of what is asked for, and nothing that it needs is
        missing."""
        of_bodies = self.target is Target.PEOPLE and self.people in _POSTS
        subjects = {Subject.MEETING} if of_bodies else SUBJECTS.get(self.target, {Subject.PROJECT})
        tests = (*self.where, *(test for tests in self.any_of for test in tests))
        is_sorted = self.sort is None or self.sort.attribute.subject in subjects | _SORTED_TOO.get(self.target, set())
        return is_sorted and self._is_whole and all(_subject(test) in subjects for test in tests)

    @property
    def _is_whole(self) -> bool:
        match self.target:
            case Target.GROUPS:
                return self.group_by is not None and self.group_by.groups
            case Target.FIELD:
                is_fact = self.fact is not None and self.fact.fact is not None
                return is_fact and len(self.values(catalogue.PROJECTS)) == 1
            case Target.FIGURE:
                return self.figure is not None
        return True

    @property
    def asked_of(self) -> frozenset[Attribute]:
        """The attributes that `where` tests."""
        return frozenset(test.attribute for test in self.where if not isinstance(test, Mentions | Changed))

    def having(self, *tests: Test) -> Question:
        """The question for those alone that fit these tests too."""
        return replace(self, where=(*self.where, *tests))

    def having_instead(self, test: Is) -> Question:
        """The question with this test in the place of what the attribute was asked to have."""
        others = (
            one for one in self.where if not isinstance(one, Is) or one.denied or one.attribute is not test.attribute
        )
        return replace(self, where=(*others, test))

    def having_not(self, *tests: Test) -> Question:
        """The question without these tests."""
        return replace(self, where=tuple(test for test in self.where if test not in tests))


def meetings_of(*bodies: str, first: date | None = None, last: date | None = None) -> Question:
    """The meetings of these bodies, or of all, in these days; the coming ones where no days are given."""
    days = () if first is None and last is None else (During(catalogue.MEETING, first, last),)
    return Question(Target.MEETINGS, (*which(bodies=bodies), *days))


def about_project(number: str) -> Question:
    """Ask for all of one project."""
    return Question(Target.PROJECT, which(projects=(number,)))
