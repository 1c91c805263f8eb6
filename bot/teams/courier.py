"""Sends what Tovholder says without having been asked, where it can be said."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import structlog

from bot.clock import Clock
from bot.teams.addresses import References
from bot.teams.codec import encode
from bot.teams.members import Rosters
from bot.teams.messenger import Messenger, SendError
from bot.teams.rendering import as_activity, language_of
from dialogs.texts import Texts
from dialogs.turn.courier import Otherwise
from dialogs.turn.reply import ForAll, ForOne, Reply
from dialogs.values.calendar_words import Language
from portfolio.conversations import ConversationKind, ConversationReference
from portfolio.deliveries import Said
from portfolio.identity import PersonId
from portfolio.ports.people import AccountStore
from portfolio.ports.sending import DeliveryStore
from portfolio.reminders.kinds import Recipient

_TYPES = {
    ConversationKind.PERSONAL: "personal",
    ConversationKind.GROUP: "groupChat",
    ConversationKind.CHANNEL: "channel",
}

log = structlog.get_logger()


class TeamsCourier:
    """Implements dialogs.turn.courier.Courier. `language` is spoken where the person's own is not known."""

    def __init__(
        self,
        messenger: Messenger,
        references: References,
        accounts: AccountStore,
        deliveries: DeliveryStore,
        language: Language,
        clock: Clock,
    ) -> None:
        self._messenger = messenger
        self._references = references
        self._accounts = accounts
        self._deliveries = deliveries
        self._rosters = Rosters(messenger)
        self._language = language
        self._clock = clock

    async def tell(
        self, person: PersonId, reply: Callable[[Texts], ForOne], otherwise: Otherwise | None = None
    ) -> bool:
        reference = next(iter(await self._references.of_person(person)), None)
        if reference is None:
            return False
        words = reply(Texts.of(language_of(reference.locale, self._language)))
        instead = otherwise and Said(Recipient(otherwise.person), otherwise.reply.text, otherwise.reply.card)
        await self._deliveries.say(Said(Recipient(person), words.text, words.card, otherwise=instead), self._clock())
        return True

    async def say(self, conversation: str, reply: ForAll) -> None:
        if await self._reference(conversation) is not None:
            everybody = Recipient(conversation, is_channel=True)
            await self._deliveries.say(Said(everybody, reply.text, reply.card, conversation), self._clock())

    async def whisper(self, reference: ConversationReference, account: str, reply: Reply) -> bool:
        """Says something to one member of a conversation alone, whether or not they are known."""
        parameters = new_chat(reference.bot, account, reference.tenant)
        try:
            chat = await self._messenger.create_conversation(reference.service_url, parameters)
            own = replace(reference, conversation=chat, kind=ConversationKind.PERSONAL, team=None, channel=None)
            await self._send(own, reply)
        except SendError as error:
            _log("not_whispered", error)
            return False
        return True

    async def show(self, conversation: str, activity: str | None, reply: ForAll) -> str | None:
        reference = await self._reference(conversation)
        if reference is None:
            return activity
        try:
            if activity is None:
                return await self._send(reference, reply) or None
            document = addressed(reply, reference) | {"id": activity}
            await self._messenger.update(reference.service_url, conversation, activity, document)
        except SendError as error:
            _log("not_shown", error)
            return activity if error.is_final else None
        return activity

    async def accounts(self, conversation: str, people: Sequence[PersonId]) -> Mapping[PersonId, str]:
        entra_ids = await self._accounts.entra_ids(people) if people else {}
        reference = await self._reference(conversation) if entra_ids else None
        if reference is None:
            return {}
        try:
            roster = await self._rosters.of(reference)
        except SendError as error:
            _log("roster_not_read", error)
            return {}
        return {person: roster[entra_id] for person, entra_id in entra_ids.items() if entra_id in roster}

    async def _reference(self, conversation: str) -> ConversationReference | None:
        reference = await self._references.of_conversation(conversation)
        if reference is None:
            log.info("conversation_unknown")
        return reference

    async def _send(self, reference: ConversationReference, reply: Reply) -> str:
        """Returns the sent activity's id. Raises SendError."""
        document = addressed(reply, reference)
        return await self._messenger.reply(reference.service_url, reference.conversation, None, document)


def new_chat(bot: str, member: str, tenant: str) -> dict[str, Any]:
    """Return what the Connector needs to begin a chat with somebody, by their account or Entra id."""
    return {
        "isGroup": False,
        "bot": {"id": bot},
        "members": [{"id": member}],
        "tenantId": tenant,
        "channelData": {"tenant": {"id": tenant}},
    }


def addressed(reply: Reply, reference: ConversationReference) -> dict[str, Any]:
    conversation = {
        "id": reference.conversation,
        "conversationType": _TYPES[reference.kind],
        "isGroup": reference.kind is not ConversationKind.PERSONAL,
        "tenantId": reference.tenant,
    }
    sender = {"from": {"id": reference.bot}, "conversation": conversation, "channelId": "msteams"}
    return encode(as_activity(reply)) | sender | {"serviceUrl": reference.service_url}


def _log(event: str, error: SendError) -> None:
    """Logs never who or what: the log is read by others than the message is for."""
    log.warning(event, status=error.status, reason=error.reason)
