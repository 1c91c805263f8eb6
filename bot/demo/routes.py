"""Adds the chat page to the service. For local mode only: whoever reaches it may be anyone in the portfolio."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Handler
from yarl import URL

from bot.clock import Clock, SimulatedClock, real_clock
from bot.demo.cast import Cast, choose_cast
from bot.demo.connector import Connector
from bot.demo.conversations import Conversations
from bot.demo.delivery import Delivery
from bot.demo.directline import DirectLine
from bot.demo.everybody import expect_everybody
from bot.demo.fetch import BUNDLE, WEBCHAT
from bot.demo.refreshing import Refreshing
from bot.demo.sessions import Sessions
from bot.door.ingress import FORWARDED
from bot.operator_texts import say
from bot.pages import file_handler
from bot.settings import is_loopback
from portfolio.ports.questions import PortfolioReader

STATIC = Path(__file__).with_name("static")
# Web Chat styles its parts from JavaScript.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "connect-src 'self'; font-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
HEADERS = {"Content-Security-Policy": POLICY, "Cache-Control": "no-cache"}


def add_chat(
    app: web.Application,
    portfolio: PortfolioReader,
    *,
    tenant: str | None = None,
    webchat: Path = WEBCHAT,
    clock: Clock = real_clock,
    zone: str = "Europe/Copenhagen",
) -> None:
    """Adds the page. Its people belong to `tenant`; `webchat` is the folder of the Web Chat bundle. What is said bears
    the time of `clock`, which the page shows, in `zone`, where it isn't the real time."""

    async def cast() -> Cast:
        return await choose_cast(portfolio, datetime.now(UTC).date())

    conversations = Conversations(clock)
    delivery = Delivery(tenant)
    refreshing = Refreshing(delivery)
    line = DirectLine(Sessions(conversations), delivery, refreshing, cast)
    name = "chat.html" if (webchat / BUNDLE).is_file() else "missing.html"
    page = partial(_here_only, handler=file_handler(STATIC / name, HEADERS))
    app.add_routes([web.get("/", page), web.get("/chat", page)])

    chat = web.Application(middlewares=[_here_only])
    chat.add_routes([*line.routes(), *Connector(conversations, refreshing).routes(), web.get("/cast", _cast(cast))])
    chat.router.add_get("/clock", _clock(clock, zone))
    chat.router.add_get(f"/static/{BUNDLE}", file_handler(webchat / BUNDLE, HEADERS))
    chat.router.add_static("/static", STATIC)

    async def expect(_: web.Application) -> None:
        expect_everybody(conversations, await portfolio.vocabulary())

    chat.on_startup.append(expect)
    chat.cleanup_ctx.append(delivery.connected)
    chat.on_shutdown.append(line.close)
    chat.on_shutdown.append(refreshing.close)
    app.add_subapp("/chat/", chat)


def _cast(cast: Callable[[], Awaitable[Cast]]) -> Handler:
    async def answer(_: web.Request) -> web.StreamResponse:
        chosen = await cast()
        people = [
            {"key": example.key, "label": say("demo_cast.person", role=example.label, name=example.person.name)}
            for example in chosen.examples
        ]
        places = [{"key": place.key, "label": place.label} for place in chosen.places]
        return web.json_response({"people": people, "places": places})

    return answer


def _clock(clock: Clock, zone: str) -> Handler:
    async def answer(_: web.Request) -> web.StreamResponse:
        speed = clock.speed if isinstance(clock, SimulatedClock) else None
        return web.json_response({"now": clock().isoformat(), "speed": speed, "zone": zone})

    return answer


@web.middleware
async def _here_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turns away other machines, proxies, and pages of other sites in a browser on this machine."""
    origin = request.headers.get("Origin")
    foreign = origin is not None and URL(origin).authority != request.url.authority
    forwarded = any(name in request.headers for name in FORWARDED)
    if foreign or forwarded or not (is_loopback(request.remote or "") and is_loopback(request.url.host or "")):
        raise web.HTTPForbidden(text=say("chat_page.here_only"))
    return await handler(request)
