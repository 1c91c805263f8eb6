"""After a restore nobody is reminded again of what may have been sent already; what comes later is sent as usual."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from bot.clock import SimulatedClock
from bot.operating.copying import back_up, restore
from bot.wiring import open_reminders
from portfolio.audit import Action
from portfolio.bodies import Body, Meeting
from portfolio.deliveries import Purpose, Queue, RunReport
from portfolio.organisation import Role
from portfolio.reminders.kinds import Outcome
from portfolio.whole import Portfolio
from storage.audit import audit
from storage.database import Database, open_database
from storage.forms import drafts
from storage.meetings.tables import meetings, rounds
from storage.rounds.store import SqlRoundStore
from storage.sending.store import SqlDeliveryStore
from storage.sending.tables import deliveries
from storage.whole import SqlPortfolioWriter
from tests.kit.delivery.harness import NOW, Flaky, settings_of, settle_in
from tests.world.people import person

# Monday at half past eight: three days after a deadline that all have missed. Theirs is every second Friday.
LEADS = 3
RESTORED = NOW + timedelta(hours=2)
DAY = timedelta(days=1)
NEXT = datetime(2026, 10, 9, 6, 30, tzinfo=NOW.tzinfo)
SECRETARY = person("inge.juhl@birkefjord.example", "Inge Juhl", role=Role.SECRETARY)


@pytest.fixture
async def connector() -> AsyncIterator[Flaky]:
    async with Flaky().open() as connector:
        yield connector


@pytest.fixture
async def url(database_url: str, connector: Flaky) -> str:
    """Leads whom Teams reaches, and a secretary."""
    await settle_in(database_url, LEADS, connector.url)
    database = open_database(database_url)
    await SqlPortfolioWriter(database).apply(Portfolio(people=(SECRETARY,)))
    await database.close()
    return database_url


async def remind(url: str, now: datetime) -> list[RunReport]:
    """Looks what is due and sends all that waits; gives the reports of what was not yet over."""
    async with open_reminders(settings_of(url), SimulatedClock(now)) as reminders:
        store = reminders.store
        run = await reminders.planner.look(now)
        ids = {*(await store.open_runs()), *([run.id] if run else [])}
        async with reminders.sending():
            while await store.open_runs():  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        return [report for one in sorted(ids) if (report := await store.report(one))]


async def plan(url: str, limit: int = 100) -> None:
    async with open_reminders(settings_of(url, limit=limit), SimulatedClock(NOW)) as reminders:
        await reminders.planner.look(NOW)


async def lease(url: str) -> None:
    await plan(url)
    async with open_reminders(settings_of(url), SimulatedClock(NOW)) as reminders:
        await reminders.store.exchange([], LEADS, NOW, 40.0)


async def backed_up(url: str, file: Path) -> None:
    await asyncio.to_thread(back_up, settings_of(url), file, None)


async def restored(file: Path, url: str, now: datetime = RESTORED) -> str:
    await asyncio.to_thread(restore, settings_of(url), file, now, None)
    return url


async def test_what_was_sent_after_the_backup_is_not_sent_again_and_the_next_step_is(
    url: str, connector: Flaky, blank: Callable[[str], str], tmp_path: Path
) -> None:
    await backed_up(url, tmp_path / "copy")
    await remind(url, NOW)
    assert connector.total == LEADS
    new = await restored(tmp_path / "copy", blank(url))
    reports = await remind(new, RESTORED + timedelta(minutes=1))
    assert [report.counts[Outcome.RESTORED] for report in reports] == [LEADS]
    assert {miss.outcome for miss in reports[0].missed} >= {Outcome.RESTORED}
    for later in (timedelta(hours=1), timedelta(days=1), timedelta(days=2)):
        await remind(new, RESTORED + later)
    assert (connector.total, connector.doubled) == (LEADS, 0)
    await remind(new, NEXT)
    assert (connector.total, connector.doubled) == (2 * LEADS, LEADS)


@pytest.mark.parametrize("waiting", [plan, lease, lambda url: plan(url, limit=1)], ids=["waiting", "leased", "held"])
async def test_what_waited_when_the_backup_was_made_is_settled_and_told(
    url: str, connector: Flaky, blank: Callable[[str], str], tmp_path: Path, waiting: Callable[[str], object]
) -> None:
    await waiting(url)  # type: ignore[misc]
    await backed_up(url, tmp_path / "copy")
    new = await restored(tmp_path / "copy", blank(url))
    database = open_database(new)
    store = SqlDeliveryStore(database)
    assert (await store.queue(RESTORED)) == Queue(ran_at=NOW, done={Outcome.RESTORED: (await sum_of(database))})
    (run,) = await store.finished_runs()
    report = await store.report(run)
    assert report is not None
    assert report.counts[Outcome.RESTORED] == LEADS
    assert report.needs_somebody
    assert await remind(new, RESTORED + timedelta(minutes=1)) == []
    assert connector.total == 0
    await database.close()


async def sum_of(database: Database) -> int:
    return len((await database.execute(select(deliveries.c.id))).all())


async def test_what_falls_due_after_the_restore_is_sent_as_usual(
    url: str, connector: Flaky, blank: Callable[[str], str], tmp_path: Path
) -> None:
    await backed_up(url, tmp_path / "copy")
    new = await restored(tmp_path / "copy", blank(url), NOW - timedelta(hours=1))
    reports = await remind(new, NOW)
    assert [report.counts.get(Outcome.SENT) for report in reports] == [LEADS]
    assert connector.total == LEADS


async def test_office_gets_no_report_of_before_again(url: str, blank: Callable[[str], str], tmp_path: Path) -> None:
    """The last week's was sent this morning, and lost. A report waited when the backup was made."""
    await remind(url, NOW - timedelta(days=3))
    database = open_database(url)
    store = SqlDeliveryStore(database)
    (run,) = await store.finished_runs()
    await store.announce(Purpose.RUN_REPORT, run, [SECRETARY.id], NOW)
    await backed_up(url, tmp_path / "copy")
    await database.close()
    new = await restored(tmp_path / "copy", blank(url))
    async with open_reminders(settings_of(new), SimulatedClock(RESTORED)) as reminders:
        await reminders.planner.report(RESTORED)
        await reminders.planner.sum_up(RESTORED, None)
        assert (await reminders.store.queue(RESTORED)).due == 0
        next_week = RESTORED + timedelta(days=7)
        await reminders.planner.look(next_week)
        await reminders.planner.sum_up(next_week + timedelta(days=7), None)
        assert (await reminders.store.queue(next_week)).due > 0


async def test_week_that_nobody_worked_in_yet_is_still_to_be_reported(
    url: str, blank: Callable[[str], str], tmp_path: Path
) -> None:
    early = NOW.replace(hour=4)
    await remind(url, NOW - timedelta(days=3))
    await backed_up(url, tmp_path / "copy")
    new = await restored(tmp_path / "copy", blank(url), early)
    async with open_reminders(settings_of(new), SimulatedClock(NOW)) as reminders:
        await reminders.planner.sum_up(NOW, None)
        assert (await reminders.store.queue(NOW)).due == 1


async def test_round_that_ended_meanwhile_is_closed_quietly_and_an_old_form_is_gone(
    url: str, blank: Callable[[str], str], tmp_path: Path
) -> None:
    database = open_database(url)
    starts = (NOW + timedelta(hours=1), NOW + timedelta(days=1))
    bodies = tuple(Body(name) for name in ("Direktionen", "Styregruppen"))
    held = tuple(Meeting(body.name, start) for body, start in zip(bodies, starts, strict=True))
    await SqlPortfolioWriter(database).apply(Portfolio(bodies=bodies, meetings=held))
    async with database.transaction() as connection:
        for meeting_id, start in (await connection.execute(select(meetings.c.id, meetings.c.start))).all():
            row = {"id": f"r{meeting_id}", "meeting": meeting_id, "opened_at": NOW, "deadline": start}
            row |= {"opened_by": SECRETARY.id, "conversation": "c", "is_behind": False, "language": "da"}
            await connection.execute(insert(rounds).values(row))
        for days in (3, 7):
            row = {"id": f"d{days}", "kind": "status", "person": SECRETARY.id, "conversation": f"c{days}"}
            row |= {"subject": "P1", "answers": {}, "version": 1, "revision": 0, "touched_at": NOW - days * DAY}
            await connection.execute(insert(drafts).values(row))
    await database.close()
    await backed_up(url, tmp_path / "copy")
    two_days_later = NOW + 2 * DAY - timedelta(hours=25)
    new = open_database(await restored(tmp_path / "copy", blank(url), two_days_later))
    assert await SqlRoundStore(new, NOW.tzinfo).due(two_days_later) == []  # type: ignore[arg-type]
    closed = (await new.execute(select(rounds.c.closed_at).order_by(rounds.c.deadline))).scalars().all()
    assert closed == [two_days_later, None]
    assert (await new.execute(select(drafts.c.id))).scalars().all() == ["d3"]
    actions = (await new.execute(select(audit.c.action).order_by(audit.c.number.desc()).limit(2))).scalars().all()
    assert set(actions) == {Action.DATABASE_RESTORED, Action.ROUND_CLOSED}
    await new.close()
