"""What is stored by several is stored together or not at all."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from itertools import product

import pytest
from sqlalchemy import Engine, event, func, insert, select, text

from portfolio.audit import Action, AuditEntry
from portfolio.identity import BY_ITSELF
from portfolio.ports.errors import DatabaseError
from storage.audit import SqlAuditLog, write_down
from storage.conversations import welcomes
from storage.database import Database

NOW = datetime(2026, 6, 15, 8, 0, tzinfo=UTC)


def welcome(name: str):
    return insert(welcomes).values(tenant="t", conversation=name, welcomed_at=NOW)


def entry(name: str) -> AuditEntry:
    return AuditEntry(NOW, BY_ITSELF, Action.ROUND_OPENED, detail={"round": name})


async def do(database: Database, name: str) -> None:
    """Stores something with its line in the audit log."""
    async with database.transaction() as connection:
        await connection.execute(welcome(name))
        await write_down(connection, entry(name))


async def stored(database: Database) -> int:
    count: int = (await database.execute(select(func.count()).select_from(welcomes))).scalar_one()
    return count


async def noted(database: Database) -> list[str]:
    return [record.detail["round"] async for record in SqlAuditLog(database).records() if record.detail]


async def test_others_see_all_of_it_or_nothing(database: Database) -> None:
    async with database.together() as work:
        assert not work.has_written
        await do(database, "one")
        assert await asyncio.create_task(stored(database)) == 0
        await database.execute(welcome("two"))
        assert work.has_written
        assert await stored(database) == 2
        async with database.snapshot() as connection:
            assert (await connection.execute(select(func.count()).select_from(welcomes))).scalar_one() == 2
    assert await asyncio.create_task(stored(database)) == 2


async def test_error_leaves_nothing_of_it(database: Database) -> None:
    async def fail() -> None:
        async with database.together():
            await do(database, "one")
            await do(database, "two")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert await stored(database) == 0
    assert await noted(database) == []


async def test_part_that_fails_leaves_the_others(database: Database) -> None:
    async def fail(name: str) -> None:
        async with database.transaction() as connection:
            await write_down(connection, entry("never"))
            await connection.execute(welcome(name))
            raise ZeroDivisionError

    async with database.together():
        await do(database, "one")
        with pytest.raises(DatabaseError):
            await fail("one")  # which is there already
        with pytest.raises(ZeroDivisionError):
            await fail("none")
        await do(database, "two")
    assert await stored(database) == 2
    assert await noted(database) == ["one", "two"]


async def test_first_part_that_fails_is_begun_anew_by_the_next(database: Database) -> None:
    firsts = []

    async def first(connection) -> None:
        firsts.append(await connection.execute(welcome("first")))

    async with database.together(first):
        with pytest.raises(ZeroDivisionError):
            async with database.transaction():
                raise ZeroDivisionError
        await do(database, "one")
        await do(database, "two")
    assert len(firsts) == 2
    assert await stored(database) == 3


async def test_work_inside_other_work_is_a_part_of_it(database: Database) -> None:
    async def fail() -> None:
        async with database.together():
            async with database.together():
                await do(database, "one")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert await stored(database) == 0


async def test_lines_of_the_audit_log_come_last_in_their_order(database: Database) -> None:
    async with database.together():
        for name in "abc":
            await do(database, name)
            assert await noted(database) == []
    assert await noted(database) == ["a", "b", "c"]
    assert not (await SqlAuditLog(database).check()).faults


async def test_many_who_work_at_once_wait_for_one_another(database: Database) -> None:
    async def work(number: int) -> None:
        async with database.together():
            await do(database, f"{number}")
            await do(database, f"{number}-again")

    await asyncio.gather(*(work(number) for number in range(10)))
    assert await stored(database) == 20
    assert not (await SqlAuditLog(database).check()).faults


async def test_database_that_fails_inside_raises_its_own_error(database: Database) -> None:
    async def fail() -> None:
        async with database.together():
            await do(database, "one")
            await database.execute(text("SELECT nothing FROM nowhere"))

    with pytest.raises(DatabaseError):
        await fail()
    assert await stored(database) == 0


async def together(database: Database) -> None:
    async with database.together():
        await stored(database)
        await do(database, "one")
        await do(database, "two")
        raise ZeroDivisionError


async def alone(database: Database) -> None:
    async with database.transaction() as connection:
        await connection.execute(welcome("two"))
        raise ZeroDivisionError


async def reading(database: Database) -> None:
    async with database.snapshot() as connection:
        await connection.execute(select(welcomes))
        raise ZeroDivisionError


class Canceller:
    """Cancels a task at one of the statements and ends of its transactions."""

    NAMES = ("before_cursor_execute", "after_cursor_execute", "commit", "rollback")

    def __init__(self, engines: Sequence[Engine], at: int) -> None:
        self.points = list(product(engines, self.NAMES))
        self.left = at
        self.task: asyncio.Task[None] | None = None

    def reached(self, *_: object) -> None:
        self.left -= 1
        if self.left < 0 and self.task:
            self.task.cancel()
            self.task = None

    async def run(self, work: Awaitable[None]) -> object:
        for engine, name in self.points:
            event.listen(engine, name, self.reached)
        self.task = asyncio.ensure_future(work)
        (ended,) = await asyncio.gather(self.task, return_exceptions=True)
        for engine, name in self.points:
            event.remove(engine, name, self.reached)
        return ended


@pytest.mark.parametrize("work", [together, alone, reading])
async def test_who_is_cancelled_anywhere_gives_the_connections_back_before_they_end(
    database: Database, work: Callable[[Database], Awaitable[None]]
) -> None:
    engines = (database.engine.sync_engine, database._single.sync_engine)
    for at in range(30):
        ended = await Canceller(engines, at).run(work(database))
        assert isinstance(ended, asyncio.CancelledError | ZeroDivisionError)
        assert [engine.pool.checkedout() for engine in engines] == [0, 0], at
