"""Sorts activities: messages, buttons, installs. Everything that is said comes from the dialogs."""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from http import HTTPStatus
from typing import Any

import structlog
from botbuilder.core import InvokeResponse, TurnContext
from botbuilder.core.teams import TeamsActivityHandler
from botbuilder.schema import Activity, ActivityTypes

from bot.background import begin
from bot.clock import Clock, real_clock
from bot.settings import Settings
from bot.strict_json import MalformedJsonError, parse
from bot.teams.addresses import References
from bot.teams.consent import consent_in
from bot.teams.courier import TeamsCourier
from bot.teams.heard import hear
from bot.teams.messenger import SendError
from bot.teams.outbox import Outbox
from bot.teams.principals import OutsiderError, Principals
from bot.teams.rendering import as_activity, as_invoke_response, language_of
from dialogs.assistant import Assistant, Turn
from dialogs.cards.errors import error
from dialogs.cards.files import is_file
from dialogs.texts import Texts
from dialogs.turn.audience import Scope
from dialogs.turn.reply import ForAll, ForOne, Refusal, Reply
from portfolio.conversations import NO_WORDS, Answer, ConversationKind, ConversationReference
from portfolio.deliveries import Delivery, Said
from portfolio.organisation import Person
from portfolio.ports.conversations import ConversationStore, Effect
from portfolio.ports.errors import DatabaseError
from portfolio.reminders.kinds import Recipient

ADDED = frozenset({"add", "add-upgrade"})
AUTOMATIC = "automatic"
PRESS, FEEDBACK, FILE = "adaptiveCard/action", "message/submitAction", "fileConsent/invoke"
REMOVED, REPLACED = "remove", "remove-upgrade"
EDITED = "editMessage"
# What is remembered of a message that wasn't understood.
UNCLEAR = Answer(HTTPStatus.UNPROCESSABLE_ENTITY.value)
UNDERSTOOD = Answer(HTTPStatus.OK.value)
# Under this name a turn's state holds what tells its activity from all others.
KEY = "tovholder.key"
TEAMS = "msteams"
_SCOPES = {"personal": Scope.PERSONAL, "groupchat": Scope.GROUP, "channel": Scope.CHANNEL}
_OWN_CHAT, _SHARED, _CHANNEL = "a:", "19:", re.compile(r"@thread\.(?:tacv2|skype)\b")
# What is kept of where somebody is has the form that Teams gives it, or isn't kept: a team's or channel's id, and the
# language, script and region of a program.
_PLACE = re.compile(r"19:[\w.:;=-]{1,200}@[\w.]{1,40}", re.ASCII)
_LOCALE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|\d{3}))?", re.ASCII)

log = structlog.get_logger()


class PortfolioBot(TeamsActivityHandler):  # type: ignore[misc]
    """Turns activities into questions to the assistant, and its replies into activities. What a turn stores, and its
    answer, is stored at once; then it is answered, and what follows from it is done `afterwards`."""

    def __init__(
        self,
        assistant: Assistant,
        principals: Principals,
        references: References,
        conversations: ConversationStore,
        outbox: Outbox,
        courier: TeamsCourier,
        afterwards: Callable[[datetime], Awaitable[None]],
        settings: Settings,
        clock: Clock = real_clock,
    ) -> None:
        super().__init__()
        self._assistant = assistant
        self._principals = principals
        self._references = references
        self._conversations = conversations
        self._outbox = outbox
        self._courier = courier
        self._afterwards = afterwards
        self.following: set[asyncio.Task[None]] = set()
        self._settings = settings
        self._clock = clock

    async def on_message_activity(self, context: TurnContext) -> None:
        reply = await self._answer(context)
        if reply.is_unclear:
            await self._note(context.activity, reply)

    async def on_message_update_activity(self, context: TurnContext) -> None:
        """Answers an edited message anew, where it wasn't understood before. What was done isn't done again."""
        activity = context.activity
        data = activity.channel_data if isinstance(activity.channel_data, dict) else {}
        if data.get("eventType") == EDITED:
            earlier = await self._conversations.answer_of(_key_of_unclear(activity))
            if earlier == UNCLEAR:
                await self._note(activity, await self._answer(context))

    async def _note(self, activity: Activity, reply: Reply) -> None:
        """Notes whether the message is understood by now."""
        await self._conversations.note_answer(_key_of_unclear(activity), UNCLEAR if reply.is_unclear else UNDERSTOOD)

    async def _answer(self, context: TurnContext) -> Reply:
        """Answers a message. Returns what was said, as the person sees it."""
        turn = await self._begin_turn(context.activity)
        answer = await self._answering(context.activity, turn)
        async with self._conversations.once(context.turn_state[KEY], turn.person) as effect:
            reply = await answer()
            stored = await self._store(reply, turn, context.activity, effect)
        is_told = stored is not None and await self._outbox.send(stored)
        if effect.has_stored:
            self._follow_up(turn)
        if isinstance(reply, ForOne) and turn.scope is not Scope.PERSONAL:
            await self._point_to(context, turn, is_sent=is_told)
        elif stored is None:
            await context.send_activity(as_activity(reply))
        return reply

    async def _answering(self, activity: Activity, turn: Turn) -> Callable[[], Awaitable[Reply]]:
        """Reads what was said or pressed; who is mentioned is asked of Teams before anything is stored."""
        if pressed := consent_in(activity) if activity.name == FILE else _button(activity.value):
            return partial(self._assistant.press, *pressed, turn)
        heard = await hear(activity, self._principals)
        return partial(self._assistant.ask, heard.text, replace(turn, beside=heard.beside))

    async def _store(self, reply: Reply, turn: Turn, activity: Activity, effect: Effect) -> Delivery | None:
        """Stores the answer of a turn that stored something, and any that goes to the own chat of somebody who writes
        elsewhere. Returns None where it isn't stored."""
        is_own_chat, here = turn.scope is Scope.PERSONAL, activity.conversation.id
        own = Recipient(turn.person.id) if turn.person else None
        said = None
        if isinstance(reply, ForOne) and not is_own_chat:
            if own and await self._references.of_person(own.person):
                said = Said(own, reply.text, reply.card)
        elif effect.has_stored:
            reader = own if own and is_own_chat else Recipient(here, is_channel=True)
            lost = Said(reader, Texts.of(turn.language).say("personal.lost"), conversation=here)
            said = Said(reader, reply.text, reply.card, here, activity.id, otherwise=lost)
        delivery = await self._outbox.store(said, turn.now) if said else None
        if effect.has_stored:
            await effect.answer(NO_WORDS)
        return delivery

    async def on_invoke_activity(self, context: TurnContext) -> InvokeResponse:
        """Answers card buttons, and cards that ask for a person's own view, in the response: in a group only the person
        who pressed sees it."""
        activity = context.activity
        if activity.name == FEEDBACK:
            return InvokeResponse(status=HTTPStatus.OK.value, body={})
        if activity.name == FILE:
            await self._answer_consent(context)
            return InvokeResponse(status=HTTPStatus.OK.value)
        if activity.name not in (PRESS, None):
            return InvokeResponse(status=HTTPStatus.NOT_IMPLEMENTED.value)
        turn = await self._begin_turn(activity)
        turn = replace(turn, is_automatic=is_automatic(activity))
        verb, data = _press_in(activity) or (None, None)
        async with self._conversations.once(context.turn_state[KEY], turn.person) as effect:
            reply = await self._assistant.press(verb, data, turn)
            response = as_invoke_response(reply)
            if effect.has_stored:
                await effect.answer(Answer(response.status, response.body))
        if effect.has_stored:
            self._follow_up(turn)
        if is_file(reply.card):  # which can't stand in the place of the card
            await context.send_activity(as_activity(reply))
        return response

    async def _answer_consent(self, context: TurnContext) -> None:
        """Answers whoever takes or leaves a file with a message, and takes away what asked them."""
        reply, asked = await self._answer(context), context.activity.reply_to_id
        if asked and reply.refusal is None:
            try:
                await context.delete_activity(asked)
            except SendError as error:
                log.warning("consent_not_removed", status=error.status, reason=error.reason)

    async def on_conversation_update_activity(self, context: TurnContext) -> None:
        bot = context.activity.recipient
        if bot and any(member.id == bot.id for member in context.activity.members_added or ()):
            await self._welcome(context)

    async def on_installation_update(self, context: TurnContext) -> None:
        action = context.activity.action
        if action in ADDED:
            await self._welcome(context)
        elif action == REMOVED:
            await self._references.uninstall(self._reference(context.activity, None))
        elif action == REPLACED:  # by a newer version, in the same channels
            await self._references.remove(self._reference(context.activity, None))

    async def _welcome(self, context: TurnContext) -> None:
        """Welcomes once: Teams tells of an install in two ways, in any order, and the first to come is answered."""
        try:
            turn = await self._turn(context.activity)
        except OutsiderError:
            await self._turn_away(context)
            return
        reference = self._reference(context.activity, turn.person)
        await self._references.save(reference)
        async with self._conversations.once(context.turn_state[KEY], turn.person) as effect:
            is_first = await self._references.welcome_once(reference)
            welcome = await self._assistant.welcome(turn) if is_first else None
            stored = await self._store(welcome, turn, context.activity, effect) if welcome else None
        if stored:
            await self._outbox.send(stored)

    async def _turn_away(self, context: TurnContext) -> None:
        """Tells a guest who installs, and nobody else, that Tovholder isn't for them; once."""
        activity = context.activity
        reference = self._reference(activity, None)
        if not await self._references.welcome_once(reference):
            return
        texts = Texts.of(language_of(activity.locale, self._settings.language))
        reply = error("guest", {}, texts, Refusal.FORBIDDEN)
        if reference.kind is ConversationKind.PERSONAL:
            await context.send_activity(as_activity(reply))
        else:
            await self._courier.whisper(reference, activity.from_property.id, reply)

    async def _point_to(self, context: TurnContext, turn: Turn, *, is_sent: bool) -> None:
        """Says, where all can read it, that the answer is in the own chat; the answer itself is stored, so it may be
        missed."""
        words = Texts.of(turn.language).say("personal.sent" if is_sent else "personal.unreachable")
        try:
            await context.send_activity(as_activity(ForAll(None, words)))
        except SendError as error:
            log.warning("not_pointed_to", status=error.status, reason=error.reason)

    def _follow_up(self, turn: Turn) -> None:
        """Begins what follows from what was stored. Nobody waits for it: a channel may be slow."""
        task = begin(self._followed_up(turn))
        self.following.add(task)
        task.add_done_callback(self.following.discard)

    async def _followed_up(self, turn: Turn) -> None:
        """Leaves it to the service to do it later, where the database is away by now."""
        try:
            await self._afterwards(turn.now)
        except DatabaseError as error:
            log.warning("not_followed_up", error=error.reason)

    async def _begin_turn(self, activity: Activity) -> Turn:
        """Describes the turn and writes down where it came from. Raises OutsiderError, with nothing written down."""
        turn = await self._turn(activity)
        await self._references.heard_from(self._reference(activity, turn.person))
        return turn

    async def _turn(self, activity: Activity) -> Turn:
        """Describes the turn. Raises OutsiderError."""
        return Turn(
            principal=await self._principals.sender(activity),
            language=language_of(activity.locale, self._settings.language),
            now=self._clock().astimezone(self._settings.zone),
            scope=_scope(activity),
            conversation=activity.conversation.id,
            account=activity.from_property.id or "",
        )

    def _reference(self, activity: Activity, person: Person | None) -> ConversationReference:
        """Describes the conversation; a group's reference says nothing of the person who happened to write there."""
        data = activity.channel_data if isinstance(activity.channel_data, dict) else {}
        kind = ConversationKind(_scope(activity))
        is_personal = kind is ConversationKind.PERSONAL
        return ConversationReference(
            tenant=_id_in(data, "tenant") or self._settings.app_tenant_id or "",
            conversation=activity.conversation.id,
            kind=kind,
            service_url=activity.service_url,
            bot=activity.recipient.id if activity.recipient else f"28:{self._settings.app_id}",
            seen_at=self._clock(),
            entra_id=activity.from_property.aad_object_id if is_personal and not self._settings.is_local else None,
            person=person.id if person and is_personal else None,
            locale=_if_like(_LOCALE, activity.locale) if is_personal else None,
            team=_if_like(_PLACE, _id_in(data, "team")),
            channel=_if_like(_PLACE, _id_in(data, "channel")),
        )


def _key_of_unclear(activity: Activity) -> str:
    return digest_of(activity.conversation.id, activity.id, "unclear")


def _scope(activity: Activity) -> Scope:
    """Says what kind of conversation it is: by its id where Teams doesn't say, and never private for want of a word."""
    conversation = activity.conversation
    if kind := conversation.conversation_type:
        scope = _SCOPES.get(kind.lower(), Scope.GROUP)
    elif conversation.id.startswith(_OWN_CHAT) or activity.channel_id != TEAMS:  # other channels have no groups
        scope = Scope.PERSONAL
    elif conversation.id.startswith(_SHARED) and (_CHANNEL.search(conversation.id) or _names_channel(activity)):
        scope = Scope.CHANNEL
    else:
        scope = Scope.GROUP
    is_shared = conversation.is_group or conversation.id.startswith(_SHARED)
    return Scope.GROUP if scope is Scope.PERSONAL and is_shared else scope


def _names_channel(activity: Activity) -> bool:
    data = activity.channel_data if isinstance(activity.channel_data, dict) else {}
    return _id_in(data, "channel") is not None or _id_in(data, "team") is not None


def is_automatic(activity: Activity) -> bool:
    """Says whether a program asks for a person's view of a card by itself."""
    is_press = activity.type == ActivityTypes.invoke and isinstance(activity.value, dict)
    return is_press and activity.value.get("trigger") == AUTOMATIC


def _press_in(activity: Activity) -> tuple[str, dict[str, Any]] | None:
    """Returns verb and data of the button that an invoke tells of; without a name, the data stands alone."""
    if activity.name is None:
        return _button(activity.value)
    action = activity.value.get("action") if isinstance(activity.value, dict) else None
    return _button(action.get("data"), action.get("verb")) if isinstance(action, dict) else None


def _button(data: Any, verb: Any = None) -> tuple[str, dict[str, Any]] | None:
    """Returns verb and data of a pressed button; old programs send the verb within the data, some the data as text."""
    if data is None and verb:
        data = {}
    if isinstance(data, str):
        data = _object_in(data)
    if not isinstance(data, dict):
        return None
    verb = verb or data.get("verb")
    return (verb, data) if isinstance(verb, str) else None


def _object_in(text: str) -> Any:
    try:
        return parse(text.encode())
    except MalformedJsonError:
        return None


def digest_of(*parts: Any) -> str:
    """Keys what is remembered of an activity, as a code alone."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _if_like(form: re.Pattern[str], value: str | None) -> str | None:
    return value if value and form.fullmatch(value) else None


def _id_in(data: dict[str, Any], name: str) -> str | None:
    part = data.get(name)
    value = part.get("id") if isinstance(part, dict) else None
    return value if isinstance(value, str) else None
