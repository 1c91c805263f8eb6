"""Meetings that are moved or cancelled, and stay so."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert, select

from portfolio.audit import Action
from portfolio.bodies import Meeting
from portfolio.deliveries import Purpose, Stage, Via
from portfolio.import_changes import Tally
from portfolio.meetings.reminders import change_occasion, meeting_key
from portfolio.projects.project import Project
from portfolio.reminders.kinds import Key, Kind, MeetingChange, Recipient
from portfolio.rounds import Round
from portfolio.whole import Portfolio
from portfolio.working_time import WorkingTime
from storage.audit import audit
from storage.database import Database
from storage.meetings.changes import SqlMeetingStore
from storage.meetings.tables import meetings
from storage.questions.reader import SqlPortfolioReader
from storage.reminders.store import SqlReminderStore
from storage.rounds.store import SqlRoundStore
from storage.sending.keys import row_of
from storage.sending.tables import deliveries, reminded, runs
from storage.whole import SqlPortfolioWriter

NOW = datetime(2026, 6, 9, 8, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Copenhagen")
BOARD, INGE = "Project Board", "inge@birkefjord.example"
WEEK, HOUR = timedelta(days=7), timedelta(hours=1)
FIRST = Meeting(BOARD, NOW + WEEK, NOW + WEEK + HOUR, "Rådhuset", "Budget")
OTHER = Meeting(BOARD, NOW + 2 * WEEK)
THIRD = FIRST.start + timedelta(days=1)
PORTFOLIO = Portfolio(projects=(Project("P1", "Energi"),), meetings=(FIRST, OTHER))


@pytest.fixture
async def store(database: Database) -> SqlMeetingStore:
    await SqlPortfolioWriter(database).apply(PORTFOLIO)
    return SqlMeetingStore(database)


async def held(database: Database) -> list[Meeting]:
    async with database.connect() as connection:
        rows = await connection.execute(select(meetings).order_by(meetings.c.start))
        return [Meeting(**row) for row in rows.mappings()]


async def changes(database: Database) -> set[tuple[datetime, datetime | None, datetime]]:
    state = await SqlReminderStore(database, WorkingTime(ZONE)).state(NOW)
    return {(one.start, one.moved_to, one.at) for one in state.changes}


async def test_moved_meeting_keeps_its_place_and_topic(store: SqlMeetingStore, database: Database) -> None:
    reader = SqlPortfolioReader(database)
    before = await reader.version()
    assert await store.move(FIRST, THIRD, THIRD + HOUR, INGE, NOW)
    assert await held(database) == [replace(FIRST, start=THIRD, end=THIRD + HOUR), OTHER]
    state = await SqlReminderStore(database, WorkingTime(ZONE)).state(NOW)
    assert state.changes == (MeetingChange(BOARD, FIRST.start, THIRD, NOW),)
    assert await reader.version() > before
    assert await written(database) == [
        (Action.MEETING_MOVED, {"body": BOARD, "start": FIRST.start.isoformat(), "moved_to": THIRD.isoformat()})
    ]


async def test_cancelled_meeting_is_gone(store: SqlMeetingStore, database: Database) -> None:
    reader = SqlPortfolioReader(database)
    before = await reader.version()
    assert await store.cancel(FIRST, INGE, NOW)
    assert not await store.cancel(FIRST, INGE, NOW)
    assert await held(database) == [OTHER]
    assert await changes(database) == {(FIRST.start, None, NOW)}
    assert await reader.version() == before + 1
    assert [action for action, _ in await written(database)] == [Action.MEETING_CANCELLED]


async def test_meeting_that_is_gone_or_would_meet_another_is_not_moved(
    store: SqlMeetingStore, database: Database
) -> None:
    version = await SqlPortfolioReader(database).version()
    assert not await store.move(replace(FIRST, start=THIRD), OTHER.start + HOUR, None, INGE, NOW)
    assert not await store.move(FIRST, OTHER.start, None, INGE, NOW)
    assert not await store.move(replace(FIRST, body="Direktion"), THIRD, None, INGE, NOW)
    assert await held(database) == [FIRST, OTHER]
    assert (await changes(database), await written(database)) == (set(), [])
    assert await SqlPortfolioReader(database).version() == version


async def test_of_many_who_move_a_meeting_at_once_one_does(store: SqlMeetingStore, database: Database) -> None:
    moves = (store.move(FIRST, THIRD + number * HOUR, None, INGE, NOW) for number in range(5))
    assert sorted(await asyncio.gather(*moves)) == [False] * 4 + [True]
    assert len(await held(database)) == 2


async def test_meeting_may_be_moved_back_and_away_again(store: SqlMeetingStore, database: Database) -> None:
    there = replace(FIRST, start=THIRD)
    for at in range(2):
        assert await store.move(FIRST, THIRD, None, INGE, NOW + 2 * at * HOUR)
        assert await store.move(there, FIRST.start, FIRST.end, INGE, NOW + (2 * at + 1) * HOUR)
    assert await held(database) == [FIRST, OTHER]
    assert await changes(database) == {
        (FIRST.start, THIRD, NOW + 2 * HOUR),
        (THIRD, FIRST.start, NOW + 3 * HOUR),
    }
    again = await SqlPortfolioWriter(database).apply(Portfolio(meetings=(replace(FIRST, topic="Ny dagsorden"),)))
    assert again.tallies["meetings"] == Tally(changed=1)
    assert (await held(database))[0].topic == "Ny dagsorden"


async def test_import_brings_back_no_meeting_that_was_moved_or_cancelled(
    store: SqlMeetingStore, database: Database
) -> None:
    await store.move(FIRST, THIRD, None, INGE, NOW)
    await store.cancel(OTHER, INGE, NOW)
    writer = SqlPortfolioWriter(database)
    new, elsewhere = Meeting(BOARD, NOW + 3 * WEEK), replace(FIRST, body="Direktion")
    again = Portfolio(meetings=(FIRST, OTHER, new, elsewhere))
    planned, applied = await writer.plan(again), await writer.apply(again)
    assert planned == applied
    assert applied.tallies["meetings"] == Tally(added=2, unchanged=2)
    starts = [(one.body, one.start) for one in await held(database)]
    assert set(starts) == {(BOARD, THIRD), (BOARD, new.start), ("Direktion", FIRST.start)}
    assert (await writer.apply(again)).is_empty


ROUND = Round("round", BOARD, FIRST.start, NOW, FIRST.start, INGE, "19:board")


async def test_round_goes_along_with_its_meeting(store: SqlMeetingStore, database: Database) -> None:
    rounds = SqlRoundStore(database, ZONE)
    await rounds.open(ROUND)
    assert await store.move(FIRST, THIRD, None, INGE, NOW)
    found = await rounds.of_meeting(BOARD, THIRD)
    assert found == replace(ROUND, meeting=THIRD, deadline=THIRD)
    assert await rounds.of_meeting(BOARD, FIRST.start) is None


async def test_deadline_of_its_own_stays_but_never_after_the_meeting(
    store: SqlMeetingStore, database: Database
) -> None:
    rounds = SqlRoundStore(database, ZONE)
    await rounds.open(replace(ROUND, deadline=NOW + 72 * HOUR))
    await store.move(FIRST, THIRD, None, INGE, NOW)
    assert (await rounds.due(NOW + WEEK))[0].deadline == NOW + 72 * HOUR
    await store.move(replace(FIRST, start=THIRD), NOW + 48 * HOUR, None, INGE, NOW)
    assert (await rounds.due(NOW + WEEK))[0].deadline == NOW + 48 * HOUR


async def test_nobody_is_asked_for_a_meeting_that_was_cancelled(store: SqlMeetingStore, database: Database) -> None:
    rounds = SqlRoundStore(database, ZONE)
    await rounds.open(ROUND)
    assert (await SqlReminderStore(database, WorkingTime(ZONE)).state(NOW)).obligations
    await store.cancel(FIRST, INGE, NOW)
    assert (await SqlReminderStore(database, WorkingTime(ZONE)).state(NOW)).obligations == ()
    assert [action for action, _ in await written(database)][1:] == [Action.ROUND_CLOSED, Action.MEETING_CANCELLED]
    # Another meeting at that time has a round of its own.
    other = replace(ROUND, id="other", meeting=OTHER.start, deadline=OTHER.start)
    await rounds.open(other)
    assert await store.move(OTHER, FIRST.start, None, INGE, NOW)
    assert await rounds.of_meeting(BOARD, FIRST.start) == replace(other, meeting=FIRST.start, deadline=FIRST.start)


async def written(database: Database) -> list[tuple[Action, dict[str, str]]]:
    async with database.connect() as connection:
        rows = await connection.execute(select(audit.c.action, audit.c.detail).order_by(audit.c.id))
        return [(row.action, row.detail) for row in rows]


async def test_cancelling_that_nobody_heard_of_leaves_no_trace_when_taken_back(
    store: SqlMeetingStore, database: Database
) -> None:
    rounds = SqlRoundStore(database, ZONE)
    await rounds.open(ROUND)
    await store.cancel(FIRST, INGE, NOW)
    assert await store.restore(FIRST, INGE, NOW + HOUR)
    assert await held(database) == [FIRST, OTHER]
    assert await changes(database) == set()
    assert [one.id for one in await rounds.open_rounds("P1")] == [ROUND.id]
    assert (await written(database))[-1][0] is Action.MEETING_RESTORED
    assert not await store.restore(FIRST, INGE, NOW + HOUR)
    assert not await store.restore(OTHER, INGE, NOW + HOUR)


async def test_cancelling_that_somebody_heard_of_is_told_to_be_taken_back(
    store: SqlMeetingStore, database: Database
) -> None:
    await store.cancel(FIRST, INGE, NOW)
    async with database.transaction() as connection:
        run = {"at": NOW, "messages": 1, "spared": {}, "problems": []}
        await connection.execute(insert(runs), {"id": 1, **run})
        delivery = {
            "id": 1, "recipient": INGE, "is_channel": False, "slot": "!", "purpose": Purpose.REMINDERS, "run": 1,
            "due_at": NOW, "expires_at": NOW + WEEK, "twice_if_unsure": True, "stage": Stage.DONE, "via": Via.TEAMS,
            "attempts": 1, "fence": 1, "was_begun": False, "next_at": NOW,
        }  # fmt: skip
        await connection.execute(insert(deliveries), delivery)
        told = Key(Kind.MEETING_CHANGED, meeting_key(BOARD, FIRST.start), Recipient(INGE), change_occasion(None, NOW))
        await connection.execute(
            insert(reminded), row_of(told) | {"delivery": 1, "due_at": NOW, "expires_at": NOW + WEEK}
        )
    assert await store.restore(FIRST, INGE, NOW + HOUR)
    assert await changes(database) == {(FIRST.start, FIRST.start, NOW + HOUR)}
    moved = replace(FIRST, place="Byrådssalen")
    await SqlPortfolioWriter(database).apply(Portfolio(meetings=(moved, OTHER)))
    assert await held(database) == [moved, OTHER]


async def test_cancelling_is_not_taken_back_where_another_meeting_took_its_place(
    store: SqlMeetingStore, database: Database
) -> None:
    await store.cancel(FIRST, INGE, NOW)
    await store.move(OTHER, FIRST.start, None, INGE, NOW + HOUR)
    assert not await store.restore(FIRST, INGE, NOW + 2 * HOUR)
    assert [one.start for one in await held(database)] == [FIRST.start]
