"""The pages that the Teams app's description leads to: about, privacy and terms."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Handler

FOLDER = Path(__file__).parent
STYLE = "pages.css"
PAGES = {"/about": "about.html", "/privacy": "privacy.html", "/terms": "terms.html", f"/{STYLE}": STYLE}
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'",
    "Cache-Control": "max-age=3600",
}


def add_pages(app: web.Application) -> None:
    app.add_routes([web.get(path, file_handler(FOLDER / name, HEADERS)) for path, name in PAGES.items()])


def file_handler(path: Path, headers: Mapping[str, str]) -> Handler:
    async def file(_: web.Request) -> web.StreamResponse:
        return web.FileResponse(path, headers=headers)

    return file
