"""A file of rows, whatever its kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portfolio.dates import Unit


@dataclass(frozen=True, slots=True)
class ErrorCell:
    """A formula that failed, for example "#REF!", or that nobody has worked out yet, "=A1+A2"."""

    text: str
    is_worked_out: bool = True


@dataclass(frozen=True, slots=True)
class TimeCell:
    """A time of day without a date, as "13:30:00"."""

    text: str


@dataclass(frozen=True, slots=True)
class PercentCell:
    """A number that Excel shows with a per cent sign; 65 where it shows "65 %"."""

    number: int | float


@dataclass(frozen=True, slots=True)
class UnitCell:
    """A number that Excel shows with a unit, as "1.5 mio. kr.", or so many times smaller than it is."""

    number: int | float
    unit: str
    smaller: int = 1


@dataclass(frozen=True, slots=True)
class PeriodCell:
    """A date that Excel shows as a month or a year alone; `day` is its first."""

    day: date
    unit: Unit


@dataclass(frozen=True, slots=True)
class MergedCell:
    """A cell that covers several rows, as it counts in each of them."""

    cell: Cell


Cell = str | int | float | bool | date | ErrorCell | TimeCell | PercentCell | UnitCell | PeriodCell | MergedCell | None


@dataclass(frozen=True, slots=True)
class Line:
    """A row that holds something; `number` counts from 1, as people see it."""

    sheet: str
    number: int
    cells: list[Cell]
    is_hidden: bool = False
