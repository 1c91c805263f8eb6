"""What is private stays private wherever a message comes from, and a guest who installs hears one private word."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from storage.conversations import SqlConversationStore
from tests.kit.bench import Bench
from tests.kit.cards import heading, words_on
from tests.kit.payloads import payload
from tests.kit.teams import BOT, CHANNEL, GROUP, TENANT
from tests.kit.wire import InTeams

SENT_APART = "Jeg har sendt dig kortet i vores egen chat."


def sent_from(bench: Bench, conversation: dict[str, Any], **changes: Any) -> Any:
    return bench.teams.message(
        "meld status på skærmbesøg", conversation={"tenantId": TENANT, **conversation}, **changes
    )


async def test_channel_that_is_not_called_one_gets_no_private_card(board: Bench) -> None:
    asked = payload(board.teams, "docs_channel_msg_no_conversationType")
    assert await board.post(asked) == 200
    (there,) = board.teams.said_in(asked["conversation"]["id"])
    assert there.activity["text"] == SENT_APART
    assert heading(InTeams(board).shown_apart).startswith("Meld status")


@pytest.mark.parametrize(
    "conversation",
    [
        {"id": "19:x@thread.v2"},
        {"id": "19:meeting_x@thread.v2"},
        {"id": "19:1_2@unq.gbl.spaces"},
        {"id": "19:x@thread.tacv2;messageid=1"},
        {"id": "48:notes"},
        {"id": "x"},
        {"id": "19:x@thread.v2", "conversationType": "meeting"},
        {"id": "19:x@thread.v2", "conversationType": ""},
        {"id": "a:x", "isGroup": True},
        {"id": "a:x", "conversationType": "personal", "isGroup": True},
        {"id": "19:1_2@unq.gbl.spaces", "conversationType": "personal"},
    ],
    ids=str,
)
async def test_conversation_that_may_have_others_gets_no_private_card(board: Bench, conversation: Any) -> None:
    assert await board.post(sent_from(board, conversation)) == 200
    (there,) = board.teams.said_in(conversation["id"])
    assert there.activity.get("text") == SENT_APART


@pytest.mark.parametrize(
    "conversation",
    [{"id": "a:maja"}, {"id": "a:maja", "conversationType": "Personal"}, {"id": "a:maja", "isGroup": False}],
    ids=str,
)
async def test_own_chat_is_known_by_its_id(board: Bench, conversation: Any) -> None:
    assert await board.post(sent_from(board, conversation)) == 200
    assert heading(InTeams(board).shown).startswith("Meld status")


async def test_channel_without_its_type_is_kept_as_a_channel(board: Bench) -> None:
    asked = payload(board.teams, "docs_channel_msg_no_conversationType")
    await board.post(asked)
    known = await SqlConversationStore(board.service.database).reference(asked["conversation"]["id"])
    assert known is not None
    assert (known.kind, known.person) == ("channel", None)


# --- a guest installs ---


@pytest.mark.parametrize("first_is_update", [True, False])
async def test_guest_who_installs_in_a_group_hears_one_word_in_private(board: Bench, first_is_update: bool) -> None:
    board.teams.roster["29:guest"] = {"id": "29:guest", "userRole": "guest"}
    names = ["guest_installs_conversationUpdate", "guest_installs_installationUpdate"]
    for name in names if first_is_update else reversed(names):
        assert await board.post(payload(board.teams, name)) == 200
    begun, word = board.teams.sent
    assert begun.path == "/emea/v3/conversations"
    assert begun.activity["members"] == [{"id": "29:guest"}]
    assert word.conversation == "sent-1"
    assert "kun for organisationens egne medarbejdere" in words_on(word.card)


async def test_guest_who_installs_for_themselves_hears_it_there(board: Bench) -> None:
    board.teams.roster["29:guest"] = {"id": "29:guest", "userRole": "guest"}
    own = {"id": "a:guest", "conversationType": "personal", "tenantId": TENANT}
    activity = payload(board.teams, "guest_installs_installationUpdate", conversation=own)
    assert await board.post(activity) == 200
    (word,) = board.teams.sent
    assert word.conversation == "a:guest"


async def test_guest_who_can_not_be_written_to_makes_nothing_public(board: Bench) -> None:
    board.teams.roster["29:guest"] = {"id": "29:guest", "userRole": "guest"}
    board.teams.refusals.append((403, {}))
    assert await board.post(payload(board.teams, "guest_installs_installationUpdate")) == 200
    assert [sent.path for sent in board.teams.sent] == ["/emea/v3/conversations"]


# --- a message is edited ---


def edited(bench: Bench, message: Any, text: str, event: str = "editMessage") -> Any:
    data = {**message["channelData"], "eventType": event}
    return bench.teams.message(text, id=message["id"], channelData=data, conversation=message["conversation"]) | {
        "type": "messageUpdate",
        "entities": message.get("entities", []),
    }


@pytest.mark.parametrize("where", [None, GROUP, CHANNEL], ids=["own chat", "group", "channel"])
async def test_edited_message_is_answered_anew_where_it_was_not_understood(board: Bench, where: Any) -> None:
    maja = InTeams(board, where=where)
    message = maja.message("xyzzy plugh")
    await board.post(message)
    mention = "<at>Tovholder</at> " if where else ""
    assert await board.post(edited(board, message, f"{mention}mine projekter")) == 200
    assert len(board.teams.said_in(maja.here)) == 2
    assert "Skærmbesøg" in words_on(maja.shown)
    await board.post(edited(board, message, f"{mention}røde projekter"))
    assert len(board.teams.said_in(maja.here)) == 2


async def test_edit_that_comes_while_the_message_is_answered_waits_for_it(board: Bench) -> None:
    message = board.teams.message("xyzzy plugh")
    edits = [edited(board, message, text) for text in ("mine projekter", "hvem leder varmestyring")]
    assert await asyncio.gather(*(board.post(one) for one in (message, *edits))) == [200, 200, 200]
    answers = [words_on(sent.card) for sent in board.teams.said_in("a:maja")]
    assert len(answers) == 2  # the message's, and that of the first edit, which was understood


async def test_message_edited_twice_before_it_is_understood_is_answered_each_time(board: Bench) -> None:
    message = board.teams.message("xyzzy plugh")
    await board.post(message)
    again = edited(board, message, "xyzzy plugh frotz")
    assert [await board.post(one) for one in (again, again)] == [200, 200]
    await board.post(edited(board, message, "mine projekter"))
    assert len(board.teams.said_in("a:maja")) == 3


@pytest.mark.parametrize("event", ["undeleteMessage", "softDeleteMessage"])
async def test_other_changes_of_a_message_are_let_lie(board: Bench, event: str) -> None:
    message = board.teams.message("xyzzy plugh")
    await board.post(message)
    assert await board.post(edited(board, message, "mine projekter", event)) == 200
    assert len(board.teams.sent) == 1


async def test_order_that_was_done_is_not_done_again_by_an_edit(board: Bench) -> None:
    message = board.teams.message("uændret status på skærmbesøg")
    await board.post(message)
    assert await board.post(edited(board, message, "uændret status på skærmbesøg!")) == 200
    assert len(board.teams.said_in("a:maja")) == 1


async def test_bot_added_by_a_colleague_is_still_welcomed(board: Bench) -> None:
    update = board.teams.activity("conversationUpdate", where=GROUP, membersAdded=[BOT])
    assert await board.post(update) == 200
    assert len(board.teams.said_in(GROUP["id"])) == 1
