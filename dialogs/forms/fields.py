"""A form is its fields, what each may hold, and which depend on which.

Answers are canonical strings by field name: a text as it is, a number with a full stop ("12.5"), a choice's value,
"yes" or "no", a person's id, a date as `date_value` writes it, a time of day as "13:30". "" is nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import StrEnum

from dialogs.turn.answer import Document
from dialogs.turn.orders import Order
from dialogs.values.numbers import write_number
from portfolio.dates import PlanDate, Unit

Answers = Mapping[str, str]
YES, NO = "yes", "no"
_CANONICAL_TIME = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]", re.ASCII)
_CANONICAL_NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,6})?", re.ASCII)


class FieldKind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    CHOICE = "choice"
    DATE = "date"
    TIME = "time"
    YES_NO = "yes_no"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Option:
    """A value of a choice. `also` are words that mean it when they are typed: "gul", "gult", "yellow"."""

    value: str
    label: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class When:
    """Another field holds one of these values."""

    field: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Field:
    """`label` and `help` are said already, in the reader's language. It is shown, and asked, when any of `shown_when`
    holds or there is none; it must be filled in when `is_required` or any of `required_when` holds, and it is shown.

    `default` is what it holds until somebody says otherwise: a canonical value. `is_extra`: behind "Flere felter" on a
    card, and asked in the chat only when asked for. `is_day`: a date that must be one day. `unit` stands behind a
    number, "%" or "kr.". `longest` counts a text's characters. `before` is what was said of it last time, so that a
    summary can tell what is old; "" where that goes without saying.
    """

    name: str
    kind: FieldKind
    label: str
    help: str | None = None
    options: tuple[Option, ...] = ()
    default: str = ""
    is_required: bool = False
    required_when: tuple[When, ...] = ()
    shown_when: tuple[When, ...] = ()
    is_extra: bool = False
    at_least: Decimal | None = None
    at_most: Decimal | None = None
    unit: str | None = None
    is_day: bool = False
    longest: int = 2000
    before: str = ""

    @property
    def kind_name(self) -> str:
        """The kind as the texts call it: a date that must be one day is a "day"."""
        return "day" if self.kind is FieldKind.DATE and self.is_day else self.kind.value


@dataclass(frozen=True, slots=True)
class Form:
    """`kind` names it in the store and on buttons; `title` heads it, `intro` are lines above the fields; `submit` is
    what handing it in is called. All in plain text, in the reader's language. `beware` are words about answers that may
    well be a mistake: they are said where the form waits for the yes, and before a card with such is handed in. `order`
    is what handing it in does."""

    kind: str
    title: str
    submit: str
    fields: tuple[Field, ...]
    intro: tuple[str, ...] = ()
    beware: Callable[[Answers], tuple[str, ...]] = lambda _answers: ()
    order: type[Order] | None = None

    def document(self, kind: str) -> Document:
        """Writes for scripts what it is for."""
        return Document(kind, {"command": self.order.command} if self.order else {}, total=0)

    def field(self, name: str) -> Field | None:
        return next((field for field in self.fields if field.name == name), None)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with one field; `key` is in the texts' section `form_fault`."""

    field: str
    key: str
    values: Mapping[str, object]


def value_of(field: Field, answers: Answers) -> str:
    """Return what the field holds: what was answered, even nothing, else what it holds by itself."""
    return answers.get(field.name, field.default)


def holds(condition: When, form: Form, answers: Answers) -> bool:
    field = form.field(condition.field)
    return field is not None and is_shown(field, form, answers) and value_of(field, answers) in condition.values


def is_shown(field: Field, form: Form, answers: Answers) -> bool:
    return not field.shown_when or any(holds(condition, form, answers) for condition in field.shown_when)


def is_required(field: Field, form: Form, answers: Answers) -> bool:
    demanded = field.is_required or any(holds(condition, form, answers) for condition in field.required_when)
    return demanded and is_shown(field, form, answers)


def whole(form: Form, answers: Answers) -> dict[str, str]:
    """Every shown field with what it holds: what a form says when it is handed in."""
    return {field.name: value_of(field, answers) for field in form.fields if is_shown(field, form, answers)}


def number_of(value: str) -> Decimal | None:
    """Read a canonical number; None for anything else."""
    return Decimal(value) if _CANONICAL_NUMBER.fullmatch(value) else None


def number_value(value: Decimal | None) -> str:
    return "" if value is None else write_number(value, "en")


def date_value(value: PlanDate | None) -> str:
    return "" if value is None else f"{value.first.isoformat()}/{value.last.isoformat()}/{value.unit.value}"


def date_of(value: str) -> PlanDate | None:
    """Read what `date_value` wrote; None for anything else."""
    try:
        first, last, unit = value.split("/")
        return PlanDate(date.fromisoformat(first), date.fromisoformat(last), Unit(unit))
    except ValueError:
        return None


def time_value(value: time) -> str:
    return f"{value:%H:%M}"


def time_of(value: str) -> time | None:
    """Read a canonical time of day; None for anything else."""
    return time.fromisoformat(value) if _CANONICAL_TIME.fullmatch(value) else None
