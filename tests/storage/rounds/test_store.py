from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from portfolio.audit import Action
from portfolio.bodies import Meeting
from portfolio.projects.project import Phase, Project
from portfolio.projects.status import Rag, StatusReport
from portfolio.rounds import Round, RoundEntry
from portfolio.whole import Portfolio
from storage.audit import audit
from storage.database import Database
from storage.rounds.store import SqlRoundStore
from storage.status.store import SqlReportingStore
from storage.whole import SqlPortfolioWriter
from tests.world.people import ASTRID, METTE, SOREN, id_of, mentioned
from tests.world.reported import AMBER, BOARD, NOW, PORTFOLIO, TODAY, handed_in, later

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
MEETING = datetime(2026, 6, 16, 13, 0, tzinfo=COPENHAGEN)
BODIES = (BOARD, "Direktion", "Forsvundet")
# Numbered as they are stored, and the board's next one.
BOARDS, DIREKTIONS, LOST, NEXT = (
    Meeting(body, start, id=number)
    for number, (body, start) in enumerate(
        [*((body, MEETING) for body in BODIES), (BOARD, MEETING + timedelta(days=28))], start=1
    )
)
ROUND = Round(
    "round",
    BOARDS,
    opened_at=NOW.astimezone(COPENHAGEN),
    deadline=MEETING - timedelta(days=1),
    opened_by=ASTRID.id,
    conversation="19:board",
)
EVERYONES = replace(ROUND, id="everyones", meeting=DIREKTIONS)


@pytest.fixture
async def store(database: Database) -> SqlRoundStore:
    await SqlPortfolioWriter(database).apply(replace(PORTFOLIO, meetings=(BOARDS, DIREKTIONS, LOST, NEXT)))
    return SqlRoundStore(database, COPENHAGEN)


async def _entries(store: SqlRoundStore, one: Round = ROUND) -> dict[str, RoundEntry]:
    return {entry.project.number: entry for entry in (await store.view(one)).entries}


async def test_round_is_there_again_in_the_municipalitys_own_time(store: SqlRoundStore) -> None:
    assert await store.open(ROUND) == ROUND
    found = await store.round("round")
    assert found == ROUND
    assert found.meeting.start.tzinfo is COPENHAGEN
    assert await store.of_meeting(BOARDS) == ROUND
    assert await store.of_meeting(DIREKTIONS) is None
    assert await store.round("other") is None


async def test_meeting_has_one_round_however_many_open_one(store: SqlRoundStore) -> None:
    opened = await asyncio.gather(*(store.open(replace(ROUND, id=f"round-{number}")) for number in range(5)))
    (one,) = [each for each in opened if each is not None]
    assert await store.of_meeting(BOARDS) == one
    assert await store.open(replace(ROUND, id="next", meeting=NEXT)) is not None


async def test_card_that_shows_the_round_is_remembered(store: SqlRoundStore) -> None:
    await store.open(ROUND)
    await store.move("round", "19:channel;messageid=1")
    elsewhere = replace(ROUND, conversation="19:channel;messageid=1")
    assert await store.left_behind(ROUND.opened_at) == [elsewhere]
    await store.posted("round", "activity-1")
    assert await store.round("round") == replace(elsewhere, activity="activity-1")
    await store.move("round", "19:another")
    assert await store.round("round") == replace(elsewhere, activity="activity-1")


async def test_card_that_nobody_sees_can_not_be_behind(store: SqlRoundStore) -> None:
    await store.open(ROUND)
    await store.leave_behind("round")
    assert await store.left_behind(ROUND.opened_at) == []


async def test_card_is_drawn_by_one_process_at_a_time(store: SqlRoundStore) -> None:
    await store.open(ROUND)
    taken = await asyncio.gather(*(store.take("round") for _ in range(10)))
    assert taken.count(True) == 1
    await store.give_back("round")
    assert await store.take("round")


async def test_members_projects_are_in_the_round_by_lead_then_title(store: SqlRoundStore, database: Database) -> None:
    more = (Project("P7", "Zoner", lead=METTE.id), Project("P8", "Arkiv", lead=SOREN.id))
    await SqlPortfolioWriter(database).apply(Portfolio(projects=more))
    view = await store.view(ROUND)
    assert view.round == ROUND
    in_order = [(entry.project.number, entry.lead_name) for entry in view.entries]
    assert in_order == [
        ("P7", METTE.name),
        *(("P8", SOREN.name), ("P5", SOREN.name), ("P1", SOREN.name), ("P2", SOREN.name)),
    ]


async def test_all_open_projects_are_in_it_where_no_member_leads_any(store: SqlRoundStore, database: Database) -> None:
    await SqlPortfolioWriter(database).apply(
        Portfolio(
            projects=(Project("P7", "Ny", lead=id_of("aa@ex.dk")), Project("P8", "Lukket", phase=Phase.STOPPED)),
            mentioned=(mentioned("aa@ex.dk"),),
        )
    )
    for one in (EVERYONES, replace(ROUND, meeting=LOST)):
        view = await store.view(one)
        assert [entry.project.number for entry in view.entries] == ["P3", "P5", "P1", "P2", "P7", "P6"]


async def test_report_published_since_the_round_opened_answers_it(store: SqlRoundStore, database: Database) -> None:
    before = await _entries(store)
    assert (before["P1"].before, before["P1"].now) == (PORTFOLIO.reports[0], None)
    assert (before["P2"].before, before["P2"].now) == (None, None)
    await SqlReportingStore(database).publish(handed_in(at=later(1)))
    entry = (await _entries(store))["P1"]
    assert (entry.before, entry.now) == (PORTFOLIO.reports[0], replace(AMBER, author=SOREN.id))
    assert entry.has_changed


async def test_report_from_the_morning_does_not_answer_a_round_opened_later(
    store: SqlRoundStore, database: Database
) -> None:
    reporting = SqlReportingStore(database)
    published = await reporting.publish(handed_in(at=later(-1)))
    entry = (await _entries(store))["P1"]
    assert (entry.before, entry.now) == (published.report, None)
    corrected = await reporting.publish(handed_in(replace(AMBER, overall=Rag.RED), revision=2, at=later(2)))
    entry = (await _entries(store))["P1"]
    assert (entry.before, entry.now) == (PORTFOLIO.reports[0], corrected.report)


async def test_report_corrected_after_the_round_opened_answers_it(store: SqlRoundStore, database: Database) -> None:
    reporting = SqlReportingStore(database)
    yesterday = replace(AMBER, day=TODAY - timedelta(days=1))
    await reporting.publish(handed_in(yesterday, at=later(-20)))
    corrected = await reporting.publish(handed_in(replace(yesterday, overall=Rag.RED), revision=2, at=later(2)))
    assert (await _entries(store))["P1"].now == corrected.report


async def test_imported_report_answers_by_its_day(store: SqlRoundStore, database: Database) -> None:
    # P5's was imported as of the day on which the round opened.
    entry = (await _entries(store))["P5"]
    assert (entry.before, entry.now) == (None, PORTFOLIO.reports[1])
    late = replace(ROUND, opened_at=datetime(2026, 6, 9, 22, 30, tzinfo=UTC))  # the 10th in Denmark
    entry = (await _entries(store, late))["P5"]
    assert (entry.before, entry.now) == (PORTFOLIO.reports[1], None)
    older, newer = (StatusReport("P2", date(2026, 6, day), colour) for day, colour in ((8, Rag.GREEN), (12, Rag.RED)))
    await SqlPortfolioWriter(database).apply(Portfolio(reports=(older, newer)))
    entry = (await _entries(store))["P2"]
    assert (entry.before, entry.now) == (older, newer)


async def test_closed_round_stays_as_it_was(store: SqlRoundStore, database: Database) -> None:
    reporting = SqlReportingStore(database)
    first = await reporting.publish(handed_in(at=later(1)))
    await reporting.publish(handed_in(replace(AMBER, day=date(2026, 6, 20), overall=Rag.RED), 2, later(24 * 11)))
    await SqlPortfolioWriter(database).apply(Portfolio(reports=(StatusReport("P2", date(2026, 6, 18), Rag.RED),)))
    closed = replace(ROUND, closed_at=MEETING)
    entries = await _entries(store, closed)
    assert (entries["P1"].before, entries["P1"].now) == (PORTFOLIO.reports[0], first.report)
    assert (entries["P2"].before, entries["P2"].now) == (None, None)
    assert (await _entries(store))["P2"].now is not None


async def test_project_finds_the_rounds_that_it_is_in(store: SqlRoundStore) -> None:
    for one in (ROUND, EVERYONES, replace(ROUND, id="lost", meeting=LOST)):
        await store.open(one)
    assert {one.id for one in await store.open_rounds("P1")} == {"round", "everyones", "lost"}
    assert {one.id for one in await store.open_rounds("P3")} == {"everyones", "lost"}
    assert await store.open_rounds("P4") == []
    assert await store.open_rounds("P99") == []
    await store.close("everyones", ASTRID.id, later(1))
    assert [one.id for one in await store.open_rounds("P3")] == ["lost"]


async def test_rounds_and_views_agree_on_who_is_in(store: SqlRoundStore) -> None:
    for one in (ROUND, EVERYONES):
        await store.open(one)
        inside = set(await _entries(store, one))
        for project in PORTFOLIO.projects:
            found = {each.id for each in await store.open_rounds(project.number)}
            assert (one.id in found) == (project.number in inside)


async def test_round_is_due_when_its_deadline_has_passed(store: SqlRoundStore) -> None:
    await store.open(ROUND)
    assert await store.due(ROUND.deadline - timedelta(seconds=1)) == []
    assert await store.due(ROUND.deadline.astimezone(UTC)) == [ROUND]
    await store.close("round", ASTRID.id, ROUND.deadline)
    assert await store.due(ROUND.deadline) == []


async def test_of_many_who_close_a_round_one_does(store: SqlRoundStore, database: Database) -> None:
    await store.open(ROUND)
    closed = await asyncio.gather(*(store.close("round", ASTRID.id, later(1)) for _ in range(5)))
    assert closed.count(True) == 1
    assert await store.round("round") == replace(ROUND, closed_at=later(1).astimezone(COPENHAGEN))
    assert not await store.close("other", ASTRID.id, NOW)
    async with database.connect() as connection:
        log = (await connection.execute(select(audit.c.action, audit.c.by).order_by(audit.c.number))).all()
    assert [tuple(row) for row in log] == [(Action.ROUND_OPENED, ASTRID.id), (Action.ROUND_CLOSED, ASTRID.id)]
