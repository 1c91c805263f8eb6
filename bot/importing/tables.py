"""A file of rows, whatever its kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ErrorCell:
    """A formula that failed, for example "#REF!"."""

    text: str


@dataclass(frozen=True, slots=True)
class TimeCell:
    """A time of day without a date, as "13:30:00"."""

    text: str


@dataclass(frozen=True, slots=True)
class PercentCell:
    """A number that Excel shows with a per cent sign; 65 where it shows "65 %"."""

    number: int | float


@dataclass(frozen=True, slots=True)
class MergedCell:
    """A cell that covers several rows, as it counts in each of them."""

    cell: Cell


Cell = str | int | float | bool | date | ErrorCell | TimeCell | PercentCell | MergedCell | None


@dataclass(frozen=True, slots=True)
class Line:
    """A row that holds something; `number` counts from 1, as people see it."""

    sheet: str
    number: int
    cells: list[Cell]
