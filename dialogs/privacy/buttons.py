"""Buttons about what is held on whoever presses them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dialogs.turn.button import Button


@dataclass(frozen=True, slots=True)
class AskToErase(Button):
    """Has somebody asked who may erase."""

    verb: ClassVar[str] = "ask_to_erase"
    command: ClassVar[str] = "erase_mine"
