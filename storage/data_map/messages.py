"""What was sent and stopped, and what was done: the reminders' own log, and the audit log."""

from __future__ import annotations

from datetime import timedelta

from portfolio.deliveries import Purpose as DeliveryPurpose
from storage.audit import audit, audit_head
from storage.data_map.shape import (
    DOCUMENT,
    DOER,
    NOT_PERSONAL,
    OF_THEIRS,
    THEIRS,
    WORDS,
    Erased,
    For,
    Forgetting,
    Held,
    Purpose,
    Shown,
    While,
    Whose,
    each,
    mapped,
)
from storage.reminders.tables import stopped
from storage.sending.tables import deliveries, reminded, runs, sending

# For so long the office can say who was reminded of what, and who wasn't reached.
A_YEAR = timedelta(days=365)
# What was said in a turn, or told of it, is of no use to anybody later.
SAID = For(timedelta(days=7), "settled_at", where=(("purpose", DeliveryPurpose.SAID),), part="said")
# For so long somebody may ask who did or saw something: longer than a strategy period, and still not for ever.
AUDIT = For(timedelta(days=5 * 365), "at", Forgetting.CHAIN)

LINES = (
    *mapped(
        reminded,
        Purpose.REMINDERS,
        For(A_YEAR, "expires_at"),
        kind=OF_THEIRS,
        subject=WORDS,
        recipient=THEIRS,
        **each(OF_THEIRS, "is_channel", "occasion", "delivery", "due_at", "expires_at", "outcome"),
    ),
    *mapped(
        deliveries,
        Purpose.REMINDERS,
        For(A_YEAR, "settled_at"),
        SAID,
        id=OF_THEIRS,
        recipient=THEIRS,
        **each(OF_THEIRS, "is_channel", "slot", "purpose", "run", "due_at", "expires_at", "twice_if_unsure", "stage"),
        **each(OF_THEIRS, "via", "attempts", "fence", "unanswered", "next_at", "outcome", "reason", "settled_at"),
        message=OF_THEIRS,
        said=DOCUMENT.but(While.UNTIL_SENT),
    ),
    *mapped(
        runs,
        Purpose.REMINDERS,
        For(A_YEAR, "reported_at"),
        **each(NOT_PERSONAL, "id", "at", "messages", "spared"),
        problems=DOCUMENT,
        decided_by=DOER,
        reported_at=NOT_PERSONAL,
    ),
    *mapped(
        stopped,
        Purpose.REMINDERS,
        For(A_YEAR, "at"),
        kind=OF_THEIRS,
        subject=WORDS,
        recipient=THEIRS,
        **each(OF_THEIRS, "is_channel", "occasion"),
        by=DOER,
        at=OF_THEIRS,
    ),
    *mapped(
        sending,
        Purpose.RUNNING,
        While.RUNNING,
        **each(NOT_PERSONAL, "id", "free_at", "paused_until", "is_probed", "ran_at", "all_stopped", "stopped_until"),
    ),
    *mapped(
        audit,
        Purpose.PROOF,
        AUDIT,
        **each(NOT_PERSONAL, "number", "at"),
        by=DOER,
        **each(NOT_PERSONAL, "action", "project"),
        detail=Held(Whose.NAMED, Shown.IN_DOCUMENT, Erased.STAYS),
        hash=NOT_PERSONAL,
    ),
    *mapped(
        audit_head,
        Purpose.PROOF,
        While.RUNNING,
        **each(NOT_PERSONAL, "id", "number", "hash", "removed", "removed_hash"),
    ),
)
