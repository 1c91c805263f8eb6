"""On the chat page, too, people have their own view of a card that says so."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
from aiohttp import web

from portfolio.bodies import Body, BodyKind
from portfolio.organisation import Role
from portfolio.whole import Portfolio
from tests.kit.line import CARD, PATIENCE, ChatLine, Page, chat_before
from tests.world.people import MAJA, id_of, person

BO = "bo.ravn@kommune.example"
CHANNEL = "kanal-1"
GROUP = Portfolio(
    people=(
        person(BO, "Bo Ravn", role=Role.MANAGER),
        person("ny.leder@kommune.example", "Lis Ny", role=Role.SECRETARY),
    ),
    bodies=(
        Body(
            "Programgruppen",
            BodyKind.PROGRAMME_GROUP,
            chair=id_of(BO),
            members=(MAJA.id, id_of("gone@kommune.example")),
        ),
    ),
)
SHOWN, OWN, PRESSED = "Runde", "Din del", "Tak"


def card(text: str, viewers: list[str] | None = None) -> dict[str, Any]:
    button = {"type": "Action.Execute", "title": "Meld status", "verb": "report", "data": {"round": "r1"}}
    built = {"type": "AdaptiveCard", "body": [{"type": "TextBlock", "text": text}], "actions": [button]}
    refresh = {"action": {"type": "Action.Execute", "verb": "round_view", "data": {"round": "r1"}}, "userIds": viewers}
    return built if viewers is None else {**built, "refresh": refresh}


class Rounds:
    """A bot that shows each person who asks their own view, numbered, and answers presses."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.arrivals: asyncio.Queue[None] = asyncio.Queue()
        self.answer: dict[str, Any] | None = None

    async def listen(self, request: web.Request) -> web.Response:
        activity = await request.json()
        if activity["type"] != "invoke":
            return web.Response()
        if activity["value"]["trigger"] == "manual":
            return web.json_response({"statusCode": 200, "type": CARD, "value": card(PRESSED)})
        self.asked.append(activity)
        self.arrivals.put_nowait(None)
        own = card(f"{OWN} {len(self.asked)}, {activity['from']['name']}")
        return web.json_response(self.answer or {"statusCode": 200, "type": CARD, "value": own})

    @property
    def askers(self) -> list[str]:
        return [activity["from"]["name"] for activity in self.asked]


async def _ids(page: Page, line: ChatLine) -> dict[str, str]:
    """The channel's members by name."""
    roster = await _page(page.client, f"{page.connector(line)}/pagedmembers")
    return {member["name"]: member["id"] for member in roster["members"]}


async def _says(page: Page, line: ChatLine, *viewers: str) -> str:
    """The bot posts a card for these members; the id of what it said."""
    ids = await _ids(page, line)
    shown = card(SHOWN, [ids[name] for name in viewers])
    activity = {"type": "message", "attachments": [{"contentType": CARD, "content": shown}]}
    async with page.client.post(f"{page.connector(line)}/activities", json=activity) as response:
        return str((await response.json())["id"])


async def _changes(page: Page, line: ChatLine, activity_id: str, *viewers: str) -> None:
    ids = await _ids(page, line)
    shown = card(f"{SHOWN}, ændret", [ids[name] for name in viewers])
    activity = {"type": "message", "attachments": [{"contentType": CARD, "content": shown}]}
    async with page.client.put(f"{page.connector(line)}/activities/{activity_id}", json=activity) as response:
        assert response.status == 200


async def test_lead_who_is_named_gets_the_own_view_and_the_manager_does_not(seeded_url: str):
    bot = Rounds()
    async with chat_before(bot.listen, seeded_url, GROUP) as page:
        manager, lead = await page.open("leder", CHANNEL), await page.open("projektleder", CHANNEL)
        said = await _says(page, lead, "Maja Holm")
        await lead.until(f"{OWN} 1, Maja Holm")
        assert SHOWN in str(await manager.card())
        assert "Din del" not in str(await manager.shown())
    (asked,) = bot.asked
    assert (asked["name"], asked["replyToId"]) == ("adaptiveCard/action", said)
    assert asked["value"] == {
        "action": {"type": "Action.Execute", "verb": "round_view", "data": {"round": "r1"}},
        "trigger": "automatic",
    }
    assert asked["conversation"]["conversationType"] == "channel"


async def test_both_get_their_own_and_get_it_anew_when_the_card_changes(seeded_url: str):
    bot = Rounds()
    async with chat_before(bot.listen, seeded_url, GROUP) as page:
        manager, lead = await page.open("leder", CHANNEL), await page.open("projektleder", CHANNEL)
        said = await _says(page, lead, "Maja Holm", "Bo Ravn")
        await manager.until("Bo Ravn")
        await lead.until("Maja Holm")
        await _changes(page, lead, said, "Maja Holm", "Bo Ravn")
        await lead.until(f"{OWN} 3, Maja Holm")
        await manager.until(f"{OWN} 4, Bo Ravn")
        assert [activity["id"] for activity in await lead.shown()].count(said) == 1
    assert bot.askers == ["Maja Holm", "Bo Ravn"] * 2


async def test_lead_who_comes_later_gets_the_own_view_too(seeded_url: str):
    bot = Rounds()
    async with chat_before(bot.listen, seeded_url, GROUP) as page:
        manager = await page.open("leder", CHANNEL)
        await _says(page, manager, "Maja Holm", "Bo Ravn")
        await manager.until("Bo Ravn")
        assert bot.askers == ["Bo Ravn"]
        lead = await page.open("projektleder", CHANNEL)
        await lead.until(f"{OWN} 2, Maja Holm")
    assert bot.askers == ["Bo Ravn", "Maja Holm"]


async def test_lead_who_pressed_sees_the_answer_alone_until_the_card_changes(seeded_url: str):
    bot = Rounds()
    async with chat_before(bot.listen, seeded_url, GROUP) as page:
        manager, lead = await page.open("leder", CHANNEL), await page.open("projektleder", CHANNEL)
        said = await _says(page, lead, "Maja Holm")
        await lead.until(f"{OWN} 1")
        await lead.press("Meld status")
        assert PRESSED in str(await lead.card())
        assert PRESSED not in str(await manager.shown())
        await _changes(page, lead, said, "Maja Holm")
        await lead.until(f"{OWN} 2")
        assert "ændret" in str(await manager.card())


async def test_bot_that_has_no_own_view_to_give_leaves_the_card(seeded_url: str):
    bot = Rounds()
    bot.answer = {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": "Nej."}
    async with chat_before(bot.listen, seeded_url, GROUP) as page:
        lead = await page.open("projektleder", CHANNEL)
        await _says(page, lead, "Maja Holm")
        other = await page.open("projektleder", CHANNEL)
        for _ in range(2):
            await asyncio.wait_for(bot.arrivals.get(), PATIENCE)
        assert SHOWN in str(await other.card())
        assert "Nej." not in str(await other.shown())


async def test_sixty_are_asked_for_at_most_and_only_members_who_are_there(seeded_url: str):
    bot = Rounds()
    async with chat_before(bot.listen, seeded_url, GROUP) as page:
        lead = await page.open("projektleder", CHANNEL)
        ids = await _ids(page, lead)
        viewers = ["29:stranger", *(f"29:{number}" for number in range(58)), ids["Bo Ravn"], ids["Maja Holm"]]
        for shown in (card("Første", viewers), card("Anden", [ids["Maja Holm"]])):
            activity = {"type": "message", "attachments": [{"contentType": CARD, "content": shown}]}
            async with page.client.post(f"{page.connector(lead)}/activities", json=activity):
                pass
        await lead.until(f"{OWN} 1, Maja Holm")
        assert bot.askers == ["Maja Holm"]
        assert "Første" in str(await lead.shown())


async def test_page_that_shows_the_card_is_not_told_of_the_refreshing(seeded_url: str):
    async with chat_before(Rounds().listen, seeded_url, GROUP) as page:
        lead = await page.open("projektleder", CHANNEL)
        await _says(page, lead, "Maja Holm")
        assert "refresh" not in await lead.card()


async def test_group_has_its_members_before_they_come(seeded_url: str):
    async with chat_before(Rounds().listen, seeded_url, GROUP) as page:
        secretary = await page.open("sekretaer", CHANNEL)
        assert sorted(await _ids(page, secretary)) == ["Bo Ravn", "Lis Ny", "Maja Holm"]


async def test_bot_reads_the_members_page_by_page(seeded_url: str):
    async with chat_before(Rounds().listen, seeded_url, GROUP) as page:
        line = await page.open("sekretaer", CHANNEL)
        first = await _page(page.client, f"{page.connector(line)}/pagedmembers?pageSize=2")
        assert len(first["members"]) == 2
        token = first["continuationToken"]
        rest = await _page(page.client, f"{page.connector(line)}/pagedmembers?pageSize=2&continuationToken={token}")
        assert len(rest["members"]) == 1
        assert "continuationToken" not in rest


async def _page(client: aiohttp.ClientSession, url: str) -> dict[str, Any]:
    async with client.get(url) as response:
        return dict(await response.json())
