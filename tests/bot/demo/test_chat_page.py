"""The chat page's endpoints, on the real service in local mode."""

from __future__ import annotations

import json

import pytest

from bot.settings import Settings
from dialogs.turn.reply import ForOne
from portfolio.bodies import Body, BodyKind
from portfolio.organisation import Role
from portfolio.projects.project import Project
from portfolio.whole import Portfolio
from storage.conversations import SqlConversationStore
from storage.database import open_database
from storage.whole import SqlPortfolioWriter
from tests.kit.bench import Bench, open_bench
from tests.kit.line import ChatLine, nodes
from tests.kit.teams import FakeTeams
from tests.world.people import MAJA, OLE, person

GROUP = Portfolio(
    people=(
        person("bo.ravn@kommune.example", "Bo Ravn", role=Role.MANAGER),
        person("maja.holm@kommune.example", "Maja Holm", "Ældre", role=Role.PROJECT_LEAD),
    ),
    bodies=(Body("Programgruppen", BodyKind.PROGRAMME_GROUP, members=(OLE.id,)),),
)


@pytest.fixture
async def with_group(seeded_url: str) -> None:
    database = open_database(seeded_url)
    await SqlPortfolioWriter(database).apply(GROUP)
    await database.close()


@pytest.fixture
async def page(with_group: None, local_bench: Bench) -> Bench:
    return local_bench


async def test_newcomer_gets_the_page_at_both_addresses(page: Bench):
    for address in ("/", "/chat", "/chat?person=leder"):
        async with page.client.get(page.url + address) as response:
            assert response.status == 200
            assert "<h1>Tovholder</h1>" in await response.text()


async def test_newcomer_is_offered_an_example_of_each_role(page: Bench):
    async with page.client.get(f"{page.url}/chat/cast") as response:
        cast = await response.json()
    assert [person["label"] for person in cast["people"]] == [
        "Projektleder: Maja Holm",
        "Leder: Bo Ravn",
        "Medarbejder: Ole Krag",
    ]
    assert [place["label"] for place in cast["places"]] == ["Personlig chat", "Programgruppen"]


async def test_lead_is_welcomed_once_and_answered(page: Bench):
    line = await ChatLine.open(page.client, page.url, "projektleder")
    await ChatLine.open(page.client, page.url, "projektleder")
    assert len(await line.shown()) == 1
    assert await line.say("mine projekter") == 200
    assert "Skærmbesøg" in json.dumps(await line.card(), ensure_ascii=False)


async def test_lead_sees_the_answer_to_a_button_in_the_cards_place(page: Bench):
    line = await ChatLine.open(page.client, page.url, "projektleder")
    await line.say("hvilke projekter er i fokusområde Velfærd")
    before = await line.shown()
    assert await line.press("Fjern fokusområde: Velfærd") == 200
    after = await line.shown()
    assert [activity["id"] for activity in after] == [activity["id"] for activity in before]
    was, now = before[-1]["channelData"], after[-1]["channelData"]
    assert now["webchat:sequence-id"] == was["webchat:sequence-id"]
    assert now["tovholder:place"] > was["tovholder:place"]
    assert "2 projekter" in json.dumps(after[-1])


async def test_lead_can_change_a_filter_in_the_cards_form(page: Bench):
    line = await ChatLine.open(page.client, page.url, "projektleder")
    await line.say("hvilke projekter er i fokusområde Velfærd")
    await line.press("Vis", chip0="Klima og ressourcer", sort="title")
    assert "Varmestyring" in json.dumps(await line.card())


async def test_web_chat_gets_only_buttons_that_it_can_press(page: Bench):
    line = await ChatLine.open(page.client, page.url, "leder")
    await line.say("alle projekter")
    kinds = {node["type"] for node in nodes(await line.shown()) if str(node.get("type")).startswith("Action.")}
    assert "Action.Submit" in kinds
    assert "Action.Execute" not in kinds


async def test_group_is_answered_only_when_the_bot_is_mentioned(page: Bench):
    line = await ChatLine.open(page.client, page.url, "leder", "kanal-1")
    greeted = len(await line.shown())
    assert await line.say("vi ses i morgen") == 200
    assert len(await line.shown()) == greeted + 1
    await line.say("@Tovholder alle projekter")
    assert len(await line.shown()) == greeted + 3


async def test_group_sees_who_wrote_and_only_the_one_who_pressed_sees_the_new_card(page: Bench):
    manager = await ChatLine.open(page.client, page.url, "leder", "kanal-1")
    lead = await ChatLine.open(page.client, page.url, "projektleder", "kanal-1")
    await manager.say("@Tovholder hvilke projekter er i fokusområde Velfærd")
    assert "**Bo Ravn:** @Tovholder" in json.dumps(await lead.shown(), ensure_ascii=False)
    before = await lead.card()
    await manager.press("Fjern fokusområde: Velfærd")
    assert await lead.card() == before
    assert await manager.card() != before


async def test_page_hears_of_news_by_itself(page: Bench):
    line = await ChatLine.open(page.client, page.url, "projektleder")
    async with page.client.ws_connect(line.stream_url) as stream:
        welcome = await stream.receive_json()
        assert len(welcome["activities"]) == 1
        await line.say("hjælp")
        assert (await stream.receive_json())["activities"][0]["text"] == "hjælp"


async def test_page_that_lost_the_connection_goes_on_where_it_was(page: Bench):
    line = await ChatLine.open(page.client, page.url, "projektleder")
    await line.say("hjælp")
    async with page.client.get(f"{line.url}?watermark=1", headers=line.headers) as response:
        stream_url = (await response.json())["streamUrl"]
    async with page.client.ws_connect(stream_url) as stream:
        assert [said.get("text") for said in (await stream.receive_json())["activities"]] == ["hjælp", None]


@pytest.mark.parametrize("headers", [{"Origin": "https://elsewhere.example"}, {"X-Forwarded-For": "10.0.0.1"}])
async def test_other_sites_and_proxies_are_turned_away(page: Bench, headers: dict[str, str]):
    asked = {"person": "leder", "place": "personlig"}
    address = f"{page.url}/chat/directline/tokens/generate"
    async with page.client.post(address, json=asked, headers=headers) as response:
        assert response.status == 403
    async with page.client.get(page.url, headers=headers) as response:
        assert response.status == 403


async def test_address_that_only_points_here_is_turned_away(page: Bench):
    async with page.client.get(page.url, headers={"Host": "elsewhere.example"}) as response:
        assert response.status == 403


async def test_unknown_person_place_and_token_are_refused(page: Bench):
    base = f"{page.url}/chat/directline"
    async with page.client.post(f"{base}/tokens/generate", json={"person": "konge", "place": "slot"}) as response:
        assert response.status == 404
    async with page.client.post(f"{base}/tokens/generate", data=b"[") as response:
        assert response.status == 400
    async with page.client.post(f"{base}/conversations", headers={"Authorization": "Bearer guess"}) as response:
        assert response.status == 403


async def test_token_opens_no_other_conversation(page: Bench):
    manager = await ChatLine.open(page.client, page.url, "leder")
    lead = await ChatLine.open(page.client, page.url, "projektleder")
    async with page.client.get(f"{manager.url}/activities", headers=lead.headers) as response:
        assert response.status == 403


async def test_lead_is_told_on_the_personal_page_once_it_was_opened(page: Bench):
    courier = page.service.courier
    reply = ForOne(None, "Projektet er dit nu.")
    assert not await courier.tell(MAJA.id, lambda _: reply)
    line = await ChatLine.open(page.client, page.url, "projektleder")
    assert await courier.tell(MAJA.id, lambda _: reply)
    await line.until("Projektet er dit nu.")


async def test_lead_whose_page_was_open_before_a_restart_is_told_once_it_is_open_again(
    with_group: None, local_settings: Settings, teams: FakeTeams
):
    reply = ForOne(None, "Projektet er dit nu.")
    async with open_bench(local_settings, teams) as before:
        await ChatLine.open(before.client, before.url, "projektleder")
    async with open_bench(local_settings, teams) as after:
        assert await after.service.courier.tell(MAJA.id, lambda _: reply)
        line = await ChatLine.open(after.client, after.url, "projektleder")
        await line.until("Projektet er dit nu.")


async def test_groups_members_are_known_before_they_come(page: Bench):
    await ChatLine.open(page.client, page.url, "leder", "kanal-1")
    conversations = SqlConversationStore(page.service.database)
    line = await ChatLine.open(page.client, page.url, "projektleder", "kanal-1")
    assert await conversations.reference(line.conversation) is not None
    found = await page.service.courier.accounts(line.conversation, [MAJA.id, OLE.id])
    assert found.keys() == {MAJA.id, OLE.id}


async def test_second_lead_is_offered_when_another_leads_projects(
    seeded_url: str, local_settings: Settings, teams: FakeTeams
):
    database = open_database(seeded_url)
    lead = person("ida.lund@kommune.example", "Ida Lund", role=Role.PROJECT_LEAD)
    idle = person("per.fri@kommune.example", "Per Fri", role=Role.PROJECT_LEAD)
    led = Project("P003", "Læsehjælp", lead=lead.id)
    await SqlPortfolioWriter(database).apply(Portfolio(people=(lead, idle), projects=(led,)))
    await database.close()
    async with open_bench(local_settings, teams) as page, page.client.get(f"{page.url}/chat/cast") as response:
        people = [(person["key"], person["label"]) for person in (await response.json())["people"]]
    assert people[:2] == [("projektleder", "Projektleder: Ida Lund"), ("projektleder-2", "Projektleder: Maja Holm")]


async def test_production_has_no_chat_page(bench: Bench):
    for address in ("/", "/chat", "/chat/cast"):
        async with bench.client.get(bench.url + address) as response:
            assert response.status == 404
