"""Reads what belongs to projects for many at once, with statements put together beforehand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, Table, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

Row = Mapping[Any, Any]
NUMBERS: BindParameter[Any] = bindparam("numbers", expanding=True)


def all_of(table: Table, *order: ColumnElement[Any]) -> Select[Any]:
    """The rows of `table` for the projects that are named as it is read."""
    return select(table).where(table.c.project.in_(NUMBERS)).order_by(*order)


def newest(table: Table, size: int, *which: ColumnElement[bool], by: Sequence[str] = ("day",)) -> Select[Any]:
    """Selects at most `size` rows for each project, the greatest `by` first."""
    newest_first = [table.c[name].desc() for name in by]
    place = func.row_number().over(partition_by=table.c.project, order_by=newest_first).label("place")
    placed = select(table, place).where(table.c.project.in_(NUMBERS), *which).subquery()
    return select(placed).where(placed.c.place <= size).order_by(placed.c.project, placed.c.place)


async def by_project(
    connection: AsyncConnection, statement: Select[Any], numbers: Sequence[str], **values: Any
) -> dict[str, list[Row]]:
    """Leaves out the projects that have no rows."""
    rows: dict[str, list[Row]] = {}
    for row in (await connection.execute(statement, {"numbers": numbers, **values})).mappings():
        rows.setdefault(row["project"], []).append(row)
    return rows
