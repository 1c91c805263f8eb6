"""Reminders as they arrive in Teams: planned, checked once more, sent over the signed wire, and reported."""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete
from structlog.testing import capture_logs

from bot.settings import Settings
from portfolio.audit import LOOKS, Action
from portfolio.bodies import Meeting
from portfolio.deliveries import Reason, RunReport, StoredRun
from portfolio.reminders.kinds import Outcome
from portfolio.whole import Portfolio
from storage.database import open_database
from storage.organisation import people
from storage.whole import SqlPortfolioWriter
from tests.kit.bench import Bench, open_bench
from tests.kit.cards import faults, words_on
from tests.kit.delivery.harness import until_true
from tests.kit.teams import CHANNEL, GROUP, FakeTeams, personal
from tests.kit.wire import PORTFOLIO, InTeams, Moment, met
from tests.world.people import IDA, MAJA

ZONE = ZoneInfo("Europe/Copenhagen")
# Ten past eight on the Friday on which the board's leads owe their status; their last ones are from the weeks before.
FRIDAY = datetime(2026, 6, 19, 8, 10, tzinfo=ZONE)
EARLY = FRIDAY - timedelta(hours=2)  # when the service begins; it looks by itself only half a minute later
MEETING = Meeting("Project Board", datetime(2026, 6, 26, 9, tzinfo=ZONE), place="Mødelokale Egen")


@pytest.fixture
def clock() -> Moment:
    return Moment(EARLY)


@pytest.fixture
async def bench(production: Settings, teams: FakeTeams, clock: Moment) -> AsyncIterator[Bench]:
    database = open_database(production.database_url)
    await SqlPortfolioWriter(database).apply(PORTFOLIO)
    await database.close()
    async with open_bench(production, teams, clock) as bench:
        yield bench


async def looks(bench: Bench, at: datetime = FRIDAY) -> StoredRun | None:
    bench.clock.now = at  # type: ignore[attr-defined]
    return await bench.service.reminders.planner.look(at)


async def all_is_sent(bench: Bench) -> None:
    """Reports and all."""
    reminders, now = bench.service.reminders, bench.clock()

    async def nothing_waits() -> bool:
        return not (await reminders.store.queue(now)).due

    await until_true(nothing_waits)
    await reminders.planner.report(now)
    await until_true(nothing_waits)


async def reminded(bench: Bench, at: datetime = FRIDAY) -> StoredRun:
    run = await looks(bench, at)
    assert run is not None
    await all_is_sent(bench)
    return run


async def report_of(bench: Bench, run: StoredRun) -> RunReport:
    report = await bench.service.reminders.store.report(run.id)
    assert report is not None
    return report


def told(bench: Bench, sender: str) -> list[str]:
    """What the cards in the person's own chat say."""
    return told_in(bench, str(personal(sender)["id"]))


def told_in(bench: Bench, conversation: str) -> list[str]:
    cards = [one.card for one in bench.teams.said_in(conversation)]
    assert [faults(card) for card in cards] == [[] for _ in cards]
    return [words_on(card) for card in cards]


async def turned_away(bench: Bench, sender: str) -> StoredRun:
    """All are reminded, but their message is turned away for two seconds, and comes after something else happens."""
    refused = bench.teams.refusals_in.setdefault(str(personal(sender)["id"]), deque())
    refused.append((429, {"Retry-After": "2"}))
    run = await looks(bench)
    assert run is not None

    async def was_refused() -> bool:
        return not refused

    await until_true(was_refused)
    bench.teams.sent.clear()
    return run


async def test_each_lead_gets_one_message_with_all_that_they_owe_and_the_office_is_left_in_peace(bench: Bench) -> None:
    await met(bench, "maja", "ole", "ida")
    run = await reminded(bench)
    (majas,), (oles,) = told(bench, "maja"), told(bench, "ole")
    assert "Skærmbesøg i hjemmeplejen" in majas
    assert "uge 25" in majas
    assert "Varmestyring på skolerne" in oles
    assert "Digitalt arkiv" in oles
    report = await report_of(bench, run)
    assert (report.messages, report.counts) == (2, {Outcome.SENT: 3})
    assert told(bench, "ida") == []
    assert await looks(bench) is None


async def test_lead_who_asked_for_english_is_reminded_in_english(bench: Bench) -> None:
    await met(bench, "maja", "ole", "ida")
    await InTeams(bench, "maja").say("English please")
    bench.teams.sent.clear()
    await reminded(bench)
    (majas,), (oles,) = told(bench, "maja"), told(bench, "ole")
    assert "week 25" in majas
    assert "uge 25" in oles


async def test_office_reads_on_monday_what_was_sent_in_the_week_before_and_only_once(bench: Bench) -> None:
    await met(bench, "maja", "ole", "ida")
    await reminded(bench)
    planner = bench.service.reminders.planner
    monday = FRIDAY + timedelta(days=3)
    for now in (FRIDAY, monday - timedelta(days=1), monday, monday + timedelta(hours=1), monday + timedelta(days=1)):
        bench.clock.now = now  # type: ignore[attr-defined]
        await planner.sum_up(now, None)
        await all_is_sent(bench)
    before, idas = told(bench, "ida")
    assert "Der er ikke sendt påmindelser i uge 24 2026" in before
    assert "3 påmindelser: 3 sendt" in idas
    assert "Det blev 2 beskeder i uge 25 2026." in idas
    head = (await bench.service.portfolio.stores.audit.head()).told
    assert f"Revisionsloggen er nået til linje {head.number}. Kontroltal: {head.write()}." in idas


async def test_office_reads_how_far_the_audit_log_is_also_where_nothing_was_sent(bench: Bench) -> None:
    await met(bench, "maja", "ole", "ida")
    monday = FRIDAY + timedelta(days=3)
    bench.clock.now = monday  # type: ignore[attr-defined]
    await bench.service.reminders.planner.sum_up(monday, None)
    await all_is_sent(bench)
    (idas,) = told(bench, "ida")
    head = (await bench.service.portfolio.stores.audit.head()).told
    assert "Der er ikke sendt påmindelser i uge 25 2026" in idas
    assert f"Kontroltal: {head.write()}." in idas


async def test_two_looks_at_the_same_time_remind_nobody_twice(bench: Bench) -> None:
    await met(bench, "maja", "ole", "ida")
    await reminded(bench)
    for minutes in (1, 60, 300):
        assert await looks(bench, FRIDAY + timedelta(minutes=minutes)) is None
    assert len(told(bench, "maja")) == 1


async def test_lead_who_answers_between_plan_and_sending_is_not_reminded(bench: Bench) -> None:
    await met(bench, "maja", "ole", "ida")
    run = await turned_away(bench, "maja")
    await InTeams(bench).say("status på skærmbesøg: grøn, alle skærme er sat op, næste skridt er et kursus")
    await InTeams(bench).press(InTeams(bench).shown, "Meld status")
    await all_is_sent(bench)
    assert not any("Mind mig" in words for words in told(bench, "maja"))
    assert (await report_of(bench, run)).counts == {Outcome.SENT: 2, Outcome.ANSWERED: 1}


async def test_somebody_who_has_left_between_plan_and_sending_is_not_reminded(bench: Bench) -> None:
    await met(bench, "maja", "ole", "ida")
    run = await turned_away(bench, "maja")
    async with bench.service.database.transaction() as connection:
        await connection.execute(delete(people).where(people.c.id == MAJA.id))
    await all_is_sent(bench)
    assert told(bench, "maja") == []
    assert (await report_of(bench, run)).counts == {Outcome.SENT: 2, Outcome.LEFT: 1}


async def test_meeting_that_is_moved_between_plan_and_sending_is_told_as_moved_alone(bench: Bench) -> None:
    await SqlPortfolioWriter(bench.service.database).apply(Portfolio(meetings=(MEETING,)))
    await met(bench, "maja", "ole", "ida")
    run = await turned_away(bench, "ida")
    moved_to = MEETING.start + timedelta(days=14)
    store = bench.service.portfolio.stores.reminding.meetings
    meeting = await store.known_at(MEETING.body, MEETING.start)
    assert meeting is not None
    assert await store.move(meeting, moved_to, None, IDA.id, FRIDAY)
    await all_is_sent(bench)
    assert not any("fredag den 26. juni" in words for words in told(bench, "ida"))
    assert (await report_of(bench, run)).counts[Outcome.GONE] >= 1  # whose turn came after the move
    await reminded(bench)
    (moved,) = [words for words in told(bench, "maja") if "10. juli" in words]
    assert "26. juni" in moved
    assert await looks(bench) is None


async def test_secretary_moves_a_meeting_and_all_who_were_to_come_are_told(bench: Bench) -> None:
    await SqlPortfolioWriter(bench.service.database).apply(Portfolio(meetings=(MEETING,)))
    await met(bench, "maja", "ole", "ida")
    await reminded(bench)
    secretary = InTeams(bench, "ida")
    await secretary.say("flyt mødet i Project Board til fredag den 3. juli kl. 13")
    await secretary.press(secretary.shown, "Flyt mødet")
    bench.teams.sent.clear()
    await reminded(bench, FRIDAY + timedelta(minutes=5))
    for sender in ("maja", "ole", "ida"):
        assert any("3. juli" in words and "26. juni" in words for words in told(bench, sender)), sender


async def test_lead_reads_in_the_next_days_message_who_asked_for_a_status(bench: Bench) -> None:
    await met(bench, "maja", "ole", "ida")
    await reminded(bench)
    bench.teams.sent.clear()
    office = InTeams(bench, "ida")
    await office.say("bed Maja om en status")
    await office.press(office.shown, "Ja, spørg Maja Holm")
    assert told(bench, "maja") == []
    bench.teams.sent.clear()
    await reminded(bench, datetime(2026, 6, 22, 8, 1, tzinfo=ZONE))
    (words,) = told(bench, "maja")
    assert "Du bliver bedt om status på Skærmbesøg i hjemmeplejen" in words
    assert "Ida Lund spurgte" in words


async def test_somebody_who_blocked_the_bot_is_listed_as_not_reached(bench: Bench) -> None:
    await met(bench, "maja", "ole", "ida")
    bench.teams.refuse(str(personal("maja")["id"]), 403)
    run = await reminded(bench)
    report = await report_of(bench, run)
    assert report.counts == {Outcome.SENT: 2, Outcome.UNREACHABLE: 1}
    (missed,) = report.missed
    assert (missed.who, missed.reason) == (MAJA.id, Reason.BLOCKED)
    (idas,) = told(bench, "ida")
    assert "Maja Holm" in idas


async def test_office_that_is_told_who_was_not_reached_has_looked_at_them(bench: Bench) -> None:
    await met(bench, "maja", "ole", "ida")
    bench.teams.refuse(str(personal("maja")["id"]), 403)
    await reminded(bench)
    (seen,) = await bench.service.portfolio.stores.audit.done_about(MAJA.id, LOOKS, FRIDAY - timedelta(days=1))
    assert (seen.by, seen.action) == (IDA.id, Action.NAMES_LISTED)
    assert seen.detail == {"what": "run_report", "people": [MAJA.id]}


async def test_it_department_reads_why_teams_refused_a_message(bench: Bench) -> None:
    await met(bench, "maja", "ole", "ida")
    bench.teams.refuse(str(personal("maja")["id"]), 400)
    with capture_logs() as logged:
        run = await reminded(bench)
    (missed,) = (await report_of(bench, run)).missed
    assert missed.reason is Reason.REFUSED
    (line,) = [event for event in logged if event["event"] == "reminder_not_taken"]
    assert (line["run"], line["status"], line["reason"]) == (run.id, 400, "refused")


async def test_somebody_who_never_wrote_is_written_to_by_their_entra_id(bench: Bench) -> None:
    await met(bench, "ole", "ida")
    run = await reminded(bench)
    (begun,) = [one for one in bench.teams.sent if one.path.endswith("/v3/conversations")]
    assert begun.activity["members"] == [{"id": "entra-maja"}]
    assert begun.activity["channelData"]["tenant"]["id"] == begun.activity["tenantId"]
    assert (await report_of(bench, run)).counts == {Outcome.SENT: 3}
    assert any("Skærmbesøg" in words_on(one.card) for one in bench.teams.sent if one.conversation.startswith("sent-"))


async def test_a_board_with_a_channel_is_told_of_its_meeting_there_and_once(bench: Bench) -> None:
    await SqlPortfolioWriter(bench.service.database).apply(Portfolio(meetings=(MEETING,)))
    await met(bench, "maja", "ole", "ida")
    await InTeams(bench, "ida", CHANNEL).say("dette er Project Boards kanal")
    await InTeams(bench, "ida", CHANNEL).say("ja")
    bench.teams.sent.clear()
    await reminded(bench)
    room = CHANNEL["id"].partition(";")[0]
    (words,) = told_in(bench, str(room))
    assert "Mødelokale Egen" in words
    assert not any("Mødelokale Egen" in one for one in told(bench, "ida"))


async def test_when_the_app_is_taken_out_of_the_team_its_people_are_told_themselves(bench: Bench) -> None:
    await SqlPortfolioWriter(bench.service.database).apply(Portfolio(meetings=(MEETING,)))
    await met(bench, "maja", "ole", "ida")
    await InTeams(bench, "ida", CHANNEL).say("dette er Project Boards kanal")
    await InTeams(bench, "ida", CHANNEL).say("ja")
    removed = bench.teams.activity("installationUpdate", "ida", CHANNEL, action="remove")
    assert await bench.post(removed) == 200
    bench.teams.sent.clear()
    await reminded(bench)
    assert told_in(bench, str(CHANNEL["id"].partition(";")[0])) == []
    assert any("Mødelokale Egen" in one for one in told(bench, "ida"))


async def test_only_the_boards_secretary_says_whose_channel_it_is(bench: Bench) -> None:
    await met(bench, "maja", "ole", "ida")
    await InTeams(bench, "maja", GROUP).say("dette er Project Boards kanal")
    assert await bench.service.portfolio.stores.reminding.channels.channel("Project Board") is None


async def test_more_than_the_limit_waits_for_the_offices_yes(production: Settings, teams: FakeTeams) -> None:
    database = open_database(production.database_url)
    await SqlPortfolioWriter(database).apply(PORTFOLIO)
    await database.close()
    careful = production.model_copy(update={"run_limit": 1})
    async with open_bench(careful, teams, Moment(EARLY)) as bench:
        await met(bench, "maja", "ole", "ida")
        run = await looks(bench)
        assert run is not None
        assert run.is_held
        await all_is_sent(bench)
        assert told(bench, "maja") == []
        ida = InTeams(bench, "ida")
        await ida.press(ida.shown, "Send")
        await all_is_sent(bench)
        assert len(told(bench, "maja")) == len(told(bench, "ole")) == 1


async def test_lead_presses_the_reminder_away_until_monday(bench: Bench) -> None:
    await met(bench, "maja", "ole", "ida")
    await reminded(bench)
    maja = InTeams(bench)
    card: Any = maja.shown
    await maja.press(card, "Mind mig")
    bench.teams.sent.clear()
    await reminded(bench, FRIDAY + timedelta(days=3))
    assert len(told(bench, "maja")) == 1
