"""A value as it stands in an input, so that it is read as the same value again."""

from __future__ import annotations

from dialogs.forms.fields import Field, FieldKind, date_of, number_of, time_of
from dialogs.turn.audience import Audience
from dialogs.values.numbers import write_number
from dialogs.values.writing_dates import format_date
from portfolio.identity import is_person_id

LONGEST_NAME = 120


def written(field: Field, value: str, audience: Audience) -> str:
    """Write a canonical value as it is typed; leave any other as it is: it was typed, and could not be read."""
    language = audience.texts.language
    match field.kind:
        case FieldKind.NUMBER if (number := number_of(value)) is not None:
            return write_number(number, language)
        case FieldKind.DATE if date := date_of(value):
            return format_date(date, language)
        case FieldKind.TIME if language == "da" and time_of(value):
            return value.replace(":", ".")
        case FieldKind.PERSON:  # the address where the name is not one person's alone
            name = audience.person(value)
            if len(name) <= LONGEST_NAME and audience.names.is_one(name):
                return name
            return audience.names.address(value) or ("" if is_person_id(value) else value)
        case _:
            return value
