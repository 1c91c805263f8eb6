"""The door: `POST /api/messages`. What comes in is checked before it is read, and read before it is believed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import structlog
from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from bot.door.connections import keep
from bot.door.guard import Guard, RefusedError
from bot.door.keys import KeysUnavailableError
from bot.door.tokens import TokenCheck
from bot.metrics import REFUSED
from bot.settings import is_loopback
from bot.strict_json import MalformedJsonError, parse
from bot.teams.codec import MalformedActivityError, decode

MAX_BODY = 1024 * 1024
BODY_SECONDS = 10.0
UTF_8 = frozenset({"utf-8", "utf8"})
PACKINGS = frozenset({"identity", "gzip", "deflate"})
FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host")

log = structlog.get_logger()

Turn = Callable[[Any], Awaitable[web.Response]]


@dataclass(frozen=True)
class Door:
    """Hands a decoded activity to `turn`; `tokens` is None in local mode only."""

    guard: Guard
    tokens: TokenCheck | None
    turn: Turn
    body_seconds: float = BODY_SECONDS

    async def receive(self, request: web.Request) -> web.Response:
        try:
            return await self.turn(await self._admit(request))
        except RefusedError as refused:
            REFUSED.labels(refused.reason).inc()
            log.warning("refused", status=refused.status.value, reason=refused.reason)
            return _closed(refused.status)
        except KeysUnavailableError:
            log.warning("no_keys")
            return _closed(HTTPStatus.SERVICE_UNAVAILABLE)

    async def _admit(self, request: web.Request) -> Any:
        if (request.content_length or 0) > MAX_BODY:
            raise RefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "size")
        if "Content-Type" not in request.headers or request.content_type != "application/json":
            raise RefusedError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "content_type")
        if _charset_of(request) not in UTF_8:
            raise RefusedError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "charset")
        if request.headers.get("Content-Encoding", "identity").strip().lower() not in PACKINGS:
            raise RefusedError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "encoding")
        signed_url = await self._service_url(request)
        keep(request)
        body = await self._body(request)
        try:
            document = parse(body)
            self.guard.check(document, signed_url)
            return decode(document)
        except MalformedJsonError as error:
            raise RefusedError(HTTPStatus.BAD_REQUEST, "json") from error
        except MalformedActivityError as error:
            raise RefusedError(HTTPStatus.BAD_REQUEST, "shape") from error

    async def _service_url(self, request: web.Request) -> str | None:
        """Returns the address that the token signs for; None in local mode, where only this machine is listened to."""
        if self.tokens is not None:
            return (await self.tokens.check(request.headers.get("Authorization"))).service_url
        if not _from_this_machine(request):
            raise RefusedError(HTTPStatus.UNAUTHORIZED, "not_local")
        return None

    async def _body(self, request: web.Request) -> bytes:
        try:
            async with asyncio.timeout(self.body_seconds):
                return await request.read()
        except TimeoutError as error:
            raise RefusedError(HTTPStatus.REQUEST_TIMEOUT, "slow_body") from error
        except web.HTTPRequestEntityTooLarge as error:
            raise RefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "size") from error
        except (web.RequestPayloadError, HttpProcessingError) as error:
            raise RefusedError(HTTPStatus.BAD_REQUEST, "body") from error


def _charset_of(request: web.Request) -> str:
    """JSON is UTF-8 where nothing else is said."""
    said = request.charset
    return "utf-8" if said is None else said.strip().lower()


def _from_this_machine(request: web.Request) -> bool:
    """Says whether peer, address and page are of this machine, with no proxy between."""
    return (
        is_loopback(request.remote or "")
        and _is_here(f"//{request.host}")
        and _is_here(request.headers.get("Origin", "//localhost"))
        and not any(name in request.headers for name in FORWARDED)
    )


def _is_here(address: str) -> bool:
    try:
        return is_loopback(urlsplit(address).hostname or "")
    except ValueError:
        return False


def _closed(status: HTTPStatus) -> web.Response:
    """Answers without body, and closes the connection, so that an unread body is not waited for."""
    response = web.Response(status=status)
    response.force_close()
    return response
