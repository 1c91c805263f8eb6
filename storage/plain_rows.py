"""Reads whole tables as they stand, some rows at a time."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from sqlalchemy import JSON, Column, ColumnElement, Enum, Select, Table, Text, literal, select, tuple_, type_coerce
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import TypeDecorator, TypeEngine

CHUNK = 2000
_PLAIN_JSON: TypeEngine[Any] = JSON(none_as_null=True)


def plain(column: Column[Any]) -> TypeEngine[Any]:
    """Tells how a column is read and written as it stands: codes and documents, whether this version has a use for them
    or not."""
    kind = column.type
    if isinstance(kind, Enum):
        return Text()
    is_document = isinstance(kind, JSON) or (isinstance(kind, TypeDecorator) and isinstance(kind.impl_instance, JSON))
    return _PLAIN_JSON if is_document else kind


async def plain_rows(
    connection: AsyncConnection, table: Table, *which: ColumnElement[bool]
) -> AsyncIterator[list[dict[str, Any]]]:
    """Yields all rows that are meant."""
    key = list(table.primary_key.columns)
    some: Select[Any] = select(*(type_coerce(column, plain(column)).label(column.name) for column in table.columns))
    some = some.where(*which).order_by(*key).limit(CHUNK)
    after = some
    while rows := [dict(row) for row in (await connection.execute(after)).mappings()]:
        yield rows
        if len(rows) < CHUNK:
            return
        last = [literal(rows[-1][column.name], plain(column)) for column in key]
        after = some.where(tuple_(*(type_coerce(column, plain(column)) for column in key)) > tuple_(*last))
