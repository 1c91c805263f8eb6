"""Calls on Microsoft Graph: page after page, with the pauses that it asks for, and to no other host."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Protocol

import aiohttp
import structlog
from yarl import URL

from bot.operator_texts import say
from bot.teams.credentials import TokenUnavailableError
from bot.teams.messenger import retry_after

REQUEST_TIMEOUT = aiohttp.ClientTimeout(total=60, connect=10)
RETRIED = frozenset({429, 500, 502, 503, 504})
TRIES = 6
FIRST_PAUSE = 2.0
LONGEST_PAUSE = 120.0
LARGEST_PAGE = 32 * 2**20
MOST_PAGES = 10_000
PERMISSION = "User.Read.All"
# The words for a token that Graph has forgotten, beside the status 410.
_FORGOTTEN = frozenset({"syncstatenotfound", "resyncrequired", "directory_expiredpagetoken"})

log = structlog.get_logger()


class GraphError(Exception):
    """Graph could not be read; nothing of what it said before counts. `code` names a sentence for the operator."""

    def __init__(self, code: str, **details: str) -> None:
        super().__init__(code)
        self.code = code
        self.sentence = say(f"graph.{code}", **details)


class StartOverError(Exception):
    """Graph has forgotten what it had told, and wants to tell all of it again."""


class Bearer(Protocol):
    async def bearer(self) -> str:
        """Raises TokenUnavailableError."""
        ...


@dataclass(frozen=True, slots=True)
class Page:
    items: list[dict[str, Any]]
    next_link: str | None = None
    delta_link: str | None = None


@dataclass(frozen=True, slots=True)
class GraphCalls:
    """Reads from the Graph at `url`, an address without a path. `token` is None where nobody asks for one."""

    session: aiohttp.ClientSession
    url: str
    token: Bearer | None
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    tries: int = TRIES

    async def pages(self, link: str) -> AsyncIterator[Page]:
        """Yields a list from `link` on, which is one that Graph gave or the part after the version. Raises GraphError
        and StartOverError."""
        followed = {link}
        for _ in range(MOST_PAGES):
            page = await self._page(URL(link if "://" in link else f"{self._base}/v1.0/{link}", encoded=True))
            yield page
            if page.next_link is None:
                return
            if page.next_link in followed:
                raise GraphError("unreadable")
            link = page.next_link
            followed.add(link)
        raise GraphError("endless")

    def is_own(self, link: str) -> bool:
        """Says whether a link leads to this Graph, where alone the token may go."""
        try:
            url, own = URL(link, encoded=True), URL(self._base)
            return url.user is None and url.origin() == own.origin()
        except ValueError:
            return False

    @property
    def _base(self) -> str:
        return self.url.rstrip("/")

    async def _page(self, url: URL) -> Page:
        answer = await self._object(url)
        items = answer.get("value") if isinstance(answer, dict) else None
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            raise GraphError("unreadable")
        return Page(items, self._link(answer.get("@odata.nextLink")), self._link(answer.get("@odata.deltaLink")))

    def _link(self, link: Any) -> str | None:
        """Raises GraphError for a link to anywhere else."""
        if link is None:
            return None
        if not isinstance(link, str) or not self.is_own(link):
            raise GraphError("elsewhere")
        return link

    async def _object(self, url: URL) -> Any:
        """Returns the answer to a request, however often it must be made."""
        pause = FIRST_PAUSE
        for left in reversed(range(self.tries)):
            status, asked_pause, body = await self._try(url)
            if status == HTTPStatus.OK:
                return _document(body)
            if status is not None and status not in RETRIED:
                raise _refused(status, body)
            if not left:
                break
            wait = asked_pause if asked_pause is not None else pause * random.uniform(0.5, 1.5)  # noqa: S311
            await self.sleep(min(wait, LONGEST_PAUSE))
            pause *= 2
        raise GraphError("unreachable") if status is None else GraphError("busy", status=str(status))

    async def _try(self, url: URL) -> tuple[int | None, float | None, bytes]:
        """Returns the status, the pause that was asked for, and the answer; no status where there was none."""
        headers = {"Accept": "application/json"} | await self._authorization()
        try:
            async with self.session.get(
                url, headers=headers, timeout=REQUEST_TIMEOUT, allow_redirects=False
            ) as response:
                body = bytearray()
                async for chunk in response.content.iter_chunked(2**16):
                    body += chunk
                    if len(body) > LARGEST_PAGE:
                        raise GraphError("endless")
                return response.status, retry_after(response.headers.get("Retry-After")), bytes(body)
        except (aiohttp.ClientError, TimeoutError) as error:
            log.warning("graph_unreachable", error=type(error).__name__)
            return None, None, b""

    async def _authorization(self) -> dict[str, str]:
        if self.token is None:
            return {}
        try:
            return {"Authorization": f"Bearer {await self.token.bearer()}"}
        except TokenUnavailableError as error:
            raise GraphError("no_token") from error


def _document(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise GraphError("unreadable") from error


def _refused(status: int, body: bytes) -> Exception:
    """Returns the error that says what a refusal means."""
    code = _code(body)
    log.warning("graph_refused", status=status, code=code[:100])
    if status == HTTPStatus.GONE or code.lower() in _FORGOTTEN:
        return StartOverError()
    if status == HTTPStatus.UNAUTHORIZED:
        return GraphError("not_let_in")
    if status == HTTPStatus.FORBIDDEN:
        return GraphError("not_allowed", permission=PERMISSION)
    return GraphError("refused", status=str(status))


def _code(body: bytes) -> str:
    """Returns Graph's own word for an error; empty where a gateway answered instead."""
    try:
        match json.loads(body):
            case {"error": {"code": str(code)}}:
                return code
    except (ValueError, RecursionError):
        return ""
    return ""
