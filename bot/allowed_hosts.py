"""The hosts that replies, and the bearer token with them, may go to."""

from __future__ import annotations

from urllib.parse import urlsplit

from bot.settings import Settings, is_loopback


class ConnectorHosts:
    """Hosts named in the settings; loopback too in local mode. Plain http only to loopback."""

    def __init__(self, settings: Settings) -> None:
        self._named = frozenset(settings.connector_hosts)
        self._local = settings.is_local

    def allow(self, url: str) -> bool:
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            return False
        host = (parts.hostname or "").lower()
        odd = parts.username is not None or parts.query or parts.fragment or "\\" in url or not url.isprintable()
        if odd or not host or port == 0:
            return False
        here = is_loopback(host)
        if parts.scheme != "https" and not (parts.scheme == "http" and here):
            return False
        return host in self._named or (here and self._local)
