"""Stops and resumes what is sent to others: all of it, for a time or until further notice, or single reminders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from dialogs.cards.elements import Element, card_reply, line
from dialogs.forms.questions import Confirming, asked_first, asked_which, confirm, no_button
from dialogs.meetings.pressed import current_subject
from dialogs.office.buttons import Resume, Stop, stop_all
from dialogs.office.handlers import USUAL, planned_keys, preview_after
from dialogs.office.orders import PauseSaid, StopReminders
from dialogs.refusal import ForbiddenButton, Why, refuse
from dialogs.remark import Remark
from dialogs.reminders.outlook import LATELY, outlook_at
from dialogs.turn.answer import Answer
from dialogs.turn.audience import Audience, Scope
from dialogs.turn.button import Thing
from dialogs.turn.orders import Order
from dialogs.turn.reply import ForOne, Reply
from dialogs.turn.visit import Visit
from dialogs.undoable import remember
from dialogs.values.plain import plain
from dialogs.wording.days import number_of
from dialogs.wording.values import near_day_words
from portfolio.audit import Action
from portfolio.outlook.plan import Message
from portfolio.reminders.kinds import KINDS, Key
from portfolio.rights import may_bind_channel, may_steer_reminders
from portfolio.status.reporting import Overtaken

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class StopAsked:
    """A question whether to stop all reminders: so many messages to so many recipients in the next days, or until the
    day on which they are sent again."""

    messages: int
    recipients: int
    until: date | None

    def reply(self, audience: Audience) -> Reply:
        texts, day = audience.texts, self._day(audience)
        heading = texts.say("stopping.heading_until", day=day) if day else texts.say("stopping.heading")
        key = "stopping.not_sent_until" if day else "stopping.not_sent"
        recipients = texts.count("stopping.recipients", self.recipients)
        number = number_of(self.messages, audience)
        sentences = [
            texts.count(key, self.messages, number=number, recipients=recipients),
            texts.say("stopping.resumes", day=day) if day else texts.say("stopping.stays"),
            texts.say("stopping.nothing_yet"),
        ]
        body = [line(plain(sentence)) for sentence in sentences]
        return card_reply(ForOne, heading, sentences, body, texts, [no_button(audience), self.yes(audience)])

    def yes(self, audience: Audience) -> Element:
        number = number_of(self.messages, audience)
        title = (
            audience.texts.say("stopping.yes", number=number)
            if self.messages
            else audience.texts.say("stopping.yes_all")
        )
        return stop_all(title, is_sure=True, until=self.until)

    def _day(self, audience: Audience) -> str:
        return near_day_words(self.until, audience) if self.until else ""


async def stop_ordered(visit: Visit, order: StopReminders) -> Answer:
    """Asks before it stops all, with how many that concerns and until when."""
    if not may_steer_reminders(visit.person):
        return await refuse(visit, Action.REMINDERS_DENIED)
    if order.until and order.until <= visit.today:
        return Remark("stop_past")
    return await _ask(visit, order.until)


async def resume_ordered(visit: Visit, _order: Order) -> Answer:
    """Asks before it sends all again, with how many that are."""
    if not may_steer_reminders(visit.person):
        return await refuse(visit, Action.REMINDERS_DENIED)
    if not (await visit.stores.reminding.store.state(visit.now, ())).is_stopped(visit.today):
        return Remark("all_not_stopped", tries=(visit.audience.texts.say("preview_sentence.show"),))
    messages = await _messages_until(visit, visit.today + USUAL, with_stopped=True)
    texts, recipients = visit.audience.texts, len({message.recipient for message in messages})
    whom = texts.count("stopping.recipients", recipients)
    sent = texts.count("stopping.sent", len(messages), number=number_of(len(messages), visit.audience), recipients=whom)
    return await confirm(visit, Confirming("resume_reminders", {"sent": sent}, Resume(all=True)))


async def stop_pressed(visit: Visit, button: Stop) -> Answer:
    """Stops a message and shows what is left; asks before it stops all of them. Raises ForbiddenButton."""
    if not may_steer_reminders(visit.person):
        return await refuse(visit, Action.REMINDERS_DENIED)
    if not button.all:
        return await _set_some(visit, button.named, are_stopped=True)
    if not button.sure or (button.until and button.until <= visit.today):
        return await _ask(visit, None)
    return await _set_all(visit, are_stopped=True, until=button.until)


async def resume_pressed(visit: Visit, button: Resume) -> Answer:
    """Raises ForbiddenButton."""
    if not may_steer_reminders(visit.person):
        return await refuse(visit, Action.REMINDERS_DENIED)
    return await (
        _set_all(visit, are_stopped=False) if button.all else _set_some(visit, button.named, are_stopped=False)
    )


async def undo_stopping_all(visit: Visit, data: Mapping[str, Any]) -> Answer:
    """Raises Overtaken."""
    if await _all_stopped(visit) != data["after"]:
        raise Overtaken
    are_stopped, until = data["before"]
    return await _store_all(visit, are_stopped=are_stopped, until=date.fromisoformat(until) if until else None)


async def undo_stopping(visit: Visit, data: Mapping[str, Any]) -> Answer:
    """Raises Overtaken where somebody changed one of them since."""
    keys, stopped = Resume(tuple(map(tuple, data["keys"]))).named, await _stopped(visit)
    if any((key in stopped) is not data["are_stopped"] for key in keys):
        raise Overtaken
    return await _store_some(visit, keys, are_stopped=not data["are_stopped"])


async def asked_what_to_pause(visit: Visit, order: PauseSaid) -> Answer:
    """ "pause til mandag", "stop her" may mean several things: asks which, of those that this person may do."""
    say, here = visit.audience.texts.say, await visit.stores.reminding.channels.body_of(visit.conversation)
    body = visit.audience.names.body(here) if here and visit.audience.scope is not Scope.PERSONAL else None
    if body and not may_bind_channel(visit.person, body):
        name = {"body": body.name}
        return await refuse(visit, Action.CHANNEL_DENIED, name, (body.secretary,), detail=name)
    if body:
        return Remark("pause_here", {"body": body.name}, tries=(say("channel.unbind", body=body.name),))
    until = order.until if order.until and order.until > visit.today else None
    if until is None:
        own, everyone = [say("stopping.own")], say("stopping.everyone")
    else:
        last = until - _DAY
        own = [say("stopping.away_until", day=f"{last:%d/%m/%Y}")]
        told = await visit.stores.reminding.store.told_lately(visit.person.id, visit.now - LATELY)
        if any(not KINDS[key.kind].at_once for key in told):
            own.insert(0, say("stopping.own_until", day=f"{until:%d/%m/%Y}"))
        everyone = say("stopping.everyone_until", day=f"{until:%d/%m/%Y}")
    tries = (*own, *([everyone] if may_steer_reminders(visit.person) else []))
    return await asked_which(visit, Remark("pause_what", tries=tries))


async def _ask(visit: Visit, until: date | None) -> Answer:
    messages = await _messages_until(visit, until - _DAY if until else visit.today + USUAL)
    question = StopAsked(len(messages), len({message.recipient for message in messages}), until)
    return await asked_first(visit, question, question.yes(visit.audience))


async def _messages_until(visit: Visit, last: date, *, with_stopped: bool = False) -> list[Message]:
    reminding = visit.stores.reminding
    end = datetime.combine(last, time.max, reminding.work.zone)
    outlook = await outlook_at(
        visit.now, reminding.store, reminding.deliveries, reminding.work, until=end, with_held=False
    )
    return [message for plan in await outlook.plans_until(end, with_stopped=with_stopped) for message in plan.messages]


async def _set_all(visit: Visit, *, are_stopped: bool, until: date | None = None) -> Answer:
    before = await _all_stopped(visit)
    answer = await _store_all(visit, are_stopped=are_stopped, until=until)
    if (after := await _all_stopped(visit)) != before:
        await remember(visit, "all_stopped", {"before": before, "after": after})
    return answer


async def _store_all(visit: Visit, *, are_stopped: bool, until: date | None) -> Answer:
    store, by = visit.stores.reminding.store, visit.person.id
    await store.set_all_stopped(by, visit.now, are_stopped=are_stopped, until=until)
    resume = (visit.audience.texts.say("preview_sentence.resume"),)
    if until:
        return Remark("all_stopped_until", {"day": near_day_words(until, visit.audience)}, tries=resume)
    if are_stopped:
        return Remark("all_stopped", tries=resume)
    return Remark("all_resumed", tries=(visit.audience.texts.say("preview_sentence.show"),))


async def _all_stopped(visit: Visit) -> list[Any]:
    state = await visit.stores.reminding.store.state(visit.now, ())
    return [state.all_stopped, state.stopped_until.isoformat() if state.stopped_until else None]


async def _set_some(visit: Visit, named: Sequence[Key], *, are_stopped: bool) -> Answer:
    """An older card may stop once more what is stopped: only what changed can be taken back. Raises ForbiddenButton
    where none of the reminders is sent in the longest preview, or was stopped."""
    keys = [key._replace(subject=await current_subject(visit, key.subject)) for key in named]
    stopped = await _stopped(visit)
    known = stopped | await planned_keys(visit)
    keys = [key for key in keys if key in known]
    if not keys:
        raise ForbiddenButton(Thing.REMINDER, Why.UNKNOWN)
    if changed := [key for key in keys if (key in stopped) is not are_stopped]:
        await remember(visit, "stopped", {"keys": [key.parts for key in changed], "are_stopped": are_stopped})
    return await _store_some(visit, keys, are_stopped=are_stopped)


async def _stopped(visit: Visit) -> frozenset[Key]:
    return (await visit.stores.reminding.store.state(visit.now, ())).stopped


async def _store_some(visit: Visit, keys: Sequence[Key], *, are_stopped: bool) -> Answer:
    store, by = visit.stores.reminding.store, visit.person.id
    await (store.stop(keys, by, visit.now) if are_stopped else store.resume(keys, by, visit.now))
    return await preview_after(visit, keys, are_stopped=are_stopped)
