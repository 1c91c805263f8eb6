"""Writes a delivery's message, in its recipient's language."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.sending.rechecking import Checked
from dialogs.office.approval_card import approval
from dialogs.office.departures_card import departures_card, held_back_card
from dialogs.office.report_card import Sent, run_report
from dialogs.reminders.message import reminder_message
from dialogs.texts import Texts
from dialogs.turn.audience import Audience, Scope
from dialogs.turn.reply import ForAll, Reply
from dialogs.values.calendar_words import Language
from portfolio.audit import Action, Seen, look
from portfolio.dates import Unit, start_of
from portfolio.deliveries import Delivery, Purpose, RunReport, missed_people
from portfolio.identity import PersonId
from portfolio.organisation import Person
from portfolio.ports.audit import AuditLog
from portfolio.ports.directory import DirectoryReader
from portfolio.ports.sending import DeliveryStore
from portfolio.working_time import WorkingTime

AudienceFor = Callable[[datetime, str | None], Awaitable[Audience]]

# Names are looked up once for all messages within so many seconds.
_FRESH_SECONDS = 1.0
_DAY = timedelta(days=1)


@dataclass
class Composer:
    """Knows the people of one version of the portfolio by id. `tells_delays`: a late message says that it is."""

    store: DeliveryStore
    log: AuditLog
    directory: DirectoryReader
    audience_for: AudienceFor
    work: WorkingTime
    tells_delays: bool
    _people: dict[str, Person] = field(default_factory=dict)
    _audience: Audience | None = None
    _fresh_until: float = 0.0

    async def compose(self, delivery: Delivery, checked: Checked, now: datetime, language: Language) -> Reply | None:
        """Returns None where there is nothing to say any more: a run that somebody has decided on."""
        if delivery.said is not None:
            return ForAll(delivery.said.card, delivery.said.text)
        audience = await self._audience_of(delivery, now, language)
        match delivery.purpose:
            case Purpose.REMINDERS:
                planned_for = delivery.due_at.astimezone(now.tzinfo) if self.tells_delays else now
                next_day = self.work.on_or_after(audience.today + _DAY)
                return reminder_message(checked.due, audience, planned_for=planned_for, next_day=next_day)
            case Purpose.RUN_REPORT:
                report = await self.store.report(delivery.run)
                await self._note_look(delivery, [report] if report else [], now)
                return run_report(report, audience) if report else None
            case Purpose.WEEK_REPORT:
                return await self._week_report(delivery, audience, now)
            case Purpose.APPROVAL:
                held = await self.store.held(delivery.run)
                return approval(held[0], audience) if held else None
            case Purpose.DEPARTURES:
                departures = await self.directory.departures_in(delivery.run, now)
                return departures_card(departures, audience) if departures else None
            case Purpose.HELD_BACK:
                leaving = await self.directory.held_back()
                return held_back_card(*leaving, audience) if leaving else None
            case Purpose.SAID:  # its words are gone: it is done
                return None

    async def _week_report(self, delivery: Delivery, audience: Audience, now: datetime) -> Reply:
        """Writes of the week before the one in which it fell due, and how far the audit log has come."""
        monday = start_of(delivery.due_at.astimezone(self.work.zone).date(), Unit.WEEK) - 7 * _DAY
        sunday = monday + 6 * _DAY
        reports = await self.store.reports(monday, sunday, self.work.zone)
        await self._note_look(delivery, reports, now)
        return Sent(reports, monday, sunday, log=(await self.log.head()).told).reply(audience)

    async def _note_look(self, delivery: Delivery, reports: Sequence[RunReport], now: datetime) -> None:
        reader = PersonId(delivery.recipient.id)
        if others := [person for person in missed_people(reports) if person != reader]:
            await self.log.note(look(now, reader, Action.NAMES_LISTED, Seen.RUN_REPORT, others))

    async def _audience_of(self, delivery: Delivery, now: datetime, language: Language) -> Audience:
        anybody = await self._anybody(now)
        is_channel = delivery.recipient.is_channel
        asker = None if is_channel else self._people.get(delivery.recipient.id)
        scope = Scope.CHANNEL if is_channel else Scope.PERSONAL
        spoken = (asker and asker.language) or language
        return replace(anybody, texts=Texts.of(spoken), now=now, asker=asker, scope=scope)

    async def _anybody(self, now: datetime) -> Audience:
        if self._audience is None or time.monotonic() > self._fresh_until:
            audience = await self.audience_for(now, None)
            vocabulary = audience.names.vocabulary
            if self._audience is None or self._audience.names.vocabulary.version != vocabulary.version:
                self._people = {person.id: person for person in vocabulary.people}
            self._audience, self._fresh_until = audience, time.monotonic() + _FRESH_SECONDS
        return self._audience
