"""What Tovholder says without having been asked, over the signed wire: to a person, to a group, and not at all."""

from __future__ import annotations

import asyncio

import pytest
from structlog.testing import capture_logs

from bot.settings import Settings
from dialogs.texts import Texts
from dialogs.turn.reply import Reply
from storage.conversations import SqlConversationStore
from tests.kit.bench import Bench, open_bench
from tests.kit.teams import BOT, CHANNEL, GROUP, TENANT, FakeTeams, member
from tests.world.people import IDA, MAJA, OLE, id_of

CARD = {"type": "AdaptiveCard", "version": "1.5", "body": [{"type": "TextBlock", "text": "Runde"}]}
ROUND = Reply(CARD, "Runde til Project Board")


def _handed_over(texts: Texts) -> Reply:
    return Reply(CARD, f"Projektet er dit ({texts.language})")


async def _met(bench: Bench, *senders: str, locale: str = "da-DK") -> None:
    """Each of them has written in a chat of their own."""
    for sender in senders:
        bench.teams.join({"id": f"a:{sender}"}, sender)
        await bench.post(bench.teams.message("hej", sender, locale=locale))
    bench.teams.sent.clear()


async def _in(bench: Bench, where: dict[str, object], *members: str) -> str:
    bench.teams.join(where, *members)
    await bench.post(bench.teams.message("hej", where=where))
    bench.teams.sent.clear()
    return str(where["id"])


async def test_deputy_is_told_in_the_own_chat_as_teams_wants_it(bench: Bench) -> None:
    await _met(bench, "ole")
    assert await bench.service.courier.tell(OLE.id, _handed_over)
    (sent,) = bench.teams.sent
    assert (sent.method, sent.path) == ("POST", "/emea/v3/conversations/a:ole/activities")
    assert sent.authorization == "Bearer outgoing-1"
    assert sent.activity["from"] == {"id": BOT["id"]}
    assert sent.activity["conversation"] == {
        "id": "a:ole",
        "conversationType": "personal",
        "isGroup": False,
        "tenantId": TENANT,
    }
    assert sent.card == CARD
    assert sent.activity["summary"] == "Projektet er dit (da)"
    assert not {"text", "replyToId", "id"} & set(sent.activity)


async def test_person_is_told_in_the_language_of_their_own_program(bench: Bench) -> None:
    await _met(bench, "maja", locale="en-GB")
    await _met(bench, "ole", locale="de-DE")
    await bench.service.courier.tell(MAJA.id, _handed_over)
    await bench.service.courier.tell(OLE.id, _handed_over)
    assert [sent.activity["summary"][-3:-1] for sent in bench.teams.sent] == ["en", "da"]


async def test_person_who_never_wrote_can_not_be_told(bench: Bench) -> None:
    await _in(bench, GROUP, "ole")
    assert not await bench.service.courier.tell(OLE.id, _handed_over)
    assert bench.teams.sent == []


async def test_lead_and_new_lead_are_each_told_once(bench: Bench) -> None:
    await _met(bench, "maja", "ole")
    told = await asyncio.gather(*(bench.service.courier.tell(one, _handed_over) for one in (MAJA.id, OLE.id)))
    assert told == [True, True]
    assert sorted(sent.conversation for sent in bench.teams.sent) == ["a:maja", "a:ole"]


@pytest.mark.parametrize("status", [403, 404])
async def test_chat_that_is_closed_to_the_bot_is_forgotten_until_the_person_writes(bench: Bench, status: int) -> None:
    await _met(bench, "ole")
    bench.teams.refuse("a:ole", status)
    with capture_logs() as logged:
        assert not await bench.service.courier.tell(OLE.id, _handed_over)
    assert [(event["event"], event["status"]) for event in logged] == [("not_told", status)]
    assert not await bench.service.courier.tell(OLE.id, _handed_over)
    assert len(bench.teams.sent) == 1
    await bench.post(bench.teams.message("hej igen", "ole"))
    assert await bench.service.courier.tell(OLE.id, _handed_over)


async def test_person_with_two_chats_is_told_in_the_other_when_one_is_closed(bench: Bench) -> None:
    await _met(bench, "ole")
    moved = {"id": "a:ole-moved", "conversationType": "personal", "tenantId": TENANT}
    bench.teams.join(moved, "ole")
    await bench.post(bench.teams.message("hej", "ole", moved))
    bench.teams.sent.clear()
    bench.teams.refuse("a:ole-moved", 404)
    assert await bench.service.courier.tell(OLE.id, _handed_over)
    assert [sent.conversation for sent in bench.teams.sent] == ["a:ole-moved", "a:ole"]
    references = await SqlConversationStore(bench.service.database).references_of(OLE.id)
    assert [found.conversation for found in references] == ["a:ole"]


@pytest.mark.parametrize("status", [429, 502])
async def test_busy_teams_is_asked_again_before_it_is_given_up(bench: Bench, status: int) -> None:
    await _met(bench, "ole")
    bench.teams.refuse("a:ole", status)
    assert await bench.service.courier.tell(OLE.id, _handed_over)
    assert len(bench.teams.sent) == 2
    bench.teams.refuse("a:ole", *[status] * 3)
    with capture_logs() as logged:
        assert not await bench.service.courier.tell(OLE.id, _handed_over)
    assert [(event["event"], event["status"]) for event in logged] == [("not_told", status)]
    assert await bench.service.courier.tell(OLE.id, _handed_over)


async def test_log_says_neither_who_nor_what(bench: Bench) -> None:
    await _met(bench, "ole")
    bench.teams.refuse("a:ole", 403)
    with capture_logs() as logged:
        await bench.service.courier.tell(OLE.id, _handed_over)
    assert logged
    assert [word for word in ("a:ole", "krag", "Projektet") if word in str(logged)] == []


@pytest.mark.parametrize("where", [GROUP, CHANNEL], ids=["group", "channel"])
async def test_group_hears_of_a_round_and_sees_its_card_change(bench: Bench, where: dict[str, object]) -> None:
    room = await _in(bench, where, "maja", "ole")
    activity = await bench.service.courier.post(room, ROUND)
    assert activity == "sent-1"
    changed = Reply({**CARD, "body": []}, "Runde: 1 af 2")
    assert await bench.service.courier.update(room, activity, changed)
    (posted,), (updated,) = bench.teams.said_in(room), bench.teams.updated_in(room)
    assert posted.path == f"/emea/v3/conversations/{room}/activities"
    assert updated.path == f"/emea/v3/conversations/{room}/activities/sent-1"
    assert (updated.card, updated.activity["id"]) == ({**CARD, "body": []}, "sent-1")
    for sent in (posted, updated):
        assert sent.activity["conversation"]["conversationType"] == where["conversationType"]
        assert sent.activity["conversation"]["id"] == room


@pytest.mark.parametrize("status", [403, 404, 413])
async def test_group_that_takes_nothing_leaves_what_is_stored(bench: Bench, status: int) -> None:
    room = await _in(bench, GROUP, "maja")
    bench.teams.refuse(room, status, status, status)
    assert await bench.service.courier.post(room, ROUND) is None
    assert not await bench.service.courier.update(room, "7", ROUND)
    assert await bench.service.courier.accounts(room, [MAJA.id]) == {}
    assert await SqlConversationStore(bench.service.database).reference(room) is not None


async def test_nothing_is_said_where_the_bot_never_was(bench: Bench) -> None:
    courier = bench.service.courier
    assert await courier.post("19:elsewhere", ROUND) is None
    assert not await courier.update("19:elsewhere", "7", ROUND)
    assert await courier.accounts("19:elsewhere", [MAJA.id]) == {}
    assert bench.teams.sent == []


async def test_without_an_outgoing_token_the_courier_says_so_and_raises_nothing(
    production: Settings, teams: FakeTeams
) -> None:
    teams.token_status = 500
    async with open_bench(production, teams) as bench:
        await bench.post(teams.message("hej"))
        assert not await bench.service.courier.tell(MAJA.id, _handed_over)


async def test_members_are_found_by_their_accounts_among_all_pages(bench: Bench) -> None:
    await _met(bench, "ole")
    bench.teams.page_size = 2
    room = await _in(bench, GROUP, "ida", "maja", "ole")
    found = await bench.service.courier.accounts(room, [MAJA.id, OLE.id, IDA.id, id_of("nobody@kommune.example")])
    assert found == {MAJA.id: "29:maja", OLE.id: "29:ole"}
    assert bench.teams.page_calls == 2


async def test_member_with_the_address_of_somebody_else_is_not_taken_for_them(bench: Bench) -> None:
    room = await _in(bench, GROUP, "ida")
    bench.teams.rosters[room] = [member("ida") | {"email": MAJA.email, "userPrincipalName": MAJA.email}]
    assert await bench.service.courier.accounts(room, [MAJA.id]) == {}


async def test_sixty_who_look_at_a_card_at_once_cost_one_reading_of_the_roster(bench: Bench) -> None:
    await _met(bench, "ole")
    room = await _in(bench, CHANNEL, "maja", "ole")
    found = await asyncio.gather(*(bench.service.courier.accounts(room, [OLE.id]) for _ in range(60)))
    assert found == [{OLE.id: "29:ole"}] * 60
    assert await bench.service.courier.accounts(room, [MAJA.id]) == {MAJA.id: "29:maja"}
    assert bench.teams.page_calls == 1


async def test_roster_that_could_not_be_read_is_read_the_next_time(bench: Bench) -> None:
    room = await _in(bench, GROUP, "maja")
    bench.teams.refuse(room, 404)
    assert await bench.service.courier.accounts(room, [MAJA.id]) == {}
    assert await bench.service.courier.accounts(room, [MAJA.id]) == {MAJA.id: "29:maja"}


async def test_nobody_asked_for_costs_no_reading(bench: Bench) -> None:
    room = await _in(bench, GROUP, "maja")
    assert await bench.service.courier.accounts(room, []) == {}
    assert bench.teams.page_calls == 0


async def test_odd_roster_gives_those_it_can(bench: Bench) -> None:
    room = await _in(bench, GROUP)
    bench.teams.rosters[room] = [{"id": "29:x"}, {"email": OLE.email}, {"email": 7, "id": 7}, member("maja")]
    assert await bench.service.courier.accounts(room, [MAJA.id, OLE.id]) == {MAJA.id: "29:maja"}
