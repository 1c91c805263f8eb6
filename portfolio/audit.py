"""What people do, see and are refused, written down as it happens: in ids, codes, numbers and the names of bodies,
never in a person's words or name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from portfolio.identity import PersonId


class Action(StrEnum):
    LANGUAGE_SET = "language_set"
    PERSON_LINKED = "person_linked"
    PERSON_JOINED = "person_joined"
    PERSON_LEFT = "person_left"
    PERSON_MOVED = "person_moved"
    PERSON_CHANGED = "person_changed"
    PERSON_MERGED = "person_merged"
    PERSON_UNLINKED = "person_unlinked"
    PERSON_ERASED = "person_erased"
    ERASURE_ASKED = "erasure_asked"
    OUTSIDER_REFUSED = "outsider_refused"
    REPORT_PUBLISHED = "report_published"
    REPORT_CORRECTED = "report_corrected"
    REPORT_UNCHANGED = "report_unchanged"
    REPORT_TAKEN_BACK = "report_taken_back"
    REPORT_DENIED = "report_denied"
    DEPUTY_SET = "deputy_set"
    DEPUTY_ENDED = "deputy_ended"
    DEPUTY_DENIED = "deputy_denied"
    HANDED_OVER = "handed_over"
    HAND_OVER_DENIED = "hand_over_denied"
    ROUND_OPENED = "round_opened"
    ROUND_CLOSED = "round_closed"
    ROUND_DENIED = "round_denied"
    ABSENCE_SET = "absence_set"
    ABSENCE_ENDED = "absence_ended"
    SNOOZED = "snoozed"
    SNOOZE_ENDED = "snooze_ended"
    SWITCHED_OFF = "switched_off"
    SWITCHED_ON = "switched_on"
    REMINDERS_STOPPED = "reminders_stopped"
    REMINDERS_RESUMED = "reminders_resumed"
    REMINDERS_DENIED = "reminders_denied"
    RHYTHM_SET = "rhythm_set"
    RHYTHM_DENIED = "rhythm_denied"
    CHANNEL_BOUND = "channel_bound"
    CHANNEL_UNBOUND = "channel_unbound"
    CHANNEL_DENIED = "channel_denied"
    MEETING_MOVED = "meeting_moved"
    MEETING_CANCELLED = "meeting_cancelled"
    MEETING_RESTORED = "meeting_restored"
    MEETING_DENIED = "meeting_denied"
    RUN_RELEASED = "run_released"
    RUN_DISCARDED = "run_discarded"
    DATABASE_RESTORED = "database_restored"
    BUTTON_REFUSED = "button_refused"
    IMPORTED = "imported"
    PERSON_SHOWN = "person_shown"
    NAMES_LISTED = "names_listed"
    EXPORTED = "exported"
    LOG_SHOWN = "log_shown"


# Looks at what is held on others. That the lead's name stands on a project is none.
LOOKS = frozenset({Action.PERSON_SHOWN, Action.NAMES_LISTED, Action.EXPORTED, Action.LOG_SHOWN})
# What somebody was not let do.
REFUSALS = frozenset(
    {action for action in Action if action.endswith("_denied")} | {Action.BUTTON_REFUSED, Action.OUTSIDER_REFUSED}
)
# Stands for whom a look was at where that is everybody.
EVERYBODY = "*"
MOST_NAMED = 200


class Seen(StrEnum):
    """Things looked at."""

    PREVIEW = "preview"
    SENT = "sent"
    RUN_REPORT = "run_report"
    DELIVERY = "delivery"
    PERSON = "person"
    LOG = "log"
    ABSENCES = "absences"


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """A line of the audit log. `at` carries its zone, `by` is a person."""

    at: datetime
    by: PersonId
    action: Action
    project: str | None = None
    detail: Mapping[str, str | Sequence[str]] = field(default_factory=dict)


def look(at: datetime, by: PersonId, action: Action, what: Seen, whom: Iterable[PersonId] | None) -> AuditEntry:
    """Returns the entry of a look at what is held on people; on everybody where it is None, and where they are many."""
    named = [] if whom is None else list(dict.fromkeys(whom))
    people = EVERYBODY if whom is None or len(named) > MOST_NAMED else named
    return AuditEntry(at, by, action, detail={"what": what.value, "people": people})


@dataclass(frozen=True, slots=True)
class AuditRecord:
    """A line as it was read, which somebody may have changed: None is what can't be read."""

    number: int
    at: datetime | None
    by: str
    action: str
    project: str | None
    detail: Mapping[str, Any] | None
