"""Handles each activity once: repeats get the first answer again, failures get an apology."""

from __future__ import annotations

import asyncio
import secrets
from collections import OrderedDict
from http import HTTPStatus
from typing import NamedTuple

import structlog
from aiohttp import web
from botbuilder.core import InvokeResponse, TurnContext
from botbuilder.schema import Activity, ActivityTypes
from pydantic_core import to_json

from bot.metrics import REFUSED, TURN_SECONDS, TURNS
from bot.settings import Settings
from bot.teams.activities import KEY, PortfolioBot, digest_of
from bot.teams.adapter import TeamsAdapter
from bot.teams.messenger import Messenger, SendError
from bot.teams.pace import WINDOW_SECONDS, Pace, TooFastError
from bot.teams.principals import OutsiderError
from bot.teams.rendering import as_activity, as_invoke_response, language_of, toast
from dialogs.cards.errors import apology
from dialogs.cards.errors import error as refusal
from dialogs.texts import Texts
from dialogs.turn.reply import Refusal, Reply
from portfolio.conversations import NO_WORDS, Answer, AnsweredBeforeError

HANDLED = frozenset({"message", "messageUpdate", "invoke", "conversationUpdate", "installationUpdate"})
DRAIN_SECONDS = 3.0
# So many of the latest activities aren't answered anew when they are delivered again within so many seconds.
REMEMBERED, REMEMBERED_SECONDS = 1000, 600.0

log = structlog.get_logger()


class _Answered(NamedTuple):
    answer: Answer
    until: float


class Turns:
    """Runs each activity, however often and at whatever time it is delivered, so that it has one effect. One that has
    none is answered anew by a process that hasn't answered it."""

    def __init__(self, bot: PortfolioBot, messenger: Messenger, settings: Settings) -> None:
        self._bot = bot
        self._adapter = TeamsAdapter(messenger, self._failed)
        self._settings = settings
        self._pace = Pace()
        self._running: dict[str, asyncio.Task[Answer]] = {}
        self._answered: OrderedDict[str, _Answered] = OrderedDict()

    async def handle(self, activity: Activity) -> web.Response:
        kind = activity.type
        if kind not in HANDLED:
            TURNS.labels("other", "ignored").inc()
            return web.Response()
        with TURN_SECONDS.labels(kind).time():
            answer = await self._join(activity)
        TURNS.labels(kind, str(answer.status)).inc()
        if answer.body is None:
            return web.Response(status=answer.status)
        return web.Response(body=to_json(answer.body), status=answer.status, content_type="application/json")

    async def drain(self) -> None:
        """Waits for the turns under way, but not so long that the service is killed meanwhile."""
        if self._running:
            await asyncio.wait(self._running.values(), timeout=DRAIN_SECONDS)

    async def _join(self, activity: Activity) -> Answer:
        """Runs the activity; a repeat that comes while the first is being answered waits for that answer."""
        key = _key(activity)
        running = self._running.get(key)
        if running is None:
            running = self._running[key] = asyncio.create_task(self._run(key, activity))
            running.add_done_callback(lambda _: self._running.pop(key))
        return await asyncio.shield(running)

    async def _run(self, key: str, activity: Activity) -> Answer:
        structlog.contextvars.bind_contextvars(conversation=activity.conversation.id, activity=activity.id)
        is_answered = False

        async def turn(context: TurnContext) -> None:
            nonlocal is_answered
            self._pace.check(activity)
            if (earlier := self._earlier(key)) is not None:
                raise AnsweredBeforeError(earlier)
            context.turn_state[KEY] = key
            await self._bot.on_turn(context)
            is_answered = True

        response = await self._adapter.process(activity, turn)
        answer = NO_WORDS if response is None else Answer(int(response.status), response.body)
        if is_answered:
            self._remember(key, answer)
        return answer

    def _earlier(self, key: str) -> Answer | None:
        answered = self._answered.get(key)
        return answered.answer if answered and answered.until > asyncio.get_running_loop().time() else None

    def _remember(self, key: str, answer: Answer) -> None:
        self._answered[key] = _Answered(answer, asyncio.get_running_loop().time() + REMEMBERED_SECONDS)
        if len(self._answered) > REMEMBERED:
            self._answered.popitem(last=False)

    async def _failed(self, context: TurnContext, error: Exception) -> None:
        """Ends every failure of a turn: logged once, answered always. A repeat gets the earlier answer."""
        if isinstance(error, AnsweredBeforeError):
            await _respond(context, InvokeResponse(status=error.answer.status, body=error.answer.body))
            return
        texts = Texts.of(language_of(context.activity.locale, self._settings.language))
        if isinstance(error, TooFastError):
            await self._slow_down(context, error, texts)
            return
        if isinstance(error, OutsiderError):
            REFUSED.labels(error.reason.value).inc()
            log.warning("refused", status=HTTPStatus.FORBIDDEN.value, reason=error.reason.value)
            await self._answer(context, refusal("guest", {}, texts, Refusal.FORBIDDEN), HTTPStatus.FORBIDDEN)
            return
        reference = secrets.token_hex(4)
        log.error("turn_failed", reference=reference, exc_info=error)
        unreachable = isinstance(error, SendError) and not error.is_final
        if unreachable and context.activity.type != ActivityTypes.invoke:
            return  # an apology would not get through either
        await self._answer(context, apology(reference, texts), HTTPStatus.OK)

    async def _slow_down(self, context: TurnContext, error: TooFastError, texts: Texts) -> None:
        """Says so once, where it is news; a button always gets its answer. Nothing is stored: sent again, it is new."""
        REFUSED.labels("too_fast").inc()
        if error.is_news:
            log.warning("refused", status=HTTPStatus.OK.value, reason="too_fast")
        if error.is_news or context.activity.type == ActivityTypes.invoke:
            reply = refusal("too_fast", {"seconds": round(WINDOW_SECONDS)}, texts)
            await self._answer(context, reply, HTTPStatus.OK)

    async def _answer(self, context: TurnContext, reply: Reply, status: HTTPStatus) -> None:
        if context.activity.type == ActivityTypes.invoke:
            await _respond(context, as_invoke_response(reply) if reply.refusal else toast(reply))
            return
        try:
            await context.send_activity(as_activity(reply))
        except SendError as error:
            log.exception("apology_not_sent", status=error.status, reason=error.reason)
        await _respond(context, InvokeResponse(status=status.value))


async def _respond(context: TurnContext, response: InvokeResponse) -> None:
    await context.send_activity(Activity(type=ActivityTypes.invoke_response, value=response))


def _key(activity: Activity) -> str:
    """Keys an activity by id, sender and content, the same when it is delivered again. Pressing again is another."""
    edited = [activity.text] if activity.type == ActivityTypes.message_update else []
    sent = (activity.type, activity.from_property.id, activity.value, *edited)
    return digest_of(activity.conversation.id, activity.id or secrets.token_hex(16), *sent)
