"""Takes the pictures in docs/screenshots from a demo of its own: `make screenshots`."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

TARGET = Path(__file__).with_name("screenshots")
APOLOGY = "Noget gik galt"
CLOCK = "2026-11-22T09:00"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
WIDE = {"width": 1200, "height": 830}
NARROW = {"width": 360, "height": 780}
CLIMATE = "hvilke projekter er i fokusområde Klima og ressourcer"
PICTURES = {
    "chat-wide": (WIDE, "light", "/", CLIMATE),
    "chat-narrow": (NARROW, "light", "/", CLIMATE),
    "chat-dark": (WIDE, "dark", "/?person=leder", "hvilke projekter er røde og over budget"),
    "project-wide": (WIDE, "light", "/?person=sekretaer", "status på skærmbesøg"),
    "project-narrow": (NARROW, "light", "/?person=sekretaer", "status på skærmbesøg"),
    "clarify-wide": (WIDE, "light", "/?person=medarbejder", "mettes projekter"),
    "unclear-narrow": (NARROW, "light", "/?person=leder", "hvad med bananer"),
    "channel-wide": (WIDE, "light", "/?person=leder&sted=kanal-1", "@Tovholder hvem leder skærmbesøg"),
}


@contextmanager
def demo() -> Iterator[str]:
    """The address of a demo on a free port, at the time for which the example was made."""
    command = [sys.executable, "-c", "from bot.cli import main; main()", "demo", "--clock", CLOCK]
    environment = {**os.environ, "TOVHOLDER_PORT": "0"}
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:  # noqa: S603
        try:
            said = iter(process.stderr or ())
            yield next(found[0] for line in said if (found := re.findall(r"http://[\d.]+:\d+", line)))
        finally:
            process.terminate()


def take(browser: Browser, address: str, name: str) -> None:
    size, scheme, path, question = PICTURES[name]
    context = browser.new_context(viewport=size, color_scheme=scheme, locale="da-DK")
    page = context.new_page()
    page.goto(address + path)
    cards = page.locator(".webchat__adaptive-card-renderer")
    expect(cards.first).to_be_visible(timeout=20_000)
    expect(page.get_by_text("Opretter forbindelse")).to_have_count(0)
    before = cards.count()
    page.get_by_label("Din besked").fill(question)
    page.keyboard.press("Enter")
    expect(cards).to_have_count(before + 1)
    expect(cards.last.get_by_role("heading").first).not_to_contain_text(APOLOGY)
    at_rest(page)
    page.screenshot(path=TARGET / f"{name}.png")
    context.close()


def at_rest(page: Page) -> None:
    """Until nothing has scrolled for a while."""
    page.evaluate(
        """() => new Promise(done => {
            const later = () => { clearTimeout(timer); timer = setTimeout(done, 600); };
            let timer = setTimeout(done, 600);
            document.addEventListener("scroll", later, true);
        })"""
    )


def main() -> None:
    TARGET.mkdir(exist_ok=True)
    with demo() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        for name in PICTURES:
            take(browser, address, name)
        browser.close()


if __name__ == "__main__":
    main()
