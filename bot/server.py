"""The HTTP server around the door."""

from __future__ import annotations

import asyncio
import gc
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from http import HTTPStatus
from typing import cast

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bot.demo.routes import add_chat
from bot.door.connections import Connections, Limits, noticed
from bot.door.ingress import MAX_BODY
from bot.pages import ModelUse, add_pages
from bot.pages.files import add_files
from bot.settings import Settings
from bot.wiring import Service
from dialogs.exports.files import File
from dialogs.exports.handlers import LINKS, fetched
from dialogs.features import EXPORTER
from dialogs.texts import Texts
from dialogs.turn.payload import MalformedQuestion
from dialogs.turn.reply import UserError
from portfolio.ports.errors import DatabaseError

SHUTDOWN_SECONDS = 5.0
# How long a refused sender is listened to, so that it gets to read the answer.
LINGERING_SECONDS = 2.0
LONGEST_SILENCE_SECONDS = 2.0
LIMITS = Limits()
# Operators are few, and must get in when the other address is full.
OPERATORS = Limits(connections=64)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Strict-Transport-Security": "max-age=31536000",
}

log = structlog.get_logger()


def build_app(service: Service) -> web.Application:
    """Answers Teams at /api/messages, and those who only ask whether it is there at /healthz and /readyz."""
    app = web.Application(client_max_size=MAX_BODY)
    app.router.add_post("/api/messages", service.door.receive)
    app.router.add_get("/healthz", _healthy)
    app.router.add_get("/readyz", _readiness(service, tells_why=False))
    add_pages(app, _model_use(service.settings))
    add_files(app, LINKS, partial(_file, service), Texts.of(service.settings.language))
    app.on_response_prepare.append(_secure)
    if service.settings.is_local:
        settings, clock = service.settings, service.reminders.clock
        add_chat(app, service.portfolio.reader, tenant=settings.app_tenant_id, clock=clock, zone=settings.timezone)
    return app


def _model_use(settings: Settings) -> ModelUse:
    if settings.model_url is None:
        return ModelUse.NEVER
    return ModelUse.WITH_NAMES if settings.model_may_see_names else ModelUse.WITHOUT_NAMES


def build_operations(service: Service) -> web.Application:
    """Answers operators, at an address of its own: /metrics, and /healthz and /readyz with what is wrong."""
    app = web.Application()
    app.router.add_get("/healthz", _healthy)
    app.router.add_get("/readyz", _readiness(service, tells_why=True))
    app.router.add_get("/metrics", _metrics)
    app.on_response_prepare.append(_secure)
    return app


@asynccontextmanager
async def listening(app: web.Application, host: str, port: int, limits: Limits = LIMITS) -> AsyncIterator[int]:
    """Serves until left; gives the port, which is chosen freely for port 0. Requests under way get five seconds."""
    app.middlewares.insert(0, noticed)
    runner = web.AppRunner(
        app,
        access_log=None,
        shutdown_timeout=SHUTDOWN_SECONDS,
        lingering_time=LINGERING_SECONDS,
        keepalive_timeout=limits.idle_seconds,
    )
    await runner.setup()
    try:
        connections = Connections(cast("web.Server", runner.server), limits)
        knocking = max(1, limits.most // 2)
        listener = await asyncio.get_running_loop().create_server(connections, host, port, backlog=knocking)
        try:
            yield listener.sockets[0].getsockname()[1]
        finally:
            listener.close()
    finally:
        await runner.cleanup()


def settle() -> None:
    """Leaves the objects that exist by now out of garbage collection, which else halts a process that stays for a tenth
    of a second each time."""
    gc.collect()
    gc.freeze()


async def until_stopped() -> None:
    """Returns at Ctrl-C or a request to terminate."""
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    await stop.wait()


async def _file(service: Service, token: str) -> File | None:
    """Makes the file that a link leads to; None where it leads nowhere any more."""
    now = service.reminders.clock().astimezone(service.settings.zone)
    anybody = await service.portfolio.assistant.audience(now, service.settings.language)
    try:
        return await fetched(EXPORTER, service.portfolio.stores, token, anybody)
    except (UserError, MalformedQuestion):  # what it is of is gone, or it was kept by another version
        return None


def _readiness(service: Service, *, tells_why: bool) -> Handler:
    """Says whether messages can be answered: the database responds, and signing keys are there."""

    async def answer(_request: web.Request) -> web.StreamResponse:
        checks = {"database": True, "keys": service.keys is None or service.keys.ready}
        try:
            await service.database.ping(LONGEST_SILENCE_SECONDS)
        except DatabaseError as error:
            log.warning("database_silent", error=error.reason)
            checks["database"] = False
        is_ready = all(checks.values())
        status = HTTPStatus.OK if is_ready else HTTPStatus.SERVICE_UNAVAILABLE
        if tells_why:
            return web.json_response(checks, status=status)
        return web.Response(text="ok" if is_ready else "no", status=status)

    return answer


async def _healthy(_request: web.Request) -> web.Response:
    return web.Response(text="ok")


async def _metrics(_request: web.Request) -> web.Response:
    return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})


async def _secure(_request: web.Request, response: web.StreamResponse) -> None:
    """Sets our headers; those that a page sets for itself stay."""
    response.headers["Server"] = "tovholder"
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
