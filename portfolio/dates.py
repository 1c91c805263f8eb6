"""Dates with the precision they were given in: a day, an ISO week, a month, a quarter, a year, or a range of these."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Unit(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, order=True, slots=True)
class PlanDate:
    """The days from `first` to `last`, both included, given in `unit`; more than one unit long is a range.

    Sorts by first day, then last, so that "June 2021" stands beside the days it begins with.
    Raises ValueError when the days are not whole units or are in the wrong order.
    """

    first: date
    last: date
    unit: Unit = Unit.DAY

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"{self.last} is before {self.first}")
        if start_of(self.first, self.unit) != self.first or end_of(self.last, self.unit) != self.last:
            raise ValueError(f"{self.first} to {self.last} is not whole {self.unit}s")

    @property
    def is_range(self) -> bool:
        return end_of(self.first, self.unit) != self.last

    def passed(self, today: date) -> bool:
        """Says whether the last day that would still keep the promise is over."""
        return self.last < today


def start_of(day: date, unit: Unit) -> date:
    match unit:
        case Unit.DAY:
            return day
        case Unit.WEEK:
            return day - timedelta(days=day.weekday())
        case Unit.MONTH:
            return day.replace(day=1)
        case Unit.QUARTER:
            return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
        case Unit.YEAR:
            return date(day.year, 1, 1)


def end_of(day: date, unit: Unit) -> date:
    if unit is Unit.DAY:
        return day
    if unit is Unit.WEEK:
        return day + timedelta(days=6 - day.weekday())
    months = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}[unit]
    following = months_after(start_of(day, unit), months)
    return date.max if following is None else following - timedelta(days=1)


def on_day(day: date) -> PlanDate:
    return PlanDate(day, day, Unit.DAY)


def in_unit(day: date, unit: Unit) -> PlanDate:
    """The whole week, month, quarter or year that `day` lies in."""
    return PlanDate(start_of(day, unit), end_of(day, unit), unit)


def iso_week(year: int, week: int) -> PlanDate:
    """Raises ValueError when the year has no such week."""
    return in_unit(date.fromisocalendar(year, week, 1), Unit.WEEK)


def span(first: PlanDate, last: PlanDate) -> PlanDate:
    """Joins the start of one date to the end of another; keeps the unit when both share it, else counts days."""
    unit = first.unit if first.unit is last.unit else Unit.DAY
    return PlanDate(first.first, last.last, unit)


def months_after(day: date, months: int) -> date | None:
    """The same day of a later month, or its last day where it has no such day; None past the end of the calendar."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return None
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_between(first: date, last: date) -> int:
    """Whole months from one day to a later one."""
    months = (last.year - first.year) * 12 + last.month - first.month
    whole = months_after(first, months)
    return months if whole is not None and whole <= last else months - 1
