"""What the data map gives a time is kept to the day before, and gone the day after: for every time there is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Date, Table, delete, func, insert, null, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from structlog.testing import capture_logs

from bot.clock import real_clock
from bot.housekeeping import ERASED_AT_A_TIME, SHORT, Forgetting
from bot.settings import Settings
from dialogs.assistant import Assistant
from dialogs.features import understand
from portfolio.audit import Action, AuditEntry
from portfolio.conversations import ConversationKind
from portfolio.identity import PersonId
from portfolio.organisation import Standing
from portfolio.ports.errors import DatabaseError
from storage.audit import audit, write_down
from storage.conversations import conversations
from storage.data_map import For, Line
from storage.data_map import Forgetting as Way
from storage.database import PORTION, Database, sqlite_file
from storage.forms import drafts
from storage.organisation import people
from storage.reminders.tables import absences
from storage.retention import SqlRetention, times
from storage.sending.tables import deliveries, reminded, runs
from tests.kit.fakes import FakeCourier
from tests.kit.rows import a_row
from tests.kit.stores import sql_stores
from tests.world.people import SOREN

NOW = real_clock()
TIMES = times()
KEPT, GONE = 1, 2


class Eraser:
    """Erases people alone."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.counts: list[int] = []

    async def __call__(self, persons: Sequence[PersonId], _at: datetime) -> None:
        self.counts.append(len(persons))
        await self.database.execute(delete(people).where(people.c.id.in_(persons)))


@pytest.fixture
def forgetting(database: Database) -> Forgetting:
    return forgetting_of(database)


def forgetting_of(
    database: Database, retention: SqlRetention | None = None, eraser: Eraser | None = None
) -> Forgetting:
    settings = Settings(mode="local")
    stores = sql_stores(database, settings.zone, FakeCourier())
    assistant = Assistant(stores.reader, understand, stores)
    return Forgetting(retention or SqlRetention(database), stores, assistant, settings, eraser or Eraser(database))


async def put(connection: AsyncConnection, table: Table, n: int, **values: Any) -> None:
    """Puts a row there, with the rows that it points at."""
    if table is audit:
        await write_down(connection, AuditEntry(values["at"], SOREN.id, Action.PERSON_LINKED))
        return
    for key in table.foreign_keys:
        parent: Table = key.column.table
        await put(connection, parent, n)
    if table is drafts:
        values |= {"answers": {}}  # nobody is told of a form in which nothing was written
    await connection.execute(insert(table).values(a_row(table, n, **values)))


def aged(rule: For, table: Table, by: timedelta) -> dict[str, Any]:
    """The values of a row that is older than it may be by so much."""
    moment = real_clock().astimezone(Settings(mode="local").zone) - rule.time - by
    since: date | datetime = moment.date() if isinstance(table.c[rule.since].type, Date) else moment
    return {rule.since: since, **dict(rule.where)}


async def left_of(database: Database, line: Line, rule: For) -> Sequence[Any]:
    """What is left of a table's rows, or of what is to be emptied in them, the oldest first."""
    there = line.column.is_not(null()) if rule.forgetting is Way.WORDS else True
    kept = select(line.table.c[rule.since]).where(there).order_by(line.table.c[rule.since])
    return (await database.execute(kept)).scalars().all()


@pytest.mark.parametrize(("line", "rule"), TIMES, ids=[f"{line.name} {rule.time.days}" for line, rule in TIMES])
async def test_what_is_a_day_too_young_stays_and_what_is_a_day_too_old_goes(
    database: Database, forgetting: Forgetting, line: Line, rule: For
) -> None:
    a_while = min(timedelta(days=1), rule.time / 10)
    words = {line.column.name: {"text": "Skærmbesøg"}} if rule.forgetting is Way.WORDS else {}
    async with database.transaction() as connection:
        await put(connection, line.table, GONE, **aged(rule, line.table, a_while), **words)
        await put(connection, line.table, KEPT, **aged(rule, line.table, -a_while), **words)
    (_, kept) = await left_of(database, line, rule)
    await forgetting.look(real_clock())
    assert await left_of(database, line, rule) == [kept]


async def test_what_is_open_stays_however_old_it_is(database: Database, forgetting: Forgetting) -> None:
    """A message that was never settled, a round that was never closed, somebody who is here."""
    empty = [(line, rule) for line, rule in TIMES if line.table.c[rule.since].nullable]
    async with database.transaction() as connection:
        for n, (line, _) in enumerate(empty):
            await put(connection, line.table, n, **({"standing": Standing.HERE} if line.table is people else {}))
    assert {line.table.name for line, _ in empty} == {"people", "rounds", "deliveries", "runs"}
    await forgetting.look(NOW)
    for line, rule in empty:
        assert None in await left_of(database, line, rule), line.table.name


async def test_what_something_younger_points_at_stays(database: Database, forgetting: Forgetting) -> None:
    """A run goes after its messages, and those after the reminders in them."""
    old = {line.table.name: aged(rule, line.table, timedelta(days=1)) for line, rule in TIMES}
    young = NOW - timedelta(days=1)
    async with database.transaction() as connection:
        await connection.execute(insert(runs).values(a_row(runs, 1, **old["runs"])))
        await connection.execute(insert(deliveries).values(a_row(deliveries, 1, run=2, **old["deliveries"])))
        await connection.execute(insert(reminded).values(a_row(reminded, 1, expires_at=young)))
    await forgetting.look(NOW)
    assert await counted(database, runs, deliveries, reminded) == [1, 1, 1]
    await database.execute(update(reminded).values(old["reminded"]))
    await forgetting_of(database).look(NOW)
    assert await counted(database, runs, deliveries, reminded) == [0, 0, 0]


async def test_channel_in_which_nobody_writes_stays(database: Database, forgetting: Forgetting) -> None:
    """Summaries are posted there."""
    channel = {"kind": ConversationKind.CHANNEL, "seen_at": NOW - timedelta(days=9999)}
    async with database.transaction() as connection:
        await put(connection, conversations, 1, **channel)
    await forgetting.look(NOW)
    assert await counted(database, conversations) == [1]


async def test_more_than_a_portion_goes_too(database: Database, forgetting: Forgetting) -> None:
    long_ago = {"first": date(2020, 1, 1), "last": date(2020, 1, 2)}
    rows = [{"person": f"{n}", **long_ago} for n in range(2 * PORTION + 1)]
    async with database.transaction() as connection:
        await connection.execute(insert(absences), rows)
    with capture_logs() as logged:
        await forgetting.look(NOW)
    assert await counted(database, absences) == [0]
    assert logged == [{"event": "forgotten", "log_level": "info", "absences": 2 * PORTION + 1}]


async def test_nothing_of_what_was_forgotten_stays_in_the_file(sqlite_database: Database, sqlite_url: str) -> None:
    """A row that is deleted is overwritten, not only let go."""
    row = {"person": "forgotten-person", "first": date(2020, 1, 1), "last": date(2020, 1, 2)}
    file = sqlite_file(sqlite_url)
    assert file is not None
    async with sqlite_database.transaction() as connection:
        await connection.execute(insert(absences).values(row))
    await sqlite_database.close()
    assert b"forgotten-person" in file.read_bytes()
    await forgetting_of(sqlite_database).look(NOW)
    await sqlite_database.close()
    assert b"forgotten-person" not in file.read_bytes()


async def test_nothing_is_logged_where_nothing_was_forgotten(forgetting: Forgetting) -> None:
    with capture_logs() as logged:
        await forgetting.look(NOW)
    assert logged == []


async def test_those_who_left_long_ago_are_erased_a_few_at_a_time(sqlite_database: Database) -> None:
    eraser = Eraser(sqlite_database)
    long_ago = {"standing": Standing.LEFT, "left_at": NOW - timedelta(days=9999), "roles": ()}
    rows = [{"id": f"{n}", "name": f"{n}", **long_ago} for n in range(ERASED_AT_A_TIME + 1)]
    async with sqlite_database.transaction() as connection:
        await connection.execute(insert(people), rows)
    with capture_logs() as logged:
        await forgetting_of(sqlite_database, eraser=eraser).look(NOW)
    assert eraser.counts == [ERASED_AT_A_TIME, 1]
    assert logged == [{"event": "forgotten", "log_level": "info", "people": ERASED_AT_A_TIME + 1}]


class Broken(SqlRetention):
    """Forgets, and then fails at those who are only mentioned, as often as told."""

    def __init__(self, database: Database, failures: int) -> None:
        super().__init__(database)
        self.failures = failures
        self.looks: list[timedelta | None] = []

    async def forget(self, now: datetime, real_now: datetime, longest: timedelta | None = None) -> Mapping[str, int]:
        self.looks.append(longest)
        return await super().forget(now, real_now, longest)

    async def forget_unmentioned(self) -> int:
        if self.failures:
            self.failures -= 1
            raise DatabaseError("OperationalError")
        return await super().forget_unmentioned()


async def test_all_is_looked_for_once_a_day_and_again_where_the_database_was_away(sqlite_database: Database) -> None:
    retention = Broken(sqlite_database, failures=1)
    forgetting = forgetting_of(sqlite_database, retention)
    with pytest.raises(DatabaseError):
        await forgetting.look(NOW)
    for _ in range(2):
        await forgetting.look(NOW)
    await forgetting.look(NOW + timedelta(days=1))
    assert retention.looks == [None, None, SHORT, None]


async def test_simulated_clock_that_runs_ahead_makes_nothing_old(database: Database, forgetting: Forgetting) -> None:
    async with database.transaction() as connection:
        await put(connection, absences, 1, last=NOW.date())
    await forgetting.look(NOW + timedelta(days=9999))
    assert await counted(database, absences) == [1]


async def counted(database: Database, *tables: Table) -> list[int]:
    return [(await database.execute(select(func.count()).select_from(table))).scalar_one() for table in tables]
