"""A form's fields as a card's inputs, and their values in words."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.cards.elements import Element
from dialogs.forms.fields import NO, YES, Answers, Field, FieldKind, Option, date_of, number_of, time_of, value_of
from dialogs.forms.said.reading import NOTHING, PREFIX
from dialogs.forms.writing import written
from dialogs.turn.audience import Audience
from dialogs.values.numbers import format_number
from dialogs.values.plain import one_line

LONGEST_LABEL, LONGEST_CHOICE = 200, 120
# More are found by typing a name.
MOST_PEOPLE = 60
MOST_EXPANDED = 4
MULTILINE = 200
LONGEST_TYPED = 160
_HINTED = (FieldKind.NUMBER, FieldKind.DATE, FieldKind.TIME, FieldKind.PERSON)


def input_of(
    field: Field, answers: Answers, audience: Audience, *, typed: str | None = None, is_slim: bool = False
) -> Element:
    """Draw the field's input. `typed` goes before what is answered: it could not be read, and is shown again. `is_slim`
    leaves out the list of all people.

    None is marked as required to the program that shows the card: it would then let nobody keep a draft, or go on step
    by step, before all of them are filled in.
    """
    value = value_of(field, answers) if typed is None else typed
    match field.kind:
        case FieldKind.CHOICE:
            style = "expanded" if len(field.options) <= MOST_EXPANDED else "compact"
            return _choice_set(field, value, field.options, style, audience)
        case FieldKind.YES_NO:
            return _choice_set(field, value, yes_and_no(audience), "expanded", audience)
        case FieldKind.PERSON if not is_slim and _is_listed(value, audience):
            return _choice_set(field, written(field, value, audience), _people(field, audience), "filtered", audience)
        case FieldKind.DATE if field.is_day and _is_day(value):
            day = date_of(value)
            shown = {"value": day.first.isoformat()} if day else {}
            return {"type": "Input.Date", **_named(field, audience), **shown}
        case FieldKind.TIME if not value or time_of(value):
            return {"type": "Input.Time", **_named(field, audience), **({"value": value} if value else {})}
        case _:
            return _text_input(field, value, audience)


def value_words(field: Field, value: str, audience: Audience) -> str:
    """A value as a person reads it; what is no canonical value as it was typed."""
    if not value:
        return audience.texts.say("form.nothing")
    match field.kind:
        case FieldKind.CHOICE | FieldKind.YES_NO:
            options = yes_and_no(audience) if field.kind is FieldKind.YES_NO else field.options
            return next((option.label for option in options if option.value == value), value)
        case FieldKind.NUMBER:
            return _number_words(field, value, audience)
        case FieldKind.PERSON:
            return audience.person(value)
        case _:
            return written(field, value, audience)


def label_words(field: Field, audience: Audience) -> str:
    """Return the label with the unit, and with a mark where it must be filled in."""
    label = one_line(field.label, LONGEST_LABEL)
    if field.unit and field.unit.lower() not in label.lower():
        label = f"{label} ({one_line(field.unit, LONGEST_LABEL)})"
    return audience.texts.say("form.required", label=label) if field.is_required else label


def bare_label(field: Field) -> str:
    """The label as it is named in a sentence."""
    return one_line(field.label, LONGEST_LABEL).rstrip("?.:")


def yes_and_no(audience: Audience) -> tuple[Option, Option]:
    return Option(YES, audience.texts.say("form.yes")), Option(NO, audience.texts.say("form.no"))


def _named(field: Field, audience: Audience) -> Element:
    return {"id": PREFIX + field.name, "label": label_words(field, audience)}


def _text_input(field: Field, value: str, audience: Audience) -> Element:
    """Draw an input of text, for numbers too: no other takes "12,5" on every phone."""
    is_text = field.kind is FieldKind.TEXT
    more: Element = {"maxLength": max(field.longest if is_text else LONGEST_TYPED, len(value))}
    if is_text and field.longest > MULTILINE:
        more["isMultiline"] = True
    if field.kind in _HINTED:
        more["placeholder"] = audience.texts.say(f"form.hint_{field.kind_name}")
    text = written(field, value, audience)
    shown = {"value": text} if text else {}
    return {"type": "Input.Text", **_named(field, audience), **more, **shown}


def _choice_set(field: Field, value: str, options: Sequence[Option], style: str, audience: Audience) -> Element:
    """Draw the choices. Nothing is one of them where it may be chosen: a choice can't be taken back otherwise."""
    choices = [{"title": one_line(option.label, LONGEST_CHOICE), "value": option.value} for option in options]
    if not field.is_required and not (field.default and value):
        choices.insert(0, {"title": audience.texts.say("form.none_chosen"), "value": NOTHING})
        value = value or NOTHING
    chosen = {"value": value} if value in {choice["value"] for choice in choices} else {}
    return {"type": "Input.ChoiceSet", **_named(field, audience), "style": style, "choices": choices, **chosen}


def _is_listed(value: str, audience: Audience) -> bool:
    """Say whether the people fit in a list, and this is one of them."""
    return len(audience.names.vocabulary.people) <= MOST_PEOPLE and (not value or audience.names.is_person(value))


def _people(field: Field, audience: Audience) -> list[Option]:
    """List people by name, since some programs show the value; by address those whose names are others' too."""
    options = []
    for person in sorted(audience.names.vocabulary.people, key=lambda person: person.name):
        value = written(field, person.id, audience)
        options.append(Option(value, f"{person.name} ({value})" if value == person.address else person.name))
    return options


def _is_day(value: str) -> bool:
    day = date_of(value)
    return not value or (day is not None and day.first == day.last)


def _number_words(field: Field, value: str, audience: Audience) -> str:
    number = number_of(value)
    if number is None:
        return value
    words = format_number(number, audience.texts.language)
    return f"{words} {field.unit}" if field.unit else words
