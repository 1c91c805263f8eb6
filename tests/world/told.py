"""Reminders as they are told, and the people who read them, on Tuesday the 22nd of September 2026, in week 39."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dialogs.texts import Texts
from dialogs.turn.audience import Audience, Names, Scope
from dialogs.turn.reply import Reply
from portfolio.bodies import Meeting
from portfolio.organisation import Person
from portfolio.questions.answers import ProjectName, Vocabulary
from portfolio.reminders.keys import ObligationSubject, Origin
from portfolio.reminders.kinds import (
    About,
    Kind,
    LadderRole,
    MeetingChanged,
    MeetingSoon,
    Owed,
    Recipient,
    Reminder,
    StatusDue,
    StatusRequest,
)
from tests.kit.cards import checked, elements_of
from tests.world.people import ASTRID, INGE, LONG_NAME, MARKUP_PERSON, METTE, SOREN
from tests.world.portfolio import LONG_TITLE, MARKUP_TITLE

ZONE = ZoneInfo("Europe/Copenhagen")
TUESDAY = date(2026, 9, 22)
FRIDAY = date(2026, 9, 25)
TITLES = {"P001": "Skærmbesøg i hjemmeplejen", "P002": "Digital post", "P003": MARKUP_TITLE, "P004": LONG_TITLE}
STEERING = "Digitaliseringsstyregruppen"
_PROJECTS = tuple(ProjectName(number, title, (), is_closed=False) for number, title in TITLES.items())
_EVERYONE = (SOREN, METTE, ASTRID, INGE, LONG_NAME, MARKUP_PERSON)
_NOBODY: frozenset[str] = frozenset()
NAMES = Names(Vocabulary(1, _PROJECTS, _EVERYONE, _NOBODY, _NOBODY, (), (), ()))


def at(day: date, hour: int = 8, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), ZONE)


def reader(person: Person | None = SOREN, language: str = "da", now: datetime | None = None) -> Audience:
    scope = Scope.PERSONAL if person else Scope.CHANNEL
    return Audience(Texts.of(language), NAMES, now or at(TUESDAY), person, scope)


def _reminder(kind: Kind, subject: str, to: Person, deadline: datetime, about: About, **more: Any) -> Reminder:
    times = {"due_at": at(TUESDAY), "expires_at": deadline}
    told = {"occasion": "2026-09-25-3", **times, "deadline": deadline, **more}
    return Reminder(kind=kind, subject=subject, recipient=Recipient(to.id), about=about, **told)


def status(
    number: str = "P001",
    to: Person = SOREN,
    day: date = FRIDAY,
    *,
    lead: str | None = SOREN.id,
    newest: date | None = date(2026, 8, 22),
    role: LadderRole = LadderRole.LEAD,
    **more: Any,
) -> Reminder:
    kind = Kind.STATUS_DUE if day >= TUESDAY else Kind.STATUS_OVERDUE
    told = {"title": TITLES.get(number, f"Projekt {number}"), **more}
    return _reminder(kind, number, to, at(day, 16), StatusDue(number, role, lead, newest), **told)


def overdue(number: str = "P001", to: Person = SOREN, **more: Any) -> Reminder:
    return status(number, to, **{"day": date(2026, 9, 18), "days": 3, **more})


def requested(number: str = "P001", to: Person = SOREN, by: Person = ASTRID, **more: Any) -> Reminder:
    """Return what somebody asked for on the day before."""
    request = StatusRequest(number, by.id, at(TUESDAY - timedelta(days=1), 14))
    about = StatusDue(number, lead=SOREN.id, newest=date(2026, 8, 22), request=request)
    told = {"title": TITLES[number], "occasion": "1790000000", **more}
    return _reminder(Kind.STATUS_ASKED, number, to, at(FRIDAY, 16), about, **told)


def owed(origin: Origin, title: str, number: str = "P001", **more: Any) -> Reminder:
    told = {"title": title, "to": SOREN, "day": FRIDAY, **more}
    to, deadline = told.pop("to"), at(told.pop("day"), 16)
    subject = ObligationSubject(origin, number, title).write()
    return _reminder(Kind.DEADLINE, subject, to, deadline, Owed(origin, number), **told)


def soon(body: str = STEERING, to: Person = SOREN, day: date = date(2026, 9, 29), topic: str = "Budget") -> Reminder:
    meeting = Meeting(body, at(day, 9), at(day, 11), "Mødelokale Ærø", topic)
    return _reminder(Kind.MEETING_SOON, "meeting:1", to, meeting.start, MeetingSoon(meeting), title=body, days=-7)


def changed(body: str = STEERING, to: Person = SOREN, moved_to: date | None = date(2026, 12, 3)) -> Reminder:
    was = at(date(2026, 9, 29), 9)
    meeting = Meeting(body, at(moved_to, 13, 30), at(moved_to, 15), "Byrådssalen") if moved_to else None
    deadline = meeting.start if meeting else was
    return _reminder(Kind.MEETING_CHANGED, "meeting:2", to, deadline, MeetingChanged(was, meeting), title=body)


def in_channel(one: Reminder) -> Reminder:
    return replace(one, recipient=Recipient(one.title, is_channel=True))


def without_markup(reply: Reply) -> Reply:
    """Return the reply, on a card that every client can show, with no name that became a link or a mention."""
    for block in elements_of(checked(reply).card or {}, "TextBlock"):
        bare = re.sub(r"\\.", "", block["text"])
        assert "](" not in bare
        assert "<" not in bare
        assert "{{" not in bare
    return reply


def titles_of(reply: Reply) -> list[str]:
    """What stands on the buttons at the card's foot."""
    return [one["title"] for one in (reply.card or {}).get("actions", ())]
