"""Orders: what a person tells Tovholder to do. Each feature has its own; here are those that all others build on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import ClassVar

from portfolio.exports import FileKind
from portfolio.identity import PersonId
from portfolio.questions.question import Question


class Effect(Enum):
    """The effect of an order.

    `SHOWS`: nothing is stored, so that a question orders it too. `AT_ONCE`: it is done when it is told, since it is the
    person's own and can be taken back. `ASKS`: it publishes, reaches others or can't be taken back, so that it is shown
    first, and done at a yes.
    """

    SHOWS = auto()
    AT_ONCE = auto()
    ASKS = auto()


@dataclass(frozen=True, slots=True)
class Order:
    """Something to do rather than to answer. `command` is its name in texts and in what scripts read."""

    command: ClassVar[str]
    effect: ClassVar[Effect]


@dataclass(frozen=True, slots=True)
class ProjectOrder(Order):
    """An order that may name projects by number. `maybe` are projects of which one was meant; `unknown` are words that
    name none, nor anything else that the order is about."""

    projects: tuple[str, ...] = ()
    maybe: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def is_specific(self) -> bool:
        """True where it says what it is about."""
        return bool(self.projects or self.maybe)


@dataclass(frozen=True, slots=True)
class PeopleOrder(ProjectOrder):
    """An order that puts somebody in another's place. `people` are the new one, then the present."""

    people: tuple[PersonId, ...] = ()

    @property
    def is_specific(self) -> bool:
        return bool(self.projects or self.maybe or self.people)

    @property
    def tells_of_another(self) -> bool:
        """Say whether what is told names somebody else, who may be meant next by "han"."""
        return False


@dataclass(frozen=True, slots=True)
class BodyOrder(Order):
    """An order that may name bodies. `unknown` are words that name none, nor anything else that the order is about.
    Where it names nothing a body is meant in its channel, but for what `is_of_channel` itself."""

    is_of_channel: ClassVar[bool] = False
    bodies: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportStatus(ProjectOrder):
    """`line` is the status told at once, as "gul, 60 %"; `in_steps` wants to be asked step by step. `by_the_way`: "P012
    er gul", which from somebody who doesn't report on it is no order."""

    command: ClassVar[str] = "report_status"
    effect: ClassVar[Effect] = Effect.ASKS
    line: str | None = None
    in_steps: bool = False
    by_the_way: bool = False


@dataclass(frozen=True, slots=True)
class CorrectStatus(ProjectOrder):
    command: ClassVar[str] = "correct_status"
    effect: ClassVar[Effect] = Effect.ASKS


@dataclass(frozen=True, slots=True)
class RepeatStatus(ProjectOrder):
    """Report once more what was reported last: nothing has changed. It says nothing new, and can be taken back."""

    command: ClassVar[str] = "unchanged"
    effect: ClassVar[Effect] = Effect.AT_ONCE


@dataclass(frozen=True, slots=True)
class TakeBack(ProjectOrder):
    """Take back what was just done; with `kinds` of deeds, or projects, the last that was of those. `is_doubted`: it
    may as well be said of something else, and is asked first."""

    command: ClassVar[str] = "take_back"
    effect: ClassVar[Effect] = Effect.AT_ONCE
    kinds: tuple[str, ...] = ()
    is_doubted: bool = False

    @property
    def is_plain(self) -> bool:
        """Say whether it takes back the last thing begun or done, whatever that was."""
        return not (self.is_specific or self.kinds or self.is_doubted)


@dataclass(frozen=True, slots=True)
class AskToTakeBack(TakeBack):
    """Say whether that can be taken back, and how."""

    effect: ClassVar[Effect] = Effect.SHOWS

    @property
    def is_plain(self) -> bool:
        return False


@dataclass(frozen=True, slots=True)
class ExportList(Order):
    """Hand a list over as a file: what `question` asks for, or, where that wasn't said, what was answered last. `words`
    are those that say which list, which may go on from the answer before. `asks_how`: how it is done is asked."""

    command: ClassVar[str] = "export"
    effect: ClassVar[Effect] = Effect.SHOWS
    kind: FileKind = FileKind.XLSX
    question: Question | None = None
    words: str | None = None
    asks_how: bool = False


@dataclass(frozen=True, slots=True)
class Greet(Order):
    command: ClassVar[str] = "greeting"
    effect: ClassVar[Effect] = Effect.SHOWS


@dataclass(frozen=True, slots=True)
class Thank(Order):
    command: ClassVar[str] = "thanks"
    effect: ClassVar[Effect] = Effect.SHOWS


SMALL_TALK = (Greet, Thank)
