"""A list on its way to somebody's OneDrive, or behind a link: over the signed wire, with all that may go wrong."""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import update

from bot.settings import Settings
from portfolio.audit import Action
from storage.audit import audit
from storage.database import open_database
from storage.organisation import people
from storage.whole import SqlPortfolioWriter
from tests.kit.bench import Bench, open_bench
from tests.kit.cards import elements_of, heading, press_of
from tests.kit.drive import FakeDrive
from tests.kit.payloads import payload
from tests.kit.teams import CHANNEL, GROUP, FakeTeams
from tests.kit.wire import PORTFOLIO, InTeams, Moment, met
from tests.world.people import MAJA, OLE

CONSENT = "application/vnd.microsoft.teams.card.file.consent"
INFO = "application/vnd.microsoft.teams.card.file.info"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HERE = "https://tovholder.kommune.example"


@pytest.fixture
async def drive() -> AsyncIterator[FakeDrive]:
    async with FakeDrive().open() as drive:
        yield drive


@pytest.fixture
def settings(production: Settings) -> Settings:
    return production.model_copy(update={"upload_hosts": ("127.0.0.1",), "public_url": HERE})


@pytest.fixture
async def office(settings: Settings, sqlite_url: str, teams: FakeTeams, clock: Moment) -> AsyncIterator[Bench]:
    database = open_database(sqlite_url)
    await SqlPortfolioWriter(database).apply(PORTFOLIO)
    await database.close()
    async with open_bench(settings.model_copy(update={"database_url": sqlite_url}), teams, clock) as bench:
        await met(bench, "maja", "ole", "ida")
        yield bench


def last_said(person: InTeams) -> Any:
    """The attachment of what was said last in the person's own chat."""
    (attachment,) = person.teams.said_in(person.own_chat)[-1].activity["attachments"]
    return attachment


async def offered(person: InTeams, text: str = "eksportér alle projekter") -> Any:
    await person.say(text)
    attachment = last_said(person)
    assert attachment["contentType"] == CONSENT
    return attachment


def consent(person: InTeams, card: Any, place: Any, action: str = "accept") -> dict[str, Any]:
    """Return what Teams sends when somebody takes or leaves the file."""
    context = card["content"][f"{action}Context"]
    value = {"type": "fileUpload", "action": action, "context": context, "uploadInfo": place}
    return person.teams.activity("invoke", person.sender, name="fileConsent/invoke", value=value, replyToId="consent-1")


async def answer(bench: Bench, activity: dict[str, Any]) -> None:
    assert await bench.answer(activity) == (200, {})
    await bench.all_is_said()


def deleted(teams: FakeTeams) -> list[str]:
    return [sent.path.rpartition("/")[2] for sent in teams.sent if sent.method == "DELETE"]


async def noted(bench: Bench) -> list[tuple[str, Action]]:
    found = await bench.service.database.execute(audit.select().order_by(audit.c.number))
    return [(row.by, row.action) for row in found if row.action in (Action.EXPORTED, Action.BUTTON_REFUSED)]


async def test_list_is_ordered_taken_put_and_opened(office: Bench, drive: FakeDrive):
    maja = InTeams(office)
    card = await offered(maja)
    assert card["name"] == "3 projekter 2026-06-15.xlsx"
    assert set(card["content"]) == {"description", "sizeInBytes", "acceptContext", "declineContext"}
    await answer(office, consent(maja, card, drive.place))
    (put,) = drive.kept
    size = len(put.content)
    assert put.path == "/upload?tempauth=a%2Bb"
    assert (put.headers["Content-Length"], put.headers["Content-Range"]) == (f"{size}", f"bytes 0-{size - 1}/{size}")
    assert {"Authorization", "Cookie"}.isdisjoint(put.headers)
    sheet = load_workbook(BytesIO(put.content)).active
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == ["P003", "P001", "P002"]
    info = last_said(maja)
    assert (info["contentType"], info["contentUrl"], info["name"]) == (INFO, drive.place["contentUrl"], "Liste.xlsx")
    assert info["content"] == {"uniqueId": "4f2c-77", "fileType": "xlsx"}
    assert deleted(office.teams) == ["consent-1"]
    assert await noted(office) == [(MAJA.id, Action.EXPORTED)]


async def test_consent_that_is_delivered_again_puts_the_file_once(office: Bench, drive: FakeDrive):
    maja = InTeams(office)
    activity = consent(maja, await offered(maja), drive.place)
    for _ in range(3):
        await answer(office, activity)
    assert len(drive.kept) == 1
    assert await noted(office) == [(MAJA.id, Action.EXPORTED)]


async def test_file_that_is_declined_is_left_quietly(office: Bench, drive: FakeDrive):
    maja = InTeams(office)
    await answer(office, consent(maja, await offered(maja), None, "decline"))
    assert maja.told == "Så gemmer jeg ingen fil."
    assert (drive.kept, deleted(office.teams), await noted(office)) == ([], ["consent-1"], [])


async def test_consent_card_that_cannot_be_removed_stays_without_harm(office: Bench, drive: FakeDrive):
    maja = InTeams(office)
    activity = consent(maja, await offered(maja), None, "decline")
    office.teams.refusals_in[maja.own_chat] = deque([(201, {}), (404, {})])
    await answer(office, activity)
    assert maja.told == "Så gemmer jeg ingen fil."


async def test_list_that_changed_meanwhile_is_put_as_it_is_now(office: Bench, drive: FakeDrive):
    maja = InTeams(office)
    card = await offered(maja, "eksportér de grønne projekter")
    await maja.say("status på skærmbesøg: gul, leverandøren er forsinket")
    await maja.say("ja")
    await answer(office, consent(maja, card, drive.place))
    sheet = load_workbook(BytesIO(drive.kept[0].content)).active
    assert "P001" not in [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)]


@pytest.mark.parametrize(
    "address",
    [
        "http://169.254.169.254/latest/meta-data",
        "https://169.254.169.254/x",
        "https://10.0.0.1/x",
        "http://kommune-my.sharepoint.com/x",
        "https://kommune-my.sharepoint.com@evil.example/x",
        "https://evilsharepoint.com/x",
        "https://sharepoint.com.evil.example/x",
        "https://kommune-my.sharepoint.com\\@evil.example/x",
        "file:///etc/passwd",
        "https://[::1",
        "",
        None,
        7,
        ["https://kommune-my.sharepoint.com/x"],
    ],
    ids=str,
)
async def test_address_elsewhere_is_refused_in_words(office: Bench, drive: FakeDrive, address: Any):
    maja = InTeams(office)
    card = await offered(maja)
    await answer(office, consent(maja, card, drive.place | {"uploadUrl": address}))
    said = str(office.teams.said_in(maja.own_chat)[-1].activity)
    assert "ikke må sende filer til" in said or "Knappen virker ikke længere" in said
    assert (drive.kept, deleted(office.teams)) == ([], [])
    assert Action.EXPORTED not in [action for _, action in await noted(office)]


async def test_loopback_is_no_place_unless_it_is_named(board: Bench, drive: FakeDrive):
    maja = InTeams(board)
    await answer(board, consent(maja, await offered(maja), drive.place))
    assert "ikke må sende filer til" in str(board.teams.said_in(maja.own_chat)[-1].activity)
    assert drive.kept == []


@pytest.mark.parametrize("status", [302, 307, 400, 403, 404, 409, 429, 500, 503])
async def test_file_that_is_not_taken_is_told_and_can_be_tried_again(office: Bench, drive: FakeDrive, status: int):
    maja = InTeams(office)
    card = await offered(maja)
    drive.answers.append(status)
    await answer(office, consent(maja, card, drive.place))
    assert [put.path for put in drive.kept] == ["/upload?tempauth=a%2Bb"]  # a redirect isn't followed
    assert "der er ikke gemt noget" in str(office.teams.said_in(maja.own_chat)[-1].activity)
    assert await noted(office) == []
    await answer(office, consent(maja, card, drive.place))
    assert last_said(maja)["contentType"] == INFO


async def test_drive_that_cannot_be_reached_is_told(office: Bench, drive: FakeDrive):
    maja = InTeams(office)
    place = drive.place | {"uploadUrl": "http://127.0.0.1:9/x"}
    await answer(office, consent(maja, await offered(maja), place))
    assert "der er ikke gemt noget" in str(office.teams.said_in(maja.own_chat)[-1].activity)


async def test_card_of_a_colleague_is_refused_and_written_down(office: Bench, drive: FakeDrive):
    maja, ole = InTeams(office), InTeams(office, "ole")
    await answer(office, consent(ole, await offered(maja), drive.place))
    assert "Filen er til en anden" in str(office.teams.said_in(ole.own_chat)[-1].activity)
    assert (drive.kept, await noted(office)) == ([], [(OLE.id, Action.BUTTON_REFUSED)])


@pytest.mark.parametrize(
    "forged",
    [{"context": None}, {"context": {"question": {"target": "secrets"}}}, {"context": "x"}, {"action": "steal"},
     {"action": None}, {"uploadInfo": "x"}, {"uploadInfo": {"uploadUrl": "x" * 30_000}}],
)  # fmt: skip
async def test_forged_consent_is_refused(office: Bench, drive: FakeDrive, forged: dict[str, Any]):
    maja = InTeams(office)
    activity = consent(maja, await offered(maja), drive.place)
    activity["value"] |= forged
    await answer(office, activity)
    assert drive.kept == []
    assert Action.EXPORTED not in [action for _, action in await noted(office)]


async def test_consent_of_something_we_never_asked_is_refused(office: Bench):
    await answer(office, payload(office.teams, "fileConsent_invoke"))
    assert "Knappen virker ikke længere" in str(office.teams.said_in(InTeams(office).own_chat)[-1].activity)
    assert await noted(office) == [(MAJA.id, Action.BUTTON_REFUSED)]


async def test_button_below_a_list_offers_the_file_in_the_chat_and_leaves_the_list(office: Bench, drive: FakeDrive):
    maja = InTeams(office)
    await maja.say("alle projekter")
    told = await maja.refused(maja.shown, "Hent som Excel")
    assert told == "Vil du have listen som fil i dit OneDrive? 3 projekter"
    assert last_said(maja)["contentType"] == CONSENT
    await answer(office, consent(maja, last_said(maja), drive.place))
    assert len(drive.kept) == 1


async def linked(person: InTeams, text: str = "eksportér alle projekter") -> str:
    """The path that a link in a group leads to."""
    await person.say(text)
    (fetch,) = elements_of(person.shown_here, "Action.OpenUrl")
    assert str(fetch["url"]).startswith(f"{HERE}/files/")
    return str(fetch["url"]).removeprefix(HERE)


async def got(bench: Bench, path: str) -> tuple[int, Any, bytes]:
    async with bench.client.get(f"{bench.url}{path}") as response:
        return response.status, response.headers, await response.read()


@pytest.mark.parametrize("where", [GROUP, CHANNEL], ids=["group", "channel"])
async def test_link_in_a_group_is_followed_once_and_again(office: Bench, where: Any):
    ole = InTeams(office, "ole", where)
    path = await linked(ole)
    for _ in range(2):
        status, headers, content = await got(office, path)
        assert status == 200
        assert headers["Content-Type"] == XLSX
        assert headers["Content-Disposition"].startswith("attachment; ")
        assert "filename*=UTF-8''3%20projekter%202026-06-15.xlsx" in headers["Content-Disposition"]
        assert (headers["X-Content-Type-Options"], headers["Cache-Control"]) == ("nosniff", "no-store")
        sheet = load_workbook(BytesIO(content)).active
        assert sheet.max_row == 4
    assert await noted(office) == [(OLE.id, Action.EXPORTED)] * 2


async def test_list_as_csv_has_its_own_type(office: Bench):
    path = await linked(InTeams(office, "ole", GROUP), "eksportér alle projekter som csv")
    _, headers, content = await got(office, path)
    assert headers["Content-Type"].startswith("text/csv")
    assert content.startswith(b"\xef\xbb\xbfNr;")


async def test_links_that_lead_nowhere_get_one_and_the_same_page(office: Bench, clock: Moment, sqlite_url: str):
    path = await linked(InTeams(office, "ole", GROUP))
    token = path.split("/")[2]
    unknown = await got(office, "/files/unknown/x.xlsx")
    clock.passes(timedelta(minutes=61))
    expired = await got(office, path)
    assert (unknown[0], expired[0]) == (404, 404)
    assert unknown[2] == expired[2]
    page = expired[2].decode()
    assert "virker i en time" in page
    assert "som excel" in page
    assert token not in page
    assert expired[1]["Cache-Control"] == "no-store"
    assert await noted(office) == []


async def test_link_of_somebody_who_left_in_between_leads_nowhere(office: Bench):
    path = await linked(InTeams(office, "ole", GROUP))
    async with office.service.database.transaction() as connection:
        await connection.execute(update(people).where(people.c.id == OLE.id).values(standing="left"))
    assert (await got(office, path))[0] == 404


async def test_head_of_a_link_makes_no_file(office: Bench):
    path = await linked(InTeams(office, "ole", GROUP))
    async with office.client.head(f"{office.url}{path}") as response:
        assert response.status == 405
    assert await noted(office) == []


async def test_group_is_told_that_no_link_can_be_made(board: Bench):
    ole = InTeams(board, "ole", GROUP)
    await ole.say("eksportér alle projekter")
    assert heading(ole.shown_here) == "Jeg kan ikke lave et link til filen her"
    assert elements_of(ole.shown_here, "Action.OpenUrl") == []


async def test_button_in_a_channel_gives_the_link_to_who_pressed_it(office: Bench):
    ole = InTeams(office, "ole", CHANNEL)
    await ole.say("alle projekter")
    card = await ole.press(ole.shown_here, "Hent som Excel")
    assert elements_of(card, "Action.OpenUrl")
    assert press_of(card, "Vis listen")
