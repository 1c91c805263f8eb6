"""Leads report status on the chat page: on the card, step by step, in one line, unchanged, and in a round."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from playwright.async_api import WebSocketRoute, expect

from tests.kit.page import ChatPage

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

PHONE = {"width": 360, "height": 740}
CENTRES = "Velfærdsteknologi på plejecentrene"
FORM, REPORTED, UNCHANGED = (
    f"Meld status på {CENTRES}",
    f"Status er meldt på {CENTRES}",
    f"Status er meldt uændret på {CENTRES}",
)
LINE = "status på P016: rød, to centre er lukket, 40 %, slut rykker til uge 40"
OWN_VIEW = "Du mangler at melde status på 5 projekter"
COMMENT, PROGRESS, NEXT = "Hvad er der sket siden sidst?", "Fremdrift (%)", "Næste skridt"


async def test_lead_reports_from_the_list_in_two_presses(chat: ChatPage):
    await chat.open()
    card = await chat.ask("status")
    await expect(chat.heading).to_have_text("2 af dine 5 projekter venter på status")
    await card.get_by_role("button", name="Meld status").last.click()
    await expect(chat.heading).to_have_text(FORM)
    await card.get_by_role("radio", name="Grøn").first.check()
    await card.get_by_label(COMMENT).fill("De sidste to centre er i gang igen.")
    await chat.press("Meld status")
    await expect(chat.heading).to_have_text(REPORTED)
    await expect(card.get_by_text("● Grøn, før ● Gul")).to_be_visible()
    await expect(card.get_by_text("De sidste to centre er i gang igen.")).to_be_visible()


async def test_lead_says_unchanged_in_one_press_and_sees_it_over_time(chat: ChatPage):
    await chat.open()
    await chat.ask("status")
    await chat.press("Uændret")
    await expect(chat.heading).to_have_text(UNCHANGED)
    await chat.press("Udvikling")
    await expect(chat.heading).to_have_text(re.compile(f"^{CENTRES}: gul igen efter"))
    await expect(chat.card).to_contain_text("● Gul 28. aug. 26 → ● Grøn 25. sep. 26 → ● Gul 23. okt. 26")
    await expect(chat.card).to_contain_text("før ● Grøn · Tid: grøn → gul")


async def test_lead_sees_what_is_wrong_at_its_field_with_what_was_typed(chat: ChatPage):
    await chat.open()
    card = await chat.ask("meld status på P016")
    await card.get_by_label(PROGRESS).fill("halvvejs")
    await card.get_by_label(NEXT).fill("Møde på fredag")
    await chat.press("Meld status")
    await expect(card.get_by_text("⚠ Det læste jeg ikke som et tal. Skriv et fra 0 til 100.")).to_be_visible()
    await expect(card.get_by_label(PROGRESS)).to_have_value("halvvejs")
    await expect(card.get_by_label(NEXT)).to_have_value("Møde på fredag")
    await card.get_by_label(PROGRESS).fill("55")
    await chat.press("Meld status")
    await expect(chat.heading).to_have_text(REPORTED)


async def test_red_opens_the_fields_that_it_asks_for(chat: ChatPage):
    await chat.open()
    card = await chat.ask("meld status på P033")
    await card.get_by_role("radio", name="Rød").first.check()
    await card.get_by_label(COMMENT).fill("Leverandøren er gået konkurs.")
    await chat.press("Meld status")
    await card.get_by_role("radio", name="Barriere, som styregruppen skal fjerne").check()
    await card.get_by_label("Hvad er forhindringen?").fill("Ingen leverandør")
    await chat.press("Meld status")
    await expect(card.get_by_text(re.compile("^Barrieren »Ingen leverandør« er med til"))).to_be_visible()


async def test_lead_answers_step_by_step_in_writing(chat: ChatPage):
    await chat.open()
    await chat.ask("meld status på P016")
    await chat.ask("trin for trin")
    for question, said in (("Samlet status", "den er gul"), (COMMENT, "to centre venter"), ("Fremdrift", "12,5")):
        await expect(chat.heading).to_have_text(question)
        await chat.ask(said)
    await expect(chat.heading).to_have_text(NEXT)
    await chat.ask("oplæring på fredag")
    await expect(chat.card.get_by_text("12,5 %", exact=True)).to_be_visible()
    await chat.ask("ja tak")
    await expect(chat.heading).to_have_text(REPORTED)


async def test_lead_answers_step_by_step_with_buttons_alone(chat: ChatPage):
    await chat.open()
    await chat.ask("meld status på P016")
    await chat.press("Svar trin for trin")
    for question, press in (
        ("Samlet status", "● Gul"),
        (COMMENT, "Behold"),
        ("Fremdrift", "Tilbage"),
        (COMMENT, "Behold"),
    ):
        await expect(chat.heading).to_have_text(question)
        await chat.press(press)
    for question in ("Fremdrift", NEXT):
        await expect(chat.heading).to_have_text(question)
        await chat.press("Behold")
    await expect(chat.heading).to_have_text(FORM)
    await expect(chat.card.get_by_text("Intet er sendt endnu. Er det rigtigt?")).to_be_visible()
    await chat.press("Meld status")
    await expect(chat.heading).to_have_text(UNCHANGED)


async def test_lead_reports_in_one_line_and_a_yes(chat: ChatPage):
    await chat.open()
    card = await chat.ask(LINE)
    await expect(chat.heading).to_have_text(FORM)
    await expect(card.get_by_text("to centre er lukket")).to_be_visible()
    await expect(card.get_by_text("uge 40 2027")).to_be_visible()
    await chat.ask("ja")
    await expect(chat.heading).to_have_text(REPORTED)


async def test_phone_shows_what_is_needed_on_the_first_screen(chat: ChatPage):
    await chat.page.set_viewport_size(PHONE)
    await chat.open()
    card = await chat.ask("meld status på P016")
    await expect(card.get_by_role("radio", name="Grøn").first).to_be_in_viewport()
    for label in (COMMENT, PROGRESS):
        await expect(card.get_by_label(label)).to_be_in_viewport(ratio=1)
    assert await chat.sticks_out() == []
    await card.get_by_text("▸ Flere felter").click()
    await expect(card.get_by_label("Ønske om en beslutning")).to_be_visible()
    assert await chat.sticks_out() == []


async def test_phone_shows_reporting_within_its_width(chat: ChatPage):
    await chat.page.set_viewport_size(PHONE)
    await chat.open()
    for said in ("status", LINE, "ja", "udvikling for P016", "hvor er der uenighed"):
        await chat.ask(said)
        assert await chat.sticks_out() == [], said


async def test_keyboard_user_reports_from_the_list_to_the_receipt(chat: ChatPage):
    await chat.open()
    card = await chat.ask("status")
    keys = chat.page.keyboard
    await chat.enter_card()
    await chat.tab_to(card.get_by_role("button", name="Meld status").last)
    await keys.press("Enter")
    await expect(chat.heading).to_have_text(FORM)
    await chat.tab_to(card.get_by_role("radio", name="Gul").first)
    await keys.press("ArrowUp")
    await expect(card.get_by_role("radio", name="Grøn").first).to_be_checked()
    await chat.tab_to(card.get_by_label(COMMENT))
    await keys.press("Control+a")
    await keys.type("Alt er i gang igen.")
    await chat.tab_to(card.get_by_role("button", name="Meld status"))
    await keys.press("Space")
    await expect(chat.heading).to_have_text(REPORTED)
    await expect(card.get_by_text("Alt er i gang igen.")).to_be_visible()


async def test_dark_colours_can_be_read(chat: ChatPage):
    await chat.page.emulate_media(color_scheme="dark")
    await chat.open()
    for said in ("status", "meld status på P016", LINE, "ja", "udvikling for P016"):
        await chat.ask(said)
        assert await chat.least_contrast() >= 4.5, said


NAMELESS = """() => [...document.querySelectorAll("input:not([type='radio'], [type='checkbox']), select, textarea")]
    .filter(one => !one.ariaLabel && !one.getAttribute("aria-labelledby")
        && ![...one.labels].some(label => label.textContent.trim()))
    .map(one => one.outerHTML)"""


async def test_every_field_has_a_name_for_those_who_hear_the_page(chat: ChatPage):
    await chat.open()
    await chat.ask("status på P033: rød, leverandøren er gået konkurs")
    assert await chat.card.locator("input").count() > 0
    assert await chat.page.evaluate(NAMELESS) == []


async def test_lead_goes_on_after_a_reload_with_what_was_kept(chat: ChatPage):
    await chat.open()
    card = await chat.ask("meld status på P016")
    await card.get_by_label(COMMENT).fill("Halvt færdig")
    await chat.press("Gem kladde")
    await expect(chat.heading).to_have_text("Kladden er gemt")
    await chat.open()
    card = await chat.ask("fortsæt")
    await expect(chat.heading).to_have_text(FORM)
    await expect(card.get_by_label(COMMENT)).to_have_value("Halvt færdig")


async def test_lead_goes_on_after_a_reload_with_the_question_that_waited(chat: ChatPage):
    await chat.open()
    await chat.ask(LINE.replace("rød", "gul"))
    await chat.press("Tilbage")
    await expect(chat.heading).to_have_text(NEXT)
    await chat.open()
    await chat.ask("hvor mange projekter er røde")
    await chat.press("Fortsæt")
    await expect(chat.heading).to_have_text(NEXT)


async def test_round_is_opened_answered_and_followed_by_all(chat: ChatPage):
    await chat.open("/?person=sekretaer&sted=kanal-1")
    await chat.say("@Tovholder start statusrunde for Digitaliseringsprogramgruppen")
    await expect(chat.cards.filter(has_text="Intet er åbnet endnu")).to_have_count(1)
    await chat.say("@Tovholder ja")
    await expect(chat.cards.filter(has_text="Runden er åbnet: Status til")).to_have_count(1)
    lead = ChatPage(await chat.page.context.new_page(), chat.url)
    await lead.open("/?person=projektleder&sted=kanal-1")
    own = lead.cards.filter(has_text=OWN_VIEW)
    await expect(own.get_by_role("button", name="Uændret")).to_have_count(1)
    await own.get_by_role("button", name="Uændret").click()
    await expect(lead.cards.filter(has_text="Du mangler at melde status på 4 projekter")).to_have_count(1)
    await expect(chat.cards.filter(has_text=re.compile(r"1 af \d+ har svaret"))).to_have_count(1)
    await expect(chat.cards.filter(has_text="Du mangler at melde status")).to_have_count(0)
    assert lead.problems == []


async def test_ones_own_view_is_kept_where_it_overtakes_the_card_that_all_see(chat: ChatPage):
    await chat.open("/?person=sekretaer&sted=kanal-1")
    await chat.say("@Tovholder start statusrunde for Digitaliseringsprogramgruppen")
    await expect(chat.cards.filter(has_text="Intet er åbnet endnu")).to_have_count(1)
    await chat.say("@Tovholder ja")
    await expect(chat.cards.filter(has_text="Runden er åbnet: Status til")).to_have_count(1)
    lead = ChatPage(await chat.page.context.new_page(), chat.url)
    await lead.page.route_web_socket(re.compile("/stream"), in_two_parts_at_once)
    await lead.open("/?person=projektleder&sted=kanal-1")
    await expect(lead.cards).to_have_count(4)
    await expect(lead.cards.filter(has_text=OWN_VIEW)).to_have_count(1)


def in_two_parts_at_once(page: WebSocketRoute) -> None:
    """Keeps what the service says until the reader's own view is there; then that comes right after all the rest."""
    kept: list[dict[str, Any]] = []

    def heard(message: str | bytes) -> None:
        kept.extend(json.loads(message)["activities"])
        if OWN_VIEW in json.dumps(kept[-1], ensure_ascii=False):
            for part in (kept[:-1], kept[-1:]):
                page.send(json.dumps({"activities": part, "watermark": str(len(kept))}))

    page.connect_to_server().on_message(heard)
