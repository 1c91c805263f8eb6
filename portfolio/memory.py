"""What a person was answered last in a conversation, remembered for a while so that they can go on from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from portfolio.identity import PersonId

REMEMBERED = timedelta(hours=1)

# An attribute's name, and its value as a question would test it; None for what has none.
Item = tuple[str, str | int | None]


class Doubt(StrEnum):
    """SUBJECT: what is spoken of, and so what points; ASKED: what is asked of it; ALL: both."""

    SUBJECT = "subject"
    ASKED = "asked"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class LastAnswer:
    """`question` is the question answered, as plain data. `shown` stood on the page, in its order, and can be pointed
    at; `listed` on the list that the one thing shown was picked from. `total` counts all that was found, `offset` what
    came before the page. `at` carries its zone. `before` is the question answered before this one, if that isn't
    forgotten; the store knows it. `doubt` is what may have changed since, by a message that wasn't understood."""

    person: PersonId
    conversation: str
    question: Mapping[str, Any]
    shown: tuple[Item, ...]
    listed: tuple[Item, ...]
    total: int | None
    offset: int
    at: datetime
    before: Mapping[str, Any] | None = None
    doubt: Doubt | None = None

    def is_forgotten(self, now: datetime) -> bool:
        return now - self.at > REMEMBERED
