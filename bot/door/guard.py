"""Checks who may talk to the bot, on a parsed activity and with neither network nor database."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from bot.allowed_hosts import ConnectorHosts
from bot.settings import Settings

TEAMS = "msteams"
LOCAL_CHANNELS = frozenset({TEAMS, "webchat", "emulator", "directline"})
MAX_ID = 1000
_ID = re.compile(r"[!-~]+")


class RefusedError(Exception):
    """A request turned away; `reason` is a fixed word for logs, never anything that was sent."""

    def __init__(self, status: HTTPStatus, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Guard:
    """Raises RefusedError with the status that the sender gets."""

    tenants: frozenset[str]
    hosts: ConnectorHosts
    local: bool

    @classmethod
    def of(cls, settings: Settings) -> Guard:
        return cls(settings.tenants, ConnectorHosts(settings), settings.is_local)

    def check(self, document: Any, token_service_url: str | None) -> None:
        """`token_service_url` is what the signed token says; None where nothing is signed (local mode)."""
        _check_shape(document)
        self._check_channel(document.get("channelId"))
        self._check_address(document.get("serviceUrl"), token_service_url)
        self._check_tenant(document)

    def _check_channel(self, channel: Any) -> None:
        if not isinstance(channel, str) or channel not in (LOCAL_CHANNELS if self.local else (TEAMS,)):
            raise RefusedError(HTTPStatus.UNAUTHORIZED, "channel")

    def _check_address(self, address: Any, signed: str | None) -> None:
        if not isinstance(address, str) or not self.hosts.allow(address):
            raise RefusedError(HTTPStatus.UNAUTHORIZED, "service_url")
        if not self.local and (signed is None or signed.rstrip("/") != address.rstrip("/")):
            raise RefusedError(HTTPStatus.UNAUTHORIZED, "service_url_claim")

    def _check_tenant(self, document: Mapping[str, Any]) -> None:
        named = _tenants(document)
        if self.local and not (named and self.tenants):
            return
        if not named or not named <= self.tenants:
            raise RefusedError(HTTPStatus.FORBIDDEN, "tenant")


def _check_shape(document: Any) -> None:
    malformed = RefusedError(HTTPStatus.BAD_REQUEST, "shape")
    if not isinstance(document, dict) or not _is_id(document.get("type")):
        raise malformed
    accounts = [document.get("conversation"), document.get("from"), document.get("recipient") or {"id": "bot"}]
    if not all(isinstance(account, dict) and _is_id(account.get("id")) for account in accounts):
        raise malformed
    needs_id = document["type"] in ("message", "invoke")
    if (needs_id or document.get("id") is not None) and not _is_id(document.get("id")):
        raise malformed
    if document.get("deliveryMode") == "expectReplies":
        raise RefusedError(HTTPStatus.BAD_REQUEST, "expect_replies")


def _is_id(value: Any) -> bool:
    """Ids are no words: without spaces, and in letters that every channel's have."""
    return isinstance(value, str) and len(value) <= MAX_ID and _ID.fullmatch(value) is not None


def _tenants(document: Mapping[str, Any]) -> set[str]:
    """Returns every tenant that the activity names; an odd value counts as a foreign tenant."""
    data = document.get("channelData")
    tenant = data.get("tenant") if isinstance(data, dict) else None
    named = [tenant.get("id") if isinstance(tenant, dict) else tenant]
    named += [document["conversation"].get(key) for key in ("tenantId", "tenantID")]
    return {value.lower() if isinstance(value, str) else "" for value in named if value is not None}
