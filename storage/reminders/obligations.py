"""Reads what people owe by a date: answers to rounds, milestones, and benefits to follow up."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from sqlalchemy import BindParameter, Row, Select, Table, bindparam, false, select
from sqlalchemy.ext.asyncio import AsyncConnection

from portfolio.bodies import Body
from portfolio.identity import PersonId
from portfolio.reminders.keys import ObligationSubject, Origin
from portfolio.reminders.kinds import Obligation
from portfolio.working_time import WorkingTime
from storage.by_project import NUMBERS
from storage.projects.tables import benefits, milestones, projects
from storage.rounds.entries import asked_in
from storage.rounds.store import read_rounds, under_way

_P, _M, _B = projects.c, milestones.c, benefits.c
_FROM: BindParameter[Any] = bindparam("first")
_TO: BindParameter[Any] = bindparam("last")


@dataclass(frozen=True, slots=True)
class Span:
    """The time in which something is due, in whole days of `work`'s zone. A thing due on a day is due when that day's
    work is over."""

    first: datetime
    last: datetime
    work: WorkingTime

    def days(self) -> dict[str, Any]:
        zone = self.work.zone
        return {"first": self.first.astimezone(zone).date(), "last": self.last.astimezone(zone).date()}


def _of_projects(table: Table, *columns: Any) -> Select[Any]:
    return select(_P.number, table.c.title, *columns).join(table, table.c.project == _P.number)


_MILESTONES = (
    _of_projects(milestones, _P.lead, _M.due_last, _M.reached)
    .where(_M.due_last.between(_FROM, _TO), _P.is_closed == false())
    .order_by(_M.project, _M.title)
)
# Of closed projects too: what they were for shows afterwards.
_BENEFITS = (
    _of_projects(benefits, _P.owner, _B.responsible, _B.follow_up_last, _B.goal, _B.realised)
    .where(_B.follow_up_last.between(_FROM, _TO))
    .order_by(_B.project, _B.title)
)


async def read_obligations(
    connection: AsyncConnection, bodies: Sequence[Body], span: Span, numbers: Collection[str] | None
) -> list[Obligation]:
    """Reads obligations, met ones too; only those in the numbered projects when `numbers` is given."""
    if numbers is not None and not numbers:
        return []
    obligations = await _round_answers(connection, bodies, span.work.zone, numbers)
    for row in await _rows(connection, _MILESTONES, span, numbers):
        due, is_met = span.work.closing(row.due_last), row.reached is not None
        obligations.append(_obligation(Origin.MILESTONE, row, row.title, row.lead, due, is_met=is_met))
    for row in await _rows(connection, _BENEFITS, span, numbers):
        due = span.work.closing(row.follow_up_last)
        is_met = row.realised is not None and row.goal is not None and row.realised >= row.goal
        obligations.append(
            _obligation(Origin.BENEFIT, row, row.title, row.responsible or row.owner, due, is_met=is_met)
        )
    return obligations


def _obligation(
    origin: Origin, row: Row[Any], rest: str, owner: PersonId | None, due: datetime, *, is_met: bool
) -> Obligation:
    """`row` has the number of a project and the title of what is owed; `rest` tells that from others of its origin."""
    key = ObligationSubject(origin, row.number, rest).write()
    return Obligation(origin, key, row.title, owner, due, row.number, is_met)


async def _rows(
    connection: AsyncConnection, statement: Select[Any], span: Span, numbers: Collection[str] | None
) -> Sequence[Row[Any]]:
    values = span.days()
    if numbers is not None:
        statement = statement.where(_P.number.in_(NUMBERS))
        values["numbers"] = sorted(numbers)
    rows: Sequence[Row[Any]] = (await connection.execute(statement, values)).all()
    return rows


async def _round_answers(
    connection: AsyncConnection, bodies: Sequence[Body], zone: tzinfo, numbers: Collection[str] | None
) -> list[Obligation]:
    answers: list[Obligation] = []
    members = {body.name: body.members for body in bodies}
    for status_round in await read_rounds(connection, zone, under_way()):
        for row in await asked_in(connection, status_round, members.get(status_round.body, ()), numbers):
            due, is_met = status_round.deadline, row.is_met
            answers.append(_obligation(Origin.ROUND, row, status_round.id, row.lead, due, is_met=is_met))
    return answers
