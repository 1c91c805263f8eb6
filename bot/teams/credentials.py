"""The bot's own tokens: fetched by azure-identity, kept, and renewed before they run out."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Protocol

import aiohttp
import structlog
from azure.core.credentials import AccessToken
from azure.core.exceptions import AzureError

from bot.operator_texts import say
from bot.settings import Settings, SettingsError

SCOPE = "https://api.botframework.com/.default"
RENEW_AHEAD = 600
USABLE = 60
FETCH_TIMEOUT = aiohttp.ClientTimeout(total=10)

log = structlog.get_logger()


class TokenUnavailableError(Exception):
    """The token service gave no token."""


class Credential(Protocol):
    """An asynchronous credential, as azure-identity makes them."""

    async def get_token(self, *scopes: str) -> AccessToken: ...

    async def close(self) -> None: ...


class BotToken:
    """The bot's own bearer token. Only the very first turn can wait for it; later ones are served while it renews."""

    def __init__(self, credential: Credential, clock: Callable[[], float] = time.time, scope: str = SCOPE) -> None:
        self._credential = credential
        self._clock = clock
        self._scope = scope
        self._token: AccessToken | None = None
        self._fetching: asyncio.Task[AccessToken] | None = None

    async def bearer(self) -> str:
        """Raises TokenUnavailableError."""
        token = self._token
        left = token.expires_on - self._clock() if token else 0
        fetching = self._start() if left < RENEW_AHEAD else None
        if token is None or (fetching and left < USABLE):
            token = await asyncio.shield(self._start())
        return token.token

    async def prepare(self) -> None:
        """Fetches ahead of the first turn; a failure is logged, and tried again by that turn."""
        with suppress(TokenUnavailableError):
            await self.bearer()

    async def close(self) -> None:
        if self._fetching:
            self._fetching.cancel()
        await self._credential.close()

    def _start(self) -> asyncio.Task[AccessToken]:
        """Returns the fetch under way, or begins a fetch: any number of callers share it."""
        if self._fetching is None:
            self._fetching = asyncio.create_task(self._fetch())
            self._fetching.add_done_callback(self._finished)
        return self._fetching

    def _finished(self, task: asyncio.Task[AccessToken]) -> None:
        self._fetching = None
        if not task.cancelled() and task.exception() is None:
            self._token = task.result()

    async def _fetch(self) -> AccessToken:
        try:
            return await self._credential.get_token(self._scope)
        except (AzureError, aiohttp.ClientError, TimeoutError, ValueError) as error:
            log.warning("token_not_fetched", error=type(error).__name__)
            raise TokenUnavailableError from error


class EndpointCredential:
    """Client credentials at a fixed token endpoint that azure-identity won't speak to, as it insists on https and on
    Microsoft's own paths."""

    def __init__(self, session: aiohttp.ClientSession, url: str, app_id: str, secret: str) -> None:
        self._session = session
        self._url = url
        self._app_id = app_id
        self._secret = secret

    async def get_token(self, *scopes: str) -> AccessToken:
        """Raises aiohttp.ClientError, TimeoutError, or ValueError for an answer without token."""
        form = {
            "grant_type": "client_credentials",
            "client_id": self._app_id,
            "client_secret": self._secret,
            "scope": " ".join(scopes),
        }
        async with self._session.post(
            self._url, data=form, timeout=FETCH_TIMEOUT, allow_redirects=False, raise_for_status=True
        ) as response:
            answer = await response.json(content_type=None)
        match answer:
            case {"access_token": str(token), "expires_in": int() | str() as seconds}:
                return AccessToken(token, int(time.time()) + int(seconds))
            case _:
                raise ValueError("the answer holds no token")

    async def close(self) -> None:
        """The session belongs to the service."""


def credential_of(settings: Settings, session: aiohttp.ClientSession) -> Credential | None:
    """Returns None without a registration. Raises SettingsError for a certificate that can't be used."""
    tenant, app_id = settings.app_tenant_id, settings.app_id
    if not app_id or not tenant:
        return None
    if settings.app_password and settings.token_url:
        return EndpointCredential(session, settings.token_url, app_id, settings.app_password.get_secret_value())
    from azure.identity import aio as identity  # slow to load, and not needed everywhere

    if settings.app_identity == "managed":
        return identity.ManagedIdentityCredential(client_id=app_id)
    if settings.app_password:
        return identity.ClientSecretCredential(tenant, app_id, settings.app_password.get_secret_value())
    if settings.app_certificate is None:
        return None
    try:
        return identity.CertificateCredential(tenant, app_id, certificate_path=str(settings.app_certificate))
    except (ValueError, OSError) as error:
        raise SettingsError([say("settings.unreadable_certificate")]) from error
