"""A date in words, with the precision it was given in."""

from __future__ import annotations

from datetime import date

from dialogs.values.calendar_words import MONTHS, Language
from portfolio.dates import PlanDate, Unit

_ENGLISH_ORDINALS = {1: "1st", 2: "2nd", 3: "3rd", 4: "4th"}


def format_date(value: PlanDate, language: Language) -> str:
    """Write "15. juni 2021", "uge 18-19 2021" or "17.-24. august 2021"; a span over years is written in full."""
    if not value.is_range:
        return _in_full(value.first, value.unit, language)
    if _year(value.first, value.unit) != _year(value.last, value.unit):
        return f"{_in_full(value.first, value.unit, language)}-{_in_full(value.last, value.unit, language)}"
    return f"{_beginning(value, language)}-{_ending(value, language)}"


def _in_full(day: date, unit: Unit, language: Language) -> str:
    year = _year(day, unit)
    return str(year) if unit is Unit.YEAR else f"{_within_year(day, unit, language)} {year}"


def _within_year(day: date, unit: Unit, language: Language) -> str:
    name = _name(day, unit, language)
    match unit:
        case Unit.DAY:
            return f"{name} {MONTHS[language][day.month - 1]}"
        case Unit.WEEK:
            return f"{'uge' if language == 'da' else 'week'} {name}"
        case Unit.QUARTER:
            return f"{name} {'kvartal' if language == 'da' else 'quarter'}"
        case _:
            return name


def _name(day: date, unit: Unit, language: Language) -> str:
    """The day, week or quarter alone, without what it stands in."""
    match unit:
        case Unit.DAY:
            return f"{day.day}." if language == "da" else str(day.day)
        case Unit.WEEK:
            return str(day.isocalendar().week)
        case Unit.MONTH:
            return MONTHS[language][day.month - 1]
        case Unit.QUARTER:
            quarter = (day.month + 2) // 3
            return f"{quarter}." if language == "da" else _ENGLISH_ORDINALS[quarter]
        case Unit.YEAR:
            return str(day.year)


def _beginning(value: PlanDate, language: Language) -> str:
    """Write the first half of a range within a year, without what the second half says for both."""
    two_months = value.unit is Unit.DAY and value.first.month != value.last.month
    if two_months or value.unit is Unit.WEEK:
        return _within_year(value.first, value.unit, language)
    return _name(value.first, value.unit, language)


def _ending(value: PlanDate, language: Language) -> str:
    if value.unit is Unit.WEEK:
        return f"{_name(value.last, value.unit, language)} {_year(value.last, value.unit)}"
    return _in_full(value.last, value.unit, language)


def _year(day: date, unit: Unit) -> int:
    return day.isocalendar().year if unit is Unit.WEEK else day.year
