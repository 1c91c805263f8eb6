"""Buttons on everybody's reminders, with the verbs that they send."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from pydantic import Field

from dialogs.cards.elements import Element, button
from dialogs.turn.button import Button, Day, Offset, RunId, Text
from portfolio.reminders.kinds import Key, Kind, Recipient

MOST_KEYS = 200
# A reminder's key as `Key.parts` gives it.
Parts = tuple[Kind, Text, Text, bool, Text]
Keys = Annotated[tuple[Parts, ...], Field(max_length=MOST_KEYS)]


@dataclass(frozen=True, slots=True)
class Preview(Button):
    verb: ClassVar[str] = "preview"
    command: ClassVar[str] = "preview"
    offset: Offset = 0
    until: Day | None = None


@dataclass(frozen=True, slots=True)
class _OfReminders(Button):
    """A button about the reminders of those keys, or about all."""

    keys: Keys = ()
    all: bool = False

    def __post_init__(self) -> None:
        if not (self.keys or self.all):
            raise ValueError("no reminders")

    @property
    def named(self) -> list[Key]:
        """Return the keys of the reminders; what was remembered of them holds plain words."""
        parts = self.keys
        return [Key(Kind(kind), subject, Recipient(to, is_channel), at) for kind, subject, to, is_channel, at in parts]


@dataclass(frozen=True, slots=True)
class Stop(_OfReminders):
    """Stop what is sent. All of it is asked first; the button is `sure` on the yes to that."""

    verb: ClassVar[str] = "stop"
    command: ClassVar[str] = "stop_reminders"
    sure: bool = False
    until: Day | None = None


@dataclass(frozen=True, slots=True)
class Resume(_OfReminders):
    """Send it after all."""

    verb: ClassVar[str] = "resume"
    command: ClassVar[str] = "resume_reminders"


@dataclass(frozen=True, slots=True)
class Release(Button):
    verb: ClassVar[str] = "run_release"
    run: RunId


@dataclass(frozen=True, slots=True)
class Discard(Button):
    verb: ClassVar[str] = "run_discard"
    run: RunId


def show_preview(title: str, offset: int = 0, until: date | None = None) -> Element:
    return button(title, Preview(offset, until))


def stop_reminders(title: str, keys: Sequence[Parts]) -> Element:
    """Stop the reminders of those keys."""
    return button(title, Stop(tuple(keys)))


def resume_reminders(title: str, keys: Sequence[Parts]) -> Element:
    """Send the reminders of those keys after all."""
    return button(title, Resume(tuple(keys)))


def stop_all(title: str, *, is_sure: bool = False, until: date | None = None) -> Element:
    """Asks first; it `is_sure` on the yes to that."""
    return button(title, Stop(all=True, sure=is_sure, until=until))


def resume_all(title: str) -> Element:
    return button(title, Resume(all=True))
