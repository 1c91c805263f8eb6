"""Buttons about what is held on whoever presses them."""

from __future__ import annotations

from dialogs.cards.elements import Element, button

ASK_TO_ERASE = "ask_to_erase"


def ask_to_erase(title: str) -> Element:
    """Has somebody asked who may erase."""
    return button(title, ASK_TO_ERASE, {})
