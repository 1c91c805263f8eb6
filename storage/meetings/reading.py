"""Meetings, by when they start."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from portfolio.questions.answers import MeetingPage
from portfolio.questions.question import Question
from storage.meetings.tables import MEETINGS, meetings


async def read_meetings(
    connection: AsyncConnection, question: Question, now: datetime, offset: int, size: int
) -> MeetingPage:
    """Sorted descending when the question is; otherwise the earliest comes first."""
    fits = _fits(question, now)
    descending = question.sort is not None and question.sort.descending
    start = meetings.c.start.desc() if descending else meetings.c.start.asc()
    room = size if question.limit is None else max(0, min(size, question.limit - offset))
    found = select(meetings).where(*fits).order_by(start, meetings.c.body).limit(room).offset(offset)
    page = tuple(map(MEETINGS.from_row, (await connection.execute(found)).mappings()))
    counted = select(func.count()).select_from(meetings).where(*fits)
    total: int = (await connection.execute(counted)).scalar_one()
    return MeetingPage(page, total if question.limit is None else min(total, question.limit))


def _fits(question: Question, now: datetime) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if question.bodies:
        found.append(meetings.c.body.in_(question.bodies))
    if not question.periods:
        found.append(meetings.c.start >= now)
    for period in question.periods:
        if period.first is not None:
            found.append(meetings.c.start >= _midnight(period.first, now.tzinfo))
        if period.last is not None:
            found.append(meetings.c.start < _midnight(period.last + timedelta(days=1), now.tzinfo))
    return found


def _midnight(day: date, zone: tzinfo | None) -> datetime:
    return datetime.combine(day, time(), zone)
