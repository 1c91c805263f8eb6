"""The ways a message can be understood."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from dialogs.turn.orders import BodyOrder, Order
from portfolio.memory import Item
from portfolio.questions.catalogue import BODIES
from portfolio.questions.question import Is, Question, Target, Value


class SpeechAct(Enum):
    """The act of a sentence. Only what is `TOLD`, a plain order or a statement of one's own, does anything by itself.

    `ASKED`: how something is. `WONDERED`: whether, how or when to have it done: "må jeg …", "kan man …", "hvis jeg …".
    `DOUBTED`: "måske …". `REPORTED`: what is past, or somebody else's. `DENIED`: that it is to be done, or is so.
    """

    TOLD = "told"
    ASKED = "asked"
    WONDERED = "wondered"
    DOUBTED = "doubted"
    REPORTED = "reported"
    DENIED = "denied"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with one reading. `offset` is the first hit to show; `listed` stood on the list that its one thing was
    picked from. `by_model`: a language model took the message for it."""

    question: Question
    offset: int = 0
    listed: tuple[Item, ...] = ()
    by_model: bool = False


@dataclass(frozen=True, slots=True)
class HelpWanted:
    pass


@dataclass(frozen=True, slots=True)
class Choice:
    """One possible reading: `field` (the name of an attribute) would hold `value`, or None where it would hold
    nothing."""

    field: str
    value: str | None
    question: Question


@dataclass(frozen=True, slots=True)
class Clarify:
    """Two or more readings of `words`; the person chooses."""

    words: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Grasped:
    """A part of a message that is known: `words`, which name `value` of `field` (a name in Filters, "bodies", "flag",
    "ask", or "word" for one that can be explained)."""

    field: str
    value: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class EitherWay:
    """A question that may be of those that were found before, of which there were so many, or of all."""

    these: Question
    alone: Question
    found: int | None = None


@dataclass(frozen=True, slots=True)
class Unclear:
    """Not understood. `words` could not be placed; `grasped` are the parts that could, and `near` names in the
    portfolio that look like the words. `because` is the key of a text that says what isn't held, and what is."""

    words: tuple[str, ...] = ()
    near: tuple[Grasped, ...] = ()
    grasped: tuple[Grasped, ...] = ()
    because: str | None = None


@dataclass(frozen=True, slots=True)
class Wondered:
    """An order that isn't one, since the sentence doesn't tell it, by its act."""

    order: Order
    act: SpeechAct = SpeechAct.WONDERED


@dataclass(frozen=True, slots=True)
class AskerUnknown:
    """Asked for something of one's own ("mine projekter") by someone whose projects or department are unknown."""


Reading = Asked | Order | Wondered | HelpWanted | Clarify | EitherWay | Unclear | AskerUnknown


def of_channel(reading: Reading, body: str) -> Reading:
    """The reading in a body's channel: that body is meant where none is named, or one of several."""
    match reading:
        case Asked(question) if question.target is Target.MEETINGS and _may_mean(body, question.values(BODIES)):
            return replace(reading, question=question.having_instead(Is(BODIES, (body,))))
        case BodyOrder() if not reading.is_of_channel and not reading.unknown and _may_mean(body, reading.bodies):
            return replace(reading, bodies=(body,))
    return reading


def speaks_of_body(reading: Reading) -> bool:
    """Say whether it is of a body, or may be."""
    return isinstance(reading, BodyOrder) or (isinstance(reading, Asked) and reading.question.target is Target.MEETINGS)


def _may_mean(body: str, named: tuple[Value, ...]) -> bool:
    return not named or (len(named) > 1 and body in named)
