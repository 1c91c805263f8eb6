"""A value as it stands in an input, so that it is read as the same value again."""

from __future__ import annotations

from dialogs.forms.fields import Field, FieldKind, date_of, number_of, time_of
from dialogs.turn.audience import Audience
from dialogs.values.numbers import write_number
from dialogs.values.writing_dates import format_date

LONGEST_NAME = 120


def written(field: Field, value: str, audience: Audience) -> str:
    """Write a canonical value as it is typed; leave any other as it is: it was typed, and could not be read."""
    match field.kind:
        case FieldKind.NUMBER:
            return _number(value, audience)
        case FieldKind.DATE:
            return _date(value, audience)
        case FieldKind.TIME:
            return _time(value, audience)
        case FieldKind.PERSON:
            return _person(value, audience)
        case _:
            return value


def _number(value: str, audience: Audience) -> str:
    number = number_of(value)
    return value if number is None else write_number(number, audience.texts.language)


def _date(value: str, audience: Audience) -> str:
    date = date_of(value)
    return value if date is None else format_date(date, audience.texts.language)


def _time(value: str, audience: Audience) -> str:
    return value.replace(":", ".") if audience.texts.language == "da" and time_of(value) else value


def _person(value: str, audience: Audience) -> str:
    """The e-mail where the name is not one person's alone."""
    name = audience.names.person(value)
    return name if len(name) <= LONGEST_NAME and audience.names.is_one(name) else value
