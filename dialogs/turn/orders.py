"""Orders: what a person tells Tovholder to do. Each feature has its own; here are those that all others build on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from portfolio.identity import PersonId


@dataclass(frozen=True, slots=True)
class Order:
    """Something to do rather than to answer. `command` is its name in texts and in what scripts read. `is_at_once`: it
    is done without being asked or summed up first, so that who only wonders whether to, or how, doesn't tell it."""

    command: ClassVar[str]
    is_at_once: ClassVar[bool] = False


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


@dataclass(frozen=True, slots=True)
class BodyOrder(Order):
    """An order that may name bodies. `unknown` are words that name none, nor anything else that the order is about.
    Where it names nothing a body is meant in its channel, but for what `is_of_channel` itself."""

    is_of_channel: ClassVar[bool] = False
    bodies: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportStatus(ProjectOrder):
    """`line` is the status told at once, as "gul, 60 %"; `in_steps` wants to be asked step by step."""

    command: ClassVar[str] = "report_status"
    line: str | None = None
    in_steps: bool = False


@dataclass(frozen=True, slots=True)
class CorrectStatus(ProjectOrder):
    command: ClassVar[str] = "correct_status"


@dataclass(frozen=True, slots=True)
class RepeatStatus(ProjectOrder):
    """Report once more what was reported last: nothing has changed."""

    command: ClassVar[str] = "unchanged"
    is_at_once: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class TakeBack(ProjectOrder):
    """Take back what was just done; with `kinds` of deeds, or projects, the last that was of those. `is_asked`: whether
    that can be done, or how. `is_doubted`: it may as well be said of something else, and is asked first."""

    command: ClassVar[str] = "take_back"
    kinds: tuple[str, ...] = ()
    is_asked: bool = False
    is_doubted: bool = False

    @property
    def is_plain(self) -> bool:
        """Say whether it takes back the last thing begun or done, whatever that was."""
        return not (self.is_specific or self.kinds or self.is_asked or self.is_doubted)


@dataclass(frozen=True, slots=True)
class Greet(Order):
    command: ClassVar[str] = "greeting"


@dataclass(frozen=True, slots=True)
class Thank(Order):
    command: ClassVar[str] = "thanks"


@dataclass(frozen=True, slots=True)
class Wonder(Order):
    """Wonder whether to have something done, or how, that would be done at once."""

    command: ClassVar[str] = "wonder"


SMALL_TALK = (Greet, Thank)
