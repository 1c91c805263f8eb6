"""The hosts that something may be sent to: replies, with the bearer token, and files."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit

from bot.settings import Settings, is_loopback


class ConnectorHosts:
    """Hosts named in the settings; loopback too in local mode. Plain http only to loopback."""

    def __init__(self, settings: Settings) -> None:
        self._named = frozenset(settings.connector_hosts)
        self._local = settings.is_local

    def allow(self, url: str) -> bool:
        parts = _split(url)
        if parts is None or parts.query:
            return False
        host = _host(parts)
        return host in self._named or (is_loopback(host) and self._local)


class UploadHosts:
    """Hosts named in the settings, and those below them: each organisation has its own. Plain http only to loopback,
    which must be named itself."""

    def __init__(self, settings: Settings) -> None:
        self._named = frozenset(settings.upload_hosts)
        self._below = tuple(f".{host}" for host in settings.upload_hosts if not is_loopback(host))

    def allow(self, url: str) -> bool:
        parts = _split(url)
        return parts is not None and ((host := _host(parts)) in self._named or host.endswith(self._below))


def _split(url: str) -> SplitResult | None:
    """Takes the address of one host apart, with nothing odd about it; None for any other."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    odd = parts.username is not None or parts.fragment or "\\" in url or not url.isprintable()
    if odd or not parts.hostname or port == 0:
        return None
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and is_loopback(_host(parts)))
    return parts if is_safe else None


def _host(parts: SplitResult) -> str:
    return (parts.hostname or "").lower()
