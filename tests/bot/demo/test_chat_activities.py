"""What the bot hears from the chat page, and what it can do there through the Connector."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest
from aiohttp import web

from tests.kit.line import CARD, ChatLine, chat_before

BUTTON = {"type": "Action.Execute", "title": "Godkend", "verb": "approve", "id": "a1", "data": {"number": "P001"}}
FORM = {"type": "AdaptiveCard", "body": [{"type": "Input.Text", "id": "note"}], "actions": [BUTTON]}


class Listener:
    """A bot that only listens; `answer` is what it says to a pressed button."""

    def __init__(self, answer: Any = None, status: int = 200) -> None:
        self.heard: list[dict[str, Any]] = []
        self._answer = answer
        self._status = status

    async def listen(self, request: web.Request) -> web.Response:
        self.heard.append(await request.json())
        is_press = self.heard[-1]["type"] == "invoke"
        return web.json_response(self._answer, status=self._status) if is_press else web.Response()


@pytest.mark.parametrize("place", ["personlig", "kanal-1"])
async def test_bot_hears_what_teams_would_send(seeded_url: str, place: str):
    bot = Listener()
    async with chat_before(bot.listen, seeded_url) as (client, url):
        line = await ChatLine.open(client, url, "projektleder", place)
        await line.say("@Tovholder røde projekter")
    installed, message = bot.heard
    assert installed["type"] == "conversationUpdate"
    assert installed["membersAdded"] == [{"id": message["recipient"]["id"]}]
    assert message["channelId"] == "msteams"
    assert message["serviceUrl"] == f"{url}/chat/connector"
    assert message["text"] == "<at>Tovholder</at> røde projekter"
    assert message["entities"][1]["mentioned"] == message["recipient"]
    assert message["conversation"]["conversationType"] == ("personal" if place == "personlig" else "channel")
    assert message["channelData"]["tenant"]["id"] == message["conversation"]["tenantId"]
    assert message["from"]["aadObjectId"]
    assert installed["id"] != message["id"]


async def test_bot_hears_a_pressed_button_with_what_was_filled_in(seeded_url: str):
    bot = Listener({"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": "Godkendt."})
    async with chat_before(bot.listen, seeded_url) as (client, url):
        line = await ChatLine.open(client, url, "projektleder")
        card_id = await _say_as_bot(client, url, line, {"attachments": [{"contentType": CARD, "content": FORM}]})
        await line.press("Godkend", note="fint")
        assert [said["text"] for said in await line.shown() if "text" in said] == ["Godkendt."]
    pressed = bot.heard[-1]
    assert pressed["name"] == "adaptiveCard/action"
    assert pressed["replyToId"] == card_id
    data = {"number": "P001", "note": "fint"}
    action = {"type": "Action.Execute", "verb": "approve", "id": "a1", "data": data}
    assert pressed["value"] == {"action": action, "trigger": "manual"}


@pytest.mark.parametrize(("status", "words"), [(200, "No such button."), (500, "Kortet er uændret")])
async def test_button_that_fails_leaves_the_card_and_says_so(seeded_url: str, status: int, words: str):
    error = {"statusCode": 400, "type": "application/vnd.microsoft.error", "value": {"message": "No such button."}}
    async with chat_before(Listener(error, status).listen, seeded_url) as (client, url):
        line = await ChatLine.open(client, url, "projektleder")
        await _say_as_bot(client, url, line, {"attachments": [{"contentType": CARD, "content": FORM}]})
        before = await line.card()
        await line.press("Godkend")
        assert await line.card() == before
        assert words in (await line.shown())[-1]["text"]


async def test_bot_can_speak_first_and_change_what_it_said(seeded_url: str):
    async with chat_before(Listener().listen, seeded_url) as (client, url):
        line = await ChatLine.open(client, url, "projektleder")
        activities = f"{url}/chat/connector/v3/conversations/{line.conversation}/activities"
        said = await _say_as_bot(client, url, line, {"text": "Husk status"})
        async with client.put(f"{activities}/{said}", json={"type": "message", "text": "Tak"}) as response:
            assert response.status == 200
        assert [activity.get("text") for activity in await line.shown()] == ["Tak"]
        async with client.put(f"{activities}/gone", json={"type": "message"}) as response:
            assert response.status == 404


async def test_bot_finds_people_in_the_roster_and_their_personal_chat(seeded_url: str):
    bot = Listener()
    async with chat_before(bot.listen, seeded_url) as (client, url):
        line = await ChatLine.open(client, url, "projektleder")
        sender = bot.heard[0]["from"]
        base = f"{url}/chat/connector/v3/conversations"
        for known_as in (sender["id"], sender["aadObjectId"]):
            async with client.get(f"{base}/{line.conversation}/members/{known_as}") as response:
                assert (await response.json())["email"] == "maja.holm@kommune.example"
        async with client.get(f"{base}/{line.conversation}/pagedmembers") as response:
            assert len((await response.json())["members"]) == 1
        async with client.get(f"{base}/{line.conversation}/members/stranger") as response:
            assert response.status == 404
        async with client.post(base, json={"members": [{"id": sender["id"]}]}) as response:
            assert await response.json() == {"id": line.conversation}


async def test_page_can_stay_open_while_the_service_stops(seeded_url: str):
    async with aiohttp.ClientSession() as client:
        async with chat_before(Listener().listen, seeded_url) as (_, url):
            line = await ChatLine.open(client, url, "leder")
            stream = await client.ws_connect(line.stream_url)
        assert (await stream.receive()).type is aiohttp.WSMsgType.CLOSE


async def test_page_is_told_when_the_bot_does_not_answer(seeded_url: str):
    async def broken(_: web.Request) -> web.Response:
        return web.Response(status=500)

    async with chat_before(broken, seeded_url) as (client, url):
        line = await ChatLine.open(client, url, "leder")
        assert await line.say("hjælp") == 502


async def test_newcomer_without_web_chat_is_told_how_to_get_it(seeded_url: str):
    async with chat_before(Listener().listen, seeded_url) as (client, url), client.get(url) as response:
        assert "Chatsiden mangler Web Chat" in await response.text()


async def _say_as_bot(client: aiohttp.ClientSession, url: str, line: ChatLine, activity: dict[str, Any]) -> str:
    address = f"{url}/chat/connector/v3/conversations/{line.conversation}/activities"
    async with client.post(address, json={"type": "message", **activity}) as response:
        return str((await response.json())["id"])
