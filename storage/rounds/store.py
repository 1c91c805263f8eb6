"""Rounds of status before meetings."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime, tzinfo
from typing import Any

from sqlalchemy import ColumnElement, Select, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from portfolio.audit import Action, Entry
from portfolio.rounds import Round, RoundView
from storage.audit import write_down
from storage.database import Database
from storage.rounds.entries import concerned, read_entries
from storage.rounds.tables import rounds

_R = rounds.c
_TIMES = ("meeting", "opened_at", "deadline", "closed_at")


class SqlRoundStore:
    """Implements portfolio.ports.RoundStore. Times are given back in `zone`."""

    def __init__(self, database: Database, zone: tzinfo) -> None:
        self._database = database
        self._zone = zone

    async def open(self, one: Round) -> Round | None:
        insert = self._database.insert(rounds).values(asdict(one))
        once = insert.on_conflict_do_nothing(index_elements=["body", "meeting"]).returning(_R.id)
        async with self._database.transaction() as connection:
            if (await connection.execute(once)).first() is None:
                return None
            await write_down(connection, _entry(Action.ROUND_OPENED, one, one.opened_by, one.opened_at))
        return self._here(one)

    async def posted(self, round_id: str, conversation: str, activity: str) -> None:
        where = {"conversation": conversation, "activity": activity}
        async with self._database.connect() as connection:
            await connection.execute(update(rounds).where(_R.id == round_id).values(where))

    async def round(self, round_id: str) -> Round | None:
        return next(iter(await self._found(select(rounds).where(_R.id == round_id))), None)

    async def of_meeting(self, body: str, meeting: datetime) -> Round | None:
        which = (_R.body == body, _R.meeting == meeting)
        return next(iter(await self._found(select(rounds).where(*which))), None)

    async def view(self, one: Round) -> RoundView:
        here = self._here(one)
        async with self._database.connect() as connection:
            return RoundView(here, tuple(await read_entries(connection, here)))

    async def open_rounds(self, project: str) -> list[Round]:
        async with self._database.connect() as connection:
            under_way = await self._read(connection, _under_way())
            bodies = await concerned(connection, {one.body for one in under_way}, project)
        return [one for one in under_way if one.body in bodies]

    async def leave_behind(self, round_id: str) -> None:
        await self._set_behind(round_id, is_behind=True)

    async def left_behind(self) -> list[Round]:
        return await self._found(_under_way(_R.is_behind == true()))

    async def caught_up(self, round_id: str) -> None:
        await self._set_behind(round_id, is_behind=False)

    async def due(self, now: datetime) -> list[Round]:
        return await self._found(_under_way(_R.deadline <= now))

    async def close(self, round_id: str, by: str, at: datetime) -> bool:
        closing = update(rounds).where(_R.id == round_id, _R.closed_at.is_(None)).values(closed_at=at)
        async with self._database.transaction() as connection:
            row = (await connection.execute(closing.returning(*_R))).mappings().first()
            if row is None:
                return False
            await write_down(connection, _entry(Action.ROUND_CLOSED, Round(**row), by, at))
        return True

    async def _set_behind(self, round_id: str, *, is_behind: bool) -> None:
        async with self._database.connect() as connection:
            await connection.execute(update(rounds).where(_R.id == round_id).values(is_behind=is_behind))

    async def _found(self, statement: Select[Any]) -> list[Round]:
        async with self._database.connect() as connection:
            return await self._read(connection, statement)

    async def _read(self, connection: AsyncConnection, statement: Select[Any]) -> list[Round]:
        return [self._here(Round(**row)) for row in (await connection.execute(statement)).mappings()]

    def _here(self, one: Round) -> Round:
        times = {name: at.astimezone(self._zone) for name in _TIMES if (at := getattr(one, name)) is not None}
        return replace(one, **times)


def _under_way(*which: ColumnElement[bool]) -> Select[Any]:
    return select(rounds).where(_R.closed_at.is_(None), *which).order_by(_R.deadline, _R.id)


def _entry(action: Action, one: Round, by: str, at: datetime) -> Entry:
    return Entry(at, by, action, detail={"round": one.id, "body": one.body, "meeting": one.meeting.isoformat()})
