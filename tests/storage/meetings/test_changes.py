"""Meetings that are moved or cancelled, and stay so."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert, select

from portfolio.audit import Action
from portfolio.bodies import Meeting, MeetingChange, MeetingState
from portfolio.deliveries import Purpose, Stage, Via
from portfolio.meetings.reminders import meeting_key
from portfolio.projects.project import Project
from portfolio.questions.question import Question, Target
from portfolio.reminders.keys import change_occasion
from portfolio.reminders.kinds import Key, Kind, Recipient
from portfolio.rounds import Round
from portfolio.whole import Portfolio, Tally
from portfolio.working_time import WorkingTime
from storage.audit import audit
from storage.database import Database
from storage.meetings.changes import SqlMeetingStore
from storage.questions.reader import SqlPortfolioReader
from storage.reminders.store import SqlReminderStore
from storage.rounds.store import SqlRoundStore
from storage.sending.tables import deliveries, reminded, row_of, runs
from storage.whole import SqlPortfolioWriter
from tests.world.people import INGE

NOW = datetime(2026, 6, 9, 8, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Copenhagen")
BOARD = "Project Board"
WEEK, HOUR = timedelta(days=7), timedelta(hours=1)
FIRST = Meeting(BOARD, NOW + WEEK, NOW + WEEK + HOUR, "Rådhuset", "Budget")
OTHER = Meeting(BOARD, NOW + 2 * WEEK)
THIRD = FIRST.start + timedelta(days=1)
PORTFOLIO = Portfolio(projects=(Project("P1", "Energi"),), meetings=(FIRST, OTHER))


class Calendar(SqlMeetingStore):
    """The meetings, spoken of by when they are."""

    async def at(self, start: datetime, body: str = BOARD) -> Meeting:
        """The one that is, or was, there."""
        meeting = await self.known_at(body, start)
        assert meeting is not None
        return meeting

    async def moves(self, start: datetime, to: datetime, end: datetime | None = None, at: datetime = NOW) -> bool:
        return await self.move(await self.at(start), to, end, INGE.id, at)

    async def cancels(self, start: datetime, at: datetime = NOW) -> bool:
        return await self.cancel(await self.at(start), INGE.id, at)

    async def restores(self, start: datetime, at: datetime) -> bool:
        return await self.restore(await self.at(start), INGE.id, at)


@pytest.fixture
async def store(database: Database) -> Calendar:
    await SqlPortfolioWriter(database).apply(PORTFOLIO)
    return Calendar(database)


async def held(database: Database) -> list[Meeting]:
    """Gives them as a file has them."""
    page = await SqlPortfolioReader(database).meetings(Question(Target.MEETINGS), NOW)
    return [Meeting(one.body, one.start, one.end, one.place, one.topic) for one in page.meetings]


async def changes(database: Database) -> list[tuple[datetime, datetime | None, datetime]]:
    state = await SqlReminderStore(database, WorkingTime(ZONE)).state(NOW)
    return [(one.start, one.moved_to, one.at) for one in state.changes]


async def comes_to(writer: SqlPortfolioWriter, *rows: Meeting) -> Tally:
    """What an import of the rows changes, as it says before and after."""
    planned, applied = await writer.plan(Portfolio(meetings=rows)), await writer.apply(Portfolio(meetings=rows))
    assert planned == applied
    return applied.tallies["meetings"]


async def test_moved_meeting_keeps_its_place_and_topic(store: Calendar, database: Database) -> None:
    reader = SqlPortfolioReader(database)
    before = await reader.version()
    assert await store.moves(FIRST.start, THIRD, THIRD + HOUR)
    assert await held(database) == [replace(FIRST, start=THIRD, end=THIRD + HOUR), OTHER]
    state = await SqlReminderStore(database, WorkingTime(ZONE)).state(NOW)
    moved = await store.at(THIRD)
    assert (moved.state, moved.revision) == (MeetingState.MOVED, 1)
    assert state.changes == (MeetingChange(moved, FIRST.start, THIRD, NOW),)
    assert await store.last_change(moved.id) == state.changes[0]
    assert await reader.version() > before
    assert await written(database) == [
        (Action.MEETING_MOVED, {"body": BOARD, "start": FIRST.start.isoformat(), "moved_to": THIRD.isoformat()})
    ]


async def test_cancelled_meeting_is_no_answer_and_nobody_is_reminded_of_it(store: Calendar, database: Database) -> None:
    reader = SqlPortfolioReader(database)
    before = await reader.version()
    assert await store.cancels(FIRST.start)
    assert not await store.cancels(FIRST.start)
    assert await held(database) == [OTHER]
    assert [one.start for one in (await SqlReminderStore(database, WorkingTime(ZONE)).state(NOW)).meetings] == [
        OTHER.start
    ]
    assert await changes(database) == [(FIRST.start, None, NOW)]
    assert await reader.version() == before + 1
    assert [action for action, _ in await written(database)] == [Action.MEETING_CANCELLED]


async def test_meeting_that_is_gone_or_would_meet_another_is_not_moved(store: Calendar, database: Database) -> None:
    version = await SqlPortfolioReader(database).version()
    assert not await store.moves(FIRST.start, OTHER.start)
    assert not await store.move(replace(FIRST, id=99), THIRD, None, INGE.id, NOW)
    assert await held(database) == [FIRST, OTHER]
    assert (await changes(database), await written(database)) == ([], [])
    assert await SqlPortfolioReader(database).version() == version


async def test_of_many_who_move_a_meeting_at_once_one_does(store: Calendar, database: Database) -> None:
    seen = await store.at(FIRST.start)
    moves = (store.move(seen, THIRD + number * HOUR, None, INGE.id, NOW) for number in range(5))
    assert sorted(await asyncio.gather(*moves)) == [False] * 4 + [True]
    assert len(await held(database)) == 2


async def test_of_one_who_moves_and_one_who_cancels_at_once_one_does(store: Calendar, database: Database) -> None:
    seen = await store.at(FIRST.start)
    done = await asyncio.gather(store.move(seen, THIRD, None, INGE.id, NOW), store.cancel(seen, INGE.id, NOW))
    assert sorted(done) == [False, True]
    assert len(await changes(database)) == 1
    # Whoever saw it before the other's change does nothing to it.
    assert not await store.cancel(seen, INGE.id, NOW)


async def test_meeting_may_be_moved_back_and_away_again(store: Calendar, database: Database) -> None:
    number = (await store.at(FIRST.start)).id
    for at in range(2):
        assert await store.moves(FIRST.start, THIRD, at=NOW + 2 * at * HOUR)
        assert await store.moves(FIRST.start, FIRST.start, FIRST.end, NOW + (2 * at + 1) * HOUR)
    assert await held(database) == [FIRST, OTHER]
    back = await store.at(THIRD)
    assert (back.id, back.state, back.revision) == (number, MeetingState.HELD, 4)
    assert await changes(database) == [
        (FIRST.start, THIRD, NOW),
        (THIRD, FIRST.start, NOW + HOUR),
        (FIRST.start, THIRD, NOW + 2 * HOUR),
        (THIRD, FIRST.start, NOW + 3 * HOUR),
    ]
    writer = SqlPortfolioWriter(database)
    assert await comes_to(writer, replace(FIRST, topic="Ny dagsorden")) == Tally(changed=1)
    assert (await held(database))[0].topic == "Ny dagsorden"


async def test_import_brings_back_no_meeting_that_was_moved_or_cancelled(store: Calendar, database: Database) -> None:
    await store.moves(FIRST.start, THIRD)
    await store.cancels(OTHER.start)
    writer = SqlPortfolioWriter(database)
    new, elsewhere = Meeting(BOARD, NOW + 3 * WEEK), replace(FIRST, body="Direktion")
    again = (replace(FIRST, topic="Ny dagsorden"), replace(OTHER, topic="Ny dagsorden"), new, elsewhere)
    assert await comes_to(writer, *again) == Tally(added=2, unchanged=2)
    moved = replace(FIRST, start=THIRD, end=None)
    assert await held(database) == [elsewhere, moved, new]
    assert await comes_to(writer, *again) == Tally(unchanged=4)


async def test_import_brings_back_no_place_where_a_meeting_ever_was(store: Calendar, database: Database) -> None:
    """Whichever of its moves the file has heard of."""
    await store.moves(FIRST.start, THIRD)
    await store.moves(THIRD, THIRD + HOUR)
    await store.cancels(THIRD)
    writer = SqlPortfolioWriter(database)
    for start in (FIRST.start, THIRD, THIRD + HOUR):
        assert await comes_to(writer, replace(FIRST, start=start, end=None)) == Tally(unchanged=1)
    assert await held(database) == [OTHER]


async def test_file_that_has_heard_of_the_move_fills_in_the_meeting_where_it_is(
    store: Calendar, database: Database
) -> None:
    await store.moves(FIRST.start, THIRD)
    there = replace(FIRST, start=THIRD, end=THIRD + HOUR, place="Byrådssalen")
    writer = SqlPortfolioWriter(database)
    assert await comes_to(writer, there) == Tally(changed=1)
    assert await held(database) == [there, OTHER]
    assert await comes_to(writer, FIRST, there) == Tally(unchanged=2)


async def test_file_says_nothing_of_a_meeting_that_came_where_its_own_had_been(
    store: Calendar, database: Database
) -> None:
    await store.moves(FIRST.start, THIRD)
    await store.moves(OTHER.start, FIRST.start)
    assert await comes_to(SqlPortfolioWriter(database), FIRST, OTHER) == Tally(unchanged=2)
    assert [(one.start, one.topic) for one in await held(database)] == [(FIRST.start, None), (THIRD, "Budget")]
    # Which of the two an old card means can't be told.
    assert await store.known_at(BOARD, FIRST.start) is None


async def test_cancelled_meeting_keeps_what_it_was_where_another_comes(store: Calendar, database: Database) -> None:
    cancelled = await store.at(FIRST.start)
    await store.cancels(FIRST.start)
    await store.moves(OTHER.start, FIRST.start)
    writer = SqlPortfolioWriter(database)
    assert await comes_to(writer, replace(FIRST, place="Byrådssalen"), replace(OTHER, place="Salen")) == Tally(
        unchanged=2
    )
    kept = await store.meeting(cancelled.id)
    assert kept == replace(cancelled, state=MeetingState.CANCELLED, revision=1)


async def test_meeting_that_was_never_stored_is_not_there(store: Calendar) -> None:
    assert await store.meeting(99) is None
    assert await store.last_change(99) is None
    assert await store.known_at(BOARD, THIRD) is None
    assert await store.known_at("Direktion", FIRST.start) is None


async def round_before(store: Calendar, start: datetime = FIRST.start, name: str = "round") -> Round:
    return Round(name, await store.at(start), NOW, start, INGE.id, "19:board")


async def test_round_goes_along_with_its_meeting(store: Calendar, database: Database) -> None:
    rounds = SqlRoundStore(database, ZONE)
    opened = await round_before(store)
    await rounds.open(opened)
    assert await store.moves(FIRST.start, THIRD)
    moved = await store.at(THIRD)
    assert await rounds.of_meeting(moved) == replace(opened, meeting=moved, deadline=THIRD)


async def test_deadline_of_its_own_stays_but_never_after_the_meeting(store: Calendar, database: Database) -> None:
    rounds = SqlRoundStore(database, ZONE)
    await rounds.open(replace(await round_before(store), deadline=NOW + 72 * HOUR))
    await store.moves(FIRST.start, THIRD)
    assert (await rounds.due(NOW + WEEK))[0].deadline == NOW + 72 * HOUR
    await store.moves(THIRD, NOW + 48 * HOUR)
    assert (await rounds.due(NOW + WEEK))[0].deadline == NOW + 48 * HOUR


async def test_nobody_is_asked_for_a_meeting_that_was_cancelled(store: Calendar, database: Database) -> None:
    rounds = SqlRoundStore(database, ZONE)
    await rounds.open(await round_before(store))
    assert (await SqlReminderStore(database, WorkingTime(ZONE)).state(NOW)).obligations
    await store.cancels(FIRST.start)
    assert (await SqlReminderStore(database, WorkingTime(ZONE)).state(NOW)).obligations == ()
    assert [action for action, _ in await written(database)][1:] == [Action.ROUND_CLOSED, Action.MEETING_CANCELLED]
    # Another meeting at that time has a round of its own.
    other = await round_before(store, OTHER.start, "other")
    await rounds.open(other)
    assert await store.moves(OTHER.start, FIRST.start)
    moved = await store.at(OTHER.start)
    assert await rounds.of_meeting(moved) == replace(other, meeting=moved, deadline=FIRST.start)


async def written(database: Database) -> list[tuple[Action, dict[str, str]]]:
    async with database.connect() as connection:
        rows = await connection.execute(select(audit.c.action, audit.c.detail).order_by(audit.c.number))
        return [(row.action, row.detail) for row in rows]


async def test_cancelling_that_nobody_heard_of_leaves_no_trace_when_taken_back(
    store: Calendar, database: Database
) -> None:
    rounds = SqlRoundStore(database, ZONE)
    await rounds.open(await round_before(store))
    await store.cancels(FIRST.start)
    assert await store.restores(FIRST.start, NOW + HOUR)
    assert await held(database) == [FIRST, OTHER]
    assert await changes(database) == []
    assert [one.id for one in await rounds.open_rounds("P1")] == ["round"]
    assert (await written(database))[-1][0] is Action.MEETING_RESTORED
    assert not await store.restores(FIRST.start, NOW + HOUR)
    assert not await store.restores(OTHER.start, NOW + HOUR)


async def test_moved_meeting_that_was_cancelled_is_held_after_all_where_it_was_moved(
    store: Calendar, database: Database
) -> None:
    await store.moves(FIRST.start, THIRD)
    await store.cancels(FIRST.start)
    assert await store.restores(FIRST.start, NOW + HOUR)
    restored = await store.at(THIRD)
    assert (restored.start, restored.state) == (THIRD, MeetingState.MOVED)
    assert await comes_to(SqlPortfolioWriter(database), FIRST) == Tally(unchanged=1)
    assert len(await held(database)) == 2


async def test_cancelling_that_somebody_heard_of_is_told_to_be_taken_back(store: Calendar, database: Database) -> None:
    await store.cancels(FIRST.start)
    cancelled = await store.at(FIRST.start)
    async with database.transaction() as connection:
        run = {"at": NOW, "messages": 1, "spared": {}, "problems": []}
        await connection.execute(insert(runs), {"id": 1, **run})
        delivery = {
            "id": 1, "recipient": INGE.id, "is_channel": False, "slot": "!", "purpose": Purpose.REMINDERS, "run": 1,
            "due_at": NOW, "expires_at": NOW + WEEK, "twice_if_unsure": True, "stage": Stage.DONE, "via": Via.TEAMS,
            "attempts": 1, "fence": 1, "unanswered": 0, "next_at": NOW,
        }  # fmt: skip
        await connection.execute(insert(deliveries), delivery)
        told = Key(Kind.MEETING_CHANGED, meeting_key(cancelled), Recipient(INGE.id), change_occasion(None, NOW))
        await connection.execute(
            insert(reminded), row_of(told) | {"delivery": 1, "due_at": NOW, "expires_at": NOW + WEEK}
        )
    assert await store.restores(FIRST.start, NOW + HOUR)
    assert await changes(database) == [(FIRST.start, None, NOW), (FIRST.start, FIRST.start, NOW + HOUR)]
    moved = replace(FIRST, place="Byrådssalen")
    await SqlPortfolioWriter(database).apply(Portfolio(meetings=(moved, OTHER)))
    assert await held(database) == [moved, OTHER]


async def test_cancelling_is_not_taken_back_where_another_meeting_took_its_place(
    store: Calendar, database: Database
) -> None:
    cancelled = await store.at(FIRST.start)
    await store.cancels(FIRST.start)
    await store.moves(OTHER.start, FIRST.start, at=NOW + HOUR)
    assert not await store.restore(cancelled, INGE.id, NOW + 2 * HOUR)
    assert [one.start for one in await held(database)] == [FIRST.start]
