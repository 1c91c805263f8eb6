"""What Tovholder says without having been asked, over the signed wire: to a person, to a group, and not at all."""

from __future__ import annotations

import asyncio

import pytest
from structlog.testing import capture_logs

from bot.settings import Settings
from dialogs.texts import Texts
from dialogs.turn.courier import Otherwise
from dialogs.turn.reply import ForAll, ForOne
from portfolio.identity import PersonId
from storage.conversations import SqlConversationStore
from tests.kit.bench import Bench, open_bench
from tests.kit.teams import BOT, CHANNEL, GROUP, TENANT, FakeTeams, member
from tests.world.people import IDA, MAJA, OLE, id_of

CARD = {"type": "AdaptiveCard", "version": "1.5", "body": [{"type": "TextBlock", "text": "Runde"}]}
ROUND = ForAll(CARD, "Runde til Project Board")


async def told(bench: Bench, person: PersonId) -> bool:
    """Tells the person that a project is theirs, and waits until that is sent."""
    is_told = await bench.service.courier.tell(person, _handed_over)
    await bench.all_is_said()
    return is_told


def _handed_over(texts: Texts) -> ForOne:
    return ForOne(CARD, f"Projektet er dit ({texts.language})")


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
    assert await told(bench, OLE.id)
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
    await told(bench, MAJA.id)
    await told(bench, OLE.id)
    assert [sent.activity["summary"][-3:-1] for sent in bench.teams.sent] == ["en", "da"]


async def test_person_who_never_wrote_can_not_be_told(bench: Bench) -> None:
    await _in(bench, GROUP, "ole")
    assert not await told(bench, OLE.id)
    assert bench.teams.sent == []


async def test_lead_and_new_lead_are_each_told_once(bench: Bench) -> None:
    await _met(bench, "maja", "ole")
    assert await asyncio.gather(*(told(bench, one) for one in (MAJA.id, OLE.id))) == [True, True]
    assert sorted(sent.conversation for sent in bench.teams.sent) == ["a:maja", "a:ole"]


@pytest.mark.parametrize("status", [403, 404])
async def test_chat_that_is_closed_to_the_bot_is_forgotten_until_the_person_writes(bench: Bench, status: int) -> None:
    await _met(bench, "ole")
    bench.teams.refuse("a:ole", status)
    assert await told(bench, OLE.id)
    assert not await told(bench, OLE.id)
    assert len(bench.teams.sent) == 1
    await bench.post(bench.teams.message("hej igen", "ole"))
    assert await told(bench, OLE.id)


async def test_whoever_had_it_told_hears_that_it_did_not_get_through(bench: Bench) -> None:
    await _met(bench, "maja", "ole")
    bench.teams.refuse("a:ole", 403)
    otherwise = Otherwise(MAJA.id, ForOne(None, "Ole fik ikke besked"))
    assert await bench.service.courier.tell(OLE.id, _handed_over, otherwise)
    await bench.all_is_said()
    assert [sent.activity["text"] for sent in bench.teams.said_in("a:maja")] == ["Ole fik ikke besked"]
    await bench.service.courier.tell(MAJA.id, _handed_over, otherwise)
    await bench.all_is_said()
    assert len(bench.teams.said_in("a:maja")) == 2  # what got through is not said to have been lost


async def test_person_with_two_chats_is_told_in_the_other_when_one_is_closed(bench: Bench) -> None:
    await _met(bench, "ole")
    moved = {"id": "a:ole-moved", "conversationType": "personal", "tenantId": TENANT}
    bench.teams.join(moved, "ole")
    await bench.post(bench.teams.message("hej", "ole", moved))
    bench.teams.sent.clear()
    bench.teams.refuse("a:ole-moved", 404)
    assert await told(bench, OLE.id)
    assert [sent.conversation for sent in bench.teams.sent] == ["a:ole-moved", "a:ole"]
    references = await SqlConversationStore(bench.service.database).references_of(OLE.id)
    assert [found.conversation for found in references] == ["a:ole"]


async def test_log_says_neither_who_nor_what(bench: Bench) -> None:
    await _met(bench, "ole")
    bench.teams.refuse("a:ole", 403)
    with capture_logs() as logged:
        await told(bench, OLE.id)
    assert logged
    assert [word for word in ("a:ole", "krag", "Projektet") if word in str(logged)] == []


@pytest.mark.parametrize("where", [GROUP, CHANNEL], ids=["group", "channel"])
async def test_group_sees_a_rounds_card_and_how_it_changes(bench: Bench, where: dict[str, object]) -> None:
    room = await _in(bench, where, "maja", "ole")
    activity = await bench.service.courier.show(room, None, ROUND)
    assert activity == "sent-1"
    changed = ForAll({**CARD, "body": []}, "Runde: 1 af 2")
    assert await bench.service.courier.show(room, activity, changed) == activity
    (posted,), (updated,) = bench.teams.said_in(room), bench.teams.updated_in(room)
    assert posted.path == f"/emea/v3/conversations/{room}/activities"
    assert updated.path == f"/emea/v3/conversations/{room}/activities/sent-1"
    assert (updated.card, updated.activity["id"]) == ({**CARD, "body": []}, "sent-1")
    for sent in (posted, updated):
        assert sent.activity["conversation"]["conversationType"] == where["conversationType"]
        assert sent.activity["conversation"]["id"] == room


@pytest.mark.parametrize("where", [GROUP, CHANNEL], ids=["group", "channel"])
async def test_group_hears_what_came_of_a_round(bench: Bench, where: dict[str, object]) -> None:
    room = await _in(bench, where, "maja", "ole")
    await bench.service.courier.say(room, ROUND)
    await bench.all_is_said()
    (said,) = bench.teams.said_in(room)
    assert said.card == CARD
    assert said.activity["conversation"]["conversationType"] == where["conversationType"]


@pytest.mark.parametrize("status", [403, 404, 413])
async def test_group_that_takes_nothing_leaves_what_is_stored(bench: Bench, status: int) -> None:
    room = await _in(bench, GROUP, "maja")
    bench.teams.refuse(room, status, status, status)
    assert await bench.service.courier.show(room, None, ROUND) is None
    assert await bench.service.courier.accounts(room, [MAJA.id]) == {}
    assert await SqlConversationStore(bench.service.database).reference(room) is not None


@pytest.mark.parametrize(("status", "left"), [(404, "7"), (403, "7"), (502, None)])
async def test_card_that_is_gone_is_not_shown_again_and_again(bench: Bench, status: int, left: str | None) -> None:
    room = await _in(bench, GROUP, "maja")
    bench.teams.refuse(room, *[status] * 3)
    assert await bench.service.courier.show(room, "7", ROUND) == left


async def test_nothing_is_said_where_the_bot_never_was(bench: Bench) -> None:
    courier = bench.service.courier
    await courier.say("19:elsewhere", ROUND)
    assert await courier.show("19:elsewhere", None, ROUND) is None
    assert await courier.show("19:elsewhere", "7", ROUND) == "7"
    assert await courier.accounts("19:elsewhere", [MAJA.id]) == {}
    await bench.all_is_said()
    assert bench.teams.sent == []


async def test_without_an_outgoing_token_nothing_is_told_and_nothing_raised(
    production: Settings, teams: FakeTeams
) -> None:
    teams.token_status = 500
    async with open_bench(production, teams) as bench:
        await bench.post(teams.message("hej"))
        assert await told(bench, MAJA.id)
        assert teams.sent == []


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
