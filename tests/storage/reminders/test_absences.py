"""Who is away and what is put off, as it is stored and written down."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, text

from portfolio.audit import Action
from portfolio.ports.errors import DatabaseError
from portfolio.reminders.kinds import Absence, Snooze
from portfolio.working_time import WorkingTime
from storage.audit import audit
from storage.database import Database
from storage.reminders.store import SqlReminderStore
from storage.whole import SqlPortfolioWriter
from tests.world.people import ASTRID, SOREN
from tests.world.reported import NOW, PORTFOLIO, TODAY

HERE = ZoneInfo("Europe/Copenhagen")
DAY = timedelta(days=1)
UNDER_WAY = Absence(SOREN.email, TODAY - 3 * DAY, TODAY + DAY)
SUMMER = Absence(SOREN.email, TODAY + 40 * DAY, TODAY + 50 * DAY)
PAST = Absence(SOREN.email, TODAY - 30 * DAY, TODAY - 10 * DAY)
ASTRIDS_DAY = Absence(ASTRID.email, TODAY, TODAY)


@pytest.fixture
async def store(database: Database) -> SqlReminderStore:
    await SqlPortfolioWriter(database, TODAY).apply(PORTFOLIO)
    return SqlReminderStore(database, WorkingTime(HERE))


async def written(database: Database) -> list[tuple[Action, str, dict[str, str]]]:
    async with database.connect() as connection:
        rows = await connection.execute(select(audit.c.action, audit.c.by, audit.c.detail).order_by(audit.c.id))
        return [(row.action, row.by, row.detail) for row in rows]


async def all_away(store: SqlReminderStore) -> dict[str, tuple[Absence, ...]]:
    return dict((await store.state(NOW)).absences)


async def set_all(store: SqlReminderStore, *absences: Absence) -> None:
    for absence in absences:
        await store.set_absence(absence, absence.person, NOW - 5 * DAY)


def of(action: Action, absence: Absence, by: str = SOREN.email) -> tuple[Action, str, dict[str, str]]:
    days = {"first": absence.first.isoformat(), "last": absence.last.isoformat()}
    return action, by, {"person": absence.person, **days}


# --- away ---


async def test_lead_who_is_away_is_known_to_be_until_back(store: SqlReminderStore, database: Database) -> None:
    holiday = Absence(SOREN.email, TODAY + DAY, TODAY + 5 * DAY)
    await store.set_absence(holiday, SOREN.email, NOW)
    longer = replace(holiday, last=TODAY + 9 * DAY)
    assert await store.set_absence(longer, ASTRID.email, NOW) == [holiday]
    assert await all_away(store) == {SOREN.email: (longer,)}
    assert await store.absences_of(SOREN.email, TODAY + 9 * DAY) == [longer]
    assert await store.absences_of(SOREN.email, TODAY + 10 * DAY) == await store.absences_of(ASTRID.email, TODAY) == []
    assert await written(database) == [of(Action.ABSENCE_SET, holiday), of(Action.ABSENCE_SET, longer, ASTRID.email)]


async def test_absence_takes_the_place_of_those_of_the_same_days(store: SqlReminderStore, database: Database) -> None:
    tomorrow = Absence(SOREN.email, TODAY + DAY, TODAY + 2 * DAY)
    await set_all(store, PAST, UNDER_WAY, SUMMER, ASTRIDS_DAY)
    new = Absence(SOREN.email, TODAY, TODAY + 9 * DAY)
    assert await store.set_absence(new, SOREN.email, NOW) == [UNDER_WAY]
    assert await store.set_absence(tomorrow, SOREN.email, NOW) == [new]
    was_away = replace(UNDER_WAY, last=TODAY - DAY)
    assert await all_away(store) == {SOREN.email: (PAST, was_away, tomorrow, SUMMER), ASTRID.email: (ASTRIDS_DAY,)}
    assert (await written(database))[4:] == [
        of(Action.ABSENCE_ENDED, UNDER_WAY), of(Action.ABSENCE_SET, new),
        of(Action.ABSENCE_ENDED, new), of(Action.ABSENCE_SET, tomorrow),
    ]  # fmt: skip


# --- back ---


async def test_ending_one_of_two_absences_is_written_down_as_that_alone(
    store: SqlReminderStore, database: Database
) -> None:
    await set_all(store, UNDER_WAY, SUMMER)
    assert await store.end_absence(SOREN.email, SUMMER.first, ASTRID.email, NOW)
    assert not await store.end_absence(SOREN.email, SUMMER.first, ASTRID.email, NOW)
    assert await all_away(store) == {SOREN.email: (UNDER_WAY,)}
    assert (await written(database))[2:] == [of(Action.ABSENCE_ENDED, SUMMER, ASTRID.email)]


async def test_absence_that_is_over_is_not_ended_again(store: SqlReminderStore, database: Database) -> None:
    await set_all(store, PAST, ASTRIDS_DAY)
    assert not await store.end_absence(SOREN.email, PAST.first, SOREN.email, NOW)
    assert not await store.end_absence(SOREN.email, ASTRIDS_DAY.first, SOREN.email, NOW)
    assert await all_away(store) == {SOREN.email: (PAST,), ASTRID.email: (ASTRIDS_DAY,)}
    assert len(await written(database)) == 2


async def test_lead_who_is_back_early_was_away_until_yesterday(store: SqlReminderStore, database: Database) -> None:
    await set_all(store, SUMMER, UNDER_WAY, PAST, ASTRIDS_DAY)
    assert await store.end_absences(SOREN.email, SOREN.email, NOW) == [UNDER_WAY]
    assert await store.end_absences(SOREN.email, SOREN.email, NOW) == []
    was_away = replace(UNDER_WAY, last=TODAY - DAY)
    assert await all_away(store) == {SOREN.email: (PAST, was_away, SUMMER), ASTRID.email: (ASTRIDS_DAY,)}
    assert (await written(database))[4:] == [of(Action.ABSENCE_ENDED, UNDER_WAY)]


async def test_absence_that_begins_today_and_is_ended_today_never_was(store: SqlReminderStore) -> None:
    await set_all(store, Absence(SOREN.email, TODAY, TODAY + DAY))
    await store.end_absences(SOREN.email, SOREN.email, NOW)
    assert await all_away(store) == {}


async def test_evening_in_denmark_is_the_day_that_it_is_there(store: SqlReminderStore) -> None:
    await set_all(store, UNDER_WAY)
    past_midnight = NOW.replace(hour=22, minute=30)
    assert await store.end_absences(SOREN.email, SOREN.email, past_midnight) == [UNDER_WAY]
    assert await all_away(store) == {SOREN.email: (replace(UNDER_WAY, last=TODAY),)}


async def test_shortened_absence_is_set_and_what_lies_beyond_it_ended(
    store: SqlReminderStore, database: Database
) -> None:
    await set_all(store, PAST, UNDER_WAY, SUMMER, ASTRIDS_DAY)
    shorter = replace(UNDER_WAY, last=TODAY)
    assert await store.shorten_absences(SOREN.email, TODAY, SOREN.email, NOW) == shorter
    assert await all_away(store) == {SOREN.email: (PAST, shorter), ASTRID.email: (ASTRIDS_DAY,)}
    assert (await written(database))[4:] == [of(Action.ABSENCE_SET, shorter), of(Action.ABSENCE_ENDED, SUMMER)]


async def test_absence_that_ends_on_that_day_already_stays_as_it_is(
    store: SqlReminderStore, database: Database
) -> None:
    await set_all(store, UNDER_WAY)
    assert await store.shorten_absences(SOREN.email, UNDER_WAY.last, SOREN.email, NOW) == UNDER_WAY
    assert len(await written(database)) == 1


@pytest.mark.parametrize("last", [TODAY + 2 * DAY, TODAY + 39 * DAY, TODAY + 51 * DAY])
async def test_who_is_not_away_on_that_day_has_nothing_shortened(
    last: date, store: SqlReminderStore, database: Database
) -> None:
    await set_all(store, UNDER_WAY, SUMMER)
    assert await store.shorten_absences(SOREN.email, last, SOREN.email, NOW) is None
    assert await all_away(store) == {SOREN.email: (UNDER_WAY, SUMMER)}
    assert len(await written(database)) == 2


async def test_nothing_is_lost_when_a_statement_fails(store: SqlReminderStore, database: Database) -> None:
    """The audit log, which is written last, is out of reach."""
    await set_all(store, UNDER_WAY, SUMMER)
    await store.snooze([Snooze(SOREN.email, "P1", TODAY + DAY)], SOREN.email, NOW)
    await _rename(database, "audit", "lost")
    for change in (
        store.set_absence(Absence(SOREN.email, TODAY, TODAY), SOREN.email, NOW),
        store.end_absence(SOREN.email, SUMMER.first, SOREN.email, NOW),
        store.end_absences(SOREN.email, SOREN.email, NOW),
        store.shorten_absences(SOREN.email, TODAY, SOREN.email, NOW),
        store.end_snoozes(SOREN.email, ["P1"], SOREN.email, NOW),
    ):
        with pytest.raises(DatabaseError):
            await change
    await _rename(database, "lost", "audit")
    assert await all_away(store) == {SOREN.email: (UNDER_WAY, SUMMER)}
    assert len(await store.snoozes_of(SOREN.email, TODAY)) == 1
    assert len(await written(database)) == 3


async def _rename(database: Database, table: str, name: str) -> None:
    async with database.transaction() as connection:
        await connection.execute(text(f"ALTER TABLE {table} RENAME TO {name}"))


# --- put off ---


async def test_snooze_takes_the_place_of_an_earlier_one(store: SqlReminderStore, database: Database) -> None:
    await store.snooze([Snooze(SOREN.email, "P1", TODAY + DAY), Snooze(SOREN.email, "", TODAY + DAY)], SOREN.email, NOW)
    await store.snooze([Snooze(SOREN.email, "P1", TODAY + 6 * DAY)], SOREN.email, NOW)
    await store.snooze([], SOREN.email, NOW)
    both = [Snooze(SOREN.email, "", TODAY + DAY), Snooze(SOREN.email, "P1", TODAY + 6 * DAY)]
    assert await store.snoozes_of(SOREN.email, TODAY) == both
    assert (await store.state(NOW)).snoozes == {SOREN.email: tuple(both)}
    assert await store.snoozes_of(SOREN.email, TODAY + DAY) == both[1:]
    assert [action for action, _, _ in await written(database)] == [Action.SNOOZED] * 3


async def test_all_that_is_still_put_off_is_ended_at_once(store: SqlReminderStore, database: Database) -> None:
    both = [Snooze(SOREN.email, "", TODAY + DAY), Snooze(SOREN.email, "P1", TODAY + 6 * DAY)]
    await store.snooze(both, SOREN.email, NOW)
    assert await store.end_snoozes(SOREN.email, None, SOREN.email, NOW + DAY) == 1
    assert await store.end_snoozes(SOREN.email, None, SOREN.email, NOW + DAY) == 0
    assert (await store.state(NOW)).snoozes == {SOREN.email: (both[0],)}
    assert [action for action, _, _ in await written(database)] == [Action.SNOOZED] * 2 + [Action.SNOOZE_ENDED]


async def test_ending_some_snoozes_is_written_down_as_those_alone(store: SqlReminderStore, database: Database) -> None:
    subjects = ["", "P1", "P2"]
    await store.snooze([Snooze(SOREN.email, subject, TODAY + DAY) for subject in subjects], SOREN.email, NOW)
    await store.snooze([Snooze(ASTRID.email, "P1", TODAY + DAY)], ASTRID.email, NOW)
    assert await store.end_snoozes(SOREN.email, ["", "P2", "P99"], SOREN.email, NOW) == 2
    assert await store.end_snoozes(SOREN.email, [], SOREN.email, NOW) == 0
    assert [snooze.subject for snooze in await store.snoozes_of(SOREN.email, TODAY)] == ["P1"]
    assert len(await store.snoozes_of(ASTRID.email, TODAY)) == 1
    ended = {detail["subject"] for action, _, detail in await written(database) if action is Action.SNOOZE_ENDED}
    assert ended == {"", "P2"}
    assert len(await written(database)) == 6
