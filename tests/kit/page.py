"""The chat page as a person meets it, in a browser."""

from __future__ import annotations

from playwright.async_api import ConsoleMessage, Locator, Page, expect

# Web Chat says so of what is folded, in two lines, and folds it.
FOLDED = "Web Chat: received unknown action from Adaptive Cards"
# The least contrast between each visible text within an element and what it stands on.
CONTRAST = """element => {
    const parts = colour => (colour.match(/[\\d.]+/g) || []).map(Number);
    const light = colour => parts(colour).slice(0, 3).map(one => one / 255)
        .map(one => one <= 0.03928 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4)
        .reduce((sum, one, at) => sum + one * [0.2126, 0.7152, 0.0722][at], 0);
    const behind = one => {
        for (; one; one = one.parentElement) {
            const colour = getComputedStyle(one).backgroundColor;
            if (parts(colour).length === 3 || parts(colour)[3] === 1) return colour;
        }
        return "rgb(255, 255, 255)";
    };
    const isText = one => [...one.childNodes].some(child => child.nodeType === 3 && child.data.trim())
        || one.matches("input, textarea, select");
    const found = [...element.querySelectorAll("*")].filter(one => isText(one) && one.checkVisibility()).map(one => {
        const [low, high] = [light(getComputedStyle(one).color), light(behind(one))].sort((one, other) => one - other);
        return (high + 0.05) / (low + 0.05);
    });
    return Math.min(...found);
}"""


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
        page.on("console", self._logged)
        self._folding = False

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

    async def tab_to(self, wanted: Locator, key: str = "Tab") -> None:
        """With the keyboard alone."""
        for _ in range(80):
            if await wanted.evaluate("element => element === document.activeElement"):
                return
            await self.page.keyboard.press(key)
        raise AssertionError("not reached with the keyboard")

    async def enter_card(self) -> None:
        """From the message box into the latest card, with the keyboard alone."""
        await self.box.focus()
        await self.tab_to(self.page.get_by_role("group", name="Chat-historik"), "Shift+Tab")
        await self.page.keyboard.press("Enter")

    async def least_contrast(self) -> float:
        return float(await self.card.evaluate(CONTRAST))

    def _logged(self, said: ConsoleMessage) -> None:
        if said.type == "error" and not self._folding and said.text != FOLDED:
            self.problems.append(said.text)
        self._folding = said.text == FOLDED

    async def sticks_out(self) -> list[str]:
        """Whatever is broader than the window; what is only read aloud is not seen."""
        found: list[str] = await self.page.evaluate(
            """() => [...document.querySelectorAll("body *")]
                .filter(element => element.checkVisibility() && !element.closest("[role=log]"))
                .filter(element => element.getBoundingClientRect().right > innerWidth + 1)
                .map(element => element.outerHTML.slice(0, 120))"""
        )
        return found
