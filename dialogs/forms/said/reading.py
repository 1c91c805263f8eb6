"""Read what people type, say or pick for a field as the value that is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from dialogs.forms.checking import Unread, fault_of, unreadable
from dialogs.forms.fields import Fault, Field, FieldKind, Form
from dialogs.forms.said.dates import read_date
from dialogs.forms.said.numbers import read_number
from dialogs.forms.said.options import read_option, read_yes_no
from dialogs.forms.said.people import read_person
from dialogs.forms.said.times import read_time
from dialogs.forms.writing import written
from dialogs.turn.audience import Audience
from dialogs.turn.beside import with_names
from dialogs.values.plain import clean

# What a field's input is called on a card.
PREFIX = "form."
# An empty choice counts as none made: this one says that nothing is chosen.
NOTHING = "-"
# What can't be read is kept as it was typed, but not without end.
LONGEST_KEPT = 200
_LONGEST_VALUE = 160


@dataclass(frozen=True, slots=True)
class Filled:
    """The inputs of a card as they were filled in. `answers` hold what could be read, and what was `typed` where
    there are `faults`: that is no canonical value, so it is a fault until it is mended, and nothing written is lost."""

    answers: Mapping[str, str]
    faults: tuple[Fault, ...]
    typed: Mapping[str, str]


def read(field: Field, text: str, audience: Audience) -> str:
    """Return the canonical value. Raises Unread."""
    value = _value(field, text, audience)
    fault = fault_of(field, value, audience, is_needed=True)
    if fault is not None:
        raise Unread(fault, is_near=True)
    return value


def from_card(form: Form, data: Mapping[str, Any], audience: Audience) -> Filled:
    """Read a pressed button's data, which anybody may have written: what is no input of this form is left out. An input
    that didn't come says nothing: only an empty one empties its field."""
    answers: dict[str, str] = {}
    typed: dict[str, str] = {}
    faults: list[Fault] = []
    for field in form.fields:
        said = _as_text(field, data.get(PREFIX + field.name))
        if said is None:
            continue
        try:
            answers[field.name] = _input(field, said, audience)
        except Unread as unread:
            faults.append(unread.fault)
            if isinstance(said, str):
                answers[field.name] = typed[field.name] = _kept(field, said)
    return Filled(answers, tuple(faults), typed)


def _as_text(field: Field, said: object) -> object:
    """Turn a number, as which some programs send what an input holds, into its text."""
    is_number = field.kind is FieldKind.NUMBER and isinstance(said, int | float) and not isinstance(said, bool)
    return f"{Decimal(str(said)):f}".replace(".", ",") if is_number else said


def _input(field: Field, said: object, audience: Audience) -> str:
    """Read one input; what is as it was filled in beforehand is that very value. Raises Unread."""
    if not isinstance(said, str):
        raise Unread(unreadable(field, "", audience.texts))
    if said in (field.default, written(field, field.default, audience), *(option.value for option in field.options)):
        return field.default if said == written(field, field.default, audience) else said
    if not said.strip() or (said == NOTHING and field.kind is not FieldKind.TEXT):
        return ""
    return read(field, said, audience)


def _kept(field: Field, said: str) -> str:
    longest = field.longest + LONGEST_KEPT if field.kind is FieldKind.TEXT else LONGEST_KEPT
    return clean(said)[:longest]


def _value(field: Field, text: str, audience: Audience) -> str:
    said = clean(text)
    if field.kind is FieldKind.TEXT:
        return with_names(said, audience.mentioned)
    if len(text) > _LONGEST_VALUE:
        raise Unread(unreadable(field, said, audience.texts))
    match field.kind:
        case FieldKind.NUMBER:
            return read_number(field, said, audience.texts)
        case FieldKind.CHOICE:
            return read_option(field, said)
        case FieldKind.DATE:
            return read_date(field, said, audience)
        case FieldKind.TIME:
            return read_time(field, said, audience)
        case FieldKind.YES_NO:
            return read_yes_no(field, said)
        case FieldKind.PERSON:
            return read_person(field, said, audience)
