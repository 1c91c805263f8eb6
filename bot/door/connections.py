"""The connections of a listener: each sends its requests' heads in good time, and there are only so many."""

from __future__ import annotations

import asyncio
import sys
from collections import OrderedDict
from dataclasses import dataclass
from typing import cast

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.metrics import REFUSED


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits a listener's connections. Proxies keep idle ones for a minute or two, so ours stay longer: a
    request that comes while its connection is closed is lost."""

    head_seconds: float = 10.0
    idle_seconds: float = 130.0
    connections: int = 512

    @property
    def most(self) -> int:
        """The connections there may be: at most half of what the process may hold open, which the database and the
        calls to Teams need too."""
        if sys.platform == "win32":
            return self.connections
        import resource  # not there on Windows

        files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
        return self.connections if files == resource.RLIM_INFINITY else min(self.connections, files // 2)


class Connections:
    """Makes the connections of a server, which each go to one of its protocols. Where they would be too many, the one
    goes that has been open longest without an answer, else the one unused longest; those whose request was let in stay,
    and nobody else gets in while there are none but these."""

    def __init__(self, server: web.Server, limits: Limits) -> None:
        self._server = server
        self._most = limits.most
        self._open: set[_Connection] = set()
        self._silent: OrderedDict[_Connection, None] = OrderedDict()
        self._idle: OrderedDict[_Connection, None] = OrderedDict()
        self.head_seconds = limits.head_seconds

    def __call__(self) -> asyncio.Protocol:
        return _Connection(self, self._server())

    def come(self, connection: _Connection) -> None:
        self._open.add(connection)
        if len(self._open) > self._most:
            waiting = self._silent or self._idle
            next(iter(waiting), connection).close("crowded")
        if connection in self._open:
            self._silent[connection] = None

    def keep(self, connection: _Connection) -> None:
        self._silent.pop(connection, None)
        self._idle.pop(connection, None)

    def idle(self, connection: _Connection) -> None:
        self.keep(connection)
        if connection in self._open:
            self._idle[connection] = None

    def leave(self, connection: _Connection) -> None:
        self._open.discard(connection)
        self.keep(connection)


class _Connection(asyncio.Protocol):
    """Passes on all that happens to `protocol`, with an eye on the clock: until the head of its first request is there,
    and from the first byte of each later one."""

    def __init__(self, connections: Connections, protocol: web.RequestHandler) -> None:
        self._connections = connections
        self._protocol = protocol
        self._transport: asyncio.Transport | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._is_busy = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._protocol.connection_made(transport)
        self._wait_for_head()
        self._connections.come(self)

    def data_received(self, data: bytes) -> None:
        if not self._is_busy:
            self._wait_for_head()
        self._protocol.data_received(data)

    def eof_received(self) -> bool | None:
        self._protocol.eof_received()
        return None

    def pause_writing(self) -> None:
        self._protocol.pause_writing()

    def resume_writing(self) -> None:
        self._protocol.resume_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        self._end()
        self._protocol.connection_lost(exc)

    def close(self, reason: str) -> None:
        """Closes it at once, whatever was still to be said: perhaps nobody reads it."""
        self._end()
        REFUSED.labels(reason).inc()
        if self._transport is not None:
            self._transport.abort()

    def begin(self) -> None:
        """Notes that a request's head is there."""
        self._is_busy = True
        self._stop_waiting()

    def keep(self) -> None:
        """Notes that the request comes from whom it should, and is to be answered whoever else would come."""
        self._connections.keep(self)

    def finish(self) -> None:
        self._is_busy = False
        self._connections.idle(self)

    def _end(self) -> None:
        self._stop_waiting()
        self._connections.leave(self)

    def _wait_for_head(self) -> None:
        if self._timer is None:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(self._connections.head_seconds, self.close, "slow_head")

    def _stop_waiting(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


def keep(request: web.Request) -> None:
    """Lets nobody take the place of a request that was let in."""
    if connection := _connection_of(request):
        connection.keep()


@web.middleware
async def noticed(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Tells a request's connection that its head is there, and when it is answered."""
    connection = _connection_of(request)
    if connection is None:
        return await handler(request)
    connection.begin()
    try:
        return await handler(request)
    finally:
        connection.finish()


def _connection_of(request: web.Request) -> _Connection | None:
    protocol = request.transport.get_protocol() if request.transport else None
    return protocol if isinstance(protocol, _Connection) else None
