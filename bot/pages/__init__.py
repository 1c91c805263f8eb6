"""The pages that the Teams app's description leads to: about, privacy and terms."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from html import escape
from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.pages.data_map import times_as_html
from dialogs.texts import LANGUAGES, Texts

FOLDER = Path(__file__).parent
STYLE = "pages.css"
PAGES = {"/about": "about.html", "/terms": "terms.html", f"/{STYLE}": STYLE}
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'",
    "Cache-Control": "max-age=3600",
}


class ModelUse(StrEnum):
    """The ways in which a language model may read along."""

    NEVER = "never"
    WITHOUT_NAMES = "without_names"
    WITH_NAMES = "with_names"


def add_pages(app: web.Application, model: ModelUse = ModelUse.NEVER) -> None:
    app.add_routes([web.get(path, file_handler(FOLDER / name, HEADERS)) for path, name in PAGES.items()])
    app.router.add_get("/privacy", _page_handler(privacy_page(model)))


def privacy_page(model: ModelUse = ModelUse.NEVER) -> str:
    """The page about personal data, with the times of the data map, and what a language model is sent."""
    page = (FOLDER / "privacy.html").read_text(encoding="utf-8")
    for language in LANGUAGES:
        texts = Texts.of(language)
        page = page.replace(f"<!-- times {language} -->", times_as_html(texts))
        page = page.replace(f"<!-- model {language} -->", escape(texts.say(f"data_model.{model.value}"), quote=False))
    return page


def _page_handler(page: str) -> Handler:
    async def handler(_: web.Request) -> web.StreamResponse:
        return web.Response(text=page, content_type="text/html", headers=HEADERS)

    return handler


def file_handler(path: Path, headers: Mapping[str, str]) -> Handler:
    async def file(_: web.Request) -> web.StreamResponse:
        return web.FileResponse(path, headers=headers)

    return file
