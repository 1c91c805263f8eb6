"""What is for one person alone, where others can read along."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.settings import Settings
from bot.teams.rendering import as_invoke_response
from dialogs.turn.reply import Reply
from storage.accounts import SqlAccountStore
from tests.kit.bench import Bench, open_speaking
from tests.kit.fakes import Speaker
from tests.kit.teams import CHANNEL, GROUP, FakeTeams
from tests.world.people import OLE

CARD = "application/vnd.microsoft.card.adaptive"
TOAST = "application/vnd.microsoft.activity.message"
FORM = {"type": "AdaptiveCard", "version": "1.5", "body": [{"type": "TextBlock", "text": "Meld status"}]}
PRESS = {"verb": "report", "project": "P001"}
EVERYWHERE = pytest.mark.parametrize("where", [GROUP, CHANNEL], ids=["group", "channel"])


@pytest.fixture
def speaker() -> Speaker:
    return Speaker(Reply(FORM, "Meld status", is_personal=True))


@pytest.fixture
async def bench(speaker: Speaker, local_settings: Settings, teams: FakeTeams) -> AsyncIterator[Bench]:
    async with open_speaking(speaker, local_settings, teams) as bench:
        teams.join(GROUP, "maja", "ole")
        yield bench


@EVERYWHERE
async def test_lead_who_writes_in_a_group_gets_the_form_in_the_own_chat(bench: Bench, where: dict[str, object]) -> None:
    await bench.post(bench.teams.message("hej"))
    bench.teams.sent.clear()
    assert await bench.post(bench.teams.message("meld status", where=where)) == 200
    (own,), (told,) = bench.teams.said_in("a:maja"), bench.teams.said_in(str(where["id"]))
    assert own.card == FORM
    assert own.activity["summary"] == "Meld status"
    assert told.activity["text"] == "Jeg har sendt dig kortet i vores egen chat."
    assert "attachments" not in told.activity


@EVERYWHERE
async def test_lead_on_an_old_program_gets_the_form_in_the_own_chat(bench: Bench, where: dict[str, object]) -> None:
    await bench.post(bench.teams.message("hej"))
    bench.teams.sent.clear()
    assert await bench.post(bench.teams.activity("message", where=where, value=PRESS)) == 200
    assert bench.teams.said_in("a:maja")[0].card == FORM
    assert "attachments" not in bench.teams.said_in(str(where["id"]))[0].activity


@EVERYWHERE
async def test_lead_whom_the_bot_can_not_write_to_is_told_what_to_do(bench: Bench, where: dict[str, object]) -> None:
    assert await bench.post(bench.teams.message("meld status", where=where, locale="en-GB")) == 200
    (told,) = bench.teams.sent
    assert told.conversation == where["id"]
    assert told.activity["text"].startswith("The card is for you alone, but I can't write to you yet.")


async def test_lead_who_blocked_the_bot_is_told_in_the_group_what_to_do(bench: Bench) -> None:
    await bench.post(bench.teams.message("hej"))
    bench.teams.refuse("a:maja", 403)
    assert await bench.post(bench.teams.message("meld status", where=GROUP)) == 200
    assert "Åbn en chat med mig" in bench.teams.said_in(str(GROUP["id"]))[0].activity["text"]


async def test_member_whom_nobody_imported_gets_no_form_in_a_group(bench: Bench) -> None:
    bench.teams.roster["29:ida"] = {"id": "29:ida", "email": "ida@kommune.example", "userRole": "user"}
    assert await bench.post(bench.teams.message("meld status", "ida", GROUP)) == 200
    assert all("attachments" not in sent.activity for sent in bench.teams.sent)


@EVERYWHERE
async def test_button_in_a_group_shows_the_form_to_the_one_who_pressed(bench: Bench, where: dict[str, object]) -> None:
    status, body = await bench.answer(bench.teams.press({"verb": "report", "data": {}}, where=where))
    assert (status, body) == (200, {"statusCode": 200, "type": CARD, "value": FORM})
    assert bench.teams.sent == []


async def test_card_that_asks_by_itself_is_answered_like_a_press(bench: Bench, speaker: Speaker) -> None:
    await SqlAccountStore(bench.service.database).link_person(OLE.id, "entra-ole", datetime.now(UTC))
    for sender in ("maja", "ole"):
        press = bench.teams.press(
            {"verb": "round_view", "data": {"round": "r1"}}, "automatic", sender=sender, where=GROUP
        )
        _, body = await bench.answer(press)
        assert body["value"] == FORM
    assert [(verb, turn.person.name if turn.person else None) for verb, turn in speaker.asked] == [
        ("round_view", "Maja Holm"),
        ("round_view", "Ole Krag"),
    ]


async def test_two_people_whose_programs_ask_with_the_same_id_both_get_an_answer(
    bench: Bench, speaker: Speaker
) -> None:
    for sender in ("maja", "ole"):
        await bench.answer(bench.teams.press({"verb": "round_view"}, "automatic", sender=sender, where=GROUP, id="f:1"))
    assert len(speaker.asked) == 2


async def test_form_in_the_own_chat_stands_where_it_was_asked_for(bench: Bench) -> None:
    await bench.post(bench.teams.message("meld status"))
    (sent,) = bench.teams.sent
    assert (sent.conversation, sent.card) == ("a:maja", FORM)


async def test_button_without_a_card_to_show_is_answered_with_a_sentence(
    local_settings: Settings, teams: FakeTeams
) -> None:
    async with open_speaking(Speaker(Reply(None, "Kladden er gemt.")), local_settings, teams) as bench:
        status, body = await bench.answer(teams.press({"verb": "form_save", "data": {}}))
    assert (status, body) == (200, {"statusCode": 200, "type": TOAST, "value": "Kladden er gemt."})


def test_card_goes_before_the_sentence_that_says_the_same() -> None:
    assert as_invoke_response(Reply(FORM, "Meld status")).body["value"] == FORM
