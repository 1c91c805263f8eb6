"""Writes and reads the texts by which rows know what a reminder is about, and on which occasion it comes.

Rows that were written years ago hold these texts, so they never change.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Self
from urllib.parse import quote, unquote

# Somebody who asks to be reminded of everything later names no subject.
EVERYTHING = ""
_MEETING = "meeting:"
_MOST_DIGITS = 18
# Longer ones lie beyond the years that a datetime holds.
_LONGEST_TIMESTAMP = 11
_CODE_LETTERS = 12
_STATUS_STEP = re.compile(r"(\d{4}-\d\d-\d\d)(?:([+-]\d+)|@(\d{4}-\d\d-\d\d))")


class Origin(StrEnum):
    """Sources of dated obligations."""

    ROUND = "round"
    MILESTONE = "milestone"
    BENEFIT = "benefit"


@dataclass(frozen=True, slots=True)
class ProjectSubject:
    """A project as a whole, by its number."""

    project: str

    def write(self) -> str:
        return self.project

    @classmethod
    def read(cls, text: str) -> Self:
        return cls(text)


@dataclass(frozen=True, slots=True)
class ObligationSubject:
    """Something owed in the project with that number. `rest` tells it from the others of its origin there: the title of
    a milestone or a benefit, the id of a round."""

    origin: Origin
    project: str
    rest: str

    def write(self) -> str:
        return f"{self.origin}:{quote(self.project, safe='')}:{self.rest}"

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Returns None where the text isn't an obligation's."""
        origin, _, after = text.partition(":")
        project, colon, rest = after.partition(":")
        if not colon or origin not in set(Origin):
            return None
        return cls(Origin(origin), unquote(project), rest)


@dataclass(frozen=True, slots=True)
class MeetingSubject:
    """A meeting, by its id."""

    id: int

    @property
    def project(self) -> None:
        """A meeting is about no one project."""

    def write(self) -> str:
        return f"{_MEETING}{self.id}"

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Returns None where the text isn't a meeting's."""
        number = text.removeprefix(_MEETING)
        if number == text or not _is_number(number, _MOST_DIGITS):
            return None
        return cls(int(number))


@dataclass(frozen=True, slots=True)
class EarlierMeetingSubject:
    """A meeting as buttons knew it before it had an id: by its body, and when it was to start, to the second."""

    body: str
    start: datetime

    def write(self) -> str:
        return f"{self.body}|{self.start.timestamp():.0f}"

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Returns None where the text isn't a meeting's. `start` is in UTC."""
        body, _, start = text.rpartition("|")
        if not body or not _is_number(start, _LONGEST_TIMESTAMP):
            return None
        return cls(body, datetime.fromtimestamp(int(start), UTC))


def _is_number(text: str, most_digits: int) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= most_digits


Subject = ProjectSubject | ObligationSubject | MeetingSubject


def guess_subject(text: str) -> Subject:
    """Reads the subject of a snooze, which doesn't say what kind of reminder it is for. The number of a project that
    looks like another subject is taken for that; `Key.read_subject` knows better."""
    return ObligationSubject.read(text) or MeetingSubject.read(text) or ProjectSubject.read(text)


def coded_subject(text: str) -> str:
    """Writes a subject without the words that people gave a milestone or a benefit, for where no words may stand."""
    owed = ObligationSubject.read(text)
    if owed is None or owed.origin is Origin.ROUND:
        return text
    return replace(owed, rest=sha256(owed.rest.encode()).hexdigest()[:_CODE_LETTERS]).write()


class Again(StrEnum):
    """Reasons for a reminder to come again."""

    ASKED_FOR = "~"
    BACK = "^"


@dataclass(frozen=True, slots=True)
class Occasion:
    """`step` is the written step of the ladder; `again` says on which days it was to come again, and why."""

    step: str
    again: tuple[tuple[Again, date], ...] = ()

    def write(self) -> str:
        return self.step + "".join(f"{reason}{day.isoformat()}" for reason, day in self.again)

    @classmethod
    def read(cls, text: str) -> Self:
        """Raises ValueError where what follows the step is no day."""
        step, *days = re.split(r"([~^])", text)
        pairs = zip(days[::2], days[1::2], strict=True)
        return cls(step, tuple((Again(reason), date.fromisoformat(day)) for reason, day in pairs))


@dataclass(frozen=True, slots=True)
class StatusStep:
    """A step of the ladder around a status' deadline. `at` is how many days after it, a negative number before it; or
    the later deadline that has passed without an answer, too."""

    deadline: date
    at: int | date

    def write(self) -> str:
        step = f"{self.at:+d}" if isinstance(self.at, int) else f"@{self.at.isoformat()}"
        return f"{self.deadline.isoformat()}{step}"

    @classmethod
    def read(cls, occasion: str) -> Self:
        """Reads it from a whole occasion. Raises ValueError where that is no status'."""
        match = _STATUS_STEP.match(occasion)
        if match is None:
            raise ValueError("no occasion of a status")
        deadline, days, passed = match.groups()
        return cls(date.fromisoformat(deadline), int(days) if days else date.fromisoformat(passed))


def request_step(at: datetime) -> str:
    """Writes the step on which a status is asked for that somebody requested then."""
    return f"{at.timestamp():.0f}"


def deadline_step(due: datetime, days: int) -> str:
    """Writes the step that comes so many days before something owed is due."""
    return f"{due.timestamp():.0f}-{days}"


def meeting_step(start: datetime, step: str) -> str:
    return f"{start.timestamp():.0f}-{step}"


def change_occasion(held_at: datetime | None, at: datetime) -> str:
    """Writes the occasion of a meeting that was changed at that moment: it is now held then, or, with None, not."""
    where = "cancelled" if held_at is None else f"{held_at.timestamp():.0f}"
    return f"{where}-{at.timestamp():.0f}"
