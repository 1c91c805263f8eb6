"""The channel's signing keys: fetched without blocking, parsed once, fetched again for an unknown key id."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp
import structlog
from jwt import PyJWK, PyJWTError

REFRESH_AFTER = 12 * 3600.0
REFETCH_GAP = 60.0
RETRY_GAP = 5.0
FETCH_TIMEOUT = aiohttp.ClientTimeout(total=10)

log = structlog.get_logger()


class KeysUnavailableError(Exception):
    """The keys were never fetched, so nothing can be said about any token."""


@dataclass(frozen=True, slots=True)
class ChannelKey:
    """`public` verifies RS256 signatures; `endorsements` are the channels it may sign for."""

    public: Any
    endorsements: frozenset[str]


class ChannelKeys:
    """Keys by their id, from an OpenID metadata document."""

    def __init__(self, session: aiohttp.ClientSession, metadata_url: str) -> None:
        self._session = session
        self._metadata_url = metadata_url
        self._keys: Mapping[str, ChannelKey] = {}
        self._fetched = self._tried = self._refetched = float("-inf")
        self._fetching: asyncio.Task[None] | None = None

    @property
    def ready(self) -> bool:
        return bool(self._keys)

    async def key(self, key_id: str) -> ChannelKey | None:
        """Returns None for an unknown id, after at most a fetch a minute for such ids. Raises KeysUnavailableError."""
        now = asyncio.get_running_loop().time()
        if not self._keys:
            await self._fetch_first(now)
        elif now - self._fetched > REFRESH_AFTER and now - self._tried > REFETCH_GAP:
            self._start(now)
        if key_id not in self._keys and (now - self._refetched > REFETCH_GAP or self._fetching):
            if not self._fetching:
                self._refetched = now
            await asyncio.shield(self._start(now))
        return self._keys.get(key_id)

    def peek(self, key_id: str) -> ChannelKey | None:
        """Returns the key as it is known now, without fetching."""
        return self._keys.get(key_id)

    async def fetch(self) -> None:
        """Fetches now; a failure is logged and leaves the keys as they were."""
        await asyncio.shield(self._start(asyncio.get_running_loop().time()))

    async def _fetch_first(self, now: float) -> None:
        if self._fetching or now - self._tried > RETRY_GAP:
            await asyncio.shield(self._start(now))
        if not self._keys:
            raise KeysUnavailableError

    def _start(self, now: float) -> asyncio.Task[None]:
        """Returns the fetch under way, or begins a fetch: any number of callers share it."""
        if self._fetching is None:
            self._tried = now
            self._fetching = asyncio.create_task(self._fetch())
            self._fetching.add_done_callback(self._finished)
        return self._fetching

    def _finished(self, _: asyncio.Task[None]) -> None:
        self._fetching = None

    async def _fetch(self) -> None:
        try:
            metadata = await self._document(self._metadata_url)
            keys = _read_keys(await self._document(str(metadata["jwks_uri"])))
        except (aiohttp.ClientError, TimeoutError, ValueError, KeyError, TypeError, AttributeError) as error:
            log.warning("keys_not_fetched", error=type(error).__name__)
            return
        if keys:
            self._keys = keys
            self._fetched = asyncio.get_running_loop().time()

    async def _document(self, url: str) -> Any:
        async with self._session.get(url, timeout=FETCH_TIMEOUT, allow_redirects=False) as response:
            response.raise_for_status()
            return await response.json(content_type=None)


def _read_keys(document: Any) -> dict[str, ChannelKey]:
    """Reads the keys, except kinds that we don't use."""
    keys = {}
    for entry in document["keys"]:
        if entry.get("kty") != "RSA" or not isinstance(entry.get("kid"), str):
            continue
        try:
            public = PyJWK.from_dict(entry, algorithm="RS256").key
        except PyJWTError:
            log.warning("key_not_readable")
            continue
        keys[entry["kid"]] = ChannelKey(public, frozenset(map(str, entry.get("endorsements") or ())))
    return keys
