"""The chat page shows the time of a clock of its own."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from tests.kit.page import ChatPage

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

PHONE = {"width": 360, "height": 740}


async def test_newcomer_sees_which_day_it_is_in_the_demo(chat: ChatPage):
    await chat.open()
    clock = chat.page.get_by_role("timer")
    await expect(clock).to_have_text(
        re.compile(r"^Simuleret tid: søndag den 22\. november 2026 \(uge 47\) kl\. 09\.0\d$")
    )
    await chat.ask("hjælp")
    await expect(chat.page.get_by_text(re.compile(r"^søndag 22\. november kl\. 9\.0\d$")).last).to_be_visible()


async def test_newcomer_on_a_phone_sees_it_beside_the_name(chat: ChatPage):
    await chat.page.set_viewport_size(PHONE)
    await chat.open()
    await expect(chat.page.get_by_role("timer")).to_be_visible()
    assert await chat.sticks_out() == []


async def test_newcomer_with_a_month_to_the_minute_is_not_shown_hours(chat: ChatPage):
    told = {"now": "2027-01-01T12:00:00+00:00", "speed": 40_000, "zone": "Europe/Copenhagen"}
    await chat.page.route("**/chat/clock", lambda route: route.fulfill(json=told))
    await chat.open()
    clock = chat.page.get_by_role("timer")
    await expect(clock).to_have_text(re.compile(r"^Simuleret tid: \w+dag den \d+\. januar 2027 \(uge (53|[1-4])\)$"))
    before = await clock.inner_text()
    await expect(clock).not_to_have_text(before)


async def test_without_a_clock_of_its_own_the_page_says_nothing_of_time(chat: ChatPage):
    told = {"now": "2027-01-01T12:00:00+00:00", "speed": None, "zone": "Europe/Copenhagen"}
    await chat.page.route("**/chat/clock", lambda route: route.fulfill(json=told))
    await chat.open()
    await expect(chat.page.get_by_role("timer")).to_be_hidden()
