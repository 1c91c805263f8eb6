"""Changes that people make to the portfolio through Tovholder, written down as they happen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

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
    BUTTON_REFUSED = "button_refused"


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """A line of the audit log. `at` carries its zone, `by` is a person. `detail` is in codes, with no free text."""

    at: datetime
    by: PersonId
    action: Action
    project: str | None = None
    detail: Mapping[str, str] = field(default_factory=dict)
