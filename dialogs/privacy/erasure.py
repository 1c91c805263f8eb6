"""Says what goes when to those who want what is held on them erased, and has it decided by whoever may."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from dialogs.cards.elements import Element, button, card_reply, line, short_reply, small
from dialogs.forms.questions import asked_first, no_button
from dialogs.privacy.buttons import AskToErase
from dialogs.privacy.handlers import guardians, held_on
from dialogs.privacy.held_card import whom_words
from dialogs.privacy.held_words import kept_words
from dialogs.privacy.keeping_words import period
from dialogs.privacy.orders import EraseMine
from dialogs.remark import notification_lines
from dialogs.turn.answer import Answer
from dialogs.turn.audience import Audience
from dialogs.turn.notifying import Notification, notify
from dialogs.turn.reply import ForOne, Reply
from dialogs.turn.visit import Visit
from dialogs.values.plain import one_line, plain
from dialogs.wording.values import person_link
from portfolio.audit import Action, AuditEntry
from portfolio.identity import PersonId
from portfolio.organisation import Person
from portfolio.privacy.held import Holding, Holdings
from portfolio.privacy.keeping import For

# Whoever asks again within that time has been heard.
ASKED_ONCE_IN = timedelta(days=1)
LONGEST_LINE = 600


async def erase_mine(visit: Visit, _order: EraseMine) -> Answer:
    """Erases nothing, and asks before it has anybody asked."""
    whom = guardians(visit)
    question = NothingErased(await held_on(visit), whom)
    yes = _yes(visit.audience)
    return await asked_first(visit, question, yes) if whom else question


async def ask_to_erase(visit: Visit, _pressed: AskToErase) -> Answer:
    whom = guardians(visit)
    if not whom:
        return NothingErased(await held_on(visit), whom)
    if await _has_asked(visit, visit.now - ASKED_ONCE_IN):
        return AskedAlready()
    asked = AuditEntry(visit.now, visit.person.id, Action.ERASURE_ASKED, detail={"recipient": list(whom)})
    await visit.stores.audit.note(asked)
    return ErasureAsked(await notify(visit, whom, lambda theirs: erasure_asked_word(visit.person, theirs)))


def _yes(audience: Audience) -> Element:
    return button(audience.texts.say("erase_mine.yes"), AskToErase())


async def _has_asked(visit: Visit, since: datetime) -> bool:
    records = visit.stores.audit.records(visit.person.id, since)
    who, what = visit.person.id, Action.ERASURE_ASKED.value
    return any([record.by == who and record.action == what async for record in records])


@dataclass(frozen=True, slots=True)
class NothingErased:
    """Tells what goes by itself and when, and whom the reader can have asked."""

    held: Holdings
    guardians: tuple[PersonId, ...]

    def reply(self, audience: Audience) -> Reply:
        say = audience.texts.say
        rows = list(dict.fromkeys(_going(row, audience) for row in self.held.rows if _goes(row)))
        named, linked = whom_words(self.guardians, audience)
        offer = ("erase_mine.offer", linked) if self.guardians else ("erase_mine.nobody", "")
        intro = [say("erase_mine.by_itself")] if rows else []
        stays = [say("erase_mine.stays", time=period(time, audience.texts)) for time in _times_after_leaving(self.held)]
        lines = [*intro, *(f"- {row}" for row in rows), *stays, say(offer[0], people=named)]
        body: list[Element] = [*(line(plain(one)) for one in intro), *(small(plain(row, LONGEST_LINE)) for row in rows)]
        body += [line(plain(one, LONGEST_LINE), spacing="Medium") for one in stays]
        body += [line(say(offer[0], people=offer[1]), spacing="Medium")]
        buttons = [no_button(audience), _yes(audience)] if self.guardians else []
        return card_reply(ForOne, say("erase_mine.heading"), lines, body, audience.texts, buttons)


def _goes(row: Holding) -> bool:
    """Says whether it is forgotten while the person is here, as people themselves aren't."""
    return row.table != "people" and any(isinstance(kept, For) for kept in row.kept)


def _times_after_leaving(held: Holdings) -> list[timedelta]:
    """Lists the one time after which people who left are erased; none for somebody who is just being erased."""
    theirs = (kept for row in held.rows if row.table == "people" for kept in row.kept)
    return [kept.time for kept in theirs if isinstance(kept, For)][:1]


def _going(row: Holding, audience: Audience) -> str:
    what = audience.texts.say(f"held_table.{row.table}")
    return audience.texts.say("erase_mine.row", what=what, kept=kept_words(row, audience))


@dataclass(frozen=True, slots=True)
class ErasureAsked:
    """Tells who was asked to have it erased."""

    notifications: Sequence[Notification]

    def reply(self, audience: Audience) -> Reply:
        say = audience.texts.say
        elements, lines = notification_lines(self.notifications, audience)
        body = [line(plain(say("erase_mine.asked_text"))), *elements]
        return card_reply(ForOne, say("erase_mine.asked"), [say("erase_mine.asked_text"), *lines], body, audience.texts)


@dataclass(frozen=True, slots=True)
class AskedAlready:
    """Nobody is asked twice on one day."""

    def reply(self, audience: Audience) -> Reply:
        say = audience.texts.say
        return short_reply(ForOne, say("erase_mine.asked"), say("erase_mine.asked_already"), audience.texts)


def erasure_asked_word(person: Person, audience: Audience) -> ForOne:
    """Tells whoever may decide who asks, and what to do."""
    say = audience.texts.say
    heading = say("erasure_asked.heading", name=one_line(person.name, 120))
    address = one_line(person.address or person.id, 200)
    commands = [say("erasure_asked.show", address=address), say("erasure_asked.erase", address=address)]
    text = say("erasure_asked.text")
    write = say("erasure_asked.person", person=one_line(person.name, 120))
    linked = say("erasure_asked.person", person=person_link(person.id, audience))
    body = [line(plain(text)), *(line(plain(one), fontType="Monospace") for one in commands), line(linked)]
    return card_reply(ForOne, heading, [text, *commands, write], body, audience.texts)
