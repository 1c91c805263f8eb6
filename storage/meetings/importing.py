"""Finds the stored meetings that the rows of a file speak of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from portfolio.bodies import MeetingState
from storage.meetings.tables import meeting_changes, meetings
from storage.records import Row

_M, _C = meetings.c, meeting_changes.c
Place = tuple[str, datetime]


async def known_again(connection: AsyncConnection, rows: Sequence[Row]) -> dict[tuple[Any, ...], RowMapping | None]:
    """Finds stored meetings by the body and start that the file gives; None where the file is left out of account.

    A row is of the meeting that was first to start then, else of the one that starts then by now. A meeting that was
    moved from there or cancelled in Tovholder stays as it is: the file has not heard of it.
    """
    places = [(row["body"], row["start"]) for row in rows]
    known: dict[tuple[Any, ...], RowMapping | None] = dict.fromkeys(await _left(connection, places))
    which = or_(tuple_(_M.body, _M.first_start).in_(places), tuple_(_M.body, _M.start).in_(places))
    stored = (await connection.execute(select(meetings).where(which))).mappings().all()
    cancelled = [row for row in stored if row["state"] is MeetingState.CANCELLED]
    held = [row for row in stored if row["state"] is not MeetingState.CANCELLED]
    known |= dict.fromkeys((row["body"], row["start"]) for row in cancelled)
    known |= {(row["body"], row["start"]): row for row in held}
    is_elsewhere = [*cancelled, *(row for row in held if row["start"] != row["first_start"])]
    return known | dict.fromkeys((row["body"], row["first_start"]) for row in is_elsewhere)


async def _left(connection: AsyncConnection, places: Sequence[Place]) -> list[Place]:
    """Lists the places where a meeting once was to start, and was moved from or cancelled."""
    left = select(_M.body, _C.start).join(meeting_changes, _C.meeting == _M.id)
    rows = await connection.execute(left.where(tuple_(_M.body, _C.start).in_(places)))
    return [(body, start) for body, start in rows]
