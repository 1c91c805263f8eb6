"""The chat page as a person meets it, in a browser."""

from __future__ import annotations

from playwright.async_api import Locator, Page, expect


class ChatPage:
    """What a person sees and does on the page."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url
        self.cards = page.locator(".webchat__adaptive-card-renderer")
        self.box = page.get_by_label("Din besked")
        self.person = page.get_by_label("Du er", exact=True)
        self.problems: list[str] = []
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("console", lambda said: self.problems.append(said.text) if said.type == "error" else None)

    async def open(self, path: str = "/") -> ChatPage:
        """Web Chat takes nothing from the person until it is connected."""
        await self.page.goto(self.url + path)
        await expect(self.cards.first).to_be_visible(timeout=20_000)
        await expect(self.page.get_by_text("Opretter forbindelse")).to_have_count(0)
        return self

    @property
    def card(self) -> Locator:
        """The latest one."""
        return self.cards.last

    @property
    def heading(self) -> Locator:
        return self.card.get_by_role("heading").first.get_by_role("paragraph")

    async def say(self, text: str) -> None:
        await self.box.fill(text)
        await self.box.press("Enter")

    async def ask(self, text: str) -> Locator:
        """The card that answers."""
        before = await self.cards.count()
        await self.say(text)
        await expect(self.cards).to_have_count(before + 1)
        return self.card

    async def press(self, name: str) -> None:
        await self.card.get_by_role("button", name=name).first.click()

    async def sticks_out(self) -> list[str]:
        """Whatever is broader than the window."""
        found: list[str] = await self.page.evaluate(
            """() => [...document.querySelectorAll("body *")]
                .filter(element => element.checkVisibility() && element.getBoundingClientRect().right > innerWidth + 1)
                .map(element => element.outerHTML.slice(0, 120))"""
        )
        return found
