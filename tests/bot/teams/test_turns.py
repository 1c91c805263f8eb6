"""The signed path from end to end: what Teams sends, and what arrives at the Connector."""

from __future__ import annotations

import asyncio

import pytest

from storage.conversations import SqlConversationStore
from tests.kit.bench import Bench
from tests.kit.teams import APP_ID, BOT, SECRET, TENANT
from tests.world.people import MAJA

CARD = "application/vnd.microsoft.card.adaptive"
KLIMA = "hvilke projekter er i fokusområde Klima og ressourcer"


async def test_question_in_a_personal_chat_is_answered_with_a_card(bench: Bench) -> None:
    question = bench.teams.message(KLIMA)
    assert await bench.post(question) == 200
    (sent,) = bench.teams.sent
    assert (sent.method, sent.path) == ("POST", f"/emea/v3/conversations/a:maja/activities/{question['id']}")
    assert sent.authorization == "Bearer outgoing-1"
    assert sent.activity["attachments"][0]["contentType"] == CARD
    assert sent.card["version"] == "1.5"
    assert "Varmestyring" in str(sent.card)
    assert "Skærmbesøg" not in str(sent.card)
    assert sent.activity["from"] == BOT
    assert sent.activity["replyToId"] == question["id"]
    assert "text" not in sent.activity


async def test_one_token_is_fetched_for_many_turns(bench: Bench) -> None:
    await bench.post(bench.teams.message(KLIMA))
    await bench.post(bench.teams.message(KLIMA))
    (form,) = bench.teams.token_forms
    assert form == {
        "grant_type": "client_credentials",
        "client_id": APP_ID,
        "client_secret": SECRET,
        "scope": "https://api.botframework.com/.default",
    }


async def test_message_in_no_plain_language_is_answered_in_that_of_the_client(bench: Bench) -> None:
    await bench.post(bench.teams.message("klima", locale="en-GB"))
    await bench.post(bench.teams.message("klima", locale="da-DK"))
    english, danish = bench.teams.sent
    assert (english.card["lang"], danish.card["lang"]) == ("en", "da")


async def test_mention_in_a_channel_is_no_part_of_the_question(bench: Bench) -> None:
    thread = {"id": "19:channel@thread.tacv2;messageid=1", "conversationType": "channel", "isGroup": True}
    mention = {"type": "mention", "text": "<at>Klima</at>", "mentioned": BOT}
    await bench.post(
        bench.teams.message(f"<at>Klima</at>&nbsp;{KLIMA}\n\n", conversation=thread, entities=[mention, {"type": "x"}])
    )
    (sent,) = bench.teams.sent
    assert sent.path.startswith("/emea/v3/conversations/19:channel@thread.tacv2;messageid=1/activities/")
    assert "Varmestyring" in str(sent.card)


async def test_pressed_button_is_answered_in_the_response_alone(bench: Bench) -> None:
    status, body = await bench.answer(bench.teams.press({"verb": "open", "data": {"project": "P001"}}))
    assert status == 200
    assert (body["statusCode"], body["type"]) == (200, CARD)
    assert "Skærmbesøg" in str(body["value"])
    assert bench.teams.sent == []


async def test_old_client_presses_with_a_message(bench: Bench) -> None:
    data = {"verb": "open", "project": "P001"}
    assert await bench.post(bench.teams.activity("message", value=data)) == 200
    (sent,) = bench.teams.sent
    assert "Skærmbesøg" in str(sent.card)


@pytest.mark.parametrize(
    "value",
    [
        None,
        "open",
        [],
        {},
        {"action": None},
        {"action": {}},
        {"action": {"verb": 7, "data": {}}},
        {"action": {"verb": "open", "data": "P001"}},
        {"action": {"verb": ["open"], "data": {"verb": {}}}},
    ],
)
async def test_button_that_makes_no_sense_gets_a_card_error(bench: Bench, value: object) -> None:
    activity = bench.teams.activity("invoke", name="adaptiveCard/action", value=value)
    status, body = await bench.answer(activity)
    assert status == 200
    assert (body["statusCode"], body["type"]) == (400, "application/vnd.microsoft.error")
    assert set(body["value"]) == {"code", "message"}


async def test_unknown_button_is_told_so_and_changes_nothing(bench: Bench) -> None:
    status, body = await bench.answer(bench.teams.press({"verb": "delete_everything", "data": {}}))
    assert status == 200
    assert "Knappen virker ikke længere" in str(body["value"])


@pytest.mark.parametrize("kind", ["typing", "messageReaction", "endOfConversation", "event", "sommerhus"])
async def test_other_activities_are_taken_and_let_lie(bench: Bench, kind: str) -> None:
    assert await bench.post(bench.teams.activity(kind, name="x")) == 200
    assert bench.teams.sent == []


async def test_invoke_that_we_do_not_know_is_not_implemented(bench: Bench) -> None:
    assert await bench.post(bench.teams.activity("invoke", name="task/fetch", value={})) == 501


async def test_welcome_comes_once_however_teams_tells_of_the_install(bench: Bench) -> None:
    update = bench.teams.activity("conversationUpdate", membersAdded=[BOT, {"id": "29:maja"}])
    install = bench.teams.activity("installationUpdate", action="add")
    again = bench.teams.activity("installationUpdate", action="add-upgrade")
    assert [await bench.post(activity) for activity in (update, install, again)] == [200, 200, 200]
    assert len(bench.teams.sent) == 1


async def test_nobody_is_welcomed_when_a_colleague_joins_or_the_bot_leaves(bench: Bench) -> None:
    joined = bench.teams.activity("conversationUpdate", membersAdded=[{"id": "29:ole"}])
    left = bench.teams.activity("installationUpdate", action="remove")
    assert [await bench.post(joined), await bench.post(left)] == [200, 200]
    assert bench.teams.sent == []


async def test_message_delivered_five_times_is_answered_once(bench: Bench) -> None:
    question = bench.teams.message(KLIMA)
    assert await asyncio.gather(*(bench.post(question) for _ in range(5))) == [200] * 5
    assert await bench.post(question) == 200
    assert len(bench.teams.sent) == 1


async def test_button_delivered_five_times_gives_the_same_answer(bench: Bench) -> None:
    press = bench.teams.press({"verb": "open", "data": {"project": "P001"}})
    answers = [*await asyncio.gather(*(bench.answer(press) for _ in range(4))), await bench.answer(press)]
    assert answers == [answers[0]] * 5
    assert answers[0][1]["type"] == CARD


async def test_same_id_with_another_press_is_another_activity(bench: Bench) -> None:
    first = bench.teams.press({"verb": "open", "data": {"project": "P001"}})
    other = bench.teams.press({"verb": "open", "data": {"project": "P002"}}, id=first["id"])
    assert "Skærmbesøg" in str(await bench.answer(first))
    assert "Varmestyring" in str(await bench.answer(other))


async def test_busy_connector_is_asked_again_when_it_says_so(bench: Bench) -> None:
    bench.teams.refusals.extend([(429, {"Retry-After": "0"}), (503, {"Retry-After": "0"}), (412, {"Retry-After": "0"})])
    assert await bench.post(bench.teams.message(KLIMA)) == 200
    assert len(bench.teams.sent) == 4


async def test_redirect_is_not_followed(bench: Bench) -> None:
    bench.teams.refusals.extend([(307, {"Location": f"{bench.teams.url}/elsewhere"})])
    assert await bench.post(bench.teams.message(KLIMA)) == 200
    assert not [sent for sent in bench.teams.sent if sent.path == "/elsewhere"]


async def test_card_that_the_connector_refuses_is_followed_by_an_apology(bench: Bench) -> None:
    bench.teams.refusals.append((413, {}))
    assert await bench.post(bench.teams.message(KLIMA)) == 200
    _, apology = bench.teams.sent
    assert "Noget gik galt hos mig" in str(apology.card)


async def test_long_message_is_refused_kindly(bench: Bench) -> None:
    assert await bench.post(bench.teams.message("æ" * 140_000)) == 200
    (sent,) = bench.teams.sent
    assert "for lang" in str(sent.card)


async def test_where_a_person_can_be_reached_is_kept_until_the_app_is_removed(bench: Bench) -> None:
    store = SqlConversationStore(bench.service.database)
    await bench.post(bench.teams.message("hej"))
    await bench.post(bench.teams.message("hej", locale="en-GB"))
    (reference,) = await store.references_of(MAJA.id)
    assert (reference.conversation, reference.service_url) == ("a:maja", bench.teams.service_url)
    assert (reference.bot, reference.locale) == (BOT["id"], "en-GB")
    assert (reference.tenant, reference.entra_id) == (TENANT, "entra-maja")
    await bench.post(bench.teams.activity("installationUpdate", action="remove"))
    assert await store.references_of(MAJA.id) == []
    await bench.post(bench.teams.activity("installationUpdate", action="add"))
    assert len(await store.references_of(MAJA.id)) == 1
