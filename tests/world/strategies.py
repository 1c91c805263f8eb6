"""Random small portfolios, and random questions on them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from portfolio.dates import PlanDate, Unit, in_unit, span
from portfolio.organisation import OrgUnit
from portfolio.projects.project import (
    Benefit,
    BenefitKind,
    Milestone,
    Phase,
    Project,
    ProjectKind,
    Risk,
    RiskKind,
)
from portfolio.projects.status import Rag, StatusReport
from portfolio.projects.strategy import FocusArea
from portfolio.questions import catalogue
from portfolio.questions.catalogue import Attribute, Kind, Subject, of_subject
from portfolio.questions.question import (
    Changed,
    During,
    Figure,
    FigureKind,
    Is,
    Mentions,
    Question,
    Sort,
    Target,
    Within,
)
from portfolio.whole import Portfolio

TODAY = date(2024, 6, 15)
_NUMBERS = [f"P{number}" for number in range(1, 13)]
_AREAS = ["Klima og ressourcer", "Velfærd", "Smart, digital & O'Hara"]
_UNITS = ["Børn og Unge", "Skoler", "Dagtilbud", "Teknik", "Æbleø"]
_PEOPLE = ["anna@ex.dk", "bo@ex.dk", "åse@ex.dk"]
_WORDS = ["Ærø", "abe", "Zebra", "øl", "Ål", "100%", "a_b", "O'Hara", "bil", "BIL", "æble", "å"]

_days = st.integers(-90, 90).map(lambda offset: TODAY + timedelta(days=offset))
_money = st.integers(0, 30).map(lambda tens: Decimal(tens) * Decimal("0.10"))
_titles = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=2).map(" ".join)
_rag = st.sampled_from(Rag)


def _few(values: Any, most: int = 2) -> st.SearchStrategy[tuple]:
    items = values if isinstance(values, st.SearchStrategy) else st.sampled_from(values)
    return st.lists(items, max_size=most, unique=True).map(tuple)


@st.composite
def _plan_dates(draw: st.DrawFn) -> PlanDate:
    unit = draw(st.sampled_from(Unit))
    one, other = (in_unit(draw(_days), unit) for _ in range(2))
    return draw(st.sampled_from([one, span(min(one, other), max(one, other))]))


_projects = st.builds(
    Project,
    number=st.sampled_from(_NUMBERS),
    title=_titles,
    kind=st.none() | st.sampled_from(ProjectKind),
    focus_areas=_few(_AREAS),
    org_unit=st.none() | st.sampled_from([*_UNITS, "Uden for træet"]),
    lead=st.none() | st.sampled_from(_PEOPLE),
    owner=st.none() | st.sampled_from(_PEOPLE),
    phase=st.none() | st.sampled_from(Phase),
    priority=st.none() | st.integers(1, 3),
    start=st.none() | _plan_dates(),
    end=st.none() | _plan_dates(),
    budget=st.none() | _money,
    spend=st.none() | _money,
    goals=_few(st.integers(1, 4)),
    case_number=st.none() | st.just("S2021-4857"),
    description=st.none() | _titles,
    aliases=_few(_WORDS),
    rhythm_days=st.sampled_from([None, 14, 60]),
)


@st.composite
def portfolios(draw: st.DrawFn) -> Portfolio:
    projects = draw(st.lists(_projects, max_size=12, unique_by=lambda project: project.number))
    numbers = st.sampled_from([project.number for project in projects]) if projects else st.nothing()
    reports = st.builds(
        *(StatusReport, numbers, _days, _rag, _rag, _rag, _rag, _rag, _rag),
        progress=st.none() | _money,
        expected_end=st.none() | _plan_dates(),
    )
    parts = (numbers, st.sampled_from(_WORDS))
    milestones = st.builds(Milestone, *parts, st.none() | _plan_dates(), st.none() | _days)
    benefits = st.builds(
        *(Benefit, *parts, st.none() | st.sampled_from(BenefitKind)),
        *(st.none() | _money, st.just("kr."), st.none() | _money, st.none() | st.sampled_from(_PEOPLE)),
        follow_up=st.none() | _plan_dates(),
    )
    scale = st.none() | st.integers(1, 5)
    people = st.none() | st.sampled_from(_PEOPLE)
    risks = st.builds(Risk, *parts, st.sampled_from(RiskKind), scale, scale, people, closed=st.none() | _days)
    most = 20 if projects else 0

    def some(strategy: st.SearchStrategy[Any]) -> tuple[Any, ...]:
        return tuple(draw(st.lists(strategy, max_size=most, unique_by=lambda item: (item.project, item.title))))

    return Portfolio(
        projects=tuple(projects),
        reports=tuple(draw(st.lists(reports, max_size=most, unique_by=lambda report: (report.project, report.day)))),
        milestones=some(milestones),
        benefits=some(benefits),
        risks=some(risks),
        focus_areas=tuple(FocusArea(name) for name in _AREAS),
        org_units=tuple(draw(_trees())),
    )


@st.composite
def _trees(draw: st.DrawFn) -> list[OrgUnit]:
    """Departments under one another, sometimes in a ring."""
    return [OrgUnit(name, draw(st.none() | st.sampled_from(_UNITS))) for name in draw(_few(_UNITS, most=5))]


_VALUES: dict[Attribute, st.SearchStrategy[Any]] = {
    catalogue.PROJECTS: st.sampled_from(_NUMBERS),
    catalogue.FOCUS_AREAS: st.sampled_from(_AREAS),
    catalogue.ORG_UNITS: st.sampled_from(_UNITS),
    catalogue.LEAD: st.sampled_from(_PEOPLE),
    catalogue.OWNER: st.sampled_from(_PEOPLE),
    catalogue.GOALS: st.integers(1, 4),
    catalogue.PRIORITY: st.integers(1, 3),
}
_OF_PROJECTS = of_subject(Subject.PROJECT)
_LISTED = [one for one in _OF_PROJECTS if one.kind not in {Kind.FLAG, Kind.DAYS, Kind.MONEY, Kind.PERCENT, Kind.TEXT}]
_COMPARED = [one for one in _OF_PROJECTS if one.is_amount]
# Per cents of each are not added up.
_AMOUNTS = [one for one in _COMPARED if one is not catalogue.CONSUMPTION]


def _values(attribute: Attribute) -> st.SearchStrategy[tuple]:
    possible = _VALUES[attribute] if attribute in _VALUES else st.sampled_from(attribute.possible)
    return st.lists(possible, min_size=1, max_size=2, unique=True).map(tuple)


@st.composite
def is_any(draw: st.DrawFn) -> Is:
    attribute = draw(st.sampled_from(_LISTED))
    return Is(attribute, draw(_values(attribute)), draw(st.booleans()))


@st.composite
def _ranges(draw: st.DrawFn, kind: type, attributes: list[Attribute], bounds: st.SearchStrategy[Any]) -> Any:
    first, last = draw(st.tuples(st.none() | bounds, st.none() | bounds).filter(lambda pair: pair != (None, None)))
    return kind(draw(st.sampled_from(attributes)), first, last, draw(st.booleans()))


_flags = st.builds(Is, st.sampled_from(catalogue.FLAGS), st.just((True,)), st.booleans())
_lacks = st.builds(Is, st.sampled_from([one for one in _OF_PROJECTS if one.may_lack]), st.just(()), st.booleans())
_periods = _ranges(During, [one for one in _OF_PROJECTS if one.kind is Kind.DAYS], _days)
_amounts = _ranges(Within, _COMPARED, _money)
_texts = st.sampled_from([*_WORDS, "ÆRØ", "p1", "%", "_", "' OR 1=1", "s2021-48", "  ", "o'hara BIL"])
_changes = st.builds(
    Changed,
    st.none() | _days,
    st.none() | _days,
    _few(Rag),
    old=_few(Rag),
    way=st.sampled_from([None, None, "better", "worse"]),
)
# As often a list of values as all else: that is how people ask.
tests = is_any() | (_flags | _lacks | _periods | _amounts | st.builds(Mentions, _texts) | _changes)
_figures = st.builds(
    Figure, st.sampled_from([FigureKind.SUM, FigureKind.AVERAGE]), st.sampled_from(_AMOUNTS)
) | st.builds(
    Figure,
    st.just(FigureKind.SHARE),
    st.none() | st.sampled_from(_AMOUNTS),
    among=st.lists(is_any(), max_size=1).map(tuple),
)


@st.composite
def questions(draw: st.DrawFn) -> Question:
    """One or two things asked at once, in any order and cut."""
    alternatives = st.lists(st.lists(tests, min_size=1, max_size=2).map(tuple), min_size=2, max_size=2).map(tuple)
    return Question(
        where=draw(st.lists(tests, max_size=2).map(tuple)),
        any_of=draw(st.just(()) | alternatives),
        sort=draw(
            st.none() | st.builds(Sort, st.sampled_from([one.sort for one in _OF_PROJECTS if one.sort]), st.booleans())
        ),
        limit=draw(st.none() | st.integers(0, 5)),
        include_closed=draw(st.booleans()),
        figure=draw(_figures),
    )


_MEASURES = (
    st.just(Figure(FigureKind.COUNT))
    | st.just(Figure(FigureKind.RATIO, catalogue.CONSUMPTION))
    | st.builds(Figure, st.sampled_from([FigureKind.MIN, FigureKind.MAX]), st.sampled_from(_AMOUNTS))
    | _figures
)


_DIVIDING = [one for one in _OF_PROJECTS if one.groups]


@st.composite
def divisions(draw: st.DrawFn) -> Question:
    """Draw any projects divided by anything, measured by anything, ranked either way and cut."""
    return Question(
        Target.GROUPS,
        where=draw(st.lists(tests, max_size=1).map(tuple)),
        sort=draw(st.none() | st.builds(Sort, st.just("value"), st.booleans())),
        limit=draw(st.none() | st.integers(0, 3)),
        include_closed=draw(st.booleans()),
        figure=draw(st.none() | _MEASURES),
        group_by=draw(st.sampled_from(_DIVIDING)),
    )


_OF_PARTS: dict[Target, Subject] = {
    Target.MILESTONES: Subject.MILESTONE,
    Target.BENEFITS: Subject.BENEFIT,
    Target.OBSTACLES: Subject.OBSTACLE,
}


def _said_of(subject: Subject) -> st.SearchStrategy[Any]:
    """A test of what belongs to projects."""
    said: list[st.SearchStrategy[Any]] = []
    for one in of_subject(subject):
        match one.kind:
            case Kind.FLAG:
                said.append(st.builds(Is, st.just(one), st.just((True,)), st.booleans()))
            case Kind.DAYS:
                said.append(_ranges(During, [one], _days))
            case Kind.PERSON:
                said.append(
                    st.builds(Is, st.just(one), st.sampled_from(_PEOPLE).map(lambda name: (name,)), st.booleans())
                )
            case _:
                said.append(st.builds(Is, st.just(one), _values(one), st.booleans()))
    return st.one_of(said)


@st.composite
def asked_of_parts(draw: st.DrawFn) -> Question:
    """Milestones, benefits or obstacles that fit something said of them, of their projects, or either."""
    target = draw(st.sampled_from(list(_OF_PARTS)))
    subject = _OF_PARTS[target]
    said = _said_of(subject) | tests
    sorts = [one.sort for one in of_subject(subject) if one.sort]
    alternatives = st.lists(st.lists(said, min_size=1, max_size=2).map(tuple), min_size=2, max_size=2).map(tuple)
    return Question(
        target,
        where=draw(st.lists(said, max_size=2).map(tuple)),
        any_of=draw(st.just(()) | alternatives),
        sort=draw(st.none() | st.builds(Sort, st.sampled_from(sorts), st.booleans())),
        limit=draw(st.none() | st.integers(0, 5)),
        include_closed=draw(st.booleans()),
    )
