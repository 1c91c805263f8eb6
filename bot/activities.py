"""Which activity means what: messages, buttons, installs. Everything that is said comes from the dialogs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from botbuilder.core import InvokeResponse, TurnContext
from botbuilder.core.teams import TeamsActivityHandler
from botbuilder.schema import Activity, ActivityTypes, Attachment

from bot.mentions import text_of
from bot.people import People
from bot.references import References
from bot.settings import Settings
from dialogs.assistant import Assistant, Turn
from dialogs.audience import Scope
from dialogs.reply import Reply
from dialogs.texts import LANGUAGES
from dialogs.values.calendar_words import Language
from portfolio.conversations import ConversationKind, ConversationReference
from portfolio.ports import ConversationStore

CARD = "application/vnd.microsoft.card.adaptive"
TOAST = "application/vnd.microsoft.activity.message"
ERROR = "application/vnd.microsoft.error"
ADDED = frozenset({"add", "add-upgrade"})
SUMMARY = 200
_KINDS = {
    Scope.PERSONAL: ConversationKind.PERSONAL,
    Scope.GROUP: ConversationKind.GROUP,
    Scope.CHANNEL: ConversationKind.CHANNEL,
}
REMOVED = frozenset({"remove", "remove-upgrade"})
_SCOPES = {"personal": Scope.PERSONAL, "groupChat": Scope.GROUP, "channel": Scope.CHANNEL}


class PortfolioBot(TeamsActivityHandler):  # type: ignore[misc]
    """Turns activities into questions to the assistant, and its replies into activities."""

    def __init__(
        self,
        assistant: Assistant,
        people: People,
        conversations: ConversationStore,
        settings: Settings,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__()
        self._assistant = assistant
        self._people = people
        self._conversations = conversations
        self._references = References(conversations)
        self._settings = settings
        self._clock = clock

    async def on_message_activity(self, context: TurnContext) -> None:
        activity = context.activity
        await self._references.heard_from(self._reference(activity))
        turn = await self._turn(activity)
        pressed = _button(activity.value)
        if pressed:
            reply = await self._assistant.press(*pressed, turn)
        else:
            reply = await self._assistant.ask(text_of(activity), turn)
        await context.send_activity(as_activity(reply))

    async def on_invoke_activity(self, context: TurnContext) -> InvokeResponse:
        """Card buttons are answered in the response: in a group only the one who pressed sees it."""
        activity = context.activity
        if activity.name != "adaptiveCard/action":
            return InvokeResponse(status=HTTPStatus.BAD_REQUEST.value)
        action = activity.value.get("action") if isinstance(activity.value, dict) else None
        pressed = _button(action.get("data"), action.get("verb")) if isinstance(action, dict) else None
        if pressed is None:
            return card_error(HTTPStatus.BAD_REQUEST, "BadRequest", "The button's data can't be read.")
        reply = await self._assistant.press(*pressed, await self._turn(activity))
        return as_invoke_response(reply)

    async def on_conversation_update_activity(self, context: TurnContext) -> None:
        bot = context.activity.recipient
        if bot and any(member.id == bot.id for member in context.activity.members_added or ()):
            await self._welcome(context)

    async def on_installation_update(self, context: TurnContext) -> None:
        if context.activity.action in ADDED:
            await self._welcome(context)
        elif context.activity.action in REMOVED:
            await self._references.removed(self._reference(context.activity))

    async def _welcome(self, context: TurnContext) -> None:
        """Teams tells of one install in two ways, in any order: whichever comes first is answered."""
        reference = self._reference(context.activity)
        await self._references.installed(reference)
        turn = await self._turn(context.activity)
        if await self._conversations.welcome_once(reference.tenant, reference.conversation):
            await context.send_activity(as_activity(await self._assistant.welcome(turn)))

    async def _turn(self, activity: Activity) -> Turn:
        """Raises GuestError."""
        return Turn(
            person=await self._people.asking(activity),
            language=language_of(activity, self._settings.language),
            now=self._clock().astimezone(self._settings.zone),
            scope=_scope(activity),
        )

    def _reference(self, activity: Activity) -> ConversationReference:
        data = activity.channel_data if isinstance(activity.channel_data, dict) else {}
        kind = _KINDS[_scope(activity)]
        sender = activity.from_property.aad_object_id
        return ConversationReference(
            tenant=_id_in(data, "tenant") or self._settings.app_tenant_id or "",
            conversation=activity.conversation.id,
            kind=kind,
            service_url=activity.service_url,
            bot=activity.recipient.id if activity.recipient else f"28:{self._settings.app_id}",
            seen_at=self._clock(),
            entra_id=sender if kind is ConversationKind.PERSONAL else None,
            locale=activity.locale,
            team=_id_in(data, "team"),
            channel=_id_in(data, "channel"),
        )


def as_activity(reply: Reply) -> Activity:
    """The card alone, its text as the summary that notifications show: both at once would be two messages."""
    if reply.card is None:
        return Activity(type=ActivityTypes.message, text=reply.text, text_format="plain")
    card = Attachment(content_type=CARD, content=reply.card)
    return Activity(type=ActivityTypes.message, attachments=[card], summary=reply.text[:SUMMARY])


def as_invoke_response(reply: Reply) -> InvokeResponse:
    if reply.card is None:
        return toast(reply)
    return _invoke_response(HTTPStatus.OK, CARD, reply.card)


def toast(reply: Reply, status: HTTPStatus = HTTPStatus.OK) -> InvokeResponse:
    """A sentence that leaves the card as it is."""
    return _invoke_response(status, TOAST, reply.text)


def card_error(status: HTTPStatus, code: str, message: str) -> InvokeResponse:
    """An error as cards expect it: the request itself went well."""
    response = _invoke_response(status, ERROR, {"code": code, "message": message})
    response.status = HTTPStatus.OK.value
    return response


def _invoke_response(status: HTTPStatus, kind: str, value: str | dict[str, Any]) -> InvokeResponse:
    return InvokeResponse(status=status.value, body={"statusCode": status.value, "type": kind, "value": value})


def language_of(activity: Activity, otherwise: Language) -> Language:
    """The language of the sender's program where it is one of ours."""
    locale = (activity.locale or "").lower()
    return next((language for language in LANGUAGES if locale.startswith(language)), otherwise)


def _scope(activity: Activity) -> Scope:
    return _SCOPES.get(activity.conversation.conversation_type or "personal", Scope.GROUP)


def _button(data: Any, verb: Any = None) -> tuple[str, dict[str, Any]] | None:
    """Verb and data of a pressed button; old programs send the verb within the data."""
    if data is None and verb:
        data = {}
    if not isinstance(data, dict):
        return None
    verb = verb or data.get("verb")
    return (verb, data) if isinstance(verb, str) else None


def _id_in(data: dict[str, Any], name: str) -> str | None:
    part = data.get(name)
    value = part.get("id") if isinstance(part, dict) else None
    return value if isinstance(value, str) else None
