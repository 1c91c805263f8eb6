"""Handles each activity once: repeats get the first answer again, failures get an apology."""

from __future__ import annotations

import asyncio
import secrets
from http import HTTPStatus
from weakref import WeakValueDictionary

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
from bot.teams.recent import Recent
from bot.teams.rendering import as_activity, as_invoke_response, language_of, toast
from dialogs.cards.errors import apology
from dialogs.cards.errors import error as refusal
from dialogs.texts import Texts
from dialogs.turn.reply import Refusal, Reply
from portfolio.conversations import NO_WORDS, Answer, AnsweredBeforeError, ChangedMeanwhileError

HANDLED = frozenset({"message", "messageUpdate", "invoke", "conversationUpdate", "installationUpdate"})
DRAIN_SECONDS = 3.0
# So many of the latest activities aren't answered anew when they are delivered again within so many seconds.
REMEMBERED, REMEMBERED_SECONDS = 1000, 600.0

log = structlog.get_logger()


class Turns:
    """Runs each activity, however often and at whatever time it is delivered, so that it has one effect. One that has
    none is answered anew by a process that hasn't answered it."""

    def __init__(self, bot: PortfolioBot, messenger: Messenger, settings: Settings) -> None:
        self._bot = bot
        self._adapter = TeamsAdapter(messenger, self._failed)
        self._settings = settings
        self._pace = Pace()
        self._running: dict[str, asyncio.Task[Answer]] = {}
        self._answered: Recent[Answer] = Recent(REMEMBERED, REMEMBERED_SECONDS)
        self._messages: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

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
        """Waits for the turns under way and what follows from them, but not so long that the service is killed
        meanwhile."""
        for tasks in (self._running.values(), self._bot.following):
            if tasks:
                await asyncio.wait(tuple(tasks), timeout=DRAIN_SECONDS)

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
            if (earlier := self._answered.get(key)) is not None:
                raise AnsweredBeforeError(earlier)
            context.turn_state[KEY] = key
            async with self._one_at_a_time(activity):
                await self._begun(context)
            is_answered = True

        response = await self._adapter.process(activity, turn)
        answer = NO_WORDS if response is None else Answer(int(response.status), response.body)
        if is_answered:
            self._answered.put(key, answer)
        return answer

    async def _begun(self, context: TurnContext) -> None:
        """Begins the turn anew where it is found out meanwhile that its person isn't what they were."""
        try:
            await self._bot.on_turn(context)
        except ChangedMeanwhileError:
            await self._bot.on_turn(context)

    def _one_at_a_time(self, activity: Activity) -> asyncio.Lock:
        """Lets a message and its edits wait for one another: whether one is answered depends on the one before."""
        return self._messages.setdefault(f"{activity.conversation.id}|{activity.id}", asyncio.Lock())

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
            await self._turn_away(context, error, refusal("guest", {}, texts, Refusal.FORBIDDEN))
            return
        reference = secrets.token_hex(4)
        log.error("turn_failed", reference=reference, exc_info=error)
        unreachable = isinstance(error, SendError) and not error.is_final
        if unreachable and context.activity.type != ActivityTypes.invoke:
            return  # an apology would not get through either
        await self._answer(context, apology(reference, texts), HTTPStatus.OK)

    async def _turn_away(self, context: TurnContext, error: OutsiderError, reply: Reply) -> None:
        """Says so to an outsider once a minute, and takes nothing of the conversation's share for them."""
        self._pace.give_back(context.activity)
        if error.is_news or context.activity.type == ActivityTypes.invoke:
            await self._answer(context, reply, HTTPStatus.FORBIDDEN)
        else:
            await _respond(context, InvokeResponse(status=HTTPStatus.FORBIDDEN.value))

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
