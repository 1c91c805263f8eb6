"""Random small portfolios, and random questions on them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from portfolio.dates import PlanDate, Unit, in_unit, span
from portfolio.organisation import OrgUnit
from portfolio.projects.project import Milestone, Phase, Project, ProjectKind
from portfolio.projects.status import Light, Rag, StatusReport
from portfolio.questions.question import (
    Amount,
    AmountRange,
    Attribute,
    Changed,
    Figure,
    FigureKind,
    Filters,
    Period,
    PeriodField,
    Question,
    Sort,
    SortField,
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
    milestones = st.builds(Milestone, numbers, st.sampled_from(_WORDS), st.none() | _plan_dates(), st.none() | _days)
    most = 20 if projects else 0
    return Portfolio(
        projects=tuple(projects),
        reports=tuple(draw(st.lists(reports, max_size=most, unique_by=lambda report: (report.project, report.day)))),
        milestones=tuple(draw(st.lists(milestones, max_size=most, unique_by=lambda item: (item.project, item.title)))),
        org_units=tuple(draw(_trees())),
    )


@st.composite
def _trees(draw: st.DrawFn) -> list[OrgUnit]:
    """Departments under one another, sometimes in a ring."""
    return [OrgUnit(name, draw(st.none() | st.sampled_from(_UNITS))) for name in draw(_few(_UNITS, most=5))]


FILTERS: dict[str, st.SearchStrategy[tuple]] = {
    "projects": _few(_NUMBERS, most=4),
    "focus_areas": _few(_AREAS),
    "org_units": _few(_UNITS),
    "kinds": _few(ProjectKind),
    "phases": _few(Phase),
    "lead": _few(_PEOPLE),
    "owner": _few(_PEOPLE),
    "goals": _few(st.integers(1, 4)),
    "priority": _few(st.integers(1, 3)),
    **{light.value: _few(Rag) for light in Light},
}


@st.composite
def filters(draw: st.DrawFn, most: int) -> Filters:
    """A few fields at a time, as people ask; with more of them nothing would fit."""
    names = draw(_few(list(FILTERS), most=most))
    return Filters(**{name: draw(FILTERS[name]) for name in names})


_periods = st.builds(
    Period,
    st.sampled_from([field for field in PeriodField if field is not PeriodField.MEETING]),
    st.none() | _days,
    st.none() | _days,
)
_amounts = st.builds(AmountRange, st.sampled_from(Amount), st.none() | _money, st.none() | _money)
_texts = st.sampled_from([*_WORDS, "ÆRØ", "p1", "%", "_", "' OR 1=1", "s2021-48", "  ", "o'hara BIL"])
_figures = st.builds(
    Figure, st.sampled_from([FigureKind.SUM, FigureKind.AVERAGE]), st.sampled_from(Amount)
) | st.builds(Figure, st.just(FigureKind.SHARE), st.none() | st.sampled_from(Amount), among=st.none() | filters(1))
_changes = st.builds(Changed, st.none() | _days, st.none() | _days, _few(Rag))
_TRUTHS = ("missing_status", "stale", "late", "over_budget", "disputed")
_PARTS: dict[str, st.SearchStrategy[object]] = {
    "where": filters(2),
    "without": filters(2),
    "periods": st.lists(_periods, max_size=2).map(tuple),
    "amounts": st.lists(_amounts, max_size=2).map(tuple),
    "lacking": st.lists(st.sampled_from(Attribute), max_size=2).map(tuple),
    "text": _texts,
    "changed": _changes,
    **dict.fromkeys(_TRUTHS, st.booleans()),
}


@st.composite
def questions(draw: st.DrawFn) -> Question:
    """One or two things asked at once, in any order and cut."""
    parts = {name: draw(_PARTS[name]) for name in draw(_few(list(_PARTS)))}
    return Question(
        **parts,
        sort=draw(st.none() | st.builds(Sort, st.sampled_from(SortField), st.booleans())),
        limit=draw(st.none() | st.integers(0, 5)),
        include_closed=draw(st.booleans()),
        match_all=draw(st.booleans()),
        figure=draw(_figures),
    )
