"""What reminders are worked out from, and what people decided about theirs, as it is stored."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update

from portfolio.audit import Action
from portfolio.bodies import Body, Meeting
from portfolio.dates import Unit, in_unit, on_day
from portfolio.deliveries import Finished, Reason, Settlement
from portfolio.deputies import Deputy
from portfolio.organisation import Role
from portfolio.outlook.plan import Message, Plan, previewed
from portfolio.projects.project import Benefit, Milestone, Phase, Project
from portfolio.projects.status import DEFAULT_RHYTHM_DAYS, Rag, StatusReport
from portfolio.reminders.keys import Origin
from portfolio.reminders.kinds import (
    Absence,
    Key,
    Kind,
    Obligation,
    Outcome,
    Recipient,
    Reminder,
    Snooze,
    StatusDue,
    Tracked,
)
from portfolio.rounds import Round
from portfolio.whole import Portfolio
from portfolio.working_time import WorkingTime
from storage.audit import audit
from storage.database import Database
from storage.meetings.changes import SqlMeetingStore
from storage.projects.tables import projects
from storage.questions.reader import SqlPortfolioReader
from storage.reminders.store import SqlReminderStore
from storage.rounds.store import SqlRoundStore
from storage.sending.store import SqlDeliveryStore
from storage.sending.tables import deliveries, sending
from storage.status.store import SqlReportingStore
from storage.whole import SqlPortfolioWriter
from tests.world.people import ASTRID, INGE, METTE, SOREN, VAGN, id_of, person
from tests.world.reported import BOARD, NOW, PORTFOLIO, TODAY, handed_in

HERE = ZoneInfo("Europe/Copenhagen")
DAY = timedelta(days=1)
FIRST = Key(Kind.STATUS_DUE, "P1", Recipient(SOREN.id), "2026-06-26+0")
OTHER = Key(Kind.MEETING_SOON, f"{BOARD}|1", Recipient(BOARD, is_channel=True), "1-early")


@pytest.fixture
async def store(database: Database) -> SqlReminderStore:
    await SqlPortfolioWriter(database, TODAY).apply(PORTFOLIO)
    return SqlReminderStore(database, WorkingTime(HERE))


async def written(database: Database) -> list[tuple[Action, str, dict[str, str]]]:
    async with database.connect() as connection:
        rows = await connection.execute(select(audit.c.action, audit.c.by, audit.c.detail).order_by(audit.c.number))
        return [(row.action, row.by, row.detail) for row in rows]


async def owed(store: SqlReminderStore, now: datetime = NOW) -> dict[str, Obligation]:
    return {one.key: one for one in (await store.state(now)).obligations}


async def test_open_projects_are_tracked_from_the_day_they_were_known_or_start(database: Database) -> None:
    begins = Project("P8", "Senere", start=in_unit(date(2026, 8, 1), Unit.MONTH))
    begun = Project("P9", "Begyndt", start=on_day(date(2026, 1, 5)))
    await SqlPortfolioWriter(database, TODAY).apply(Portfolio(projects=(begins, begun)))
    await SqlPortfolioWriter(database).apply(PORTFOLIO)
    state = await SqlReminderStore(database, WorkingTime(HERE)).state(NOW)
    found = {one.number: one for one in state.projects}
    assert found.keys() == {"P1", "P2", "P3", "P5", "P6", "P8", "P9"}
    assert found["P1"] == Tracked("P1", "Skærmbesøg", SOREN.id, ASTRID.id, newest=date(2026, 5, 1))
    assert found["P8"].since == date(2026, 8, 1)
    assert found["P9"].since == TODAY


async def test_project_that_is_imported_again_was_known_before(store: SqlReminderStore, database: Database) -> None:
    later = SqlPortfolioWriter(database, TODAY + 40 * DAY)
    await later.apply(replace(PORTFOLIO, projects=(replace(PORTFOLIO.projects[0], title="Nyt navn"),)))
    (one,) = (await store.state(NOW, {"P1"})).projects
    assert (one.title, one.since) == ("Nyt navn", TODAY)


async def test_state_names_people_and_those_of_the_portfolio_office(
    store: SqlReminderStore, database: Database
) -> None:
    office = (
        INGE,
        person("admin@ex.dk", "Admin", role=Role.ADMINISTRATOR),
        VAGN,
    )
    await SqlPortfolioWriter(database).apply(Portfolio(people=office))
    state = await store.state(NOW)
    assert state.people == {SOREN.id, ASTRID.id, METTE.id, INGE.id, id_of("admin@ex.dk"), VAGN.id}
    assert state.office == (id_of("admin@ex.dk"), INGE.id)
    assert [body.name for body in state.bodies] == ["Direktion", BOARD]
    assert (await store.state(NOW, frozenset())).office == state.office


async def test_some_projects_are_looked_at_without_the_others(store: SqlReminderStore, database: Database) -> None:
    await SqlPortfolioWriter(database).apply(Portfolio(milestones=(Milestone("P3", "Start", on_day(TODAY)),)))
    whole, some, none = await store.state(NOW), await store.state(NOW, ["P1"]), await store.state(NOW, [])
    assert {one.number for one in some.projects} == {"P1"}
    assert {one.project for one in some.obligations} == {"P1"}
    assert {one.project for one in whole.obligations} == {"P1", "P3"}
    assert none == replace(whole, projects=(), obligations=())


async def test_meetings_come_in_the_municipalitys_own_time(store: SqlReminderStore, database: Database) -> None:
    long_ago, soon, far = NOW - 60 * DAY, NOW + 6 * DAY, NOW + 200 * DAY
    all_of_them = tuple(Meeting(BOARD, start, place="Rådhuset") for start in (long_ago, soon, far))
    await SqlPortfolioWriter(database).apply(Portfolio(meetings=all_of_them))
    (meeting,) = (await store.state(NOW)).meetings
    assert (meeting.body, meeting.start, meeting.place) == (BOARD, soon, "Rådhuset")
    assert meeting.start.tzinfo is HERE
    later = (await store.state(NOW, until=NOW + 190 * DAY)).meetings
    assert [one.start for one in later] == [soon, far]


async def test_milestone_is_owed_by_the_lead_at_the_end_of_its_last_day(
    store: SqlReminderStore, database: Database
) -> None:
    reached = Milestone("P1", "Nået", on_day(TODAY), TODAY)
    closed = Milestone("P4", "Lukket", on_day(TODAY))
    month = Milestone("P3", "Måned", in_unit(TODAY, Unit.MONTH))
    await SqlPortfolioWriter(database).apply(Portfolio(milestones=(reached, closed, month)))
    found = await owed(store)
    assert found.keys() == {"milestone:P1:Udbud", "milestone:P1:Nået", "milestone:P3:Måned"}
    assert found["milestone:P1:Udbud"] == Obligation(
        Origin.MILESTONE, "milestone:P1:Udbud", "Udbud", SOREN.id, datetime(2026, 6, 1, 16, tzinfo=HERE), "P1"
    )
    assert found["milestone:P1:Nået"].is_met
    assert found["milestone:P3:Måned"].due == datetime(2026, 6, 30, 16, tzinfo=HERE)


async def test_milestone_far_ahead_is_there_when_it_is_looked_so_far(store: SqlReminderStore) -> None:
    assert "milestone:P1:Drift" not in await owed(store)
    state = await store.state(NOW, until=datetime(2026, 8, 20, tzinfo=UTC))
    assert "milestone:P1:Drift" in {one.key for one in state.obligations}


async def test_benefit_is_followed_up_by_its_manager_or_the_owner_also_after_closing(database: Database) -> None:
    due = on_day(TODAY + 5 * DAY)
    closed = Project("P4", "Arkiv", owner=ASTRID.id, phase=Phase.CLOSED)
    benefits = (
        Benefit("P4", "Ejerens", goal=Decimal(20), realised=Decimal("19.9"), follow_up=due),
        Benefit("P4", "Nået", goal=Decimal(20), realised=Decimal(20), responsible=METTE.id, follow_up=due),
        Benefit("P4", "Uden mål", realised=Decimal(5), follow_up=due),
        Benefit("P4", "Uden dag", goal=Decimal(20)),
        Benefit("P4", "For længst", goal=Decimal(20), follow_up=on_day(TODAY - 90 * DAY)),
    )
    await SqlPortfolioWriter(database).apply(Portfolio(projects=(closed,), benefits=benefits))
    found = await owed(SqlReminderStore(database, WorkingTime(HERE)))
    assert {key: (one.owner, one.is_met) for key, one in found.items()} == {
        "benefit:P4:Ejerens": (ASTRID.id, False),
        "benefit:P4:Nået": (METTE.id, True),
        "benefit:P4:Uden mål": (ASTRID.id, False),
    }
    assert {one.due for one in found.values()} == {datetime(2026, 6, 14, 16, tzinfo=HERE)}


async def opened(database: Database, body: str = BOARD) -> Round:
    """A round before the body's meeting in a week."""
    await SqlPortfolioWriter(database).apply(Portfolio(meetings=(Meeting(body, NOW + 7 * DAY),)))
    meeting = await SqlMeetingStore(database).known_at(body, NOW + 7 * DAY)
    assert meeting is not None
    before = Round("round", meeting, NOW, NOW + 6 * DAY, ASTRID.id, "19:board")
    assert await SqlRoundStore(database, HERE).open(before) is not None
    return before


async def test_leads_in_an_open_round_owe_their_reports(store: SqlReminderStore, database: Database) -> None:
    await opened(database)
    await SqlReportingStore(database).publish(handed_in())
    found = {key: one for key, one in (await owed(store)).items() if one.origin is Origin.ROUND}
    # P5 has a report of the day on which the round opened.
    assert {key: one.is_met for key, one in found.items()} == {
        "round:P1:round": True,
        "round:P2:round": False,
        "round:P5:round": True,
    }
    assert found["round:P2:round"] == Obligation(
        Origin.ROUND, "round:P2:round", "Åben data", SOREN.id, NOW + 6 * DAY, "P2"
    )
    assert [one.key for one in (await store.state(NOW, ["P2"])).obligations] == ["round:P2:round"]


async def test_body_in_which_nobody_leads_asks_about_every_open_project(
    store: SqlReminderStore, database: Database
) -> None:
    before = await opened(database, "Direktion")
    found = {one.project: one.is_met for one in (await owed(store)).values() if one.origin is Origin.ROUND}
    entries = (await SqlRoundStore(database, HERE).view(before)).entries
    assert found == {entry.project.number: entry.now is not None for entry in entries}
    assert found.keys() == {"P1", "P2", "P3", "P5", "P6"}
    assert {one.key for one in (await store.state(NOW, ["P6"])).obligations} == {"round:P6:round"}


async def test_round_that_is_closed_asks_nobody(store: SqlReminderStore, database: Database) -> None:
    await opened(database)
    await SqlRoundStore(database, HERE).close("round", ASTRID.id, NOW)
    assert not [one for one in (await owed(store)).values() if one.origin is Origin.ROUND]


async def test_deputies_are_there_by_lead_until_long_after_they_stood_in(
    store: SqlReminderStore, database: Database
) -> None:
    reporting = SqlReportingStore(database)
    now, ended = (
        Deputy(SOREN.id, METTE.id, TODAY, TODAY + DAY),
        Deputy(SOREN.id, ASTRID.id, TODAY - 90 * DAY, TODAY - 80 * DAY),
    )
    other = Deputy(ASTRID.id, METTE.id, TODAY, TODAY, "P3")
    for one in (now, ended, other):
        await reporting.set_deputy(one, SOREN.id, NOW)
    state = await store.state(NOW)
    assert state.deputies == {SOREN.id: (now,), ASTRID.id: (other,)}
    assert state.deputies_of(ASTRID.id, "P3", TODAY) == [METTE.id]


async def test_what_was_put_off_before_the_summer_is_remembered_after_it(store: SqlReminderStore) -> None:
    await store.snooze([Snooze(SOREN.id, "P1", TODAY)], SOREN.id, NOW)
    await store.set_absence(Absence(SOREN.id, TODAY - DAY, TODAY), SOREN.id, NOW)
    after_summer, long_after = await store.state(NOW + 35 * DAY), await store.state(NOW + 70 * DAY)
    assert (after_summer.snoozes.keys(), after_summer.absences.keys()) == ({SOREN.id}, {SOREN.id})
    assert (long_after.snoozes, long_after.absences) == ({}, {})


async def test_kind_is_switched_off_and_on_again(store: SqlReminderStore, database: Database) -> None:
    for _ in range(2):
        await store.switch(SOREN.id, Kind.STATUS_DUE, SOREN.id, NOW, on=False)
    await store.switch(SOREN.id, Kind.MEETING_SOON, SOREN.id, NOW, on=False)
    assert await store.switched_off(SOREN.id) == {Kind.STATUS_DUE, Kind.MEETING_SOON}
    for _ in range(2):
        await store.switch(SOREN.id, Kind.MEETING_SOON, SOREN.id, NOW, on=True)
    assert (await store.state(NOW)).switched_off == {(SOREN.id, Kind.STATUS_DUE)}
    assert await store.switched_off(ASTRID.id) == frozenset()
    actions = [action for action, _, _ in await written(database)]
    assert actions == [Action.SWITCHED_OFF, Action.SWITCHED_OFF, Action.SWITCHED_ON]


async def test_office_takes_reminders_out_and_lets_them_in_again(store: SqlReminderStore, database: Database) -> None:
    for _ in range(2):
        await store.stop([FIRST, OTHER], INGE.id, NOW)
    assert (await store.state(NOW)).stopped == {FIRST, OTHER}
    await store.resume([OTHER], INGE.id, NOW)
    for nothing in (store.stop, store.resume):
        await nothing([], INGE.id, NOW)
    assert (await store.state(NOW)).stopped == {FIRST}
    assert (await store.state(NOW + 70 * DAY)).stopped == frozenset()
    *_, (action, by, detail) = await written(database)
    assert (action, by, detail["recipient"]) == (Action.REMINDERS_RESUMED, INGE.id, BOARD)


async def test_everything_is_stopped_however_many_say_so_at_once(store: SqlReminderStore, database: Database) -> None:
    assert (await store.state(NOW)).all_stopped is False
    await asyncio.gather(*(store.set_all_stopped(INGE.id, NOW, are_stopped=True) for _ in range(4)))
    assert (await store.state(NOW)).all_stopped is True
    async with database.connect() as connection:
        assert len((await connection.execute(select(sending))).all()) == 1
    await store.set_all_stopped(INGE.id, NOW, are_stopped=False)
    assert (await store.state(NOW)).all_stopped is False
    assert [action for action, _, _ in await written(database)][-1] is Action.REMINDERS_RESUMED


async def test_projects_own_rhythm_decides_when_its_status_is_missing(
    store: SqlReminderStore, database: Database
) -> None:
    reader = SqlPortfolioReader(database)
    before = await reader.version()
    assert await store.set_rhythm("P3", 7, INGE.id, NOW)
    (one,) = (await store.state(NOW, ["P3"])).projects
    assert one.asked_every == 7
    assert await missing_after(database, "P3") == date(2026, 4, 8)
    assert await reader.version() > before
    assert await written(database) == [(Action.RHYTHM_SET, INGE.id, {"days": "7"})]
    assert await store.set_rhythm("P3", None, INGE.id, NOW)
    assert await missing_after(database, "P3") == date(2026, 4, 1) + DEFAULT_RHYTHM_DAYS * DAY


async def test_closed_or_unknown_project_gets_no_rhythm(store: SqlReminderStore, database: Database) -> None:
    version = await SqlPortfolioReader(database).version()
    assert not await store.set_rhythm("P4", 7, INGE.id, NOW)
    assert not await store.set_rhythm("P99", 7, INGE.id, NOW)
    assert await SqlPortfolioReader(database).version() == version
    assert await written(database) == []


async def missing_after(database: Database, number: str) -> date | None:
    async with database.connect() as connection:
        found = await connection.execute(select(projects.c.missing_after).where(projects.c.number == number))
        return found.scalar_one()


async def test_lead_was_told_what_was_sent_since_then_the_newest_first(
    store: SqlReminderStore, database: Database
) -> None:
    sender = SqlDeliveryStore(database)
    for days, subjects in ((0, ("P1", "P2")), (1, ("P3",)), (2, ("P5",))):
        at = NOW + days * DAY
        reminders = tuple(
            Reminder(Kind.STATUS_DUE, one, Recipient(SOREN.id), f"{days}", at, at + 4 * DAY, at, StatusDue(one))
            for one in subjects
        )
        await sender.store(Plan(at, (Message(Recipient(SOREN.id), f"{days}", reminders),)), None)
        (delivery,) = (await sender.exchange([], 5, at, 10_000)).deliveries
        reason = Reason.BLOCKED if days == 2 else None
        came = Finished(Outcome.UNREACHABLE if reason else Outcome.SENT, reason)
        answered = {reminders[0].key: Outcome.ANSWERED} if len(reminders) == 2 else {}
        await sender.exchange([Settlement(delivery, came, dropped=answered)], 0, at, 10_000)
        await catch_breath(database)
    told = await store.told_lately(SOREN.id, NOW)
    assert [key.subject for key in told] == ["P3", "P2"]
    assert told[0] == Key(Kind.STATUS_DUE, "P3", Recipient(SOREN.id), "1")
    assert [key.subject for key in await store.told_lately(SOREN.id, NOW + DAY)] == ["P3"]
    assert await store.told_lately(ASTRID.id, NOW) == []


async def catch_breath(database: Database) -> None:
    """One conversation takes no two messages at once."""
    async with database.transaction() as connection:
        await connection.execute(update(deliveries).values(next_at=NOW - 365 * DAY))


async def test_two_weeks_preview_is_the_same_however_much_further_the_state_reaches(
    store: SqlReminderStore, database: Database
) -> None:
    """A year's Christmas, where a week before comes earliest."""
    now = datetime(2026, 12, 10, 7, tzinfo=UTC)
    meetings = tuple(Meeting(BOARD, now + days * DAY, topic=str(days)) for days in range(60))
    milestones = tuple(Milestone("P3", f"M{days}", on_day((now + days * DAY).date())) for days in range(60))
    benefits = tuple(
        Benefit("P3", f"G{days}", responsible=ASTRID.id, follow_up=on_day((now + days * DAY).date()))
        for days in range(60)
    )
    board = Body(BOARD, members=(ASTRID.id,))
    await SqlPortfolioWriter(database).apply(
        Portfolio(
            reports=(StatusReport("P3", now.date(), Rag.GREEN),),
            milestones=milestones,
            benefits=benefits,
            bodies=(board,),
            meetings=meetings,
        )
    )
    until, work = now + 14 * DAY, WorkingTime(HERE)
    usual = previewed(await store.state(now), now, until, now - DAY, work)
    further = previewed(await store.state(now, until=now + 100 * DAY), now, until, now - DAY, work)
    assert usual == further
    assert any(one.kind is Kind.DEADLINE for plan in usual for message in plan.messages for one in message.reminders)
