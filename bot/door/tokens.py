"""Checks tokens that come in: signed by the channel, for this bot, now."""

from __future__ import annotations

import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import jwt

from bot.door.guard import TEAMS, RefusedError
from bot.door.keys import ChannelKeys

ISSUER = "https://api.botframework.com"
LEEWAY = 300
MAX_TOKEN = 4096
REMEMBERED = 1024


@dataclass(frozen=True, slots=True)
class Verified:
    """The parts of a token that matter once its signature has held."""

    key_id: str
    expires: float
    service_url: str


class TokenCheck:
    """Verifies bearer tokens and remembers the ones that held, by their digest, until they expire."""

    def __init__(self, keys: ChannelKeys, app_id: str, clock: Callable[[], float] = time.time) -> None:
        self._keys = keys
        self._app_id = app_id
        self._clock = clock
        self._verified: OrderedDict[bytes, Verified] = OrderedDict()

    async def check(self, header: str | None) -> Verified:
        """`header` is the Authorization header. Raises RefusedError, and KeysUnavailableError before the first keys."""
        token = _bearer(header)
        digest = hashlib.sha256(token.encode()).digest()
        known = self._verified.get(digest)
        if known and self._still_holds(known):
            return known
        verified = await self._verify(token)
        self._verified[digest] = verified
        if len(self._verified) > REMEMBERED:
            self._verified.popitem(last=False)
        return verified

    def _still_holds(self, verified: Verified) -> bool:
        key = self._keys.peek(verified.key_id)
        return key is not None and TEAMS in key.endorsements and self._clock() < verified.expires + LEEWAY

    async def _verify(self, token: str) -> Verified:
        try:
            header = jwt.get_unverified_header(token)
        except jwt.PyJWTError as error:
            raise _refused("garbage") from error
        key_id = header.get("kid")
        if not isinstance(key_id, str) or header.get("alg") != "RS256":
            raise _refused("header")
        key = await self._keys.key(key_id)
        if key is None:
            raise _refused("unknown_key")
        claims = self._claims(token, key.public)
        service_url = claims.get("serviceurl")
        if TEAMS not in key.endorsements or not isinstance(service_url, str):
            raise _refused("endorsement")
        return Verified(key_id, float(claims["exp"]), service_url)

    def _claims(self, token: str, public: Any) -> Mapping[str, Any]:
        try:
            return jwt.decode(
                token,
                public,
                algorithms=["RS256"],
                audience=self._app_id,
                issuer=ISSUER,
                leeway=LEEWAY,
                options={"require": ["exp", "iss", "aud"], "strict_aud": True},
            )
        except jwt.PyJWTError as error:
            raise _refused(type(error).__name__) from error


def _bearer(header: str | None) -> str:
    scheme, _, token = (header or "").partition(" ")
    token = token.strip()
    if scheme.lower() != "bearer" or not 0 < len(token) <= MAX_TOKEN or not token.isascii():
        raise _refused("no_bearer_token")
    return token


def _refused(reason: str) -> RefusedError:
    return RefusedError(HTTPStatus.UNAUTHORIZED, reason)
