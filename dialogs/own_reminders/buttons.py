"""Buttons about one's own reminders, with the verbs that they send."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dialogs.cards.elements import Element, button
from dialogs.turn.button import Button, Day, Number, ProjectNumber, Subjects
from portfolio.reminders.kinds import Absence, Kind


@dataclass(frozen=True, slots=True)
class EndAbsence(Button):
    """End one's own absence that begins on that day."""

    verb: ClassVar[str] = "absence_end"
    command: ClassVar[str] = "drop_absence"
    first: Day


@dataclass(frozen=True, slots=True)
class EndSnoozes(Button):
    """End one's own snoozes of the subjects, or all of them without subjects."""

    verb: ClassVar[str] = "snooze_end"
    subjects: Subjects = ()


@dataclass(frozen=True, slots=True)
class Switch(Button):
    verb: ClassVar[str] = "reminders_switch"
    kind: Kind
    on: bool


@dataclass(frozen=True, slots=True)
class AskEvery(Button):
    """Say yes to asking for a project's status every so many days, 0 as usual."""

    verb: ClassVar[str] = "rhythm"
    project: ProjectNumber
    every: Number


@dataclass(frozen=True, slots=True)
class ShowMine(Button):
    verb: ClassVar[str] = "my_reminders"
    command: ClassVar[str] = "my_reminders"


def show_mine(title: str) -> Element:
    return button(title, ShowMine())


def end_absence(title: str, absence: Absence) -> Element:
    return button(title, EndAbsence(absence.first))


def end_snoozes(title: str) -> Element:
    """Draw a button that ends all snoozes."""
    return button(title, EndSnoozes())


def switch_reminders(title: str, kind: Kind, *, on: bool) -> Element:
    return button(title, Switch(kind, on))
