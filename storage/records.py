"""Maps the portfolio's records to rows and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from operator import attrgetter
from typing import Any, Generic, TypeVar

from sqlalchemy import JSON, Table

from portfolio.dates import PlanDate
from storage.columns import Exact

Row = dict[str, Any]
R = TypeVar("R")
_PARTS = ("first", "last", "unit")


@dataclass(frozen=True)
class RecordMapping(Generic[R]):
    """A record's fields are columns of the same name; a PlanDate is three. `derived` adds columns that follow from
    the record, `kept` are fields that an import without a value leaves as they are. `identity` are the fields by which
    an import knows a record again, where these aren't the primary key, and `told_by` those that people know it by;
    `unwritten` are those that it never has."""

    record: type[R]
    table: Table
    derived: Callable[[R], Row] = lambda _record: {}
    kept: frozenset[str] = field(default_factory=frozenset)
    identity: tuple[str, ...] = ()
    told_by: tuple[str, ...] = ()
    unwritten: frozenset[str] = field(default_factory=frozenset)

    @cached_property
    def key(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.table.primary_key.columns)

    @cached_property
    def known_by(self) -> tuple[str, ...]:
        return self.identity or self.key

    @cached_property
    def field_of(self) -> dict[str, str]:
        """The columns that hold the record, each with the field that it is of."""
        field_of: dict[str, str] = {}
        for name in (item.name for item in fields(self.record)):  # type: ignore[arg-type]
            if f"{name}_first" in self.table.c:
                field_of |= {f"{name}_{part}": name for part in _PARTS}
            elif name not in self.unwritten:
                field_of[name] = name
        return field_of

    @cached_property
    def _getters(self) -> dict[str, Callable[[R], Any]]:
        return {column: self._getter(column, name) for column, name in self.field_of.items()}

    def _getter(self, column: str, name: str) -> Callable[[R], Any]:
        get = attrgetter(name)
        kind = self.table.c[column].type
        if column != name:
            part = attrgetter(column.removeprefix(f"{name}_"))
            return lambda record: None if (date := get(record)) is None else part(date)
        if isinstance(kind, JSON):
            return lambda record: list(get(record))
        if isinstance(kind, Exact):
            return lambda record: None if (figure := get(record)) is None else kind.rounded(figure)
        return get

    def row(self, record: R) -> Row:
        """Gives all columns but those that other tables decide; figures rounded as they are stored."""
        return {column: get(record) for column, get in self._getters.items()} | self.derived(record)

    def from_row(self, row: Mapping[Any, Any]) -> R:
        return self.record(**{item: self._value(item, row) for item in dict.fromkeys(self.field_of.values())})

    def _value(self, name: str, row: Mapping[Any, Any]) -> Any:
        if name not in self.table.c:
            first, last, unit = (row[f"{name}_{part}"] for part in _PARTS)
            return None if first is None else PlanDate(first, last, unit)
        value = row[name]
        return tuple(value) if isinstance(value, list) else value
