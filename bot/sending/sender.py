"""Tries once to get a message through: to a person's chat or a body's channel, or by mail where Teams can't."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from http import HTTPStatus

import structlog

from bot.clock import Clock
from bot.sending.composing import Composer
from bot.sending.dispatcher import Turn
from bot.sending.mail import MailAwayError, MailRefusedError, MailUnsureError, SmtpMailer
from bot.sending.rechecking import Checked
from bot.sending.verdicts import gone, unsure, verdict_of
from bot.settings import Settings
from bot.teams.addresses import References
from bot.teams.courier import addressed, new_chat
from bot.teams.messenger import Messenger, SendError
from bot.teams.rendering import language_of
from portfolio.conversations import ConversationKind, ConversationReference
from portfolio.deliveries import Delivery, Finished, Postponed, Reason, Settlement, Via
from portfolio.organisation import Person
from portfolio.ports.meetings import ChannelStore
from portfolio.ports.people import PeopleReader
from portfolio.reminders.kinds import Outcome

MAIL_AWAY_SECONDS = 60.0

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Sender:
    """Reaches people and bodies. `clock` is the time that reminders are worked out by."""

    messenger: Messenger
    references: References
    channels: ChannelStore
    people: PeopleReader
    composer: Composer
    mailer: SmtpMailer | None
    settings: Settings
    clock: Clock

    async def send(self, delivery: Delivery, checked: Checked, turn: Turn) -> Settlement:
        """Sends when it is the message's turn. Database errors pass: the lease runs out, and it is tried again."""
        if delivery.via is Via.MAIL:
            settlement = await self._send_mail(delivery, checked, turn)
        else:
            reference = await self._reference(delivery)
            if reference is None:
                settlement = await self._begin_chat(delivery, turn)
            else:
                settlement = await self._send_message(delivery, checked, reference, turn)
        return replace(settlement, dropped=checked.dropped)

    async def _reference(self, delivery: Delivery) -> ConversationReference | None:
        recipient = delivery.recipient
        if delivery.said and delivery.said.conversation:
            there = await self.references.of_conversation(delivery.said.conversation)
            if there or recipient.is_channel:
                return there
        if recipient.is_channel:
            channel = await self.channels.channel(recipient.id)
            return channel.reference if channel else None
        return next(iter(await self.references.of_person(recipient.person)), None)

    async def _send_message(
        self, delivery: Delivery, checked: Checked, reference: ConversationReference, turn: Turn
    ) -> Settlement:
        language = language_of(reference.locale, self.settings.language)
        reply = await self.composer.compose(delivery, checked, self._now(), language)
        if reply is None:
            return Settlement(delivery, Finished(Outcome.GONE))
        answers = delivery.said.answers if delivery.said else None
        document = addressed(reply, reference) | ({"replyToId": answers} if answers else {})
        await turn()
        try:
            sent = await self.messenger.reply(reference.service_url, reference.conversation, answers, document)
        except SendError as error:
            _log(delivery, error)
            reason = gone(error)
            if reason is None:
                return verdict_of(delivery, error)
            await self.references.remove(reference)
            if not delivery.recipient.is_channel and await self.references.of_person(delivery.recipient.person):
                return Settlement(delivery, Postponed(0.0, reason, is_free=True))  # in another chat of theirs
            return self._fall_back(delivery, reason)
        return Settlement(delivery, Finished(Outcome.SENT, message=sent or None), got_through=True)

    async def _begin_chat(self, delivery: Delivery, turn: Turn) -> Settlement:
        """Begins a chat with somebody who never wrote; the message itself comes next, in its own place."""
        person = await self._person(delivery)
        if person is None or person.entra_id is None:
            return self._fall_back(delivery, Reason.NO_CHAT)
        service_url = await self.references.service_url()
        tenant = self.settings.app_tenant_id or ""
        bot = f"28:{self.settings.app_id}"
        parameters = new_chat(bot, person.entra_id, tenant)
        await turn()
        try:
            conversation = await self.messenger.create_conversation(service_url, parameters)
        except SendError as error:
            _log(delivery, error)
            reason = gone(error)
            return verdict_of(delivery, error, may_repeat=True) if reason is None else self._fall_back(delivery, reason)
        await self.references.save(
            ConversationReference(
                tenant=tenant,
                conversation=conversation,
                kind=ConversationKind.PERSONAL,
                service_url=service_url,
                bot=bot,
                seen_at=self.clock(),
                entra_id=person.entra_id,
                person=person.id,
            )
        )
        return Settlement(delivery, Postponed(0.0, Reason.OPENED, is_free=True), got_through=True)

    async def _send_mail(self, delivery: Delivery, checked: Checked, turn: Turn) -> Settlement:
        if self.mailer is None:
            return Settlement(delivery, Finished(Outcome.UNREACHABLE, Reason.NO_MAIL))
        person = await self._person(delivery)
        if person is None or person.email is None:
            return Settlement(delivery, Finished(Outcome.UNREACHABLE, Reason.NO_MAIL))
        reply = await self.composer.compose(delivery, checked, self._now(), self.settings.language)
        if reply is None:
            return Settlement(delivery, Finished(Outcome.GONE))
        subject = reply.text.partition("\n")[0]
        await turn()
        try:
            await self.mailer.send(person.email, subject, reply.text)
        except MailRefusedError:
            return Settlement(delivery, Finished(Outcome.UNREACHABLE, Reason.MAIL_REFUSED))
        except MailAwayError:
            return Settlement(delivery, Postponed(MAIL_AWAY_SECONDS, Reason.AWAY, is_free=True))
        except MailUnsureError:
            return Settlement(delivery, unsure(delivery))
        return Settlement(delivery, Finished(Outcome.SENT))

    async def _person(self, delivery: Delivery) -> Person | None:
        return None if delivery.recipient.is_channel else await self.people.person(delivery.recipient.person)

    def _fall_back(self, delivery: Delivery, reason: Reason) -> Settlement:
        """Falls back on mail, except for a channel: from the next look on, its people are reminded themselves."""
        if self.mailer is None or delivery.recipient.is_channel:
            return Settlement(delivery, Finished(Outcome.UNREACHABLE, reason))
        return Settlement(delivery, Postponed(0.0, reason, is_free=True, via=Via.MAIL))

    def _now(self) -> datetime:
        return self.clock().astimezone(self.settings.zone)


def _log(delivery: Delivery, error: SendError) -> None:
    """Logs failures; being throttled is none, and is counted in the metrics."""
    if error.status != HTTPStatus.TOO_MANY_REQUESTS:
        log.warning(
            "reminder_not_taken", delivery=delivery.id, run=delivery.run, status=error.status, reason=error.reason
        )
