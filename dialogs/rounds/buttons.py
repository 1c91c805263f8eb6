"""A round's buttons, with the verbs that they send."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from dialogs.cards.elements import Element, button
from dialogs.turn.button import BodyName, Button, Day, RoundId


@dataclass(frozen=True, slots=True)
class Open(Button):
    """Open a round for the body's next meeting, or the one in those days. It is asked first; `sure` on the yes to
    that."""

    verb: ClassVar[str] = "round_open"
    command: ClassVar[str] = "open_round"
    body: BodyName
    first: Day | None = None
    last: Day | None = None
    sure: bool = False


@dataclass(frozen=True, slots=True)
class View(Button):
    verb: ClassVar[str] = "round_view"
    command: ClassVar[str] = "show_round"
    is_view: ClassVar[bool] = True
    round: RoundId


@dataclass(frozen=True, slots=True)
class Mine(Button):
    """Report on the reader's own part."""

    verb: ClassVar[str] = "round_mine"
    round: RoundId


@dataclass(frozen=True, slots=True)
class SumUp(Button):
    verb: ClassVar[str] = "round_sum_up"
    command: ClassVar[str] = "sum_up_round"
    round: RoundId


def show_round(title: str, round_id: str) -> Element:
    return button(title, View(round_id))


def report_mine(title: str, round_id: str) -> Element:
    return button(title, Mine(round_id))


def sum_up(title: str, round_id: str) -> Element:
    return button(title, SumUp(round_id))


def start_round(title: str, body: str, first: date | None, last: date | None) -> Element:
    return button(title, Open(body, first, last))
