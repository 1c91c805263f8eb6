"""Lists as files, at addresses that nobody can guess."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from html import escape
from http import HTTPStatus
from urllib.parse import quote

import structlog
from aiohttp import web

from dialogs.exports.files import File
from dialogs.texts import Texts
from portfolio.exports import FileKind
from portfolio.ports.errors import DatabaseError

Fetch = Callable[[str], Awaitable[File | None]]

_TYPES = {
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.CSV: "text/csv",
}
_PAGE = """<!doctype html>
<html lang="{language}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>{title}</title>
  <link rel="stylesheet" href="../../pages.css">
</head>
<body><main><h1>{title}</h1><p>{text}</p></main></body>
</html>
"""
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}

log = structlog.get_logger()


def add_files(app: web.Application, path: str, fetch: Fetch, texts: Texts) -> None:
    """Serves what `fetch` finds by its token. The name in the address is for people; whoever asks for no more than
    whether it is there is not answered, since a file that is made is written down."""

    async def handler(request: web.Request) -> web.StreamResponse:
        try:
            file = await fetch(request.match_info["token"])
        except DatabaseError as error:
            log.warning("file_not_made", error=error.reason)
            return _page(HTTPStatus.SERVICE_UNAVAILABLE, "file_page.away", texts)
        return _page(HTTPStatus.NOT_FOUND, "file_page.text", texts) if file is None else _download(file)

    app.router.add_get(f"{path}{{token:[\\w-]{{1,80}}}}/{{name}}", handler, allow_head=False)


def _download(file: File) -> web.Response:
    disposition = f"attachment; filename=\"tovholder.{file.kind.value}\"; filename*=UTF-8''{quote(file.name, safe='')}"
    headers = {**_HEADERS, "Content-Disposition": disposition}
    return web.Response(body=file.content, content_type=_TYPES[file.kind], headers=headers)


def _page(status: HTTPStatus, text: str, texts: Texts) -> web.Response:
    title, words = escape(texts.say("file_page.title")), escape(texts.say(text))
    page = _PAGE.format(language=texts.language, title=title, text=words)
    return web.Response(text=page, content_type="text/html", status=status.value, headers=_HEADERS)
