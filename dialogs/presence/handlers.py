"""Looks up who is away, of those whose absence the asker may hear of, and writes down that it was asked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from dialogs.help.cards import WhoAreYou
from dialogs.presence.card import Away, Whereabouts
from dialogs.presence.orders import ShowAbsences
from dialogs.questions.clarify_card import NotUnderstood
from dialogs.turn.answer import Finding
from dialogs.turn.audience import Audience
from dialogs.turn.readings import Unclear
from dialogs.turn.visit import Stores
from portfolio.audit import Action, Seen, look
from portfolio.identity import PersonId
from portfolio.organisation import Person
from portfolio.reminders.kinds import Absence
from portfolio.rights import may_hear_of_absence

# An absence is at most a year; whoever is asked for by name is looked for so far ahead.
AHEAD = timedelta(days=366)


async def show_absences(stores: Stores, audience: Audience, order: ShowAbsences) -> Finding:
    asker, today = audience.asker, audience.today
    if asker is None:
        return WhoAreYou()
    first = max(order.first or today, today)
    last = order.last or (first + AHEAD if order.people or order.first else first)
    if last < today:
        return NotUnderstood(Unclear())
    absences = await stores.reminding.store.away_between(first, last)
    wanted = order.people or tuple(dict.fromkeys(absence.person for absence in absences))
    told = [person for person in wanted if _may_hear(asker, person, audience)]
    await _note_look(stores, audience, asker, told)
    people = [
        await _whereabouts(stores, person, absences, first) for person in told if audience.names.is_person(person)
    ]
    hidden = tuple(person for person in order.people if person not in told)
    return Away(tuple(people), hidden, bool(order.people), order.asks_when, (order.first, order.last))


def _may_hear(asker: Person, person: PersonId, audience: Audience) -> bool:
    vocabulary = audience.names.vocabulary
    return may_hear_of_absence(asker, person, vocabulary.leads | vocabulary.owners, vocabulary.bodies)


async def _whereabouts(stores: Stores, person: PersonId, absences: Iterable[Absence], first: date) -> Whereabouts:
    theirs = tuple(absence for absence in absences if absence.person == person)
    work = stores.reminding.work
    back = work.on_or_after(theirs[0].last + timedelta(days=1)) if theirs else None
    named = await stores.reporting.deputies_of(person, first) if theirs else []
    deputies = [one.deputy for one in named if theirs and one.first <= theirs[0].last and theirs[0].first <= one.last]
    return Whereabouts(person, theirs, back, tuple(dict.fromkeys(deputies)))


async def _note_look(stores: Stores, audience: Audience, asker: Person, whom: Iterable[PersonId]) -> None:
    if others := [person for person in whom if person != asker.id]:
        await stores.audit.note(look(audience.now, asker.id, Action.NAMES_LISTED, Seen.ABSENCES, others))
