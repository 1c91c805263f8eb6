"""Messages on their way out: what is stored of them, what comes of each try, and what a run came to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, tzinfo
from enum import StrEnum
from typing import Any

from portfolio.identity import PersonId
from portfolio.reminders.kinds import Key, Outcome, Recipient


class Purpose(StrEnum):
    """`run_report` tells the portfolio office what a run came to, `week_report` what those of a week did;
    `approval` asks it whether to send one. `departures` tells it what is to be handed over after those who left, and
    `held_back` that more would have left than is believed. `said` is what was said in a turn, or is told of it."""

    REMINDERS = "reminders"
    RUN_REPORT = "run_report"
    WEEK_REPORT = "week_report"
    APPROVAL = "approval"
    DEPARTURES = "departures"
    HELD_BACK = "held_back"
    SAID = "said"


class Via(StrEnum):
    TEAMS = "teams"
    MAIL = "mail"


class Stage(StrEnum):
    """`held` waits for the office's yes; `leased` is being sent by one process."""

    HELD = "held"
    WAITING = "waiting"
    LEASED = "leased"
    DONE = "done"


class Reason(StrEnum):
    """Reasons why a message did not get through, or was not tried."""

    NO_CHAT = "no_chat"  # never seen in Teams, and no Entra id to begin a chat with
    BLOCKED = "blocked"  # 403: blocked, or the app is not installed
    NOT_FOUND = "not_found"  # 404: the conversation is gone
    NO_MAIL = "no_mail"  # Teams can't, and mail is not set up
    MAIL_REFUSED = "mail_refused"
    REFUSED = "refused"  # the Connector takes it for malformed, too large, or the bot for unknown
    NO_ANSWER = "no_answer"  # whether it got through is not known
    TOO_MANY_TRIES = "too_many_tries"
    OPENED = "opened"  # a chat was begun, the message itself comes next
    THROTTLED = "throttled"
    AWAY = "away"  # the Connector, the mail server or the token service can't be reached
    FAULT = "fault"  # our own: it is in the log


@dataclass(frozen=True, slots=True)
class Said:
    """Something that was put into words for `recipient`, and is sent in just those. It goes to `conversation`, where it
    answers the message `answers`; without a conversation it goes to the person's own chat. Where no person is known, or
    all read it, the recipient is the conversation. `otherwise` is said where it doesn't get through."""

    recipient: Recipient
    text: str
    card: dict[str, Any] | None = None
    conversation: str | None = None
    answers: str | None = None
    otherwise: Said | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message that this process alone may send, until its lease runs out. `fence` is what its outcome is stored
    under; `keys` are its reminders, none for other purposes. `attempts` were made before; of those, `unanswered` may
    have got through, as the process died with a request on its way or Teams didn't say. `run` is 0 for what was
    `said`."""

    id: int
    purpose: Purpose
    recipient: Recipient
    run: int
    due_at: datetime
    expires_at: datetime
    twice_if_unsure: bool
    keys: tuple[Key, ...]
    fence: int
    attempts: int = 0
    unanswered: int = 0
    via: Via = Via.TEAMS
    said: Said | None = None


@dataclass(frozen=True, slots=True)
class Finished:
    """The end of a delivery. `outcome` is that of every reminder in it that isn't in the settlement's `dropped`;
    `message` is the id that Teams gave it."""

    outcome: Outcome
    reason: Reason | None = None
    message: str | None = None


@dataclass(frozen=True, slots=True)
class Postponed:
    """Another try, `seconds` from now at the earliest. `is_free`: this one didn't count. `is_unsure`: it may have got
    through."""

    seconds: float
    reason: Reason
    is_free: bool = False
    is_unsure: bool = False
    via: Via | None = None


@dataclass(frozen=True, slots=True)
class Settlement:
    """The outcome of a try. `dropped` are the reminders that were no longer due. During `pause`, in seconds, nobody
    sends anything; `got_through` says that Teams takes messages."""

    delivery: Delivery
    verdict: Finished | Postponed
    dropped: Mapping[Key, Outcome] = field(default_factory=dict)
    pause: float | None = None
    got_through: bool = False


@dataclass(frozen=True, slots=True)
class Claims:
    """Messages to send now: the first `starts_in` seconds from now, the others `spacing` seconds apart. For `idle`
    seconds there will be nothing to claim, as far as can be known."""

    deliveries: tuple[Delivery, ...] = ()
    starts_in: float = 0.0
    spacing: float = 0.0
    idle: float = 0.0


@dataclass(frozen=True, slots=True)
class StoredRun:
    """A plan that was stored. `is_held`: it waits for the office's yes."""

    id: int
    at: datetime
    messages: int
    is_held: bool = False


@dataclass(frozen=True, slots=True)
class Missed:
    """Somebody, or something, that was not reached: `subject` is a project's number or another key, `who` a person, or
    a body's name; "" where there is nobody."""

    outcome: Outcome
    who: str
    subject: str = ""
    title: str = ""
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class RunReport:
    """The outcome of a run. `counts` are reminders by outcome and add up to all that fell due; `messages` were sent or
    tried, `by_mail` of them by mail. `missed` are all who were not reached, each with the reason. `earlier` runs were
    not over, and are counted too."""

    run: int
    at: datetime
    counts: Mapping[Outcome, int]
    messages: int
    by_mail: int = 0
    missed: tuple[Missed, ...] = ()
    is_late: bool = False
    decided_by: PersonId | None = None
    earlier: tuple[int, ...] = ()

    @property
    def due(self) -> int:
        return sum(self.counts.values())

    @property
    def needs_somebody(self) -> bool:
        """True where somebody is to act on it, or was promised it with a yes. What came too late is past helping."""
        is_promised = self.decided_by is not None and set(self.counts) != {Outcome.STOPPED}
        return is_promised or any(miss.outcome is not Outcome.EXPIRED for miss in self.missed)


def missed_people(reports: Iterable[RunReport]) -> list[PersonId]:
    """Lists once who was not reached: people, and bodies by their names."""
    missed = (miss for report in reports for miss in report.missed)
    return list(dict.fromkeys(PersonId(miss.who) for miss in missed if miss.who))


def together(reports: Sequence[RunReport]) -> RunReport:
    """Return the report of several runs as that of the newest, which comes last; the others are its `earlier` ones."""
    counts: Counter[Outcome] = Counter()
    for report in reports:
        counts.update(report.counts)
    return replace(
        reports[-1],
        counts=dict(counts),
        messages=sum(report.messages for report in reports),
        by_mail=sum(report.by_mail for report in reports),
        missed=tuple(miss for report in reports for miss in report.missed),
        is_late=any(report.is_late for report in reports),
        earlier=tuple(report.run for report in reports[:-1]),
    )


@dataclass(frozen=True, slots=True)
class Held:
    """A run too large to be sent without being looked at."""

    run: int
    at: datetime
    messages: int
    reminders: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Trace:
    """The way of one reminder to one person: when its message was planned, and what came of it."""

    key: Key
    due_at: datetime
    expires_at: datetime
    run: int
    planned_at: datetime
    stage: Stage
    via: Via
    attempts: int
    outcome: Outcome | None = None
    reason: Reason | None = None
    settled_at: datetime | None = None

    def day(self, zone: tzinfo) -> date:
        return self.planned_at.astimezone(zone).date()


def own_reports(traces: Iterable[Trace]) -> list[RunReport]:
    """Return what runs came to for one person, as far as that is settled."""
    by_run: dict[int, list[Trace]] = defaultdict(list)
    for trace in traces:
        if trace.outcome is not None:
            by_run[trace.run].append(trace)
    return [
        RunReport(
            run=run,
            at=of_run[0].planned_at,
            counts=Counter(trace.outcome for trace in of_run if trace.outcome),
            messages=1,
            by_mail=int(any(trace.via is Via.MAIL and trace.outcome is Outcome.SENT for trace in of_run)),
        )
        for run, of_run in sorted(by_run.items())
    ]


@dataclass(frozen=True, slots=True)
class Queue:
    """The state of sending: `due` messages wait, the oldest since `oldest_due_at`; at `ran_at` it was last worked out
    what is due."""

    due: int = 0
    held: int = 0
    oldest_due_at: datetime | None = None
    ran_at: datetime | None = None
    done: Mapping[Outcome, int] = field(default_factory=dict)
