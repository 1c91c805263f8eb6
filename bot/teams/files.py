"""Hands files over: into the OneDrive that Teams names, or by a link to the service itself."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus

import aiohttp
import structlog
from yarl import URL

from bot.allowed_hosts import UploadHosts
from bot.settings import Settings
from dialogs.turn.files import Place
from dialogs.turn.reply import UserError

# Teams waits for the answer meanwhile.
TIMEOUT = aiohttp.ClientTimeout(total=8, connect=4)
# A portfolio of thousands of projects comes to a few megabytes; more than this goes up in one piece nowhere.
MOST_BYTES = 30 * 1024 * 1024
_TAKEN = frozenset({HTTPStatus.OK, HTTPStatus.CREATED})

log = structlog.get_logger()


@asynccontextmanager
async def serving_files(settings: Settings) -> AsyncIterator[ServedFiles]:
    """Hands files over by a session of their own, which knows no secrets and keeps no cookies."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
        place = Place.BROWSER if settings.is_local else Place.TEAMS
        yield ServedFiles(session, UploadHosts(settings), place, settings.address)


@dataclass(frozen=True, slots=True)
class ServedFiles:
    """Implements dialogs.turn.files.Files. `address` is where people reach the service."""

    session: aiohttp.ClientSession
    hosts: UploadHosts
    place: Place
    address: str | None

    def link(self, path: str) -> str | None:
        return None if self.address is None else f"{self.address}{path}"

    def may_hold(self, address: str) -> bool:
        return self.hosts.allow(address)

    async def put(self, address: str, content: bytes) -> None:
        if not self.hosts.allow(address):
            raise UserError("upload_forbidden")
        size = len(content)
        if not 0 < size <= MOST_BYTES:
            raise UserError("upload_failed")
        headers = {"Content-Type": "application/octet-stream", "Content-Range": f"bytes 0-{size - 1}/{size}"}
        try:
            async with self.session.put(
                URL(address, encoded=True), data=content, headers=headers, timeout=TIMEOUT, allow_redirects=False
            ) as response:
                status = response.status
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            log.warning("file_not_put", error=type(error).__name__)
            raise UserError("upload_failed") from error
        if status not in _TAKEN:
            log.warning("file_not_put", status=status)
            raise UserError("upload_failed")
