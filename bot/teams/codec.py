"""Reads and writes activities as JSON documents, by plans compiled once from the schema's own attribute maps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

from botbuilder import schema
from botbuilder.schema import Activity
from msrest.serialization import Model

Convert = Callable[[Any], Any]


class MalformedActivityError(ValueError):
    """A field holds something else than the schema says."""


class _Plan:
    """Reads and writes a model class. Fields that the schema doesn't know live in `additional_properties`."""

    def __init__(self, model: Any) -> None:
        self.model = model
        self.blank: dict[str, Any] = dict.fromkeys(model._attribute_map)
        self.by_key = {
            field["key"]: (attribute, _reader(field["type"])) for attribute, field in model._attribute_map.items()
        }
        self.by_attribute = {
            attribute: (field["key"], _writer(field["type"])) for attribute, field in model._attribute_map.items()
        }

    def read(self, document: Any) -> Any:
        if not isinstance(document, dict):
            raise MalformedActivityError(f"{self.model.__name__} is not an object")
        values = dict(self.blank)
        unknown = {}
        for key, value in document.items():
            known = self.by_key.get(key)
            if known is None:
                unknown[key] = value
            elif value is not None:
                values[known[0]] = known[1](value)
        values["additional_properties"] = unknown
        model = self.model.__new__(self.model)
        model.__dict__.update(values)
        return model

    def write(self, model: Any) -> dict[str, Any]:
        document = dict(model.additional_properties or {})
        for attribute, (key, convert) in self.by_attribute.items():
            value = getattr(model, attribute, None)
            if value is not None:
                document[key] = convert(value)
        return document


def decode(document: Any) -> Activity:
    """Raises MalformedActivityError."""
    return _plan(Activity).read(document)


def encode(activity: Activity) -> dict[str, Any]:
    return _plan(Activity).write(activity)


@cache
def _plan(model: Any) -> _Plan:
    return _Plan(model)


def _only(kind: type) -> Convert:
    def read(value: Any) -> Any:
        if type(value) is not kind:
            raise MalformedActivityError(f"a value is not a {kind.__name__}")
        return value

    return read


def _moment(value: Any) -> datetime:
    if not isinstance(value, str) or "T" not in value:
        raise MalformedActivityError("a value is not a point in time")
    try:
        moment = datetime.fromisoformat(value)
    except ValueError as error:
        raise MalformedActivityError("a value is not a point in time") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _as_is(value: Any) -> Any:
    return value


_READERS: Mapping[str, Convert] = {
    "str": _only(str),
    "bool": _only(bool),
    "int": _only(int),
    "object": _as_is,
    "iso-8601": _moment,
}


def _reader(kind: str) -> Convert:
    if kind in _READERS:
        return _READERS[kind]
    if kind.startswith("["):
        return _each_in_list(_reader(kind[1:-1]))
    if kind.startswith("{"):
        return _each_in_object(_reader(kind[1:-1]))
    model = getattr(schema, kind)
    return lambda value: _plan(model).read(value)


def _each_in_list(convert: Convert) -> Convert:
    def read(value: Any) -> list[Any]:
        if not isinstance(value, list):
            raise MalformedActivityError("a value is not a list")
        return [convert(item) for item in value]

    return read


def _each_in_object(convert: Convert) -> Convert:
    def read(value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise MalformedActivityError("a value is not an object")
        return {key: convert(item) for key, item in value.items()}

    return read


def _writer(kind: str) -> Convert:
    if kind == "iso-8601":
        return datetime.isoformat
    if kind in _READERS:
        return _as_is
    if kind.startswith("["):
        return lambda value: [_write(item) for item in value]
    if kind.startswith("{"):
        return lambda value: {key: _write(item) for key, item in value.items()}
    return _write


def _write(value: Any) -> Any:
    """Writes a model in a typed field; a subclass (Mention for Entity) writes itself by its own map."""
    kind: Any = type(value)
    return _plan(kind).write(value) if isinstance(value, Model) else value
