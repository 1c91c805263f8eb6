"""Calls to the Connector: one pooled client, no redirects, retries where the platform asks for them."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import aiohttp
import structlog
from pydantic_core import to_json
from yarl import URL

from bot.allowed_hosts import ConnectorHosts
from bot.metrics import SENDS
from bot.teams.credentials import BotToken, TokenUnavailableError

REQUEST_TIMEOUT = aiohttp.ClientTimeout(total=10, connect=5)
RETRIED = frozenset({412, 429, 502, 503, 504})

log = structlog.get_logger()


class SendError(Exception):
    """The Connector did not take it; `status` is None where there was no answer at all. `retry_after` is the pause in
    seconds that it asked for."""

    def __init__(self, status: int | None, reason: str, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason
        self.retry_after = retry_after

    @property
    def is_final(self) -> bool:
        """The Connector said no, rather than not now."""
        return self.status is not None and self.status not in RETRIED and self.status < HTTPStatus.INTERNAL_SERVER_ERROR


class ForbiddenHostError(SendError):
    """The address is not on the list of hosts; nothing was sent."""

    def __init__(self) -> None:
        super().__init__(None, "forbidden_host")


@dataclass(frozen=True, slots=True)
class Patience:
    """Limits how long a call is tried: `budget` is for all tries and pauses together, in seconds."""

    budget: float = 12.0
    first_pause: float = 0.5
    tries: int = 4


IN_A_TURN = Patience()
SHORT = Patience(budget=3.0, tries=2)
# Somebody else decides when to try again.
ONCE = Patience(budget=10.0, tries=1)
# A call beside a turn, while somebody waits for its answer.
ASIDE = Patience(budget=5.0, tries=3)
UNREACHABLE, BROKEN, TIMEOUT, NO_TOKEN = "unreachable", "broken", "timeout", "no_token"
_NEVER_SENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)
PAGE_SIZE = 500
MOST_PAGES = 100


@dataclass(frozen=True, slots=True)
class Messenger:
    """Calls on the Connector's REST interface. `token` is None in local mode only."""

    session: aiohttp.ClientSession
    token: BotToken | None
    hosts: ConnectorHosts
    patience: Patience = IN_A_TURN

    async def reply(self, service_url: str, conversation: str, to: str | None, activity: Mapping[str, Any]) -> str:
        """Sends into a conversation, as an answer to activity `to` where given. Returns the new activity's id."""
        answer = await self._call("POST", service_url, _path(conversation, to), activity)
        return str(answer.get("id") or "")

    async def update(self, service_url: str, conversation: str, activity_id: str, activity: Mapping[str, Any]) -> None:
        await self._call("PUT", service_url, _path(conversation, activity_id), activity)

    async def delete(self, service_url: str, conversation: str, activity_id: str) -> None:
        await self._call("DELETE", service_url, _path(conversation, activity_id))

    async def create_conversation(self, service_url: str, parameters: Mapping[str, Any]) -> str:
        """Opens a personal conversation; returns its id."""
        answer = await self._call("POST", service_url, "v3/conversations", parameters)
        return str(answer.get("id") or "")

    async def member(self, service_url: str, conversation: str, user: str) -> Mapping[str, Any]:
        path = f"v3/conversations/{quote(conversation, safe='')}/members/{quote(user, safe='')}"
        return await self._call("GET", service_url, path, patience=SHORT)

    async def members(self, service_url: str, conversation: str) -> list[Mapping[str, Any]]:
        """Reads the roster's entry for every member, page by page."""
        path = f"v3/conversations/{quote(conversation, safe='')}/pagedmembers?pageSize={PAGE_SIZE}"
        roster: list[Mapping[str, Any]] = []
        following = ""
        for _ in range(MOST_PAGES):
            page = await self._call("GET", service_url, path + following, patience=SHORT)
            members = page.get("members")
            if isinstance(members, list):
                roster += [member for member in members if isinstance(member, dict)]
            token = page.get("continuationToken")
            if not token:
                break
            following = f"&continuationToken={quote(str(token), safe='')}"
        return roster

    async def _call(
        self,
        method: str,
        service_url: str,
        path: str,
        document: Mapping[str, Any] | None = None,
        patience: Patience | None = None,
    ) -> Mapping[str, Any]:
        """Returns the answer as an object, empty where there is none. Raises SendError."""
        if not self.hosts.allow(service_url):
            log.error("forbidden_host")
            raise ForbiddenHostError
        url = URL(f"{service_url.rstrip('/')}/{path}", encoded=True)
        patience = patience or self.patience
        try:
            async with asyncio.timeout(patience.budget):
                return await self._persist(method, url, document, patience)
        except TimeoutError as error:
            SENDS.labels(TIMEOUT).inc()
            raise SendError(None, TIMEOUT) from error

    async def _persist(
        self, method: str, url: URL, document: Mapping[str, Any] | None, patience: Patience
    ) -> Mapping[str, Any]:
        loop = asyncio.get_running_loop()
        until = loop.time() + patience.budget
        pause = patience.first_pause
        for left in reversed(range(patience.tries)):
            status, asked_pause, answer = await self._try(method, url, document)
            if isinstance(status, int) and status < HTTPStatus.MULTIPLE_CHOICES:
                return answer
            wait = asked_pause if asked_pause is not None else pause * random.uniform(0.5, 1.5)  # noqa: S311
            given_up = not left or loop.time() + wait >= until
            if isinstance(status, str):
                if given_up:
                    raise SendError(None, status)
            elif given_up or status not in RETRIED:
                raise SendError(status, "refused", asked_pause)
            await asyncio.sleep(wait)
            pause *= 2
        raise SendError(None, "no_tries")

    async def _try(
        self, method: str, url: URL, document: Mapping[str, Any] | None
    ) -> tuple[int | str, float | None, Mapping[str, Any]]:
        """Returns the status, the pause in seconds that was asked for, and the answer. Without an answer the status is
        UNREACHABLE when nothing was sent, or BROKEN when it may have got through."""
        headers = await self._headers()
        body = None if document is None else to_json(document)
        if body is not None:
            headers["Content-Type"] = "application/json"
        try:
            async with self.session.request(
                method, url, data=body, headers=headers, timeout=REQUEST_TIMEOUT, allow_redirects=False
            ) as response:
                SENDS.labels(str(response.status)).inc()
                answer = await response.read()
                return response.status, retry_after(response.headers.get("Retry-After")), object_in(answer)
        except aiohttp.ClientError as error:
            SENDS.labels(UNREACHABLE).inc()
            log.warning("connector_unreachable", error=type(error).__name__)
            return UNREACHABLE if isinstance(error, _NEVER_SENT) else BROKEN, None, {}

    async def _headers(self) -> dict[str, str]:
        if self.token is None:
            return {}
        try:
            return {"Authorization": f"Bearer {await self.token.bearer()}"}
        except TokenUnavailableError as error:
            raise SendError(None, NO_TOKEN) from error


def _path(conversation: str, activity: str | None) -> str:
    path = f"v3/conversations/{quote(conversation, safe='')}/activities"
    return f"{path}/{quote(activity, safe='')}" if activity else path


def retry_after(value: str | None) -> float | None:
    """Reads the seconds of a `Retry-After`, a number or a date; None where it is neither."""
    if value is None:
        return None
    if value.strip().isdecimal():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, (moment - datetime.now(UTC)).total_seconds()) if moment.tzinfo else None


def object_in(answer: bytes) -> dict[str, Any]:
    """Reads an object; empty where the answer is nothing, or a gateway's text."""
    try:
        document = json.loads(answer) if answer else {}
    except ValueError:
        return {}
    return document if isinstance(document, dict) else {}
