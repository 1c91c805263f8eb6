"""The state that reminders are worked out from, read from the portfolio as it is at a moment."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta, tzinfo
from itertools import groupby
from operator import itemgetter
from typing import Any, TypeVar

from sqlalchemy import BindParameter, RowMapping, Select, bindparam, false, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from portfolio.bodies import Meeting
from portfolio.identity import PersonId
from portfolio.organisation import Standing
from portfolio.reminders.kinds import Absence, ReminderState, Snooze, StatusRequest, Tracked
from portfolio.rights import PORTFOLIO_OFFICE
from portfolio.working_time import WorkingTime
from storage.by_project import NUMBERS
from storage.deputies import read_deputies
from storage.meetings.changes import CHANGES, change_of
from storage.meetings.channels import REACHED
from storage.meetings.reading import MEETING, in_zone, meeting_of
from storage.meetings.tables import IS_HELD, body_channels, meeting_changes, meetings
from storage.organisation import BODIES, bodies, is_any_of, people
from storage.projects.tables import projects
from storage.reminders.obligations import Span, read_obligations
from storage.reminders.tables import absences, snoozes, stopped, switched_off
from storage.sending.tables import BY_RESTORING, key_columns, key_of, runs, sending
from storage.status_requests import status_requests

P = TypeVar("P", Absence, Snooze)
_P = projects.c
# What fell due while the service was away is told to be too late, and is then judged as it would have been on its day.
BEHIND = timedelta(days=14)
# A reminder that was asked for, or that waits for somebody's return, may be put off for all of the summer's quiet weeks
# and holds a week then. What changed or was taken out lately is no longer of use later than that either.
LATELY = timedelta(days=60)
# So far ahead it can be previewed without saying so.
AHEAD = timedelta(days=14)
# The earliest that anything is reminded of before it is due: two weeks, and more where holidays come between.
BEFOREHAND = timedelta(days=23)

_REQUESTED = (status_requests.c.by.label("requested_by"), status_requests.c.at.label("requested_at"))
_PROJECTS = (
    select(
        *(_P.number, _P.title, _P.lead, _P.owner, _P.asked_every, _P.added_on, _P.start_first, _P.status_day),
        *_REQUESTED,
    )
    .outerjoin_from(projects, status_requests, status_requests.c.project == _P.number)
    .where(_P.is_closed == false())
)
_SOME_PROJECTS = _PROJECTS.where(_P.number.in_(NUMBERS))
_IS_HERE = people.c.standing == Standing.HERE
_PEOPLE = select(people.c.id).where(_IS_HERE)
_OFFICE = select(people.c.id).where(_IS_HERE, is_any_of(PORTFOLIO_OFFICE)).order_by(people.c.email)
_BODIES = select(bodies).order_by(bodies.c.name)
_FROM: BindParameter[Any] = bindparam("first")
_TO: BindParameter[Any] = bindparam("last")
_MEETINGS = select(*MEETING).where(IS_HELD, meetings.c.start > _FROM, meetings.c.start < _TO)
_MEETINGS = _MEETINGS.order_by(meetings.c.start, meetings.c.body)
_CHANGES = CHANGES.where(meeting_changes.c.at > _FROM).order_by(meeting_changes.c.at, meeting_changes.c.id)
_ABSENCES = select(absences).where(absences.c.last >= _FROM).order_by(absences.c.person, absences.c.first)
_SNOOZES = select(snoozes).where(snoozes.c.until >= _FROM).order_by(snoozes.c.person, snoozes.c.subject)
_SWITCHED_OFF = select(switched_off.c.person, switched_off.c.kind)
_CHANNELS = REACHED.with_only_columns(body_channels.c.body)
_STOPPED = select(*key_columns(stopped)).where(stopped.c.at > _FROM)
_RESTORED_AT = select(func.max(runs.c.at)).where(runs.c.decided_by == BY_RESTORING).scalar_subquery()
_HELD_BACK = select(sending.c.all_stopped, sending.c.stopped_until, _RESTORED_AT)


async def read_state(
    connection: AsyncConnection,
    now: datetime,
    work: WorkingTime,
    numbers: Collection[str] | None = None,
    until: datetime | None = None,
    owed_since: datetime | None = None,
) -> ReminderState:
    """Implements portfolio.ports.reminders.ReminderReader.state. `connection` sees one and the same moment."""
    zone = work.zone
    today = now.astimezone(zone).date()
    since, ahead = now - BEHIND, max(now + AHEAD, until or now) + BEFOREHAND
    lately: dict[str, Any] = {"first": now - LATELY}
    all_bodies = tuple(map(BODIES.from_row, (await connection.execute(_BODIES)).mappings()))
    stopped_keys = [key_of(*row) for row in await connection.execute(_STOPPED, lately)]
    row = (await connection.execute(_HELD_BACK)).first()
    all_stopped, stopped_until, restored_at = row or (False, None, None)
    if stopped_until and stopped_until <= today:
        all_stopped = False
    return ReminderState(
        projects=await _projects(connection, numbers),
        people=frozenset((await connection.execute(_PEOPLE)).scalars()),
        office=tuple((await connection.execute(_OFFICE)).scalars()),
        bodies=all_bodies,
        meetings=await _meetings(connection, since, ahead, zone),
        changes=tuple([change_of(row, zone) for row in (await connection.execute(_CHANGES, lately)).mappings()]),
        obligations=tuple(
            await read_obligations(connection, all_bodies, Span(owed_since or since, ahead, work), numbers)
        ),
        deputies=await read_deputies(connection, None, today - BEHIND),
        absences=await _by_person(connection, _ABSENCES, Absence, today - LATELY),
        snoozes=await _by_person(connection, _SNOOZES, Snooze, today - LATELY),
        switched_off=frozenset([(row.person, row.kind) for row in await connection.execute(_SWITCHED_OFF)]),
        channels=frozenset((await connection.execute(_CHANNELS)).scalars()),
        stopped=frozenset(stopped_keys),
        all_stopped=all_stopped,
        stopped_until=stopped_until if all_stopped else None,
        restored_at=restored_at,
    )


async def _projects(connection: AsyncConnection, numbers: Collection[str] | None) -> tuple[Tracked, ...]:
    if numbers is None:
        rows = await connection.execute(_PROJECTS)
    else:
        rows = await connection.execute(_SOME_PROJECTS, {"numbers": sorted(numbers)})
    return tuple(map(_tracked, rows.mappings()))


def _tracked(row: RowMapping) -> Tracked:
    since = max((day for day in (row["added_on"], row["start_first"]) if day is not None), default=None)
    same = {name: row[name] for name in ("number", "title", "lead", "owner", "asked_every")}
    by, at = row["requested_by"], row["requested_at"]
    request = StatusRequest(row["number"], by, at) if by else None
    return Tracked(**same, since=since, newest=row["status_day"], request=request)


async def _meetings(connection: AsyncConnection, since: datetime, ahead: datetime, zone: tzinfo) -> tuple[Meeting, ...]:
    rows = (await connection.execute(_MEETINGS, {"first": since, "last": ahead})).mappings()
    return tuple([in_zone(meeting_of(row), zone) for row in rows])


async def _by_person(
    connection: AsyncConnection, sorted_by_person: Select[Any], kind: type[P], since: date
) -> dict[PersonId, tuple[P, ...]]:
    rows = (await connection.execute(sorted_by_person, {"first": since})).mappings()
    return {person: tuple([kind(**row) for row in theirs]) for person, theirs in groupby(rows, itemgetter("person"))}
