"""People, what they decided for themselves, and where they can be reached."""

from __future__ import annotations

from datetime import timedelta

from portfolio.conversations import ConversationKind
from portfolio.drafts import KEPT
from portfolio.exports import LINKED
from portfolio.memory import REMEMBERED
from portfolio.organisation import Standing
from storage.conversations import conversations, seen_activities, welcomes
from storage.data_map.shape import (
    ACCOUNT,
    CHAT,
    DOCUMENT,
    DOER,
    HOLDER,
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
from storage.deeds import deeds
from storage.deputies import deputies
from storage.directory.tables import directory_sync
from storage.exports import exports
from storage.forms import drafts
from storage.memory import last_answers
from storage.organisation import former_addresses, people
from storage.reminders.state import LATELY
from storage.reminders.tables import absences, snoozes, switched_off
from storage.status_requests import status_requests

# As long as reminders may still wait for somebody's return, and no longer.
NEEDED = LATELY
A_YEAR = timedelta(days=365)
# The audit log tells for as long of what they did.
AFTER_LEAVING = For(5 * A_YEAR, "left_at", Forgetting.PERSON, (("standing", Standing.LEFT),))
UNHEARD = For(2 * A_YEAR, "seen_at", where=(("kind", ConversationKind.PERSONAL),))

LINES = (
    *mapped(
        people,
        Purpose.PEOPLE,
        AFTER_LEAVING,
        While.NAMED,
        id=THEIRS,
        **each(OF_THEIRS, "name", "email", "unit", "roles", "entra_id", "upn", "language"),
        manager=HOLDER,
        **each(OF_THEIRS, "standing", "is_from_directory", "left_at"),
    ),
    *mapped(former_addresses, Purpose.PEOPLE, While.WITH_PERSON, address=OF_THEIRS, person=THEIRS),
    *mapped(
        directory_sync,
        Purpose.RUNNING,
        While.RUNNING,
        **each(NOT_PERSONAL, "id", "delta_link", "tried_at", "ran_at", "synced_at", "leaving", "here"),
    ),
    *mapped(
        deputies,
        Purpose.PORTFOLIO,
        For(A_YEAR, "last"),
        **each(THEIRS, "lead", "deputy"),
        **each(OF_THEIRS, "first", "project", "last"),
    ),
    *mapped(absences, Purpose.ABSENCE, For(NEEDED, "last"), person=THEIRS, **each(OF_THEIRS, "first", "last")),
    *mapped(snoozes, Purpose.REMINDERS, For(NEEDED, "until"), person=THEIRS, subject=WORDS, until=OF_THEIRS),
    *mapped(
        status_requests,
        Purpose.REMINDERS,
        For(NEEDED, "at"),
        project=NOT_PERSONAL,
        by=DOER,
        at=NOT_PERSONAL,
    ),
    *mapped(switched_off, Purpose.REMINDERS, While.WITH_PERSON, person=THEIRS, kind=OF_THEIRS),
    *mapped(
        conversations,
        Purpose.TEAMS,
        UNHEARD,
        While.IN_FORCE,
        tenant=NOT_PERSONAL,
        **each(OF_THEIRS, "conversation", "kind"),
        entra_id=ACCOUNT,
        person=THEIRS,
        **each(NOT_PERSONAL, "service_url", "bot"),
        locale=OF_THEIRS,
        **each(NOT_PERSONAL, "team", "channel"),
        seen_at=OF_THEIRS,
    ),
    *mapped(
        welcomes,
        Purpose.TEAMS,
        For(2 * A_YEAR, "welcomed_at", is_real=True),
        tenant=NOT_PERSONAL,
        conversation=CHAT,
        welcomed_at=OF_THEIRS,
    ),
    *mapped(
        seen_activities,
        Purpose.TEAMS,
        For(timedelta(days=2), "seen_at", is_real=True),
        **each(NOT_PERSONAL, "key", "seen_at", "status"),
        # Whoever pressed has been told by then, or waits no more; the cards would fill the database.
        body=Held(Whose.WORDED, Shown.IN_DOCUMENT, Erased.EMPTIED).but(
            For(timedelta(minutes=10), "seen_at", Forgetting.WORDS, is_real=True, part="body")
        ),
    ),
    *mapped(
        drafts,
        Purpose.FORMS,
        For(KEPT, "touched_at", Forgetting.FORMS),
        **each(OF_THEIRS, "id", "kind"),
        person=THEIRS,
        **each(OF_THEIRS, "conversation", "subject"),
        answers=DOCUMENT,
        **each(OF_THEIRS, "asking", "version", "revision", "touched_at", "outcome"),
    ),
    # For so long an old button still knows what could be done instead.
    *mapped(
        deeds,
        Purpose.UNDOING,
        For(timedelta(days=7), "at"),
        **each(OF_THEIRS, "number", "id"),
        person=THEIRS,
        kind=OF_THEIRS,
        data=Held(Whose.NAMED, Shown.IN_DOCUMENT, Erased.ROW),
        **each(OF_THEIRS, "at", "is_undone"),
    ),
    *mapped(
        last_answers,
        Purpose.MEMORY,
        For(REMEMBERED, "at"),
        person=THEIRS,
        conversation=OF_THEIRS,
        **each(Held(Whose.NAMED, Shown.IN_DOCUMENT, Erased.ROW), "question", "shown", "listed", "before"),
        **each(OF_THEIRS, "total", "offset", "doubt", "at"),
    ),
    *mapped(
        exports,
        Purpose.EXPORTS,
        For(LINKED, "at"),
        token_hash=NOT_PERSONAL,
        person=THEIRS,
        question=Held(Whose.NAMED, Shown.IN_DOCUMENT, Erased.ROW),
        **each(OF_THEIRS, "kind", "language", "at"),
    ),
)
