"""Takes the pictures in docs/screenshots from demos of their own: `make screenshots`."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

TARGET = Path(__file__).with_name("screenshots")
APOLOGY = "Noget gik galt"
CLOCK = "2026-11-22T09:00"
# A month to the minute.
MONTH = ("--clock", "2026-11-23T07:30", "--speed", "40000")
A_MONTH = 120_000
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
WIDE = ViewportSize(width=1200, height=830)
NARROW = ViewportSize(width=360, height=780)
CLIMATE = "hvilke projekter er i fokusområde Klima og ressourcer"
LINE = "status på P016: gul, to centre mangler stadig oplæring, 60 %, slut rykker til uge 40"
MOVED = "flyt mødet i Project Board til fredag den 18. december kl. 13"
LEAD, BOARD = "/?person=projektleder", "/?person=sekretaer&sted=kanal-2"


@dataclass(frozen=True)
class Press:
    """A button of the latest card, instead of a message."""

    title: str


@dataclass(frozen=True)
class Picture:
    """The page after these messages and presses, or when a card that is to come by itself is there. Reports that are
    sent stay: pictures are taken in their order."""

    size: ViewportSize
    path: str
    steps: tuple[str | Press, ...] = ()
    scheme: Literal["light", "dark"] = "light"
    awaited: str = ""


def both(name: str, path: str, *steps: str | Press, height: int = 830) -> dict[str, Picture]:
    """Describes the same picture wide and narrow."""
    wide, narrow = ViewportSize(width=1200, height=height), ViewportSize(width=360, height=height)
    return {f"{name}-wide": Picture(wide, path, steps), f"{name}-narrow": Picture(narrow, path, steps)}


PICTURES = {
    "chat-wide": Picture(WIDE, "/", (CLIMATE,)),
    "chat-narrow": Picture(NARROW, "/", (CLIMATE,)),
    "chat-dark": Picture(WIDE, "/?person=leder", ("hvilke projekter er røde og over budget",), "dark"),
    **both("project", "/?person=sekretaer", "status på skærmbesøg"),
    "clarify-wide": Picture(WIDE, "/?person=medarbejder", ("mettes projekter",)),
    "unclear-narrow": Picture(NARROW, "/?person=leder", ("hvad med bananer",)),
    "channel-wide": Picture(WIDE, "/?person=leder&sted=kanal-1", ("@Tovholder hvem leder skærmbesøg",)),
    **both("trend", "/?person=leder", "udvikling for talegenkendelse", height=900),
    "disagreement-wide": Picture(WIDE, "/?person=leder", ("hvor er der uenighed",)),
    **both("to-report", LEAD, "status"),
    **both("form", LEAD, "meld status på P016", height=760),
    **both("step", LEAD, "meld status på P016", "trin for trin"),
    **both("confirmation", LEAD, LINE),
    **both(
        "round",
        BOARD,
        "@Tovholder start statusrunde for Project Board",
        "@Tovholder ja",
        "@Tovholder vis runden",
        height=1000,
    ),
    "meeting-wide": Picture(WIDE, "/?person=sekretaer", (MOVED,)),
    **both("receipt", LEAD, LINE, Press("Meld status")),
}
# Taken while the month passes.
REMINDERS = {
    "reminders-wide": Picture(WIDE, LEAD, awaited="4 ting venter på dig"),
    "reminders-narrow": Picture(NARROW, LEAD, awaited="4 ting venter på dig"),
    "run-report-wide": Picture(WIDE, "/?person=sekretaer", awaited="Ingen at minde"),
}


@contextmanager
def demo(*clock: str) -> Iterator[str]:
    """Runs a demo on a free port; yields its address."""
    command = [sys.executable, "-c", "from bot.cli import main; main()", "demo", *clock]
    environment = {**os.environ, "TOVHOLDER_PORT": "0"}
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:  # noqa: S603
        try:
            lines = iter(process.stderr or ())
            yield next(match[0] for line in lines if (match := re.search(r"http://[\d.]+:\d+", line)))
        finally:
            process.terminate()


def take(browser: Browser, address: str, name: str, picture: Picture) -> None:
    context = browser.new_context(viewport=picture.size, color_scheme=picture.scheme, locale="da-DK")
    page = context.new_page()
    page.goto(address + picture.path)
    cards = page.locator(".webchat__adaptive-card-renderer")
    expect(cards.first).to_be_visible(timeout=20_000)
    expect(page.get_by_text("Opretter forbindelse")).to_have_count(0)
    wait_for_rest(page)  # what was said before on this page comes in first
    for step in picture.steps:
        before = cards.last.inner_text()
        if isinstance(step, Press):
            cards.last.get_by_role("button", name=step.title).first.click()
        else:
            page.get_by_label("Din besked").fill(step)
            page.keyboard.press("Enter")
        expect(cards.last).not_to_have_text(before)
        wait_for_rest(page)
    if picture.awaited:
        expect(cards.filter(has_text=picture.awaited).last).to_be_visible(timeout=A_MONTH)
    expect(cards.last.get_by_role("heading").first).not_to_contain_text(APOLOGY)
    wait_for_rest(page)
    page.screenshot(path=TARGET / f"{name}.png")
    context.close()


def wait_for_rest(page: Page) -> None:
    """Waits until nothing has scrolled for a while."""
    page.evaluate(
        """() => new Promise(done => {
            const later = () => { clearTimeout(timer); timer = setTimeout(done, 600); };
            let timer = setTimeout(done, 600);
            document.addEventListener("scroll", later, true);
        })"""
    )


def main() -> None:
    TARGET.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        for clock, pictures in (("--clock", CLOCK), PICTURES), (MONTH, REMINDERS):
            with demo(*clock) as address:
                for name, picture in pictures.items():
                    take(browser, address, name, picture)
        browser.close()


if __name__ == "__main__":
    main()
