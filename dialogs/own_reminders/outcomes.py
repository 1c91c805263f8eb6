"""What comes of deciding about one's own reminders, before it becomes a card and a text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from dialogs.deputies.outcomes import Deputies, DeputyEnded
from portfolio.deputies import Deputy
from portfolio.reminders.kinds import Absence, Kind, Snooze


@dataclass(frozen=True, slots=True)
class Matter:
    """Something to be reminded of, by its subject: a project or an obligation with its title, a body's meeting with its
    start, everything as "". Without a title it isn't there any more."""

    subject: str
    title: str = ""
    starts: datetime | None = None


@dataclass(frozen=True, slots=True)
class Snoozed:
    """Not before `until`, a working day."""

    matters: tuple[Matter, ...]
    until: date


@dataclass(frozen=True, slots=True)
class SnoozeEnded:
    """How many things are reminded of as before."""

    count: int


@dataclass(frozen=True, slots=True)
class AbsenceSet:
    """`back` is the first working day after it, `deputies` those who stand in during it; `instead_of` are absences
    that it takes the place of. `may_name_deputy`: the person leads projects."""

    absence: Absence
    back: date
    deputies: tuple[Deputy, ...]
    may_name_deputy: bool
    instead_of: tuple[Absence, ...] = ()


@dataclass(frozen=True, slots=True)
class AbsenceEnded:
    """The person is reminded again from `since` on, a working day."""

    since: date


@dataclass(frozen=True, slots=True)
class Returned:
    """Back today, and what became of the deputies."""

    since: date
    deputies: DeputyEnded | Deputies


@dataclass(frozen=True, slots=True)
class Switched:
    """`kinds` are now on or off; `fixed` can't be switched off."""

    kinds: tuple[Kind, ...]
    fixed: tuple[Kind, ...]
    is_on: bool


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a project is asked for status, in days."""

    project: str
    days: int


@dataclass(frozen=True, slots=True)
class MyReminders:
    """`snoozes` come with what each is about; `off` are the kinds that are switched off."""

    off: frozenset[Kind]
    absences: tuple[Absence, ...]
    snoozes: tuple[tuple[Snooze, Matter], ...]
    rhythms: tuple[Rhythm, ...]
    are_all_stopped: bool


@dataclass(frozen=True, slots=True)
class RhythmSet:
    """`is_usual`: the one that follows from who leads it. `deadline` is when its next status is due, `before` the
    rhythm of its own that it had."""

    rhythm: Rhythm
    is_usual: bool
    deadline: date
    before: int | None


ReminderOutcome = Snoozed | SnoozeEnded | AbsenceSet | AbsenceEnded | Returned | Switched | MyReminders | RhythmSet
