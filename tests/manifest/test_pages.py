"""The pages that Teams shows links to are there."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.pages import add_pages
from manifest.app_package import Deployment, manifest

DEPLOYMENT = Deployment("6f1c2f5e-53a1-4b8c-9d6a-0d3f3b1c7a20", "https://tovholder.example.dk", "0.1.0")
DEVELOPER = manifest(DEPLOYMENT)["developer"]


class Outline(HTMLParser):
    """The languages, headings and links of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.languages: list[str | None] = []
        self.headings = 0
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.languages += [value for name, value in attrs if name == "lang"]
        self.headings += tag == "h1"
        self.links += [value for name, value in attrs if name == "href" and value]


@pytest.mark.parametrize("address", ["websiteUrl", "privacyUrl", "termsOfUseUrl"])
async def test_administrator_can_follow_the_links_of_the_app(address: str):
    app = web.Application()
    add_pages(app)
    async with TestClient(TestServer(app)) as client:
        response = await client.get(urlsplit(DEVELOPER[address]).path)
        assert (response.status, response.content_type) == (200, "text/html")
        page = Outline()
        page.feed(await response.text())
        assert (page.languages, page.headings) == (["da", "en"], 2)
        assert {(await client.get(f"/{link}")).status for link in page.links} == {200}
