"""`tovholder remind` as an operator types it."""

from __future__ import annotations

import asyncio
import json
import os
from datetime import datetime

import pytest

from bot.cli.reminding import remind
from bot.settings import read_settings
from portfolio.conversations import ConversationKind, ConversationReference
from portfolio.deliveries import Purpose, Queue
from portfolio.identity import BY_OPERATOR, PersonId
from portfolio.reminders.kinds import Outcome
from storage.audit import SqlAuditLog
from storage.conversations import SqlConversationStore
from storage.database import Database, open_database, sqlite_file
from storage.sending.store import SqlDeliveryStore
from storage.whole import SqlPortfolioWriter
from tests.kit.bench import open_bench
from tests.kit.teams import APP_ID, TENANT, FakeTeams, personal, registered
from tests.kit.wire import PORTFOLIO, Moment
from tests.world.people import IDA, MAJA, OLE

# The Friday on which the board's leads owe their status.
FRIDAY = "2026-06-19T08:10"
AT = datetime.fromisoformat(f"{FRIDAY}+02:00")


@pytest.fixture
async def database(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory, sqlite_url: str, teams: FakeTeams
):
    """A registered service with three people, of whom Ole was never seen in Teams."""
    monkeypatch.chdir(tmp_path_factory.mktemp("empty"))
    for name in [name for name in os.environ if name.startswith("TOVHOLDER_")]:
        monkeypatch.delenv(name)
    for name, value in registered(teams, sqlite_url).items():
        monkeypatch.setenv(name, value)
    database = open_database(sqlite_url)
    await SqlPortfolioWriter(database).apply(PORTFOLIO)
    await known(database, teams, "maja", MAJA.id)
    await known(database, teams, "ida", IDA.id)
    yield database
    await database.close()


async def known(database: Database, teams: FakeTeams, sender: str, who: PersonId) -> None:
    await SqlConversationStore(database).save_reference(
        ConversationReference(
            tenant=TENANT,
            conversation=str(personal(sender)["id"]),
            kind=ConversationKind.PERSONAL,
            service_url=teams.service_url,
            bot=f"28:{APP_ID}",
            seen_at=AT,
            person=who,
        )
    )


async def typed(**options: object) -> int:
    """Runs the command in a thread of its own, as it has its own event loop."""
    return await asyncio.to_thread(remind, **options)


def printed(capsys: pytest.CaptureFixture[str]) -> str:
    """Reads what was printed without the logs, which go elsewhere than the results but in tests."""
    lines = capsys.readouterr().out.splitlines()
    return "\n".join(line for line in lines if '"event"' not in line)


async def queue(database: Database) -> Queue:
    return await SqlDeliveryStore(database).queue(AT)


async def test_operator_sees_by_name_what_would_be_sent_and_nothing_is(
    database: Database, teams: FakeTeams, capsys: pytest.CaptureFixture[str]
):
    assert await typed(now=FRIDAY, dry_run=True) == 0
    assert capsys.readouterr().out.splitlines()[:3] == [
        "Fredag den 19. juni (uge 25): 2 beskeder",
        "  Maja Holm: status på Skærmbesøg i hjemmeplejen",
        "  Ole Krag: status på 2 projekter",
    ]
    assert teams.sent == []
    assert await queue(database) == Queue()
    (seen,) = [record async for record in SqlAuditLog(database).records()]
    assert (seen.by, seen.action) == (BY_OPERATOR, "names_listed")
    assert seen.detail == {"what": "preview", "people": [MAJA.id, OLE.id]}


async def test_script_reads_every_message_until_a_day(database: Database, capsys: pytest.CaptureFixture[str]):
    until = "2026-06-26T16:00+02:00"
    assert await typed(now=FRIDAY, until=until, dry_run=True, json=True) == 0
    found = json.loads(printed(capsys))
    assert (found["now"], found["until"], found["dry_run"]) == (
        "2026-06-19T08:10:00+02:00",
        "2026-06-26T16:00:00+02:00",
        True,
    )
    first = found["messages"][0]
    assert (first["recipient"], first["is_channel"], first["day"]) == (MAJA.email, False, "2026-06-19")
    reminder = first["reminders"][0]
    assert (reminder["kind"], reminder["subject"], reminder["project"]) == ("status_due", "P001", "P001")
    assert set(reminder) == {
        *("kind", "subject", "occasion", "title", "project", "deadline", "days", "in_place_of"),
    }
    days = [message["day"] for message in found["messages"]]
    assert days == sorted(days)
    assert days[-1] > days[0]
    told = [
        (one["kind"], one["subject"], one["occasion"], m["recipient"])
        for m in found["messages"]
        for one in m["reminders"]
    ]
    assert len(told) == len(set(told)) == found["counts"]["reminders"]
    assert found["counts"]["messages"] == len(found["messages"])


async def test_operator_on_a_saturday_is_told_when_the_next_is(database: Database, capsys: pytest.CaptureFixture[str]):
    assert await typed(now="2026-06-20T10:00", dry_run=True) == 0
    assert capsys.readouterr().out == "Uden for arbejdstiden sendes intet. Næste gang: 22-06-2026 kl. 08.00.\n"


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"until": "2026-06-26T16:00"}, "--until kan kun bruges sammen med --dry-run"),
        ({"now": "i morgen", "dry_run": True}, "»i morgen« er ikke et tidspunkt"),
        ({"now": FRIDAY, "until": "2026-06-18T16:00", "dry_run": True}, "--until ligger før"),
    ],
)
async def test_operator_who_mistypes_is_told_what_fits(
    database: Database, capsys: pytest.CaptureFixture[str], options: dict[str, object], told: str
):
    assert await typed(**options) == 2
    assert told in capsys.readouterr().err


async def test_what_is_due_is_sent_once_and_ends_in_the_report(
    database: Database, teams: FakeTeams, capsys: pytest.CaptureFixture[str]
):
    await known(database, teams, "ole", OLE.id)
    assert await typed(now=FRIDAY) == 0
    said = printed(capsys)
    assert said.startswith("3 påmindelser: 3 sendt.")
    assert "- I alt: 3" in said
    assert [len(teams.said_in(str(personal(who)["id"]))) for who in ("maja", "ole")] == [1, 1]
    assert await typed(now="2026-06-19T08:12", json=True) == 0
    assert json.loads(printed(capsys)) is None
    assert len(teams.said_in(str(personal("maja")["id"]))) == 1


async def test_those_who_blocked_the_bot_are_named_and_the_command_fails(
    database: Database, teams: FakeTeams, capsys: pytest.CaptureFixture[str]
):
    await known(database, teams, "ole", OLE.id)
    teams.refuse(str(personal("ole")["id"]), 403)
    assert await typed(now=FRIDAY) == 1
    said = printed(capsys)
    assert said.startswith("3 påmindelser: 1 sendt, 2 ikke nået.")
    assert "Ole Krag har slået Tovholder fra i Teams eller fjernet den." in said


async def test_more_than_the_limit_waits_for_the_office(
    database: Database, teams: FakeTeams, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("TOVHOLDER_RUN_LIMIT", "1")
    assert await typed(now=FRIDAY) == 1
    assert "2 beskeder er for mange til at blive sendt uden et ja" in capsys.readouterr().err
    assert teams.sent == []
    found = await queue(database)
    assert (found.held, found.due) == (2, 1)
    (claimed,) = (await SqlDeliveryStore(database).exchange([], 8, AT, 40)).deliveries
    assert (claimed.purpose, claimed.recipient.id) == (Purpose.APPROVAL, IDA.id)


async def test_beside_the_service_the_command_plans_and_the_service_sends(
    database: Database, teams: FakeTeams, capsys: pytest.CaptureFixture[str]
):
    await known(database, teams, "ole", OLE.id)
    async with open_bench(read_settings(), teams, Moment(AT)) as bench:
        while not bench.service.reminders.lock.is_held:  # noqa: ASYNC110 - it takes it in the background
            await asyncio.sleep(0.01)
        assert await typed(now=FRIDAY, json=True) == 0
    assert json.loads(printed(capsys))["counts"] == {"sent": 3}


async def test_unsafe_settings_are_not_sent_with(
    database: Database, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.delenv("TOVHOLDER_APP_ID")
    assert await typed(now=FRIDAY) == 1
    assert "APP_ID" in capsys.readouterr().err


async def test_operator_is_told_what_to_do_when_a_fault_stops_the_sending(
    database: Database, sqlite_url: str, teams: FakeTeams, capsys: pytest.CaptureFixture[str]
):
    lock = sqlite_file(sqlite_url)
    assert lock is not None
    lock.with_name(f"{lock.name}.sending").mkdir()
    assert await asyncio.wait_for(typed(now=FRIDAY), 20) == 1
    error = capsys.readouterr().err
    assert "Udsendelsen standsede ved en fejl" in error
    assert "tovholder serve" in error
    assert teams.sent == []
    assert (await queue(database)).due == 2


@pytest.fixture
async def left_behind(database: Database, sqlite_url: str, teams: FakeTeams, capsys: pytest.CaptureFixture[str]):
    """What was planned on Friday, and of which nothing was sent."""
    await known(database, teams, "ole", OLE.id)
    file = sqlite_file(sqlite_url)
    assert file is not None
    hindrance = file.with_name(f"{file.name}.sending")
    hindrance.mkdir()
    assert await typed(now=FRIDAY) == 1
    hindrance.rmdir()
    capsys.readouterr()


@pytest.mark.usefixtures("left_behind")
async def test_what_an_earlier_command_left_is_sent_and_counted_though_nothing_new_is_due(
    teams: FakeTeams, capsys: pytest.CaptureFixture[str]
):
    assert await typed(now="2026-06-19T08:12", json=True) == 0
    found = json.loads(printed(capsys))
    assert (found["run"], found["earlier_runs"], found["messages"], found["counts"]) == (1, [], 2, {"sent": 3})
    assert len(teams.sent) == 2


@pytest.mark.usefixtures("left_behind")
async def test_what_an_earlier_command_left_is_sent_with_what_is_new_and_both_are_counted(
    teams: FakeTeams, capsys: pytest.CaptureFixture[str]
):
    assert await typed(now="2026-06-22T08:12", json=True) == 0
    found = json.loads(printed(capsys))
    assert (found["run"], found["earlier_runs"]) == (2, [1])
    assert (found["messages"], found["due"], found["counts"]) == (4, 6, {"expired": 3, "sent": 3})
    assert len(teams.sent) == 2


@pytest.mark.usefixtures("left_behind")
async def test_what_an_earlier_command_left_is_sent_though_what_is_new_waits_for_the_office(
    database: Database, teams: FakeTeams, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("TOVHOLDER_RUN_LIMIT", "1")
    assert await typed(now="2026-06-22T08:12") == 1
    assert "for mange" in capsys.readouterr().err
    found = await queue(database)
    assert (found.held, found.due) == (2, 0)
    assert found.done == {Outcome.EXPIRED: 2, Outcome.SENT: 1}  # the office is asked
