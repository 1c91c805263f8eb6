"""Sorts activities: messages, buttons, installs. Everything that is said comes from the dialogs."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from botbuilder.core import InvokeResponse, TurnContext
from botbuilder.core.teams import TeamsActivityHandler
from botbuilder.schema import Activity

from bot.clock import Clock, real_clock
from bot.settings import Settings
from bot.strict_json import MalformedJsonError, parse
from bot.teams.addresses import References
from bot.teams.courier import TeamsCourier
from bot.teams.heard import hear
from bot.teams.principals import OutsiderError, Principals
from bot.teams.rendering import as_activity, as_invoke_response, language_of
from dialogs.assistant import Assistant, Turn
from dialogs.cards.errors import error
from dialogs.texts import Texts
from dialogs.turn.audience import Scope
from dialogs.turn.reply import ForAll, ForOne, Refusal, Reply
from portfolio.conversations import ConversationKind, ConversationReference
from portfolio.organisation import Person
from portfolio.ports.conversations import ConversationStore

ADDED = frozenset({"add", "add-upgrade"})
AUTOMATIC = "automatic"
PRESS, FEEDBACK = "adaptiveCard/action", "message/submitAction"
REMOVED, REPLACED = "remove", "remove-upgrade"
EDITED = "editMessage"
# What is remembered of a message that wasn't understood.
UNCLEAR = HTTPStatus.UNPROCESSABLE_ENTITY.value
TEAMS = "msteams"
_SCOPES = {"personal": Scope.PERSONAL, "groupchat": Scope.GROUP, "channel": Scope.CHANNEL}
_OWN_CHAT, _SHARED, _CHANNEL = "a:", "19:", re.compile(r"@thread\.(?:tacv2|skype)\b")
# What is kept of where somebody is has the form that Teams gives it, or isn't kept: a team's or channel's id, and the
# language, script and region of a program.
_PLACE = re.compile(r"19:[\w.:;=-]{1,200}@[\w.]{1,40}", re.ASCII)
_LOCALE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|\d{3}))?", re.ASCII)


class PortfolioBot(TeamsActivityHandler):  # type: ignore[misc]
    """Turns activities into questions to the assistant, and its replies into activities."""

    def __init__(
        self,
        assistant: Assistant,
        principals: Principals,
        references: References,
        conversations: ConversationStore,
        courier: TeamsCourier,
        settings: Settings,
        clock: Clock = real_clock,
    ) -> None:
        super().__init__()
        self._assistant = assistant
        self._principals = principals
        self._references = references
        self._conversations = conversations
        self._courier = courier
        self._settings = settings
        self._clock = clock

    async def on_message_activity(self, context: TurnContext) -> None:
        reply = await self._answer(context)
        if reply.is_unclear:
            await self._conversations.first_sight(_key_of_unclear(context.activity))
            await self._keep(context.activity, reply)

    async def on_message_update_activity(self, context: TurnContext) -> None:
        """Answers an edited message anew, where it wasn't understood before. What was done isn't done again."""
        activity = context.activity
        data = activity.channel_data if isinstance(activity.channel_data, dict) else {}
        if data.get("eventType") == EDITED:
            earlier = await self._conversations.answer_of(_key_of_unclear(activity))
            if earlier is not None and earlier.status == UNCLEAR:
                await self._keep(activity, await self._answer(context))

    async def _keep(self, activity: Activity, reply: Reply) -> None:
        """Notes whether the message is understood by now."""
        status = UNCLEAR if reply.is_unclear else HTTPStatus.OK.value
        await self._conversations.remember_answer(_key_of_unclear(activity), status, None)

    async def _answer(self, context: TurnContext) -> Reply:
        """Answers a message. Returns what was said, as the person sees it."""
        activity = context.activity
        turn = await self._begin_turn(activity)
        pressed = _button(activity.value)
        if pressed:
            reply = await self._assistant.press(*pressed, turn)
        else:
            heard = await hear(activity, self._principals)
            reply = await self._assistant.ask(heard.text, replace(turn, beside=heard.beside))
        here: Reply = reply
        if isinstance(reply, ForOne) and turn.scope is not Scope.PERSONAL:
            here = await self._send_privately(reply, turn)
        await context.send_activity(as_activity(here))
        return reply

    async def on_invoke_activity(self, context: TurnContext) -> InvokeResponse:
        """Answers card buttons, and cards that ask for a person's own view, in the response: in a group only the person
        who pressed sees it."""
        activity = context.activity
        if activity.name == FEEDBACK:
            return InvokeResponse(status=HTTPStatus.OK.value, body={})
        if activity.name not in (PRESS, None):
            return InvokeResponse(status=HTTPStatus.NOT_IMPLEMENTED.value)
        turn = await self._begin_turn(activity)
        turn = replace(turn, is_automatic=is_automatic(activity))
        verb, data = _press_in(activity) or (None, None)
        return as_invoke_response(await self._assistant.press(verb, data, turn))

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
        if await self._references.welcome_once(reference):
            await context.send_activity(as_activity(await self._assistant.welcome(turn)))

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

    async def _send_privately(self, reply: ForOne, turn: Turn) -> ForAll:
        """Sends a reply to the person's own chat. Returns what is left to say where all can read it."""
        is_sent = turn.person is not None and await self._courier.tell(turn.person.id, lambda _: reply)
        return ForAll(None, Texts.of(turn.language).say("personal.sent" if is_sent else "personal.unreachable"))

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
    return isinstance(activity.value, dict) and activity.value.get("trigger") == AUTOMATIC


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
