"""People talk with Tovholder on the chat page."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from tests.kit.page import ChatPage

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

CLIMATE = "hvilke projekter er i fokusområde Klima og ressourcer"
CLIMATE_HEADING = re.compile(r"^\d+ projekter i fokusområdet Klima og ressourcer$")
PHONE = {"width": 360, "height": 740}


async def test_lead_is_welcomed_with_questions_to_try(chat: ChatPage):
    await chat.open()
    await expect(chat.heading).to_have_text("Hej, jeg er Tovholder")
    await chat.press("Hvilke projekter er røde?")
    await expect(chat.heading).to_have_text(re.compile(r"^\d+ røde projekter$"))


async def test_lead_asks_and_sees_colours_with_words_and_ages(chat: ChatPage):
    await chat.open()
    card = await chat.ask(CLIMATE)
    await expect(chat.heading).to_have_text(CLIMATE_HEADING)
    await expect(card.get_by_text("● Rød").first).to_be_visible()
    await expect(card.get_by_text(re.compile(r"^\d+ dage gammel$")).first).to_be_visible()
    await expect(card.get_by_role("button", name=re.compile("^Åbn "))).to_have_count(10)


async def test_lead_removes_a_filter_and_the_card_changes_where_it_stands(chat: ChatPage):
    await chat.open()
    await chat.ask(CLIMATE)
    await chat.press("Fjern fokusområde: Klima og ressourcer")
    await expect(chat.heading).to_have_text(re.compile(r"^\d+ projekter$"))
    await expect(chat.cards).to_have_count(2)


async def test_lead_changes_a_filter_and_the_order(chat: ChatPage):
    await chat.open()
    card = await chat.ask(CLIMATE)
    await chat.press("Ret spørgsmålet")
    await card.get_by_label("Fokusområde", exact=True).select_option("Sikkerhed og tilgængelighed")
    await card.get_by_label("Sortér efter").select_option(label="Titel")
    await card.get_by_role("button", name="Vis", exact=True).click()
    await expect(chat.heading).to_have_text(re.compile("i fokusområdet Sikkerhed og tilgængelighed$"))
    titles = await card.get_by_role("button", name=re.compile("^Åbn ")).all_inner_texts()
    assert titles == sorted(titles)


async def test_lead_sees_the_next_ten(chat: ChatPage):
    await chat.open()
    card = await chat.ask("alle projekter")
    first = card.get_by_role("button", name=re.compile("^Åbn ")).first
    before = await first.inner_text()
    await chat.press("Vis flere")
    await expect(card.get_by_text(re.compile("^Viser 11-20 af"))).to_be_visible()
    await expect(first).not_to_have_text(before)


async def test_lead_opens_a_project_and_goes_back(chat: ChatPage):
    await chat.open()
    card = await chat.ask(CLIMATE)
    await card.get_by_role("button", name="Åbn Energistyring på skolerne").click()
    await expect(chat.heading).to_have_text("Energistyring på skolerne")
    await expect(card.get_by_text("Projektleder", exact=True)).to_be_visible()
    await chat.press("Tilbage")
    await expect(chat.heading).to_have_text(CLIMATE_HEADING)


async def test_lead_is_told_what_was_not_understood(chat: ChatPage):
    await chat.open()
    card = await chat.ask("hvad med bananer")
    await expect(chat.heading).to_contain_text("bananer")
    await expect(card.get_by_role("button")).to_have_count(3)


async def test_keyboard_user_stays_at_the_button_that_was_pressed(chat: ChatPage):
    await chat.open()
    card = await chat.ask("alle projekter")
    await card.get_by_role("button", name=re.compile("^Vis flere")).focus()
    await chat.page.keyboard.press("Enter")
    await expect(card.get_by_text(re.compile("^Viser 11-20 af"))).to_be_visible()
    await expect(card.locator(":focus")).to_have_count(1)


async def test_manager_switches_person_and_gets_own_conversation(chat: ChatPage):
    await chat.open()
    await chat.ask("mine projekter")
    await chat.person.focus()
    await chat.person.select_option("medarbejder")
    await expect(chat.page).to_have_url(re.compile(r"person=medarbejder"))
    await expect(chat.cards).to_have_count(1)
    await expect(chat.person).to_be_focused()
    await chat.open("/chat?person=medarbejder")
    await expect(chat.cards).to_have_count(1)
    await expect(chat.person.locator("option:checked")).to_contain_text("Medarbejder")


async def test_manager_goes_back_to_the_person_before(chat: ChatPage):
    await chat.open()
    await chat.ask(CLIMATE)
    first = await chat.person.input_value()
    await chat.person.select_option("medarbejder")
    await expect(chat.cards).to_have_count(1)
    await chat.page.go_back()
    await expect(chat.person).to_have_value(first)
    await expect(chat.heading).to_have_text(CLIMATE_HEADING)
    await chat.ask("hjælp")


async def test_person_who_comes_back_finds_the_conversation_again(chat: ChatPage):
    await chat.open()
    await chat.ask(CLIMATE)
    await chat.open()
    await expect(chat.cards).to_have_count(2)
    await expect(chat.heading).to_have_text(CLIMATE_HEADING)


async def test_group_gets_an_answer_only_when_it_mentions_the_bot(chat: ChatPage):
    await chat.open("/chat?sted=kanal-1")
    await expect(chat.box).to_have_value("@Tovholder ")
    await chat.say("vi ses i morgen")
    await expect(chat.page.get_by_text("vi ses i morgen").last).to_be_visible()
    await chat.ask(f"@Tovholder {CLIMATE}")
    await expect(chat.cards).to_have_count(2)
    await expect(chat.heading).to_have_text(CLIMATE_HEADING)


async def test_group_sees_who_said_what(chat: ChatPage):
    await chat.open("/chat?person=leder&sted=kanal-1")
    await chat.ask(f"@Tovholder {CLIMATE}")
    label = await chat.person.locator("option:checked").inner_text()
    manager = label.removeprefix("Leder: ")
    await chat.open("/chat?person=projektleder&sted=kanal-1")
    await expect(chat.page.get_by_text(f"{manager}: @Tovholder {CLIMATE}").last).to_be_visible()


async def test_message_from_the_bot_arrives_by_itself(chat: ChatPage):
    async with chat.page.expect_response("**/directline/conversations") as started:
        await chat.open()
    response = await started.value
    conversation = (await response.json())["conversationId"]
    reminder = {"type": "message", "text": "Du mangler at melde status."}
    await chat.page.request.post(f"{chat.url}/chat/connector/v3/conversations/{conversation}/activities", data=reminder)
    await expect(chat.page.get_by_text("Du mangler at melde status.").last).to_be_visible()


@pytest.mark.parametrize(
    "question", [CLIMATE, "status på skærmbesøg", "hvor mange projekter er røde", "hjælp", "næste møder"]
)
async def test_phone_shows_everything_within_its_width(chat: ChatPage, question: str):
    await chat.page.set_viewport_size(PHONE)
    await chat.open()
    await chat.ask(question)
    assert await chat.sticks_out() == []


async def test_phone_shows_three_buttons_within_its_width(chat: ChatPage):
    await chat.page.set_viewport_size(PHONE)
    await chat.open("/chat?person=sekretaer")
    await chat.ask("aflys mødet i Project Board")
    await expect(chat.card.get_by_role("button", name="Flyt det i stedet")).to_be_in_viewport(ratio=1)
    assert await chat.sticks_out() == []


async def test_person_with_dark_colours_can_read_the_cards(chat: ChatPage):
    await chat.page.emulate_media(color_scheme="dark")
    await chat.open()
    await chat.ask(CLIMATE)
    light, dark = "rgb(255, 255, 255)", "rgb(41, 41, 41)"
    await expect(chat.heading).to_have_css("color", light)
    assert await chat.card.locator("..").evaluate("element => getComputedStyle(element).backgroundColor") == dark


async def test_lead_chooses_which_mette_was_meant(chat: ChatPage):
    await chat.open()
    card = await chat.ask("mettes projekter")
    await expect(chat.heading).to_have_text("Hvad mener du med »mettes«?")
    await card.get_by_role("button", name=re.compile("Mette Kragelund")).click()
    await expect(chat.heading).to_have_text(re.compile("projekter.*Mette Kragelund"))
