"""The audit log on a real database: written in a chain by many at once, checked, read, and its oldest part removed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Connection, MetaData, delete, insert, select, text

from portfolio.audit import EVERYBODY, LOOKS, Action, AuditEntry, AuditRecord, Seen, look
from portfolio.audit_chain import Told, Wrong, written_detail
from portfolio.deputies import Deputy
from portfolio.identity import PersonId
from portfolio.ports.errors import DatabaseError
from portfolio.reminders.keys import ObligationSubject, Origin
from portfolio.reminders.kinds import Absence, Snooze
from portfolio.working_time import WorkingTime
from storage.audit import SqlAuditLog, audit
from storage.database import PORTION, Database, open_database
from storage.deputies import SqlDeputies
from storage.migrating import configuration, upgrade
from storage.organisation import SqlPeopleStore
from storage.reminders.store import SqlReminderStore
from tests.world.people import INGE, METTE, SOREN

NOW = datetime(2026, 6, 9, 8, 30, 0, 5, tzinfo=UTC)
TODAY = NOW.date()
DAY = timedelta(days=1)
ROWS = 9
SEEN = AuditEntry(NOW, INGE.id, Action.NAMES_LISTED, detail={"what": "preview", "people": [SOREN.id, METTE.id]})
ENTRIES = [
    AuditEntry(NOW, SOREN.id, Action.REPORT_PUBLISHED, "P001", {"day": "2026-06-09", "overall": "grøn"}),
    AuditEntry(NOW + DAY, INGE.id, Action.REMINDERS_DENIED),
    SEEN,
]


@pytest.fixture
def log(database: Database) -> SqlAuditLog:
    return SqlAuditLog(database)


@pytest.fixture
async def written_log(log: SqlAuditLog) -> SqlAuditLog:
    """Nine rows, three of each entry, a month apart."""
    for month in range(0, 90, 30):
        await log.note(*(AuditEntry(e.at + month * DAY, e.by, e.action, e.project, e.detail) for e in ENTRIES))
    return log


async def faults(log: SqlAuditLog, told: Told | None = None) -> list[tuple[Wrong, int, int]]:
    return [(fault.wrong, fault.first, fault.last) for fault in (await log.check(told)).faults]


async def run(database: Database, *statements: str) -> None:
    async with database.transaction() as connection:
        for statement in statements:
            await connection.execute(text(statement))


async def test_log_that_nobody_touched_is_whole(log: SqlAuditLog, written_log: SqlAuditLog):
    findings = await log.check()
    assert (findings.rows, findings.count, findings.head) == (ROWS, 0, await log.head())
    head = await log.head()
    assert (head.number, head.removed) == (ROWS, 0)
    assert await faults(log, head.told) == []


async def test_empty_log_is_whole(log: SqlAuditLog):
    assert await faults(log) == []
    assert (await log.check()).rows == 0


# What somebody who may write to the database does to it, and what is said of it.
TAMPERED = {
    "UPDATE audit SET by = 'x' WHERE number = 4": [(Wrong.CHANGED, 4, 4)],
    "UPDATE audit SET action = 'exported' WHERE number = 4": [(Wrong.CHANGED, 4, 4)],
    "UPDATE audit SET action = 'no such' WHERE number = 4": [(Wrong.CHANGED, 4, 4)],
    "UPDATE audit SET project = NULL WHERE number = 4": [(Wrong.CHANGED, 4, 4)],
    "UPDATE audit SET project = '' WHERE number = 5": [(Wrong.CHANGED, 5, 5)],
    "UPDATE audit SET detail = '{}' WHERE number = 4": [(Wrong.CHANGED, 4, 4)],
    """UPDATE audit SET detail = '{"day": "2026-06-09",  "overall": "grøn"}' WHERE number = 4""": [
        (Wrong.CHANGED, 4, 4)
    ],
    "UPDATE audit SET hash = '' WHERE number = 4": [(Wrong.CHANGED, 4, 4)],
    "UPDATE audit SET at = '2026-07-09 08:30:00.000006' WHERE number = 4": [(Wrong.CHANGED, 4, 4)],
    "UPDATE audit SET number = 40 WHERE number = 4": [(Wrong.MISSING, 4, 4), (Wrong.ADDED, 40, 40)],
    "DELETE FROM audit WHERE number = 4": [(Wrong.MISSING, 4, 4)],
    "DELETE FROM audit WHERE number > 7": [(Wrong.MISSING, 8, 9)],
    "DELETE FROM audit": [(Wrong.MISSING, 1, 9)],
    "INSERT INTO audit SELECT 10, at, by, action, project, detail, hash FROM audit WHERE number = 9": [
        (Wrong.ADDED, 10, 10)
    ],
    "UPDATE audit_head SET number = 8": [(Wrong.ADDED, 9, 9), (Wrong.END, 8, 8)],
    "UPDATE audit_head SET hash = 'x'": [(Wrong.END, 9, 9)],
    "UPDATE audit_head SET removed = 1": [(Wrong.ADDED, 1, 1), (Wrong.BEGINNING, 2, 2)],
    "UPDATE audit_head SET removed_hash = 'x'": [(Wrong.BEGINNING, 0, 0), (Wrong.BEGINNING, 1, 1)],
    "DELETE FROM audit_head": [(Wrong.NO_HEAD, 0, 0)],
}


@pytest.mark.parametrize("statement", TAMPERED)
async def test_change_of_the_log_is_found(database: Database, written_log: SqlAuditLog, statement: str):
    await run(database, statement)
    assert await faults(written_log) == TAMPERED[statement]


async def test_swapped_rows_are_found(database: Database, written_log: SqlAuditLog):
    await run(
        database,
        "UPDATE audit SET number = 100 WHERE number = 4",
        "UPDATE audit SET number = 4 WHERE number = 7",
        "UPDATE audit SET number = 7 WHERE number = 100",
    )
    assert (Wrong.CHANGED, 4, 4) in await faults(written_log)


async def test_what_is_no_text_or_time_at_all_is_refused_or_found(database: Database, written_log: SqlAuditLog):
    if database.engine.dialect.name != "sqlite":
        with pytest.raises(DatabaseError):
            await run(database, "UPDATE audit SET at = 'then' WHERE number = 4")
        return
    await run(database, "UPDATE audit SET at = 'then', detail = 'no json', by = 5 WHERE number = 4")
    assert await faults(written_log) == [(Wrong.CHANGED, 4, 4)]
    records = await read(written_log)
    assert (records[3].at, records[3].detail, records[3].by) == (None, None, "5")
    await run(database, "UPDATE audit SET by = CAST(x'ff' AS TEXT), action = CAST(x'ff00' AS TEXT) WHERE number = 7")
    assert await faults(written_log) == [(Wrong.CHANGED, 4, 4), (Wrong.CHANGED, 7, 7)]


async def test_log_that_was_made_anew_is_not_the_one_that_the_office_was_told_of(
    database: Database, written_log: SqlAuditLog
):
    told = (await written_log.head()).told
    await run(database, "DELETE FROM audit", "UPDATE audit_head SET number = 0, hash = removed_hash")
    await written_log.note(*(ENTRIES[1],) * ROWS)
    assert await faults(written_log) == []
    assert await faults(written_log, told) == [(Wrong.TOLD_OTHERWISE, ROWS, ROWS)]


async def test_detail_is_stored_letter_by_letter_as_it_is_hashed(database: Database, log: SqlAuditLog):
    detail = {"what": "æøå😀", "people": [SOREN.id], "body": 'Board "A"\\'}
    await log.note(AuditEntry(NOW, INGE.id, Action.EXPORTED, detail=detail))
    async with database.connect() as connection:
        stored = await connection.execute(text("SELECT CAST(detail AS TEXT) FROM audit"))
        assert stored.scalar_one() == written_detail(detail)
    assert await faults(log) == []
    assert list((await log.log_of("")) or []) == []


async def test_nobody_writes_while_the_head_is_lost(database: Database, log: SqlAuditLog):
    await run(database, "DELETE FROM audit_head")
    with pytest.raises(Exception, match="NoResultFound"):
        await log.note(SEEN)


async def test_oldest_part_is_removed_and_the_rest_stays_a_chain(database: Database, written_log: SqlAuditLog):
    before = await written_log.head()
    first = (await database.execute(select(audit.c.hash).where(audit.c.number == 3))).scalar_one()
    assert await written_log.forget_before(NOW + 2 * DAY) == 3
    head = await written_log.head()
    assert (head.removed, head.removed_hash, head.number, head.hash) == (3, first, before.number, before.hash)
    assert await faults(written_log, Told(3, first[:16])) == []
    assert await faults(written_log, Told(2, first[:16])) == [(Wrong.TOLD_REMOVED, 2, 3)]
    assert await written_log.forget_before(NOW + 2 * DAY) == 0
    await written_log.note(SEEN)
    assert await faults(written_log) == []


async def test_a_row_that_is_younger_keeps_all_behind_it(written_log: SqlAuditLog):
    """The second row is a day younger than the third."""
    assert await written_log.forget_before(NOW + DAY / 2) == 1
    assert await faults(written_log) == []


async def test_whole_log_may_grow_too_old(written_log: SqlAuditLog):
    assert await written_log.forget_before(NOW + 365 * DAY) == ROWS
    assert await faults(written_log) == []
    await written_log.note(SEEN)
    assert ((await written_log.head()).number, await faults(written_log)) == (ROWS + 1, [])


@pytest.mark.parametrize("missing", [1, 2, 3])
async def test_nothing_is_removed_where_that_would_hide_a_missing_row(
    database: Database, written_log: SqlAuditLog, missing: int
):
    await database.execute(delete(audit).where(audit.c.number == missing))
    assert await written_log.forget_before(NOW + 2 * DAY) == 0
    assert await faults(written_log) == [(Wrong.MISSING, missing, missing)]


async def test_nothing_is_removed_while_the_head_is_lost(database: Database, written_log: SqlAuditLog):
    await run(database, "DELETE FROM audit_head")
    assert await written_log.forget_before(NOW + 2 * DAY) == 0


async def test_more_than_a_portion_is_removed_too(database: Database, log: SqlAuditLog):
    await log.note(*(SEEN for _ in range(PORTION + 1)))
    assert await log.forget_before(NOW + DAY) == PORTION + 1
    await log.note(SEEN)
    assert await faults(log) == []


async def read(log: SqlAuditLog, *which: Any) -> list[AuditRecord]:
    return [record async for record in log.records(*which)]


async def test_lines_are_read_by_person_and_time(written_log: SqlAuditLog):
    assert [record.number for record in await read(written_log)] == list(range(1, ROWS + 1))
    assert [record.number for record in await read(written_log, SOREN.id)] == [1, 3, 4, 6, 7, 9]
    assert [record.number for record in await read(written_log, METTE.id, NOW + DAY)] == [6, 9]
    assert [record.number for record in await read(written_log, None, NOW, NOW + DAY)] == [1, 3]
    third = (await read(written_log))[2]
    assert third == AuditRecord(3, NOW, INGE.id, "names_listed", None, SEEN.detail)


async def test_looks_of_others_are_told_and_ones_own_are_not(log: SqlAuditLog, written_log: SqlAuditLog):
    seen = await log.done_about(SOREN.id, LOOKS, NOW + 20 * DAY)
    assert [(entry.by, entry.at) for entry in seen] == [(INGE.id, NOW + 60 * DAY), (INGE.id, NOW + 30 * DAY)]
    assert await log.done_about(INGE.id, LOOKS, NOW) == []


async def test_look_at_very_many_is_one_at_everybody(log: SqlAuditLog):
    many = [PersonId(f"{number:032x}") for number in range(300)]
    await log.note(look(NOW, INGE.id, Action.NAMES_LISTED, Seen.PREVIEW, many))
    (entry,) = await log.done_about(SOREN.id, LOOKS, NOW)
    assert entry.detail == {"what": "preview", "people": EVERYBODY}


async def test_twenty_who_write_at_once_make_one_chain(database: Database, log: SqlAuditLog):
    """Of all kinds of writers, several for one person, and over and over."""
    reminders, people, deputies = (
        SqlReminderStore(database, WorkingTime(UTC)),
        SqlPeopleStore(database),
        SqlDeputies(database),
    )

    async def writer(number: int) -> None:
        person = [SOREN.id, METTE.id, INGE.id][number % 3]
        for turn in range(3):
            first = TODAY + (number % 2 + turn) * DAY
            match number % 5:
                case 0:
                    await log.note(SEEN, SEEN)
                case 1:
                    await reminders.set_absence(Absence(person, first, first + 3 * DAY), person, NOW)
                case 2:
                    await people.set_language(person, "da", NOW)
                case 3:
                    await deputies.set_deputy(Deputy(person, INGE.id, first, first), person, NOW)
                case _:
                    await reminders.snooze([Snooze(person, "P1", first)], person, NOW)

    await asyncio.gather(*map(writer, range(20)))
    findings = await log.check()
    assert findings.faults == ()
    assert findings.rows >= 20 * 3


async def test_what_a_milestone_is_called_is_not_written_down(database: Database, log: SqlAuditLog):
    subject = ObligationSubject(Origin.MILESTONE, "P1", "Møde med Hans").write()
    reminders = SqlReminderStore(database, WorkingTime(UTC))
    await reminders.snooze([Snooze(SOREN.id, subject, TODAY + DAY)], SOREN.id, NOW)
    (record,) = await read(log)
    assert record.detail is not None
    assert record.detail["subject"].startswith("milestone:P1:")
    assert "Hans" not in str(record.detail)


OLD = [
    {
        "at": NOW + number * DAY,
        "by": SOREN.id,
        "action": "snoozed",
        "project": None,
        "detail": {"until": "2026-06-10", "subject": "milestone:P1:Møde med Hans", "person": SOREN.id},
    }
    for number in range(2_500)
]


def _to_ninth(connection: Connection) -> None:
    config = configuration()
    config.attributes["connection"] = connection
    command.upgrade(config, "0009")
    old = MetaData()
    old.reflect(connection, only=["audit"])
    utc = connection.dialect.name == "sqlite"
    rows = [{**row, "at": row["at"].replace(tzinfo=None) if utc else row["at"]} for row in OLD]
    connection.execute(insert(old.tables["audit"]), rows)
    connection.execute(text("DELETE FROM audit WHERE id IN (1, 7)"))


@pytest.fixture
async def old_database(blank_url: str) -> AsyncIterator[Database]:
    database = open_database(blank_url)
    async with database.transaction() as connection:
        await connection.run_sync(_to_ninth)
    yield database
    await database.close()


async def test_older_log_becomes_a_chain_in_its_order(old_database: Database):
    await upgrade(old_database)
    log = SqlAuditLog(old_database)
    records = await read(log)
    assert [record.number for record in records] == list(range(1, len(OLD) - 1))
    assert [record.at for record in records[:2]] == [NOW + DAY, NOW + 2 * DAY]
    assert "Hans" not in str(records[0].detail)
    assert (await log.head()).number == len(OLD) - 2
    await log.note(SEEN)
    assert await faults(log) == []
