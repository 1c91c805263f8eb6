"""The ways a message can be understood."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from portfolio.questions import Question


class Command(StrEnum):
    """Things a person asks Tovholder to do rather than to answer."""

    REPORT_STATUS = "report_status"
    GREETING = "greeting"
    THANKS = "thanks"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with one reading."""

    question: Question


@dataclass(frozen=True, slots=True)
class Commanded:
    command: Command
    projects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HelpWanted:
    pass


@dataclass(frozen=True, slots=True)
class Choice:
    """One possible reading: `field` (a name in Filters, or "bodies") would hold `value`."""

    field: str
    value: str
    question: Question


@dataclass(frozen=True, slots=True)
class Clarify:
    """Two or more readings of `words`; the person chooses."""

    words: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Unclear:
    """Not understood. `words` could not be placed; `near` are names in the portfolio that look like them."""

    words: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AskerUnknown:
    """Asked for something of one's own ("mine projekter") by someone whose projects or department are unknown."""


Reading = Asked | Commanded | HelpWanted | Clarify | Unclear | AskerUnknown
