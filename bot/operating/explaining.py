"""Why somebody did, or didn't, get a reminder: all that is known of it, in sentences for the operator."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.operating.explaining_words import Meetings, matter_words, outcome_words, subject_words, told_words
from bot.settings import Settings
from bot.wiring import Portfolio
from dialogs.turn.audience import Audience
from dialogs.wording.days import long_day, name_words
from dialogs.wording.values import listed, moment_words, near_day_words
from portfolio.conversations import ConversationReference
from portfolio.deliveries import Trace
from portfolio.meetings.reminders import meeting_id
from portfolio.organisation import Person
from portfolio.outlook.due import considered
from portfolio.outlook.plan import previewed
from portfolio.ports.meetings import MeetingStore
from portfolio.ports.reminders import Memory
from portfolio.reminders.kinds import Considered, Key, Recipient, ReminderState

LOOKED_BACK = timedelta(days=7)
LOOKED_AHEAD = timedelta(days=14)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Explanation:
    """`document` holds the same as `lines`, for programs."""

    lines: Sequence[str]
    document: dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Case:
    """The person asked about, on `day` or, with None, in the last week, and all that is known at `now`."""

    email: str
    day: date | None
    now: datetime
    settings: Settings
    audience: Audience
    state: ReminderState
    memory: Memory
    person: Person | None
    references: Sequence[ConversationReference]
    meetings: Meetings = field(default_factory=dict)

    @property
    def moment(self) -> datetime:
        """When it is looked at: the end of the day asked about where that lies behind."""
        is_past = self.day is not None and self.day < self.now.date()
        return self.settings.work.closing(self.day) if is_past and self.day else self.now

    @property
    def until(self) -> datetime:
        is_ahead = self.day is not None and self.day > self.now.date()
        return _end_of(self.day, self.settings) if is_ahead and self.day else self.now + LOOKED_AHEAD

    @property
    def is_served(self) -> bool:
        return Recipient(self.email) in self.memory.served


async def explain(portfolio: Portfolio, settings: Settings, email: str, day: date | None, now: datetime) -> Explanation:
    """Raises SQLAlchemyError and OSError."""
    email, now = email.strip().lower(), now.astimezone(settings.zone)
    reminding = portfolio.desk.reminding
    until = max(now + LOOKED_AHEAD, _end_of(day, settings) if day else now)
    case = _Case(
        email,
        day,
        now,
        settings,
        await portfolio.assistant.audience(now, "da"),
        await reminding.store.state(now, until=until),
        await reminding.deliveries.memory(now, now.date()),
        await portfolio.people.person(email),
        await reminding.conversations.references_of(email),
    )
    since = datetime.combine((day or now.date()) - LOOKED_BACK, time(), settings.zone)
    traces = [one for one in await reminding.deliveries.traces(email, since) if _is_of_day(one, case)]
    untold = await asyncio.to_thread(_untold, case, {one.key for one in traces})
    following = await asyncio.to_thread(_following, case)
    keys = [*(one.key for one in traces), *(one.reminder.key for one in untold), *(following[1] if following else ())]
    subjects = {key.subject for key in keys} | {one.subject for one in case.state.snoozes.get(email, ())}
    case = replace(case, meetings=await _meetings(reminding.meetings, subjects))
    return _explanation(case, traces, untold, following)


async def _meetings(store: MeetingStore, subjects: Iterable[str]) -> Meetings:
    ids = {subject: number for subject in subjects if (number := meeting_id(subject)) is not None}
    read = {subject: await store.meeting(number) for subject, number in ids.items()}
    return {subject: meeting for subject, meeting in read.items() if meeting is not None}


def _end_of(day: date, settings: Settings) -> datetime:
    return datetime.combine(day, time.max, settings.zone)


def _is_of_day(one: Trace, case: _Case) -> bool:
    """A late one was planned or sent after the day on which it fell due."""
    moments = (one.due_at, one.planned_at, one.settled_at)
    return case.day is None or case.day in {at.astimezone(case.settings.zone).date() for at in moments if at}


def _untold(case: _Case, traced: set[Key]) -> list[Considered]:
    """What lately fell due to the person, or to somebody in their place, and was not planned."""
    looked_back = LOOKED_BACK if case.day is None else _DAY
    found = considered(case.state, case.moment, case.moment - looked_back, case.settings.work)
    return [one for one in found if _is_untold(one, case) and one.reminder.key not in traced]


def _is_untold(one: Considered, case: _Case) -> bool:
    reminder = one.reminder
    if reminder.in_place_of == case.email:
        return True
    is_pending = one.excuse is not None or reminder.key not in case.memory.told
    return reminder.recipient == Recipient(case.email) and is_pending


def _following(case: _Case) -> tuple[date, list[Key]] | None:
    """The first day on which something comes, from the day asked about on, and what."""
    since = case.memory.last_look(case.now, case.settings.work)
    first = max(case.day or case.now.date(), case.now.date())
    memory, work = case.memory, case.settings.work
    plans = previewed(case.state, case.now, case.until, since, work, told=memory.told, served=memory.served)
    for plan in plans:
        keys = [
            one.key
            for message in plan.messages
            if message.recipient == Recipient(case.email)
            for one in message.reminders
        ]
        day = plan.now.astimezone(case.settings.zone).date()
        if keys and day >= first:
            return day, keys
    return None


def _explanation(
    case: _Case, traces: Sequence[Trace], untold: Sequence[Considered], following: tuple[date, list[Key]] | None
) -> Explanation:
    about, ways = list(_about(case)), list(_ways(case)) if case.person else []
    told = [told_words(one, case.audience, case.meetings) for one in traces]
    not_told = [_why_not(one, case) for one in untold]
    ahead = [*_served(case), _following_words(following, case)]
    lines = [*about, *ways, *_listed("Planlagt", told), *_listed("Ikke planlagt", not_told), *ahead]
    document = {
        "person": case.email,
        "known": case.person is not None,
        "day": case.day.isoformat() if case.day else None,
        "teams": bool(case.references) or bool(case.person and case.person.entra_id),
        "mail": case.person is not None and case.settings.smtp_url is not None,
        "served_today": case.is_served,
        "planned": [_traced(one) | {"said": said} for one, said in zip(traces, told, strict=True)],
        "not_planned": [_considered(one) | {"said": said} for one, said in zip(untold, not_told, strict=True)],
        "next": {"day": following[0].isoformat(), "reminders": list(map(_keyed, following[1]))} if following else None,
        "text": "\n".join(lines),
    }
    return Explanation(lines, document)


def _listed(title: str, said: Sequence[str]) -> Iterator[str]:
    yield f"{title}:" if said else f"{title}: intet."
    yield from (f"- {one}" for one in said)


def _about(case: _Case) -> Iterator[str]:
    audience = case.audience
    if case.person is None:
        yield f"{case.email} er ikke i porteføljen og bliver ikke mindet. Ret e-mailen, eller importér personen."
        return
    yield f"{name_words(case.email, audience)} er i porteføljen."
    if case.state.all_stopped:
        yield "Porteføljekontoret har stoppet alle påmindelser; »start påmindelser igen« i chatten sætter dem i gang."
    for absence in case.state.absences.get(case.email, ()):
        if absence.last >= case.moment.date():
            first, last = (near_day_words(one, audience) for one in (absence.first, absence.last))
            yield f"Er meldt væk fra {first} til og med {last}."
    for snooze in case.state.snoozes.get(case.email, ()):
        if snooze.until > case.moment.date():
            what = subject_words(snooze.subject, audience, case.meetings) if snooze.subject else "alt"
            yield f"Har bedt om at vente til {near_day_words(snooze.until, audience)} med {what}."
    off = sorted(
        audience.texts.name("reminder_kind", kind) for who, kind in case.state.switched_off if who == case.email
    )
    if off:
        yield f"Har slået fra: {listed(off, audience)}."


def _ways(case: _Case) -> Iterator[str]:
    if case.references:
        seen = case.references[0].seen_at.astimezone(case.settings.zone).date()
        yield f"Kan nås i Teams: der er en samtale, sidst set {near_day_words(seen, case.audience)}."
    elif case.person and case.person.entra_id:
        yield "Har ingen samtale i Teams endnu, men et Entra-id: der kan åbnes en, hvor appen er installeret."
    else:
        yield "Kan ikke nås i Teams: ingen samtale og intet Entra-id. Installér appen for alle, eller bed om et »hej«."
    if case.settings.smtp_url is None:
        yield "Mail er ikke sat op (SMTP_URL)."
    else:
        yield "Får mail, når Teams ikke kan."
    for body in case.state.bodies:
        if body.name in case.state.channels and case.email in (body.chair, body.secretary, *body.members):
            yield f"Møder i {body.name} siges i gruppens kanal, ikke til den enkelte."


def _why_not(one: Considered, case: _Case) -> str:
    reminder, audience = one.reminder, case.audience
    said = (
        f"{matter_words(reminder.key, audience, case.meetings)}: faldt for {moment_words(reminder.due_at, audience)}."
    )
    if reminder.in_place_of == case.email:
        return f"{said} Siges i stedet til stedfortræderen {name_words(reminder.recipient.id, audience)}."
    if one.excuse is not None:
        return f"{said} {outcome_words(one.excuse)}"
    if case.is_served:
        return f"{said} Kommer med næste gang: dagens ene besked er lagt til rette."
    if not case.settings.work.is_open(case.now):
        opens = moment_words(case.settings.work.next_open(case.now), audience)
        return f"{said} Kommer {opens}: uden for arbejdstiden sendes intet."
    return f"{said} Kommer inden for et minut, hvis tjenesten kører."


def _served(case: _Case) -> Iterator[str]:
    if case.is_served:
        yield "Dagens ene besked er lagt til rette: kun flyttede og aflyste møder kan komme ud over den."


def _following_words(following: tuple[date, list[Key]] | None, case: _Case) -> str:
    if following is None:
        return f"Der er intet på vej til og med {long_day(case.until.date(), case.audience)}."
    day, keys = following
    what = "; ".join(matter_words(key, case.audience, case.meetings) for key in keys)
    return f"Det næste kommer {long_day(day, case.audience)}, hvis ingen gør noget inden: {what}."


def _keyed(key: Key) -> dict[str, Any]:
    return {"kind": key.kind.value, "subject": key.subject, "occasion": key.occasion}


def _traced(one: Trace) -> dict[str, Any]:
    return {
        **_keyed(one.key),
        "due_at": one.due_at.isoformat(),
        "planned_at": one.planned_at.isoformat(),
        "run": one.run,
        "stage": one.stage,
        "via": one.via,
        "attempts": one.attempts,
        "outcome": one.outcome,
        "reason": one.reason,
        "settled_at": one.settled_at.isoformat() if one.settled_at else None,
    }


def _considered(one: Considered) -> dict[str, Any]:
    reminder = one.reminder
    return {
        **_keyed(reminder.key),
        "due_at": reminder.due_at.isoformat(),
        "recipient": reminder.recipient.id,
        "excuse": one.excuse,
    }
