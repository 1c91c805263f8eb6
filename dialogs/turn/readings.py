"""The ways a message can be understood."""

from __future__ import annotations

from dataclasses import dataclass

from dialogs.turn.orders import Order
from portfolio.questions.question import Question


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with one reading."""

    question: Question


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


Reading = Asked | Order | HelpWanted | Clarify | Unclear | AskerUnknown
