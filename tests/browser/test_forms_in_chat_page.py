"""Forms on the chat page: what is filled in reaches the bot as Teams would send it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import web
from playwright.async_api import Browser, expect

from bot.demo.fetch import WEBCHAT
from tests.kit.line import CARD, chat_before
from tests.kit.page import ChatPage

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

COLOURS = [{"title": title, "value": value} for title, value in (("Rød", "red"), ("Gul", "amber"), ("Grøn", "green"))]
FORM = {
    "type": "AdaptiveCard",
    "version": "1.5",
    "body": [
        {"type": "TextBlock", "text": "Meld status", "style": "heading", "size": "Large"},
        {
            "type": "Input.ChoiceSet",
            "id": "overall",
            "label": "Samlet status",
            "style": "expanded",
            "choices": COLOURS,
            "value": "green",
        },
        {"type": "Input.ChoiceSet", "id": "risk", "label": "Risiko", "choices": COLOURS, "value": "amber"},
        {
            "type": "Input.Text",
            "id": "comment",
            "label": "Hvad er der sket?",
            "isMultiline": True,
            "isRequired": True,
            "errorMessage": "Skriv, hvad der er sket.",
        },
        {"type": "Input.Number", "id": "progress", "label": "Fremdrift"},
        {"type": "Input.Date", "id": "end", "label": "Forventet slut"},
        {"type": "Input.Toggle", "id": "reached", "title": "Milepælen er nået", "label": "Milepæl", "value": "false"},
    ],
    "actions": [
        {
            "type": "Action.Execute",
            "title": "Meld status",
            "verb": "form_submit",
            "data": {"draft": "d1", "version": 2},
            "associatedInputs": "auto",
        },
        {
            "type": "Action.Execute",
            "title": "Kassér",
            "verb": "form_discard",
            "data": {"draft": "d1"},
            "associatedInputs": "none",
        },
    ],
}
DONE = {"type": "AdaptiveCard", "version": "1.5", "body": [{"type": "TextBlock", "text": "Status er meldt"}]}


class FormBot:
    """Shows a form to whoever comes, and keeps what is pressed on it."""

    def __init__(self) -> None:
        self.pressed: list[dict[str, Any]] = []

    async def listen(self, request: web.Request) -> web.Response:
        activity = await request.json()
        if activity["type"] == "invoke":
            self.pressed.append(activity["value"]["action"])
            return web.json_response({"statusCode": 200, "type": CARD, "value": DONE})
        url = f"{activity['serviceUrl']}/v3/conversations/{activity['conversation']['id']}/activities"
        form = {"type": "message", "attachments": [{"contentType": CARD, "content": FORM}]}
        async with aiohttp.ClientSession() as client, client.post(url, json=form) as response:
            assert response.status == 201
        return web.Response()


@pytest.fixture
def bot() -> FormBot:
    return FormBot()


@pytest_asyncio.fixture(loop_scope="session")
async def form(browser: Browser, bot: FormBot, sqlite_url: str) -> AsyncIterator[ChatPage]:
    context = await browser.new_context(viewport={"width": 1200, "height": 900}, locale="da-DK")
    async with chat_before(bot.listen, sqlite_url, webchat=WEBCHAT) as server:
        page = ChatPage(await context.new_page(), server.url)
        yield await page.open()
        await context.close()
    assert page.problems == []


async def test_lead_fills_in_every_kind_of_field(form: ChatPage, bot: FormBot):
    card = form.card
    await card.get_by_role("radio", name="Gul").check()
    await card.get_by_label("Risiko").select_option(label="Rød")
    await card.get_by_label("Hvad er der sket?").fill("Leverandøren er forsinket.\nVi presser på.")
    await card.get_by_label("Fremdrift").fill("60")
    await card.get_by_label("Forventet slut").fill("2026-10-02")
    await card.get_by_label("Milepælen er nået").check()
    await card.get_by_role("button", name="Meld status").click()
    await expect(form.cards).to_have_count(1)
    await expect(form.card.get_by_text("Status er meldt")).to_be_visible()
    (pressed,) = bot.pressed
    assert pressed == {
        "type": "Action.Execute",
        "verb": "form_submit",
        "data": {
            "draft": "d1",
            "version": 2,
            "overall": "amber",
            "risk": "red",
            "comment": "Leverandøren er forsinket.\nVi presser på.",
            "progress": "60",
            "end": "2026-10-02",
            "reached": "true",
        },
    }


async def test_lead_who_changes_nothing_sends_what_was_filled_in_beforehand(form: ChatPage, bot: FormBot):
    await form.card.get_by_label("Hvad er der sket?").fill("Intet nyt.")
    await form.card.get_by_role("button", name="Meld status").click()
    await expect(form.card.get_by_text("Status er meldt")).to_be_visible()
    data = bot.pressed[0]["data"]
    assert (data["overall"], data["risk"], data["reached"]) == ("green", "amber", "false")
    assert {data.get(name, "") for name in ("progress", "end")} == {""}


async def test_lead_who_forgets_the_required_field_is_told_at_the_field(form: ChatPage, bot: FormBot):
    await form.card.get_by_role("button", name="Meld status").click()
    await expect(form.card.get_by_text("Skriv, hvad der er sket.")).to_be_visible()
    await expect(form.card.get_by_label("Hvad er der sket?")).to_be_focused()
    assert bot.pressed == []


async def test_lead_can_throw_the_form_away_half_filled(form: ChatPage, bot: FormBot):
    await form.card.get_by_label("Fremdrift").fill("60")
    await form.card.get_by_role("button", name="Kassér").click()
    await expect(form.card.get_by_text("Status er meldt")).to_be_visible()
    (pressed,) = bot.pressed
    assert pressed == {"type": "Action.Execute", "verb": "form_discard", "data": {"draft": "d1"}}
