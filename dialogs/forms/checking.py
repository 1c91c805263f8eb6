"""Faults in a form's answers, field by field."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.forms.fields import (
    NO,
    YES,
    Answers,
    Fault,
    Field,
    FieldKind,
    Form,
    Option,
    date_of,
    is_required,
    is_shown,
    number_of,
    time_of,
    value_of,
)
from dialogs.texts import Texts
from dialogs.turn.audience import Audience
from dialogs.values.numbers import format_number
from dialogs.values.plain import one_line
from dialogs.values.writing_dates import format_date
from portfolio.dates import PlanDate

LONGEST_OPTION, LONGEST_SAID = 60, 80
# More than these are looked up where they stand.
MOST_NAMED = 6


class Unread(Exception):  # noqa: N818 - a thing said of the text
    """`is_near`: it was meant as an answer, although it is none: "150", "gul eller rød". Otherwise it may be about
    something else."""

    def __init__(self, fault: Fault, *, is_near: bool = False) -> None:
        super().__init__(fault.key)
        self.fault = fault
        self.is_near = is_near


def faults(form: Form, answers: Answers, audience: Audience) -> tuple[Fault, ...]:
    """Return what is wrong with the shown fields, in their order; nothing means that the form can be handed in."""
    shown = (field for field in form.fields if is_shown(field, form, answers))
    return tuple(fault for field in shown if (fault := fault_in(field, form, answers, audience)))


def fault_in(field: Field, form: Form, answers: Answers, audience: Audience) -> Fault | None:
    return fault_of(field, value_of(field, answers), audience, is_needed=is_required(field, form, answers))


def lacking(form: Form, answers: Answers) -> list[Field]:
    """The fields that must be filled in and aren't."""
    return [field for field in form.fields if is_required(field, form, answers) and not value_of(field, answers)]


def fault_of(field: Field, value: str, audience: Audience, *, is_needed: bool) -> Fault | None:
    """Return what is wrong with one value; what is no canonical value is a fault."""
    if not value:
        return Fault(field.name, f"required_{field.kind.value}", {}) if is_needed else None
    match field.kind:
        case FieldKind.TEXT:
            return too_long(field, value) if len(value) > field.longest else None
        case FieldKind.NUMBER:
            return _number(field, value, audience.texts)
        case FieldKind.CHOICE:
            is_known = any(option.value == value for option in field.options)
        case FieldKind.DATE:
            return _date(field, value, audience)
        case FieldKind.TIME:
            is_known = time_of(value) is not None
        case FieldKind.YES_NO:
            is_known = value in (YES, NO)
        case FieldKind.PERSON:
            is_known = audience.names.is_person(value)
    return None if is_known else unreadable(field, value, audience.texts)


def unreadable(field: Field, said: str, texts: Texts) -> Fault:
    """Says what to write instead."""
    match field.kind:
        case FieldKind.NUMBER:
            return number_fault(field, texts)
        case FieldKind.CHOICE:
            return options_fault(field)
        case FieldKind.PERSON:
            return Fault(field.name, "person", {"said": one_line(said, LONGEST_SAID)})
        case FieldKind.TEXT:
            return Fault(field.name, "required_text", {})
        case _:
            return Fault(field.name, field.kind_name, {})


def too_long(field: Field, text: str) -> Fault:
    return Fault(field.name, "too_long", {"length": len(text), "most": field.longest})


def options_fault(field: Field) -> Fault:
    if len(field.options) > MOST_NAMED:
        return Fault(field.name, "choice_of_many", {})
    return Fault(field.name, "choice", {"choices": _named(field.options)})


def several_fault(field: Field, options: Sequence[Option]) -> Fault:
    return Fault(field.name, "choice_several", {"choices": _named(options[:MOST_NAMED])})


def several_days_fault(field: Field, date: PlanDate, texts: Texts) -> Fault:
    return Fault(field.name, "date_several_days", {"date": format_date(date, texts.language)})


def number_fault(field: Field, texts: Texts) -> Fault:
    bounds = _bounds(field, texts)
    return Fault(field.name, "number_between" if len(bounds) == 2 else "number", bounds)


def _named(options: Sequence[Option]) -> str:
    """Name the options without the signs of colours."""
    return ", ".join(one_line(option.label.lstrip("●○ "), LONGEST_OPTION) for option in options)


def _bounds(field: Field, texts: Texts) -> dict[str, str]:
    """Return the bounds that the field has, in words."""
    bounds = {"low": field.at_least, "high": field.at_most}
    return {name: format_number(bound, texts.language) for name, bound in bounds.items() if bound is not None}


def _number(field: Field, value: str, texts: Texts) -> Fault | None:
    number, low, high = number_of(value), field.at_least, field.at_most
    if number is None:
        return number_fault(field, texts)
    if (low is None or number >= low) and (high is None or number <= high):
        return None
    bounds = _bounds(field, texts)
    key = "range_between" if len(bounds) == 2 else "range_least" if "low" in bounds else "range_most"
    return Fault(field.name, key, bounds)


def _date(field: Field, value: str, audience: Audience) -> Fault | None:
    date = date_of(value)
    if date is None:
        return unreadable(field, value, audience.texts)
    is_several = field.is_day and date.first != date.last
    return several_days_fault(field, date, audience.texts) if is_several else None
