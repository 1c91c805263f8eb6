"""Carries activities from the chat page to the bot, over HTTP to the service's own `/api/messages`, as Teams does."""

from __future__ import annotations

from collections.abc import AsyncIterator
from http import HTTPStatus

import aiohttp
import structlog
from aiohttp import web

from bot.demo.buttons import CARD, Pressed, pressed
from bot.demo.conversations import BOT, Activity, Conversation, Member
from bot.demo.sessions import Session
from bot.demo.teams import LOCAL_TENANT, Envelope
from bot.operator_texts import say
from bot.teams.messenger import object_in

TEXT = "application/vnd.microsoft.activity.message"
ERROR = "application/vnd.microsoft.error"
TIMEOUT = aiohttp.ClientTimeout(total=30)

log = structlog.get_logger()


class NotTakenError(Exception):
    """The bot did not take what was sent."""


class Delivery:
    """Posts activities to the bot. `tenant` is where the activities come from."""

    def __init__(self, tenant: str | None) -> None:
        self._tenant = tenant or LOCAL_TENANT
        self._client: aiohttp.ClientSession | None = None

    async def connected(self, _: web.Application) -> AsyncIterator[None]:
        async with aiohttp.ClientSession(timeout=TIMEOUT) as self._client:
            yield

    async def install(self, request: web.Request, session: Session) -> str:
        """Raises NotTakenError."""
        return await self._send(request, self._envelope(request, session).installation())

    async def deliver(self, request: web.Request, session: Session, activity: Activity) -> str:
        """Shows what the person did in the conversation and tells the bot. Returns the activity's id.
        Raises NotTakenError."""
        envelope = self._envelope(request, session)
        button = pressed(activity.get("value"))
        if button is not None:
            await self._press(request, session, envelope.press(button.activity_id, button.action), button)
            return str(activity.get("id") or button.activity_id)
        activity_id = await session.conversation.say(_for_others(activity), _sender(session))
        message = envelope.message(activity, activity_id) if activity.get("type") == "message" else None
        return await self._send(request, message) if message else activity_id

    async def own_view(
        self, address: str, conversation: Conversation, member: Member, activity_id: str, action: Activity
    ) -> Activity | None:
        """Returns a card as the member is to see it; None where the bot gives none. Raises NotTakenError."""
        envelope = self._envelope_for(address, conversation, member)
        _, answer = await self._post(address, envelope.press(activity_id, action, "automatic"))
        return _card_of(answer)

    async def _press(self, request: web.Request, session: Session, activity: Activity, button: Pressed) -> None:
        """Shows the answer to the person who pressed: a card replaces the old card, a text is activity."""
        status, answer = await self._post(own_address(request), activity)
        viewer = session.member.id
        if shown := _card_of(answer):
            await session.conversation.replace(button.activity_id, shown, viewer)
            return
        text = (status < HTTPStatus.BAD_REQUEST and _words_of(answer)) or say("chat_page.press_failed")
        await session.conversation.say({"type": "message", "text": text}, BOT, viewer)

    async def _send(self, request: web.Request, activity: Activity) -> str:
        status, _ = await self._post(own_address(request), activity)
        if status >= HTTPStatus.BAD_REQUEST:
            raise NotTakenError(say("chat_page.not_taken", status=status))
        return str(activity["id"])

    async def _post(self, address: str, activity: Activity) -> tuple[int, Activity]:
        if self._client is None:
            raise NotTakenError(say("chat_page.not_started"))
        try:
            async with self._client.post(f"{address}/api/messages", json=activity) as response:
                return response.status, object_in(await response.read())
        except (aiohttp.ClientError, TimeoutError) as error:
            log.warning("chat_not_delivered", error=type(error).__name__)
            raise NotTakenError(say("chat_page.silent")) from error

    def _envelope(self, request: web.Request, session: Session) -> Envelope:
        return self._envelope_for(own_address(request), session.conversation, session.member)

    def _envelope_for(self, address: str, conversation: Conversation, member: Member) -> Envelope:
        return Envelope(conversation, member, f"{address}/chat/connector", self._tenant)


def _card_of(answer: Activity) -> Activity | None:
    """Reads the card that answers a button; None where the answer is no card."""
    value = answer.get("value")
    if answer.get("type") != CARD or not isinstance(value, dict):
        return None
    return {"type": "message", "attachments": [{"contentType": CARD, "content": value}]}


def _words_of(answer: Activity) -> str | None:
    """Reads the sentence that answers a button, or that says why it is refused."""
    value = answer.get("value")
    said = value.get("message") if answer.get("type") == ERROR and isinstance(value, dict) else value
    return said if answer.get("type") in (TEXT, ERROR) and isinstance(said, str) else None


def own_address(request: web.Request) -> str:
    """Returns the address that the request came in by, as the socket knows it rather than as the client says."""
    name = request.transport.get_extra_info("sockname") if request.transport else None
    if not name:
        raise NotTakenError(say("chat_page.closed"))
    host, port = name[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _sender(session: Session) -> Activity:
    return {"id": session.member.id, "name": session.member.person.name, "role": "user"}


def _for_others(activity: Activity) -> Activity:
    """Leaves out what only the page itself may say, such as another's id."""
    return {key: activity[key] for key in ("type", "text", "value", "channelData", "locale") if key in activity}
