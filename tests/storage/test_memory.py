"""Of each person in each conversation the last answer is remembered, and no turn counts as having stored something."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from portfolio.memory import REMEMBERED, LastAnswer
from storage.database import Database
from storage.memory import SqlMemoryStore
from storage.retention import SqlRetention
from tests.world.people import ASTRID, SOREN
from tests.world.reported import NOW

SORENS = LastAnswer(SOREN.id, "chat", {"where": [{"overall": ["red"]}]}, (("projects", "P001"),), (), 1, 0, NOW)


async def test_last_answer_takes_the_place_of_the_one_before(database: Database) -> None:
    store = SqlMemoryStore(database)
    newer = replace(SORENS, question={}, shown=(("goals", 13), ("lead", None)), total=None, at=NOW + timedelta(hours=1))
    for answer in (SORENS, newer):
        await store.remember(answer)
    assert await store.last(SOREN.id, "chat") == replace(newer, before=SORENS.question)


async def test_answer_before_is_forgotten_as_the_last_one_is(database: Database) -> None:
    store = SqlMemoryStore(database)
    await store.remember(SORENS)
    late = replace(SORENS, at=NOW + REMEMBERED + timedelta(minutes=1))
    await store.remember(late)
    assert await store.last(SOREN.id, "chat") == late


async def test_everybody_has_a_memory_of_their_own_in_each_conversation(database: Database) -> None:
    store = SqlMemoryStore(database)
    everybodys = [SORENS, replace(SORENS, conversation="group"), replace(SORENS, person=ASTRID.id, total=2)]
    for answer in everybodys:
        await store.remember(answer)
    await store.forget(SOREN.id, "group")
    known = [await store.last(answer.person, answer.conversation) for answer in everybodys]
    assert known == [everybodys[0], None, everybodys[2]]


async def test_remembering_is_no_effect_of_a_turn(database: Database) -> None:
    store = SqlMemoryStore(database)
    async with database.together() as work:
        await store.remember(SORENS)
        assert not work.has_written
    assert await store.last(SOREN.id, "chat") == SORENS


async def test_what_is_remembered_goes_with_all_else_that_a_failing_turn_stored(database: Database) -> None:
    store = SqlMemoryStore(database)

    async def fail() -> None:
        async with database.together() as work:
            async with database.transaction():
                pass
            await store.remember(SORENS)
            assert work.has_written
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert await store.last(SOREN.id, "chat") is None


async def test_answer_is_forgotten_after_an_hour(database: Database) -> None:
    store = SqlMemoryStore(database)
    await store.remember(SORENS)
    late = NOW + REMEMBERED + timedelta(minutes=1)
    await SqlRetention(database).forget(late, late, timedelta(days=1))
    assert await store.last(SOREN.id, "chat") is None
