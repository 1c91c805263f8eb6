"""A database in which a meeting was its body and its start is brought up to date with all that it says of meetings."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, MetaData, insert, select

from portfolio.bodies import Meeting, MeetingState
from portfolio.identity import PersonId
from portfolio.outlook.plan import planned
from portfolio.questions.question import Question
from portfolio.reminders.kinds import Kind, Recipient, ReminderState
from portfolio.whole import Portfolio, Tally
from portfolio.working_time import WorkingTime
from storage.columns import metadata
from storage.database import Database, open_database
from storage.forms import SqlDraftStore
from storage.meetings.changes import SqlMeetingStore
from storage.migrating import configuration, require_current, upgrade
from storage.organisation import SqlPeopleStore
from storage.questions.reader import SqlPortfolioReader
from storage.reminders.store import SqlReminderStore
from storage.reminders.tables import snoozes, stopped
from storage.rounds.store import SqlRoundStore
from storage.sending.store import SqlDeliveryStore
from storage.sending.tables import deliveries, reminded
from storage.whole import SqlPortfolioWriter
from tests.world.people import INGE

ZONE = ZoneInfo("Europe/Copenhagen")
WORK = WorkingTime(ZONE)
BOARD = "Board | A!"  # a name with all that keys are made of
NOW = datetime(2026, 6, 9, 8, 30, tzinfo=UTC)  # a Tuesday at half past ten
HOUR = timedelta(hours=1)


def on(day: int, hour: int = 10) -> datetime:
    return datetime(2026, 6, day, hour, tzinfo=UTC)


def named(start: datetime) -> str:
    """What a meeting was called."""
    return f"{BOARD}|{start.timestamp():.0f}"


def stamp(moment: datetime) -> str:
    return f"{moment.timestamp():.0f}"


# Each meeting by where it was first to start.
STAYED, MOVED, TWICE, CANCELLED, BACK, RESTORED, GONE, TOOK = (on(15, hour) for hour in range(7, 15))
MOVED_TO, THEN, LAST, AWAY, ELSEWHERE = (on(16, hour) for hour in range(7, 12))
YESTERDAY = NOW - timedelta(days=1)

# As the third version wrote it.
MEETINGS = [
    {"body": BOARD, "start": start, "end": start + HOUR, "place": "Sal 2", "topic": "Budget"}
    for start in (STAYED, MOVED_TO, LAST, BACK, RESTORED, CANCELLED)
]
CHANGES = [
    (MOVED, MOVED_TO, YESTERDAY),
    (TWICE, THEN, YESTERDAY - HOUR),
    (THEN, LAST, YESTERDAY),
    (CANCELLED, None, YESTERDAY),
    (BACK, AWAY, YESTERDAY - HOUR),
    (AWAY, BACK, YESTERDAY),
    (RESTORED, RESTORED, YESTERDAY),
    (GONE, ELSEWHERE, YESTERDAY - HOUR),
    (ELSEWHERE, None, YESTERDAY),
    (TOOK, CANCELLED, YESTERDAY + HOUR),
]
# All that has been told; only of LAST nobody was reminded.
SOON = [(start, f"{stamp(start)}-early") for start in (STAYED, MOVED, MOVED_TO, TWICE, BACK, RESTORED, CANCELLED)]
CHANGED = [
    (start, f"{stamp(to) if to else 'cancelled'}-{stamp(at)}")
    for start, to, at in CHANGES
    if (start, to) not in ((TWICE, THEN), (BACK, AWAY), (GONE, ELSEWHERE))
]
ROUNDS = {"stayed": STAYED, "moved": MOVED_TO, "gone": ELSEWHERE, "lost": on(1)}
SNOOZES = {named(STAYED): 12, named(THEN): 15, named(LAST): 12, named(TWICE): 11, "P001": 12, "": 13, "x|7": 12}
DRAFTS = {
    "shown": (f"{STAYED.isoformat()}|{BOARD}", "*", None),
    "behind": (f"{MOVED.isoformat()}|{BOARD}", None, None),
    "done": (f"{MOVED.isoformat()}|{BOARD}", None, MOVED_TO.isoformat()),
    "older": (f"{THEN.isoformat()}|{BOARD}", None, None),
    "newer": (f"{LAST.isoformat()}|{BOARD}", None, None),
    "unknown": (f"{on(30).isoformat()}|Ukendt", "*", None),
}


DELIVERY = {
    "recipient": INGE.email, "is_channel": False, "purpose": "reminders", "run": 1, "due_at": YESTERDAY,
    "expires_at": on(15), "twice_if_unsure": True, "stage": "done", "via": "teams", "attempts": 1, "fence": 1,
    "was_begun": False, "next_at": YESTERDAY, "outcome": "sent", "settled_at": YESTERDAY,
}  # fmt: skip


def old_rows() -> dict[str, list[dict[str, Any]]]:
    key = {"recipient": INGE.email, "is_channel": False, "delivery": 1, "due_at": YESTERDAY, "expires_at": on(15)}
    draft = {
        "kind": "move_meeting", "person": INGE.email, "conversation": "a:1", "answers": {"day": "2026-06-22"},
        "version": 1, "revision": 0,
    }  # fmt: skip
    opened = {
        "opened_at": YESTERDAY,
        "deadline": on(14),
        "opened_by": INGE.email,
        "conversation": "c",
        "language": "da",
    }
    told = [("meeting_soon", *one) for one in SOON] + [("meeting_changed", *one) for one in CHANGED]
    return {
        "people": [{"email": INGE.email, "name": "Inge", "role": "secretary"}],
        "bodies": [{"name": BOARD, "kind": "other", "secretary": INGE.email, "members": []}],
        "meetings": MEETINGS,
        "meeting_changes": [
            {"body": BOARD, "start": start, "moved_to": to, "at": at, "by": INGE.email} for start, to, at in CHANGES
        ],
        "rounds": [
            {**opened, "id": name, "body": BOARD, "meeting": start, "is_behind": False, "closed_at": None}
            for name, start in ROUNDS.items()
        ],
        "runs": [{"id": 1, "at": YESTERDAY, "messages": 1, "spared": {}, "problems": []}],
        "deliveries": [
            {**DELIVERY, "id": 1, "slot": "2026-06-08"},
            {**DELIVERY, "id": 2, "slot": f"2026-06-08!{named(MOVED)}!{CHANGED[0][1]}"},
        ],
        "reminded": [
            {**key, "kind": kind, "subject": named(start), "occasion": occasion} for kind, start, occasion in told
        ]
        + [{**key, "kind": "status_due", "subject": "P001", "occasion": "2026-06-12-3"}],
        "stopped": [
            {
                "kind": "meeting_soon",
                "subject": named(STAYED),
                "recipient": INGE.email,
                "is_channel": False,
                "occasion": f"{stamp(STAYED)}-late",
                "by": INGE.email,
                "at": YESTERDAY,
            }
        ],
        "snoozes": [
            {"person": INGE.email, "subject": subject, "until": date(2026, 6, day)} for subject, day in SNOOZES.items()
        ],
        "drafts": [
            {
                **draft,
                "id": name,
                "subject": subject,
                "asking": asking,
                "outcome": outcome,
                "touched_at": NOW + n * HOUR,
            }
            for n, (name, (subject, asking, outcome)) in enumerate(DRAFTS.items())
        ],
    }


def _to_third(connection: Connection) -> None:
    config = configuration()
    config.attributes["connection"] = connection
    command.upgrade(config, "0003")


def _write(connection: Connection) -> None:
    old = MetaData()
    old.reflect(connection)
    for name, rows in old_rows().items():
        connection.execute(insert(old.tables[name]), rows)


@pytest.fixture
async def database(blank_url: str) -> AsyncIterator[Database]:
    """Brought up to date from the third version."""
    database = open_database(blank_url)
    async with database.transaction() as connection:
        await connection.run_sync(_to_third)
        await connection.run_sync(_write)
    await upgrade(database)
    yield database
    await database.close()


async def meeting_at(database: Database, start: datetime) -> Meeting:
    meeting = await SqlMeetingStore(database).known_at(BOARD, start)
    assert meeting is not None
    return meeting


async def secretary_of(database: Database) -> PersonId:
    """Who has got an id of her own by now."""
    found = await SqlPeopleStore(database).person_by_address(INGE.address)
    assert found is not None
    return found.id


async def state_of(database: Database) -> ReminderState:
    return await SqlReminderStore(database, WORK).state(NOW)


def _differences(connection: Connection) -> list[object]:
    options = {"compare_type": True, "compare_server_default": True}
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))


async def test_the_tables_are_those_that_the_code_expects(database: Database) -> None:
    await require_current(database)
    async with database.engine.connect() as connection:
        assert await connection.run_sync(_differences) == []


async def test_each_meeting_is_where_it_was_and_known_by_where_it_was_first(database: Database) -> None:
    found = {first: await meeting_at(database, first) for first in (STAYED, MOVED, TWICE, BACK, RESTORED, GONE, TOOK)}
    assert {first: (one.start, one.state, one.revision) for first, one in found.items()} == {
        STAYED: (STAYED, MeetingState.HELD, 0),
        MOVED: (MOVED_TO, MeetingState.MOVED, 1),
        TWICE: (LAST, MeetingState.MOVED, 2),
        BACK: (BACK, MeetingState.HELD, 2),
        RESTORED: (RESTORED, MeetingState.HELD, 1),
        GONE: (ELSEWHERE, MeetingState.CANCELLED, 2),
        TOOK: (CANCELLED, MeetingState.MOVED, 1),
    }
    held = [one for one in found.values() if not one.is_cancelled]
    assert {(one.end, one.place, one.topic) for one in held} == {(one.start + HOUR, "Sal 2", "Budget") for one in held}
    page = await SqlPortfolioReader(database).meetings(Question(), NOW)
    assert {one.id for one in page.meetings} == {one.id for one in held}


async def test_meeting_that_comes_after_gets_a_number_of_its_own(database: Database) -> None:
    await SqlPortfolioWriter(database).apply(Portfolio(meetings=(Meeting(BOARD, on(20)),)))
    assert (await meeting_at(database, on(20))).id == 10


async def test_what_was_told_is_not_told_again(database: Database) -> None:
    inge = await secretary_of(database)
    memory = await SqlDeliveryStore(database).memory(NOW, NOW.date())
    assert len(memory.already_planned) == len(SOON) + len(CHANGED) + 1
    await SqlReminderStore(database, WORK).end_snoozes(inge, None, inge, NOW)
    plan = planned(
        await state_of(database), NOW, YESTERDAY - timedelta(days=3), WORK, already_planned=memory.already_planned
    )
    (message,) = plan.messages
    assert [(one.kind, one.about.meeting, one.recipient) for one in message.reminders] == [
        (Kind.MEETING_SOON, await meeting_at(database, TWICE), Recipient(inge))
    ]
    # Without that memory all of it would be.
    afresh = planned(await state_of(database), NOW, YESTERDAY - timedelta(days=3), WORK)
    assert sum(len(one.reminders) for one in afresh.messages) == 6 + 7


async def test_cancelling_that_was_told_is_told_to_be_taken_back(database: Database) -> None:
    gone = await meeting_at(database, GONE)
    assert await SqlMeetingStore(database).restore(gone, await secretary_of(database), NOW)
    last = (await state_of(database)).changes[-1]
    assert (last.meeting.id, last.is_restored) == (gone.id, True)


async def test_keys_name_the_meeting_that_they_were_about(database: Database) -> None:
    meetings = {first: f"meeting:{(await meeting_at(database, first)).id}" for first in (STAYED, MOVED, TOOK, GONE)}
    async with database.connect() as connection:
        told = {
            tuple(row) for row in await connection.execute(select(*(reminded.c[n] for n in ("subject", "occasion"))))
        }
        slots = set((await connection.execute(select(deliveries.c.slot))).scalars())
        out = list((await connection.execute(select(stopped.c.subject))).scalars())
    assert ("P001", "2026-06-12-3") in told
    assert (meetings[MOVED], f"{stamp(MOVED)}-early") in told
    assert (meetings[MOVED], f"{stamp(MOVED_TO)}-early") in told
    # Reminded of at the time at which another was cancelled; the cancelling is the other's.
    assert (meetings[TOOK], f"{stamp(CANCELLED)}-early") in told
    cancelled = {subject for subject, occasion in told if occasion == f"cancelled-{stamp(YESTERDAY)}"}
    assert meetings[GONE] in cancelled
    assert len(cancelled) == 2
    assert meetings[TOOK] not in cancelled
    assert slots == {"2026-06-08", f"2026-06-08!{meetings[MOVED]}!{CHANGED[0][1]}"}
    assert out == [meetings[STAYED]]


async def test_what_was_put_off_waits_as_long(database: Database) -> None:
    stayed, twice = [f"meeting:{(await meeting_at(database, first)).id}" for first in (STAYED, TWICE)]
    async with database.connect() as connection:
        rows = await connection.execute(select(snoozes.c.subject, snoozes.c.until))
        found = {subject: until.day for subject, until in rows}
    assert found == {stayed: 12, twice: 15, "P001": 12, "": 13, "x|7": 12}


async def test_each_round_has_its_meeting(database: Database) -> None:
    store = SqlRoundStore(database, ZONE)
    for name, first in {"stayed": STAYED, "moved": MOVED, "gone": GONE}.items():
        found = await store.of_meeting(await meeting_at(database, first))
        assert found is not None
        assert (found.id, found.meeting.start, found.deadline) == (name, ROUNDS[name], on(14))
    lost = await store.round("lost")
    assert lost is not None
    assert (lost.body, lost.meeting.start, lost.meeting.state) == (BOARD, on(1), MeetingState.CANCELLED)


async def test_forms_go_on_where_the_meeting_is_as_they_showed_it(database: Database) -> None:
    drafts = {name: await SqlDraftStore(database).draft(name) for name in DRAFTS}
    stayed, moved, twice = [await meeting_at(database, first) for first in (STAYED, MOVED, TWICE)]
    found = {
        name: (draft.subject, draft.revision, draft.asking, draft.outcome) for name, draft in drafts.items() if draft
    }
    assert found == {
        "shown": (str(stayed.id), stayed.revision, "*", None),
        "behind": (str(moved.id), moved.revision - 1, None, None),
        "done": (str(moved.id), moved.revision - 1, None, MOVED_TO.isoformat()),
        "older": (str(twice.id), twice.revision - 1, None, ""),
        "newer": (str(twice.id), twice.revision, None, None),
        "unknown": ("0", 0, None, ""),
    }


async def test_files_bring_back_nothing_that_they_did_not_before(database: Database) -> None:
    writer = SqlPortfolioWriter(database)
    for start, *_ in CHANGES:
        rows = (Meeting(BOARD, start, start + HOUR, "Sal 2", "Budget"),)
        assert (await writer.apply(Portfolio(meetings=rows))).tallies["meetings"] == Tally(unchanged=1)
    whole = tuple(Meeting(**row) for row in MEETINGS)
    assert (await writer.apply(Portfolio(meetings=whole))).tallies["meetings"] == Tally(unchanged=len(whole))


async def test_meetings_whose_record_was_written_over_are_told_apart(blank_url: str) -> None:
    """A went from the 15th to the 16th, B from the 17th to the 15th and on to the 18th: of A's move nothing is left.
    C has always been where D, by its own record, first was."""
    database = open_database(blank_url)
    moves = [(on(17), on(15), YESTERDAY), (on(15), on(18), YESTERDAY + HOUR), (on(20), on(21), YESTERDAY)]
    standing = [{"body": BOARD, "start": on(day)} for day in (16, 18, 20, 21)]

    def write(connection: Connection) -> None:
        _to_third(connection)
        old = MetaData()
        old.reflect(connection)
        connection.execute(insert(old.tables["meetings"]), standing)
        changes = [
            {"body": BOARD, "start": start, "moved_to": to, "at": at, "by": INGE.email} for start, to, at in moves
        ]
        connection.execute(insert(old.tables["meeting_changes"]), changes)

    async with database.transaction() as connection:
        await connection.run_sync(write)
    await upgrade(database)
    starts = [one.start for one in (await SqlPortfolioReader(database).meetings(Question(), NOW)).meetings]
    assert starts == [on(16), on(18), on(20), on(21)]
    assert (await meeting_at(database, on(17))).start == on(18)
    assert (await meeting_at(database, on(21))).start == on(21)
    rows = tuple(Meeting(BOARD, on(day)) for day in (15, 16, 17, 18, 20, 21))
    changes = await SqlPortfolioWriter(database).apply(Portfolio(meetings=rows))
    assert changes.tallies["meetings"] == Tally(unchanged=6)
    await database.close()
