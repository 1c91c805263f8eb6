"""The kinds of reminders, the state that they are worked out from, and their outcomes.

Nothing is scheduled ahead. `portfolio.outlook.due.considered` works out from the portfolio's state what is due at a
given moment, `portfolio.outlook.plan` makes one message a day of it for each recipient, and just before a message is
sent the same function is asked again: whoever has answered, left or been taken off the meeting isn't reminded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple, TypeVar

from portfolio.bodies import Body, Meeting, MeetingChange
from portfolio.deputies import Deputy
from portfolio.identity import NOBODY, PersonId
from portfolio.reminders.keys import MeetingSubject, ObligationSubject, Origin, ProjectSubject, Subject


class Kind(StrEnum):
    STATUS_ASKED = "status_asked"
    STATUS_DUE = "status_due"
    STATUS_OVERDUE = "status_overdue"
    MEETING_SOON = "meeting_soon"
    MEETING_CHANGED = "meeting_changed"
    DEADLINE = "deadline"


@dataclass(frozen=True, slots=True)
class Policy:
    """`subject` is the type of what it is about. `asks`: its reader is to do something, and may put it off.
    `may_switch_off`: people may do without. `rests`: not in the quiet weeks. `at_once`: told as it happens, not held
    for the day's one message. `twice_if_unsure`: better told twice than not at all, where Teams doesn't say whether a
    message got through."""

    subject: type[Subject]
    asks: bool
    may_switch_off: bool
    rests: bool
    at_once: bool = False
    twice_if_unsure: bool = True


# Every kind there is, in the order in which a message tells them.
KINDS: Mapping[Kind, Policy] = {
    Kind.MEETING_CHANGED: Policy(MeetingSubject, asks=False, may_switch_off=False, rests=False, at_once=True),
    Kind.STATUS_ASKED: Policy(ProjectSubject, asks=True, may_switch_off=False, rests=True),
    Kind.STATUS_OVERDUE: Policy(ProjectSubject, asks=True, may_switch_off=False, rests=True),
    Kind.STATUS_DUE: Policy(ProjectSubject, asks=True, may_switch_off=True, rests=True, twice_if_unsure=False),
    Kind.DEADLINE: Policy(ObligationSubject, asks=True, may_switch_off=False, rests=False),
    Kind.MEETING_SOON: Policy(MeetingSubject, asks=False, may_switch_off=True, rests=False),
}


@dataclass(frozen=True, slots=True, order=True)
class Recipient:
    """A person, or, with `is_channel`, the channel of a body by the body's name."""

    id: str
    is_channel: bool = False

    @property
    def person(self) -> PersonId:
        """Return the recipient, NOBODY where it is a channel."""
        return NOBODY if self.is_channel else PersonId(self.id)


class Key(NamedTuple):
    """Tells one reminder from all others, by the written `subject` and `occasion`."""

    kind: Kind
    subject: str
    recipient: Recipient
    occasion: str

    @property
    def parts(self) -> tuple[Kind, str, str, bool, str]:
        """The key as rows and buttons carry it."""
        return self.kind, self.subject, self.recipient.id, self.recipient.is_channel, self.occasion

    def read_subject(self) -> Subject | None:
        """Returns None where it isn't written as those of its kind are."""
        return KINDS[self.kind].subject.read(self.subject)


class LadderRole(StrEnum):
    """The part in which somebody is reminded of a project's status."""

    LEAD = "lead"
    OWNER = "owner"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class StatusRequest:
    """Somebody, `by`, asked for a project's status at `at`, between its rhythm's deadlines."""

    project: str
    by: PersonId
    at: datetime


@dataclass(frozen=True, slots=True)
class StatusDue:
    """The status of a project, by its number. Its lead, or a deputy, is asked for it; its owner and the portfolio
    office are told that it is missing. `newest` is the day of the newest report; `request` is the last one, whether it
    is answered or not."""

    project: str
    role: LadderRole = LadderRole.LEAD
    lead: PersonId | None = None
    newest: date | None = None
    request: StatusRequest | None = None


@dataclass(frozen=True, slots=True)
class Owed:
    """An obligation in the project with that number."""

    origin: Origin
    project: str | None = None


@dataclass(frozen=True, slots=True)
class MeetingSoon:
    meeting: Meeting


@dataclass(frozen=True, slots=True)
class MeetingChanged:
    """A meeting that was to start at `was`, as it is now; None where it is cancelled."""

    was: datetime
    meeting: Meeting | None


About = StatusDue | Owed | MeetingSoon | MeetingChanged
A = TypeVar("A", bound=About)


@dataclass(frozen=True, slots=True)
class Reminder:
    """A thing that one recipient is told on one occasion; known by kind, subject, recipient and occasion.

    `subject` and `occasion` are written by `portfolio.reminders.keys`. It is due at `due_at`, the opening of a working
    day, and no use from `expires_at` on. `deadline` is when the status or the thing owed is due, or when the meeting
    starts; `days` is the step of the ladder, in days after it. `about` is of the type that the kind has. `in_place_of`
    is the lead whose deputy is reminded; `is_again` follows a snooze or an absence.
    """

    kind: Kind
    subject: str
    recipient: Recipient
    occasion: str
    due_at: datetime
    expires_at: datetime
    deadline: datetime
    about: About
    title: str = ""
    days: int = 0
    is_again: bool = False
    in_place_of: PersonId | None = None

    @property
    def key(self) -> Key:
        return Key(self.kind, self.subject, self.recipient, self.occasion)

    @property
    def project(self) -> str | None:
        """The number of the project that it is about, where it is about one."""
        match self.about:
            case StatusDue(project=number) | Owed(project=number):
                return number
            case MeetingSoon() | MeetingChanged():
                return None

    def about_a(self, kind: type[A]) -> A:
        """Gives what it is about to those who know of what type that is. Raises TypeError where it is of another."""
        if not isinstance(self.about, kind):
            raise TypeError(f"a reminder of {self.kind} is about a {type(self.about).__name__}")
        return self.about


class Outcome(StrEnum):
    """Outcomes of a reminder. All but the last four are known without sending anything. `restored` are those that may
    have been sent before the database was put back to an earlier day: nobody remembers it."""

    ANSWERED = "answered"
    GRACE = "grace"
    SNOOZED = "snoozed"
    ABSENT = "absent"
    SWITCHED_OFF = "switched_off"
    STOPPED = "stopped"
    GONE = "gone"
    NOBODY = "nobody"
    LEFT = "left"
    EXPIRED = "expired"
    RESTORED = "restored"
    SENT = "sent"
    UNREACHABLE = "unreachable"
    FAILED = "failed"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class Considered:
    """A reminder whose time has come; it is due when `not_sent_because` is None."""

    reminder: Reminder
    not_sent_because: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Tracked:
    """An open project as reminders see it. `since` is when it was known or starts, `newest` its newest report's day;
    `asked_every` its own rhythm in days; `request` is the last one for its status."""

    number: str
    title: str
    lead: PersonId | None = None
    owner: PersonId | None = None
    asked_every: int | None = None
    since: date | None = None
    newest: date | None = None
    request: StatusRequest | None = None


@dataclass(frozen=True, slots=True)
class Obligation:
    """`owner` owes something by `due` (with its zone). `key` tells it from all others and stays the same as
    long as it is the same thing; `project` is the number of the project that it belongs to."""

    origin: Origin
    key: str
    title: str
    owner: PersonId | None
    due: datetime
    project: str | None = None
    is_met: bool = False


@dataclass(frozen=True, slots=True)
class Absence:
    """Away from `first` to `last`, both included."""

    person: PersonId
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Snooze:
    """Asked to be reminded of `subject` again on `until`, and not before; or of EVERYTHING."""

    person: PersonId
    subject: str
    until: date


@dataclass(frozen=True, slots=True)
class ReminderState:
    """The state that reminders are worked out from. `people` are those who are known,
    `office` those of the portfolio office, `channels` the bodies that have a channel, `stopped` the reminders that the
    office took out; with `all_stopped` nothing is due before the day `stopped_until`, or at all. What fell due until
    `restored_at` isn't sent any more. `meetings` are the coming ones."""

    projects: tuple[Tracked, ...] = ()
    people: frozenset[PersonId] = frozenset()
    office: tuple[PersonId, ...] = ()
    bodies: tuple[Body, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    changes: tuple[MeetingChange, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    deputies: Mapping[PersonId, tuple[Deputy, ...]] = field(default_factory=dict)
    absences: Mapping[PersonId, tuple[Absence, ...]] = field(default_factory=dict)
    snoozes: Mapping[PersonId, tuple[Snooze, ...]] = field(default_factory=dict)
    switched_off: frozenset[tuple[PersonId, Kind]] = frozenset()
    channels: frozenset[str] = frozenset()
    stopped: frozenset[Key] = frozenset()
    all_stopped: bool = False
    stopped_until: date | None = None
    restored_at: datetime | None = None

    def is_stopped(self, day: date) -> bool:
        """Says whether nothing at all is sent on that day."""
        return self.all_stopped and (self.stopped_until is None or day < self.stopped_until)

    def is_away(self, person: PersonId, day: date) -> bool:
        return any(absence.first <= day <= absence.last for absence in self.absences.get(person, ()))

    def deputies_of(self, lead: PersonId, project: str, day: date) -> list[PersonId]:
        """Lists those who are known and report in the lead's place on that day."""
        covering = (deputy for deputy in self.deputies.get(lead, ()) if deputy.covers(lead, project, day))
        return [deputy.deputy for deputy in covering if deputy.deputy in self.people]
