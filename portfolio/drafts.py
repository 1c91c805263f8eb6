"""A form that somebody is filling in, kept until it is handed in, given up or forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from portfolio.identity import PersonId

KEPT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class FormDraft:
    """A form of `kind` on `subject` (a project's number, "" where the kind has none), of one person in one
    conversation. `answers` hold canonical values by field; a field left out on purpose holds "", and one that could not
    be read what was typed.

    `asking` is the field whose answer is awaited in the chat, SUMMARY when only the yes is, None when the form is on a
    card. `then` is where it goes on when `asking` was asked out of turn, and `asks_extras` says that the extra fields
    are asked too. `is_interrupted`: something else was answered since the summary was shown. `version` counts the
    saves; `revision` is the subject's when the form was opened. `outcome` says what came of it: a form with an outcome
    is done, and answers every further press with that.
    """

    id: str
    kind: str
    person: PersonId
    conversation: str
    subject: str
    touched_at: datetime
    answers: Mapping[str, str] = field(default_factory=dict)
    asking: str | None = None
    then: str | None = None
    asks_extras: bool = False
    is_interrupted: bool = False
    version: int = 1
    revision: int = 0
    outcome: str | None = None

    def is_expired(self, now: datetime) -> bool:
        return now - self.touched_at > KEPT


# What `asking` holds when every field has been asked.
SUMMARY = "*"
