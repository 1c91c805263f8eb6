"""Signals that the figures give beside the lead's own colour, never instead of it.

The limits for money and time are those of Statens It-råd: red above 10 per cent or 6 million kroner over the budget,
amber up to that; red more than three months behind, amber from one month.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from portfolio.dates import months_after
from portfolio.projects.project import Milestone, Project
from portfolio.projects.status import DEFAULT_RHYTHM_DAYS, Light, Rag, StatusReport

RED_SHARE = Decimal("0.10")
RED_KRONER = Decimal(6_000_000)
AMBER_MONTHS = 1
RED_MONTHS = 3
ALWAYS = date(1, 1, 1)
_GRAVITY = {Rag.RED: 2, Rag.AMBER: 1, Rag.GREEN: 0}


class SignalKind(StrEnum):
    """ECONOMY: spend against budget. END: the planned end has passed. EXPECTED_END: the lead expects a later one.
    MILESTONE: one has passed, unreached. STALE: the report is older than the project's rhythm."""

    ECONOMY = "economy"
    END = "end"
    EXPECTED_END = "expected_end"
    MILESTONE = "milestone"
    STALE = "stale"


# Which of the lead's lights speaks of the same thing; of the report's own age none does.
LIGHT_OF = {
    SignalKind.ECONOMY: Light.ECONOMY,
    SignalKind.END: Light.TIME,
    SignalKind.EXPECTED_END: Light.TIME,
    SignalKind.MILESTONE: Light.TIME,
}


@dataclass(frozen=True, slots=True)
class Signal:
    """`own` is what the lead says of the same thing: its own light, or the overall one where that is not lit."""

    kind: SignalKind
    colour: Rag
    own: Rag = Rag.NONE

    @property
    def disputes(self) -> bool:
        """Worse than what the lead says, where the lead says something."""
        return _is_worse(self.colour, self.own)


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures that signals are made of. Days are last days: of the plan, of the lead's expectation, and of the
    first milestone not reached. `status_day` is None where there is no report; then there are no colours either."""

    is_closed: bool = False
    budget: Decimal | None = None
    spend: Decimal | None = None
    end: date | None = None
    expected_end: date | None = None
    milestone: date | None = None
    status_day: date | None = None
    rhythm_days: int | None = None
    overall: Rag = Rag.NONE
    time: Rag = Rag.NONE
    economy: Rag = Rag.NONE


def figures_of(project: Project, newest: StatusReport | None, milestones: Iterable[Milestone]) -> Figures:
    due = [milestone.due.last for milestone in milestones if milestone.reached is None and milestone.due is not None]
    expected = newest.expected_end.last if newest and newest.expected_end else None
    return Figures(
        is_closed=project.is_closed,
        budget=project.budget,
        spend=project.spend,
        end=project.end.last if project.end else None,
        expected_end=expected,
        milestone=min(due, default=None),
        status_day=newest.day if newest else None,
        rhythm_days=project.rhythm_days,
        overall=newest.overall if newest else Rag.NONE,
        time=newest.time if newest else Rag.NONE,
        economy=newest.economy if newest else Rag.NONE,
    )


def signals(figures: Figures, today: date) -> tuple[Signal, ...]:
    """The gravest first; none for a closed project."""
    found = [] if figures.is_closed else list(_found(figures, today))
    return tuple(sorted(found, key=lambda signal: (-_GRAVITY[signal.colour], list(SignalKind).index(signal.kind))))


def _found(figures: Figures, today: date) -> Iterator[Signal]:
    if economy := _economy(figures):
        yield Signal(SignalKind.ECONOMY, economy, _own(figures, figures.economy))
    for kind, late in _late(figures, today):
        if late is not None:
            yield Signal(kind, late, _own(figures, figures.time))
    rhythm = figures.rhythm_days or DEFAULT_RHYTHM_DAYS
    if figures.status_day is not None and (today - figures.status_day).days > rhythm:
        yield Signal(SignalKind.STALE, Rag.AMBER)


def _late(figures: Figures, today: date) -> Iterator[tuple[SignalKind, Rag | None]]:
    yield SignalKind.END, _delay(figures.end, today)
    yield SignalKind.EXPECTED_END, _delay(figures.end, figures.expected_end)
    if figures.milestone is not None and figures.milestone < today:
        yield SignalKind.MILESTONE, _delay(figures.milestone, today) or Rag.AMBER


def disputed_after(figures: Figures) -> date | None:
    """The last day on which the figures do not contradict the lead; None when they never will by themselves, ALWAYS
    when they do already whatever the day. `signals` disputes on exactly the days after it."""
    if figures.is_closed:
        return None
    own_time = _own(figures, figures.time)
    if _is_worse(_economy(figures), _own(figures, figures.economy)):
        return ALWAYS
    if _is_worse(_delay(figures.end, figures.expected_end), own_time):
        return ALWAYS
    match own_time:
        case Rag.GREEN:
            days = [_last_day_below(figures.end), figures.milestone]
        case Rag.AMBER:
            days = [_last_day_amber(figures.end), _last_day_amber(figures.milestone)]
        case _:
            days = []
    return min((day for day in days if day is not None), default=None)


def _own(figures: Figures, part: Rag) -> Rag:
    return figures.overall if part is Rag.NONE else part


def _is_worse(colour: Rag | None, own: Rag) -> bool:
    return colour is not None and own is not Rag.NONE and _GRAVITY[colour] > _GRAVITY[own]


def _economy(figures: Figures) -> Rag | None:
    if figures.budget is None or figures.spend is None or figures.spend <= figures.budget:
        return None
    over = figures.spend - figures.budget
    return Rag.RED if over > RED_KRONER or over > figures.budget * RED_SHARE else Rag.AMBER


def _delay(planned: date | None, actual: date | None) -> Rag | None:
    """Gives the colour of a delay; None while it is less than a month."""
    if planned is None or actual is None:
        return None
    amber_from, red_after = months_after(planned, AMBER_MONTHS), months_after(planned, RED_MONTHS)
    if amber_from is None or actual < amber_from:
        return None
    return Rag.RED if red_after is not None and actual > red_after else Rag.AMBER


def _last_day_below(planned: date | None) -> date | None:
    amber_from = planned and months_after(planned, AMBER_MONTHS)
    return amber_from - timedelta(days=1) if amber_from else None


def _last_day_amber(planned: date | None) -> date | None:
    return planned and months_after(planned, RED_MONTHS)
