"""What a button carries, as data: one codec draws every button and reads it back."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, ClassVar, TypeVar, cast, get_args, get_type_hints

from pydantic import AfterValidator, ConfigDict, Field, PlainValidator, StringConstraints, TypeAdapter

from dialogs.turn.payload import MAX_NUMBER, MAX_TEXT, MalformedButton, from_data, has_controls, to_data
from portfolio.identity import PersonId
from portfolio.questions.question import Question

MAX_OFFSET = 100_000
MOST_SUBJECTS = 100
LONGEST_SAID = 3000
LONGEST_INPUT, MOST_INPUTS = 20_000, 100
# What a database counts its rows with.
LARGEST_ID = 2**31 - 1
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_INPUTS = "inputs"

B = TypeVar("B", bound="Button")


class Thing(StrEnum):
    """Things that buttons name, as the audit log calls them."""

    PROJECT = "project"
    PERSON = "person"
    BODY = "body"
    MEETING = "meeting"
    ROUND = "round"
    DRAFT = "form"
    DEED = "deed"
    RUN = "run"
    DEPUTY = "deputy"
    REMINDER = "reminder"


def _without_controls(text: str) -> str:
    if has_controls(text):
        raise ValueError("control characters")
    return text


def _of_lines(text: str) -> str:
    """Check what people may have written: it may have several lines."""
    _without_controls(text.translate({9: " ", 10: " ", 13: " "}))
    return text


def _day(value: object) -> date:
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise ValueError("no day")
    return date.fromisoformat(value)


def _moment(value: object) -> datetime:
    moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    if moment is None or moment.tzinfo is None or not 2000 <= moment.year <= 2100:
        raise ValueError("no time")
    return moment


Text = Annotated[str, StringConstraints(max_length=MAX_TEXT), AfterValidator(_without_controls)]
Name = Annotated[Text, StringConstraints(min_length=1)]
# What somebody could say, and what they said.
Sentence = Annotated[str, StringConstraints(min_length=1, max_length=MAX_TEXT), AfterValidator(_of_lines)]
Said = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_SAID), AfterValidator(_of_lines)]
Number = Annotated[int, Field(ge=0, le=MAX_NUMBER)]
Id = Annotated[int, Field(ge=0, le=LARGEST_ID)]
Offset = Annotated[int, Field(ge=0, le=MAX_OFFSET)]
Day = Annotated[date, PlainValidator(_day)]
Moment = Annotated[datetime, PlainValidator(_moment)]
Asked = Annotated[Question, PlainValidator(from_data)]
Inputs = Mapping[str, Annotated[str, StringConstraints(max_length=LONGEST_INPUT)] | int | float | None]
# Of what reminders are about, which is looked for among the person's own.
Subjects = Annotated[
    tuple[Annotated[str, StringConstraints(max_length=2 * MAX_TEXT), AfterValidator(_without_controls)], ...],
    Field(max_length=MOST_SUBJECTS),
]
# References to things, which are looked up before a button does anything.
ProjectNumber = Annotated[Name, Thing.PROJECT]
PersonRef = Annotated[PersonId, StringConstraints(max_length=MAX_TEXT), AfterValidator(_without_controls), Thing.PERSON]
BodyName = Annotated[Name, Thing.BODY]
MeetingId = Annotated[Id, Thing.MEETING]
RunId = Annotated[Id, Thing.RUN]
RoundId = Annotated[Name, Thing.ROUND]
DraftId = Annotated[Name, Thing.DRAFT]
DeedId = Annotated[Name, Thing.DEED]


@dataclass(frozen=True, slots=True)
class Button:
    """A button that somebody can press. Its `verb` and the names of its fields are what cards in chats carry, so they
    never change; what is as by default isn't carried. `command` is the name of the order that leads to the same, if one
    does. `takes` are the ids of the inputs that come along with it; `is_view`: programs may ask for it by themselves,
    since it only shows something."""

    verb: ClassVar[str]
    command: ClassVar[str] = ""
    takes: ClassVar[re.Pattern[str] | None] = None
    is_view: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class FilledIn(Button):
    """A button that sends what its card's inputs hold."""

    inputs: Inputs = field(default_factory=dict, kw_only=True)


def carried(button: Button) -> dict[str, Any]:
    """Return the button's data as it stands on a card."""
    data: dict[str, Any] = {}
    for name, default in _schema(type(button)).carried:
        value = getattr(button, name)
        if value != default:
            write = _WRITERS.get(type(value))
            data[name] = write(value) if write else value
    return data


def read(kind: type[B], data: Mapping[str, Any]) -> B:
    """Read what was sent. Keys that the button doesn't carry, and inputs that it doesn't take, come along from old
    programs and by hand, and are left out. Raises MalformedButton."""
    schema = _schema(kind)
    sent = {name: data[name] for name, _ in schema.carried if name in data}
    if kind.takes:
        sent[_INPUTS] = {name: value for name, value in data.items() if kind.takes.fullmatch(str(name))}
        if len(sent[_INPUTS]) > MOST_INPUTS:
            raise MalformedButton("too many inputs")
    try:
        written = json.dumps([sent], ensure_ascii=False, allow_nan=False).encode()
        (button,) = schema.adapter.validate_json(written, strict=True)
    except (TypeError, ValueError, RecursionError) as fault:
        raise MalformedButton(type(fault).__name__) from fault
    return cast("B", button)


def references(kind: type[Button]) -> Mapping[str, Thing]:
    """Return the fields that name a thing."""
    return _schema(kind).references


@dataclass(frozen=True)
class _Schema:
    """A kind of button, compiled once. `carried` are the names of what it carries, with the defaults; dataclasses'
    MISSING is no value's equal."""

    kind: type[Button]
    carried: tuple[tuple[str, Any], ...]
    references: Mapping[str, Thing]

    @cached_property
    def adapter(self) -> TypeAdapter[Any]:
        # A tuple around it, because a configuration is not taken for a bare dataclass.
        return TypeAdapter(tuple[self.kind], config=ConfigDict(extra="forbid"))  # type: ignore[name-defined]


_SCHEMAS: dict[type[Button], _Schema] = {}


def _schema(kind: type[Button]) -> _Schema:
    found = _SCHEMAS.get(kind)
    if found is None:
        hints = get_type_hints(kind, include_extras=True)
        things = {one.name: list(_things_in(hints[one.name])) for one in fields(kind)}
        found = _SCHEMAS[kind] = _Schema(
            kind,
            tuple((one.name, one.default) for one in fields(kind) if one.name != _INPUTS),
            {name: named[0] for name, named in things.items() if named},
        )
    return found


def _things_in(hint: Any) -> Iterator[Thing]:
    for part in get_args(hint):
        if isinstance(part, Thing):
            yield part
        else:
            yield from _things_in(part)


def _write_all(values: tuple[Any, ...]) -> list[Any]:
    return [list(value) if isinstance(value, tuple) else value for value in values]


_WRITERS: Mapping[type, Callable[[Any], Any]] = {
    Question: to_data,
    date: date.isoformat,
    datetime: datetime.isoformat,
    tuple: _write_all,
}
