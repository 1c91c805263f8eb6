"""Meetings, by when they start."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta, tzinfo

from sqlalchemy import ColumnElement, RowMapping, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from portfolio.bodies import Meeting
from portfolio.questions import catalogue
from portfolio.questions.answers import MeetingPage
from portfolio.questions.question import Question
from storage.meetings.tables import IS_HELD, meetings

_M = meetings.c
# The columns of Meeting's fields.
MEETING = (_M.body, _M.start, _M.end, _M.place, _M.topic, _M.id, _M.revision, _M.state)


def meeting_of(row: RowMapping) -> Meeting:
    """Reads the meeting from a row that has the columns MEETING."""
    return Meeting(**{column.name: row[column.name] for column in MEETING})


def in_zone(meeting: Meeting, zone: tzinfo) -> Meeting:
    end = meeting.end.astimezone(zone) if meeting.end else None
    return replace(meeting, start=meeting.start.astimezone(zone), end=end)


async def read_meetings(
    connection: AsyncConnection, question: Question, now: datetime, offset: int, size: int
) -> MeetingPage:
    """Sorted descending when the question is; otherwise the earliest comes first. Cancelled ones are no answer."""
    fits = _fits(question, now)
    descending = question.sort is not None and question.sort.descending
    start = _M.start.desc() if descending else _M.start.asc()
    room = size if question.limit is None else max(0, min(size, question.limit - offset))
    wanted = select(*MEETING).where(*fits).order_by(start, _M.body).limit(room).offset(offset)
    page = tuple(map(meeting_of, (await connection.execute(wanted)).mappings()))
    counted = select(func.count()).select_from(meetings).where(*fits)
    total: int = (await connection.execute(counted)).scalar_one()
    return MeetingPage(page, total if question.limit is None else min(total, question.limit))


def _fits(question: Question, now: datetime) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [IS_HELD]
    if bodies := question.values(catalogue.BODIES):
        conditions.append(_M.body.in_(bodies))
    periods = question.periods
    if not periods:
        conditions.append(_M.start >= now)
    for period in periods:
        if period.first is not None:
            conditions.append(_M.start >= _midnight(period.first, now.tzinfo))
        if period.last is not None:
            conditions.append(_M.start < _midnight(period.last + timedelta(days=1), now.tzinfo))
    return conditions


def _midnight(day: date, zone: tzinfo | None) -> datetime:
    return datetime.combine(day, time(), zone)
