"""The button that hands a project over."""

from __future__ import annotations

from dialogs.cards.elements import Element, button
from dialogs.cards.verbs import Verb


def hand_over(title: str, number: str, lead: str) -> Element:
    """Asks for a yes before the project has another lead."""
    return button(title, Verb.HAND_OVER, {"project": number, **({"lead": lead} if lead else {})})
