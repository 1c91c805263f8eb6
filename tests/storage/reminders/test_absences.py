"""Who is away and what is put off, as it is stored and written down."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, text

from portfolio.audit import Action
from portfolio.ports.errors import DatabaseError
from portfolio.ports.reminders import MOST_ABSENCES, TooManyAbsencesError
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
UNDER_WAY = Absence(SOREN.id, TODAY - 3 * DAY, TODAY + DAY)
SUMMER = Absence(SOREN.id, TODAY + 40 * DAY, TODAY + 50 * DAY)
PAST = Absence(SOREN.id, TODAY - 30 * DAY, TODAY - 10 * DAY)
ASTRIDS_DAY = Absence(ASTRID.id, TODAY, TODAY)


@pytest.fixture
async def store(database: Database) -> SqlReminderStore:
    await SqlPortfolioWriter(database, TODAY).apply(PORTFOLIO)
    return SqlReminderStore(database, WorkingTime(HERE))


async def written(database: Database) -> list[tuple[Action, str, dict[str, str]]]:
    async with database.connect() as connection:
        rows = await connection.execute(select(audit.c.action, audit.c.by, audit.c.detail).order_by(audit.c.number))
        return [(row.action, row.by, row.detail) for row in rows]


async def all_away(store: SqlReminderStore) -> dict[str, tuple[Absence, ...]]:
    return dict((await store.state(NOW)).absences)


async def set_all(store: SqlReminderStore, *absences: Absence) -> None:
    for absence in absences:
        await store.set_absence(absence, absence.person, NOW - 5 * DAY)


def of(action: Action, absence: Absence, by: str = SOREN.id) -> tuple[Action, str, dict[str, str]]:
    """The days aren't written down: the audit log would keep them for years."""
    return action, by, {"person": absence.person}


# --- away ---


async def test_all_who_have_a_day_in_common_with_the_days_are_read(store: SqlReminderStore) -> None:
    theirs = [UNDER_WAY, ASTRIDS_DAY, SUMMER]
    await set_all(store, *theirs)
    for ahead, length in product(range(-5, 60, 5), (0, 4, 40)):
        first = TODAY + ahead * DAY
        last = first + length * DAY
        there = [one for one in theirs if not (one.last < first or last < one.first)]
        in_order = sorted(there, key=lambda one: (one.first, one.last, one.person))
        assert await store.away_between(first, last) == in_order


async def test_lead_who_is_away_is_known_to_be_until_back(store: SqlReminderStore, database: Database) -> None:
    holiday = Absence(SOREN.id, TODAY + DAY, TODAY + 5 * DAY)
    await store.set_absence(holiday, SOREN.id, NOW)
    longer = replace(holiday, last=TODAY + 9 * DAY)
    assert await store.set_absence(longer, ASTRID.id, NOW) == [holiday]
    assert await all_away(store) == {SOREN.id: (longer,)}
    assert await store.absences_of(SOREN.id, TODAY + 9 * DAY) == [longer]
    assert await store.absences_of(SOREN.id, TODAY + 10 * DAY) == await store.absences_of(ASTRID.id, TODAY) == []
    assert await written(database) == [of(Action.ABSENCE_SET, holiday), of(Action.ABSENCE_SET, longer, ASTRID.id)]


async def test_absence_takes_the_place_of_those_of_the_same_days(store: SqlReminderStore, database: Database) -> None:
    tomorrow = Absence(SOREN.id, TODAY + DAY, TODAY + 2 * DAY)
    await set_all(store, PAST, UNDER_WAY, SUMMER, ASTRIDS_DAY)
    new = Absence(SOREN.id, TODAY, TODAY + 9 * DAY)
    assert await store.set_absence(new, SOREN.id, NOW) == [UNDER_WAY]
    assert await store.set_absence(tomorrow, SOREN.id, NOW) == [new]
    was_away = replace(UNDER_WAY, last=TODAY - DAY)
    assert await all_away(store) == {SOREN.id: (PAST, was_away, tomorrow, SUMMER), ASTRID.id: (ASTRIDS_DAY,)}
    assert (await written(database))[4:] == [
        of(Action.ABSENCE_ENDED, UNDER_WAY), of(Action.ABSENCE_SET, new),
        of(Action.ABSENCE_ENDED, new), of(Action.ABSENCE_SET, tomorrow),
    ]  # fmt: skip


# --- back ---


async def test_ending_one_of_two_absences_is_written_down_as_that_alone(
    store: SqlReminderStore, database: Database
) -> None:
    await set_all(store, UNDER_WAY, SUMMER)
    assert await store.end_absence(SOREN.id, SUMMER.first, ASTRID.id, NOW)
    assert not await store.end_absence(SOREN.id, SUMMER.first, ASTRID.id, NOW)
    assert await all_away(store) == {SOREN.id: (UNDER_WAY,)}
    assert (await written(database))[2:] == [of(Action.ABSENCE_ENDED, SUMMER, ASTRID.id)]


async def test_absence_that_is_over_is_not_ended_again(store: SqlReminderStore, database: Database) -> None:
    await set_all(store, PAST, ASTRIDS_DAY)
    assert not await store.end_absence(SOREN.id, PAST.first, SOREN.id, NOW)
    assert not await store.end_absence(SOREN.id, ASTRIDS_DAY.first, SOREN.id, NOW)
    assert await all_away(store) == {SOREN.id: (PAST,), ASTRID.id: (ASTRIDS_DAY,)}
    assert len(await written(database)) == 2


async def test_lead_who_is_back_early_was_away_until_yesterday(store: SqlReminderStore, database: Database) -> None:
    await set_all(store, SUMMER, UNDER_WAY, PAST, ASTRIDS_DAY)
    assert await store.end_absences(SOREN.id, SOREN.id, NOW) == [UNDER_WAY]
    assert await store.end_absences(SOREN.id, SOREN.id, NOW) == []
    was_away = replace(UNDER_WAY, last=TODAY - DAY)
    assert await all_away(store) == {SOREN.id: (PAST, was_away, SUMMER), ASTRID.id: (ASTRIDS_DAY,)}
    assert (await written(database))[4:] == [of(Action.ABSENCE_ENDED, UNDER_WAY)]


async def test_absence_that_begins_today_and_is_ended_today_never_was(store: SqlReminderStore) -> None:
    await set_all(store, Absence(SOREN.id, TODAY, TODAY + DAY))
    await store.end_absences(SOREN.id, SOREN.id, NOW)
    assert await all_away(store) == {}


async def test_evening_in_denmark_is_the_day_that_it_is_there(store: SqlReminderStore) -> None:
    await set_all(store, UNDER_WAY)
    past_midnight = NOW.replace(hour=22, minute=30)
    assert await store.end_absences(SOREN.id, SOREN.id, past_midnight) == [UNDER_WAY]
    assert await all_away(store) == {SOREN.id: (replace(UNDER_WAY, last=TODAY),)}


async def test_shortened_absence_is_set_and_what_lies_beyond_it_ended(
    store: SqlReminderStore, database: Database
) -> None:
    await set_all(store, PAST, UNDER_WAY, SUMMER, ASTRIDS_DAY)
    shorter = replace(UNDER_WAY, last=TODAY)
    assert await store.shorten_absences(SOREN.id, TODAY, SOREN.id, NOW) == shorter
    assert await all_away(store) == {SOREN.id: (PAST, shorter), ASTRID.id: (ASTRIDS_DAY,)}
    assert (await written(database))[4:] == [of(Action.ABSENCE_SET, shorter), of(Action.ABSENCE_ENDED, SUMMER)]


async def test_absence_that_ends_on_that_day_already_stays_as_it_is(
    store: SqlReminderStore, database: Database
) -> None:
    await set_all(store, UNDER_WAY)
    assert await store.shorten_absences(SOREN.id, UNDER_WAY.last, SOREN.id, NOW) == UNDER_WAY
    assert len(await written(database)) == 1


@pytest.mark.parametrize("last", [TODAY + 2 * DAY, TODAY + 39 * DAY, TODAY + 51 * DAY])
async def test_who_is_not_away_on_that_day_has_nothing_shortened(
    last: date, store: SqlReminderStore, database: Database
) -> None:
    await set_all(store, UNDER_WAY, SUMMER)
    assert await store.shorten_absences(SOREN.id, last, SOREN.id, NOW) is None
    assert await all_away(store) == {SOREN.id: (UNDER_WAY, SUMMER)}
    assert len(await written(database)) == 2


async def test_nothing_is_lost_when_a_statement_fails(store: SqlReminderStore, database: Database) -> None:
    """The audit log, which is written last, is out of reach."""
    await set_all(store, UNDER_WAY, SUMMER)
    await store.snooze([Snooze(SOREN.id, "P1", TODAY + DAY)], SOREN.id, NOW)
    await _rename(database, "audit", "lost")
    for change in (
        store.set_absence(Absence(SOREN.id, TODAY, TODAY), SOREN.id, NOW),
        store.end_absence(SOREN.id, SUMMER.first, SOREN.id, NOW),
        store.end_absences(SOREN.id, SOREN.id, NOW),
        store.shorten_absences(SOREN.id, TODAY, SOREN.id, NOW),
        store.end_snoozes(SOREN.id, ["P1"], SOREN.id, NOW),
    ):
        with pytest.raises(DatabaseError):
            await change
    await _rename(database, "lost", "audit")
    assert await all_away(store) == {SOREN.id: (UNDER_WAY, SUMMER)}
    assert len(await store.snoozes_of(SOREN.id, TODAY)) == 1
    assert len(await written(database)) == 3


async def _rename(database: Database, table: str, name: str) -> None:
    async with database.transaction() as connection:
        await connection.execute(text(f"ALTER TABLE {table} RENAME TO {name}"))


# --- put off ---


async def test_snooze_takes_the_place_of_an_earlier_one(store: SqlReminderStore, database: Database) -> None:
    await store.snooze([Snooze(SOREN.id, "P1", TODAY + DAY), Snooze(SOREN.id, "", TODAY + DAY)], SOREN.id, NOW)
    await store.snooze([Snooze(SOREN.id, "P1", TODAY + 6 * DAY)], SOREN.id, NOW)
    await store.snooze([], SOREN.id, NOW)
    both = [Snooze(SOREN.id, "", TODAY + DAY), Snooze(SOREN.id, "P1", TODAY + 6 * DAY)]
    assert await store.snoozes_of(SOREN.id, TODAY) == both
    assert (await store.state(NOW)).snoozes == {SOREN.id: tuple(both)}
    assert await store.snoozes_of(SOREN.id, TODAY + DAY) == both[1:]
    assert [action for action, _, _ in await written(database)] == [Action.SNOOZED] * 3


async def test_all_that_is_still_put_off_is_ended_at_once(store: SqlReminderStore, database: Database) -> None:
    both = [Snooze(SOREN.id, "", TODAY + DAY), Snooze(SOREN.id, "P1", TODAY + 6 * DAY)]
    await store.snooze(both, SOREN.id, NOW)
    assert await store.end_snoozes(SOREN.id, None, SOREN.id, NOW + DAY) == 1
    assert await store.end_snoozes(SOREN.id, None, SOREN.id, NOW + DAY) == 0
    assert (await store.state(NOW)).snoozes == {SOREN.id: (both[0],)}
    assert [action for action, _, _ in await written(database)] == [Action.SNOOZED] * 2 + [Action.SNOOZE_ENDED]


async def test_ending_some_snoozes_is_written_down_as_those_alone(store: SqlReminderStore, database: Database) -> None:
    subjects = ["", "P1", "P2"]
    await store.snooze([Snooze(SOREN.id, subject, TODAY + DAY) for subject in subjects], SOREN.id, NOW)
    await store.snooze([Snooze(ASTRID.id, "P1", TODAY + DAY)], ASTRID.id, NOW)
    assert await store.end_snoozes(SOREN.id, ["", "P2", "P99"], SOREN.id, NOW) == 2
    assert await store.end_snoozes(SOREN.id, [], SOREN.id, NOW) == 0
    assert [snooze.subject for snooze in await store.snoozes_of(SOREN.id, TODAY)] == ["P1"]
    assert len(await store.snoozes_of(ASTRID.id, TODAY)) == 1
    ended = {detail["subject"] for action, _, detail in await written(database) if action is Action.SNOOZE_ENDED}
    assert ended == {"", "P2"}
    assert len(await written(database)) == 6


async def test_no_more_absences_are_noted_than_can_be_kept_track_of(store: SqlReminderStore) -> None:
    days = [TODAY + 2 * number * DAY for number in range(2 * MOST_ABSENCES)]
    noted = await asyncio.gather(
        *(store.set_absence(Absence(SOREN.id, day, day), SOREN.id, NOW) for day in days[:MOST_ABSENCES])
    )
    assert noted == [[]] * MOST_ABSENCES
    one_more = Absence(SOREN.id, days[-1], days[-1])
    with pytest.raises(TooManyAbsencesError):
        await store.set_absence(one_more, SOREN.id, NOW)
    assert len(await store.absences_of(SOREN.id, TODAY)) == MOST_ABSENCES
    longer = Absence(SOREN.id, days[0], days[1])
    assert len(await store.set_absence(longer, SOREN.id, NOW)) == 2
    await store.set_absence(one_more, SOREN.id, NOW)
    assert len(await store.absences_of(SOREN.id, TODAY)) == MOST_ABSENCES
    await store.set_absence(replace(one_more, person=ASTRID.id), ASTRID.id, NOW)
