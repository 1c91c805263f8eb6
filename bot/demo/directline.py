"""The Direct Line that Web Chat speaks."""

from __future__ import annotations

import asyncio
import weakref
from collections.abc import Awaitable, Callable
from contextlib import suppress
from http import HTTPStatus
from json import JSONDecodeError

from aiohttp import WSCloseCode, web

from bot.demo.buttons import for_web_chat
from bot.demo.cast import Cast
from bot.demo.conversations import Activity
from bot.demo.delivery import Delivery, NotTakenError
from bot.demo.refreshing import Refreshing
from bot.demo.sessions import SESSION_SECONDS, Session, Sessions
from bot.operator_texts import say

HEARTBEAT_SECONDS = 20


class DirectLine:
    """Handlers for the part of Direct Line 3.0 that Web Chat uses."""

    def __init__(
        self, sessions: Sessions, delivery: Delivery, refreshing: Refreshing, cast: Callable[[], Awaitable[Cast]]
    ) -> None:
        self._sessions = sessions
        self._delivery = delivery
        self._refreshing = refreshing
        self._cast = cast
        self._streams: weakref.WeakSet[web.WebSocketResponse] = weakref.WeakSet()

    def routes(self) -> list[web.RouteDef]:
        conversation = "/directline/conversations/{conversation}"
        return [
            web.post("/directline/tokens/generate", self.generate),
            web.post("/directline/tokens/refresh", self.refresh),
            web.post("/directline/conversations", self.start),
            web.get(conversation, self.resume),
            web.post(conversation + "/activities", self.post),
            web.get(conversation + "/activities", self.poll),
            web.get(conversation + "/stream", self.stream),
        ]

    async def generate(self, request: web.Request) -> web.Response:
        document = await _document(request)
        cast = await self._cast()
        example, place = cast.example(str(document.get("person"))), cast.place(str(document.get("place")))
        if example is None or place is None:
            raise web.HTTPNotFound(text=say("chat_page.unknown_choice"))
        return web.json_response(_grant(self._sessions.open(example, place)))

    async def refresh(self, request: web.Request) -> web.Response:
        return web.json_response(_grant(self._sessions.of(request)))

    async def start(self, request: web.Request) -> web.Response:
        session = self._sessions.of(request)
        if not session.conversation.entries:
            with suppress(NotTakenError):  # the welcome comes the next time the page is opened
                await self._delivery.install(request, session)
        self._refreshing.opened(request, session.conversation, session.member)
        return web.json_response(_grant_with_stream(request, session, watermark=0), status=HTTPStatus.CREATED)

    async def resume(self, request: web.Request) -> web.Response:
        session = self._sessions.of(request)
        return web.json_response(_grant_with_stream(request, session, _watermark(request, session)))

    async def post(self, request: web.Request) -> web.Response:
        session = self._sessions.of(request)
        try:
            activity_id = await self._delivery.deliver(request, session, await _document(request))
        except NotTakenError as error:
            raise web.HTTPBadGateway(text=str(error)) from error
        return web.json_response({"id": activity_id})

    async def poll(self, request: web.Request) -> web.Response:
        session = self._sessions.of(request)
        return web.json_response(_activity_set(session, _watermark(request, session)))

    async def stream(self, request: web.Request) -> web.WebSocketResponse:
        session = self._sessions.of(request)
        socket = web.WebSocketResponse(heartbeat=HEARTBEAT_SECONDS)
        await socket.prepare(request)
        self._streams.add(socket)
        sending = asyncio.create_task(_send(socket, session, _watermark(request, session)))
        try:
            async for _ in socket:  # only to notice when the page goes away
                pass
        finally:
            sending.cancel()
            with suppress(asyncio.CancelledError, ConnectionError):
                await sending
        return socket

    async def close(self, _: web.Application) -> None:
        """Lets go of the pages, so that the service can stop at once."""
        for socket in set(self._streams):
            await socket.close(code=WSCloseCode.GOING_AWAY)


async def _send(socket: web.WebSocketResponse, session: Session, watermark: int) -> None:
    while True:
        await session.conversation.wait_beyond(watermark)
        batch = _activity_set(session, watermark)
        watermark = int(batch["watermark"])
        if batch["activities"]:
            await socket.send_json(batch)


def _activity_set(session: Session, watermark: int) -> Activity:
    conversation = session.conversation
    activities = [for_web_chat(activity) for activity in conversation.seen_by(session.member, watermark)]
    return {"activities": activities, "watermark": str(len(conversation.entries))}


def _grant(session: Session) -> Activity:
    about = {"conversationId": session.conversation.id, "userId": session.member.id}
    return about | {"token": session.token, "expires_in": SESSION_SECONDS}


def _grant_with_stream(request: web.Request, session: Session, watermark: int) -> Activity:
    path = f"/chat/directline/conversations/{session.conversation.id}/stream"
    url = request.url.with_scheme("ws").with_path(path).with_query(t=session.token, watermark=watermark)
    return _grant(session) | {"streamUrl": str(url)}


def _watermark(request: web.Request, session: Session) -> int:
    """Reads where the page left off; 0 when that is beyond what this conversation has."""
    text = request.query.get("watermark", "0")
    watermark = int(text) if text.isdecimal() else 0
    return watermark if watermark <= len(session.conversation.entries) else 0


async def _document(request: web.Request) -> Activity:
    try:
        document = await request.json()
    except JSONDecodeError as error:
        raise web.HTTPBadRequest(text=say("chat_page.not_json")) from error
    if not isinstance(document, dict):
        raise web.HTTPBadRequest(text=say("chat_page.not_object"))
    return document
