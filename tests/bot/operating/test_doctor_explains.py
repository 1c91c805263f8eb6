"""Why somebody did, or didn't, get a reminder, as an operator asks for it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import update

from bot.cli.operations import doctor
from bot.operating.doctor import examine
from bot.operating.explaining import explain
from bot.settings import Settings
from portfolio.audit import LOOKS, Action
from portfolio.bodies import Meeting
from portfolio.deputies import Deputy
from portfolio.identity import BY_OPERATOR
from portfolio.organisation import Standing
from portfolio.outlook.plan import Message, Plan
from portfolio.projects.status import Rag, StatusReport
from portfolio.reminders.kinds import Absence, Key, Kind, Recipient, Reminder, Snooze, StatusDue
from portfolio.whole import Portfolio
from storage.database import open_database
from storage.organisation import people
from storage.sending.store import SqlDeliveryStore
from storage.whole import SqlPortfolioWriter
from tests.kit.bench import Bench, open_bench
from tests.kit.delivery.harness import until_true
from tests.kit.teams import FakeTeams, personal
from tests.kit.wire import PORTFOLIO, Moment, met
from tests.world.people import IDA, MAJA, OLE

ZONE = ZoneInfo("Europe/Copenhagen")
# Ten past eight on the Friday on which the board's leads owe their status.
FRIDAY = datetime(2026, 6, 19, 8, 10, tzinfo=ZONE)
TODAY = FRIDAY.date()
MEETING = Meeting("Project Board", datetime(2026, 6, 26, 9, tzinfo=ZONE))


@pytest.fixture
async def bench(production: Settings, teams: FakeTeams) -> AsyncIterator[Bench]:
    database = open_database(production.database_url)
    await SqlPortfolioWriter(database).apply(PORTFOLIO)
    await database.close()
    async with open_bench(production, teams, Moment(FRIDAY)) as bench:
        await met(bench, "maja", "ida")
        yield bench


async def reminds(bench: Bench, at: datetime = FRIDAY) -> None:
    reminders = bench.service.reminders
    await reminders.planner.look(at)

    async def nothing_waits() -> bool:
        return not (await reminders.store.queue(at)).due

    await until_true(nothing_waits)


async def test_look_is_written_down(bench: Bench) -> None:
    await asked(bench)
    await asked(bench, "nobody@kommune.example")
    (seen,) = await bench.service.portfolio.stores.audit.done_about(MAJA.id, LOOKS, FRIDAY)
    assert (seen.by, seen.action, seen.detail["what"]) == (BY_OPERATOR, Action.PERSON_SHOWN, "delivery")


async def asked(
    bench: Bench, email: str = MAJA.address, day: date | None = None, now: datetime = FRIDAY
) -> dict[str, Any]:
    return await explain(bench.service.portfolio, bench.service.settings, email, day, now)


async def not_planned(bench: Bench, now: datetime = FRIDAY) -> list[dict[str, Any]]:
    """What Maja wasn't told that day."""
    return list((await asked(bench, day=TODAY, now=now))["not_planned"])


async def test_operator_sees_when_it_was_sent_and_how(bench: Bench):
    await reminds(bench)
    found = await asked(bench, MAJA.address.title())
    (planned,) = found["planned"]
    assert (planned["outcome"], planned["via"], planned["subject"]) == ("sent", "teams", "P001")
    assert (
        "- Status på Skærmbesøg i hjemmeplejen (P001): faldt for i dag kl. 8, planlagt i dag kl. 8.10" in found["text"]
    )
    assert "Sendt i dag kl. 8.10 i Teams." in found["text"]
    assert "Maja Holm er i porteføljen." in found["text"].splitlines()
    assert found["served_today"]
    assert found["next"]["day"] > TODAY.isoformat()


async def test_operator_sees_that_somebody_blocked_the_bot_and_what_to_do(bench: Bench, teams: FakeTeams):
    teams.refuse(str(personal("maja")["id"]), 403)
    await reminds(bench)
    found = await asked(bench)
    assert found["planned"][0]["reason"] == "blocked"
    assert "modtageren kunne ikke nås. Teams svarede 403" in found["text"]


async def test_operator_sees_that_the_lead_had_answered(bench: Bench):
    given = Portfolio(reports=(StatusReport("P001", date(2026, 6, 18), Rag.GREEN, comment="Alt går godt"),))
    await SqlPortfolioWriter(bench.service.database).apply(given)
    await reminds(bench)
    (found,) = await not_planned(bench)
    assert found["excuse"] == "answered"
    assert found["said"].endswith("Ikke sendt: der er svaret.")


@pytest.mark.parametrize("whose", ["absent", "snoozed", "switched_off", "stopped"])
async def test_operator_sees_what_people_decided(bench: Bench, whose: str):
    store = bench.service.portfolio.stores.reminding.store
    reminder = (await not_planned(bench))[0]
    key = Key(Kind(reminder["kind"]), reminder["subject"], Recipient(MAJA.id), reminder["occasion"])
    match whose:
        case "absent":
            await store.set_absence(Absence(MAJA.id, TODAY, TODAY + timedelta(days=9)), MAJA.id, FRIDAY)
        case "snoozed":
            await store.snooze([Snooze(MAJA.id, "P001", TODAY + timedelta(days=3))], MAJA.id, FRIDAY)
        case "switched_off":
            await store.switch(MAJA.id, Kind.STATUS_DUE, MAJA.id, FRIDAY, on=False)
        case "stopped":
            await store.stop([key], IDA.id, FRIDAY)
    await reminds(bench)
    found = await asked(bench, day=TODAY)
    assert [one["excuse"] for one in found["not_planned"]] == [whose]
    assert found["planned"] == []
    about = {
        "absent": "Er meldt væk fra fredag den 19. juni til og med søndag den 28. juni.",
        "snoozed": "Har bedt om at vente til mandag den 22. juni med Skærmbesøg i hjemmeplejen (P001).",
        "switched_off": "Har slået fra: kommende statusfrister.",
    }
    assert whose not in about or about[whose] in found["text"].splitlines()


async def test_operator_sees_that_the_deputy_is_told_instead(bench: Bench):
    deputy = Deputy(MAJA.id, OLE.id, TODAY, TODAY + timedelta(days=9))
    await bench.service.portfolio.stores.reporting.set_deputy(deputy, MAJA.id, FRIDAY)
    await reminds(bench)
    (found,) = await not_planned(bench)
    assert found["recipient"] == OLE.email
    assert found["said"].endswith("Siges i stedet til stedfortræderen Ole Krag.")


async def test_somebody_who_was_never_seen_can_be_reached_by_their_entra_id(bench: Bench):
    found = await asked(bench, OLE.address)
    assert found["teams"]
    assert any(
        line.startswith("Har ingen samtale i Teams endnu, men et Entra-id") for line in found["text"].splitlines()
    )
    assert "Mail er ikke sat op (SMTP_URL)." in found["text"].splitlines()


async def test_somebody_who_is_not_in_the_portfolio_is_said_not_to_be(bench: Bench):
    found = await asked(bench, "ny@kommune.example")
    assert not found["known"]
    assert "er ikke i porteføljen" in found["text"].splitlines()[0]


async def test_somebody_who_left_is_still_explained(bench: Bench):
    await reminds(bench)
    async with bench.service.database.transaction() as connection:
        await connection.execute(update(people).where(people.c.id == MAJA.id).values(standing=Standing.LEFT))
    found = await asked(bench)
    assert [one["outcome"] for one in found["planned"]] == ["sent"]
    assert found["text"].splitlines()[0] == "Maja Holm er fratrådt og bliver ikke mindet."


async def test_before_work_begins_the_operator_sees_when_it_comes(bench: Bench):
    evening = FRIDAY.replace(hour=19)
    (found,) = await not_planned(bench, evening)
    assert "Kommer mandag den 22. juni kl. 8: uden for arbejdstiden sendes intet." in found["said"]


async def test_day_that_is_over_is_judged_as_it_was_and_other_days_are_left_out(bench: Bench):
    await reminds(bench)
    monday = FRIDAY + timedelta(days=3)
    assert (await asked(bench, day=TODAY, now=monday))["planned"] != []
    assert (await asked(bench, day=TODAY - timedelta(days=1), now=monday))["planned"] == []
    missed = await asked(bench, OLE.address, day=TODAY, now=monday)
    assert [one["subject"] for one in missed["planned"]] == ["P002", "P003"]


async def test_meeting_is_said_with_its_body_and_when_it_is(bench: Bench):
    await SqlPortfolioWriter(bench.service.database).apply(Portfolio(meetings=(MEETING,)))
    await reminds(bench)
    found = await asked(bench)
    assert "- Møde i Project Board fredag den 26. juni kl. 9: faldt for i dag kl. 8" in found["text"]
    store = bench.service.portfolio.stores.reminding.meetings
    meeting = await store.known_at(MEETING.body, MEETING.start)
    assert meeting is not None
    assert f"meeting:{meeting.id}" in {one["subject"] for one in found["planned"]}


async def test_a_run_that_waits_for_a_yes_is_said_to(production: Settings, teams: FakeTeams, bench: Bench):
    planner = replace(bench.service.reminders.planner, limit=0)
    await planner.look(FRIDAY)
    assert "porteføljekontoret skal sige ja i chatten" in (await asked(bench))["text"]


async def test_operator_asks_for_one_document(
    bench: Bench, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("TOVHOLDER_DATABASE_URL", bench.service.settings.database_url)
    assert await asyncio.to_thread(doctor, delivery=MAJA.email, day="2026-06-19", json=True) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["person"], found["day"], found["known"]) == (MAJA.email, "2026-06-19", True)


@pytest.mark.parametrize("options", [{"day": "2026-06-19"}, {"delivery": MAJA.email, "day": "i går"}])
async def test_operator_who_mistypes_is_told_what_fits(options: dict[str, str], capsys: pytest.CaptureFixture[str]):
    assert await asyncio.to_thread(doctor, **options) == 2
    assert capsys.readouterr().err


@pytest.fixture
def operator(monkeypatch: pytest.MonkeyPatch, sqlite_url: str) -> pytest.MonkeyPatch:
    monkeypatch.setenv("TOVHOLDER_MODE", "local")
    monkeypatch.setenv("TOVHOLDER_DATABASE_URL", sqlite_url)
    return monkeypatch


async def ill() -> dict[str, str]:
    return {finding.subject: finding.advice for finding in await examine() if not finding.well}


async def test_doctor_says_when_messages_wait_and_nobody_sends(operator: pytest.MonkeyPatch, sqlite_url: str):
    assert await ill() == {}
    database = open_database(sqlite_url)
    long_ago = datetime.now(ZONE) - timedelta(hours=1)
    later = long_ago + timedelta(days=1)
    due = Reminder(Kind.STATUS_DUE, "P001", Recipient(MAJA.id), "once", long_ago, later, later, StatusDue("P001"))
    await SqlDeliveryStore(database).store(Plan(long_ago, (Message(Recipient(MAJA.id), "today", (due,)),)), None)
    await database.close()
    assert "i over 5 minutter" in (await ill())["Påmindelser"]


async def test_doctor_says_whether_mail_gets_out(operator: pytest.MonkeyPatch, unused_tcp_port: int):
    operator.setenv("TOVHOLDER_SMTP_URL", f"smtp://127.0.0.1:{unused_tcp_port}")
    operator.setenv("TOVHOLDER_MAIL_FROM", "tovholder@kommune.example")
    assert "SMTP_URL" in (await ill())["Mail"]
    server = Controller(object(), hostname="127.0.0.1", port=unused_tcp_port)
    server.start()
    try:
        assert await ill() == {}
    finally:
        server.stop()
