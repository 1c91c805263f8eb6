"""Buttons on everybody's reminders, with the verbs that they send."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dialogs.cards.elements import Element, button

PREVIEW, STOP, RESUME = "preview", "stop", "resume"
RELEASE, DISCARD = "run_release", "run_discard"


def show_preview(title: str, offset: int = 0, until: date | None = None) -> Element:
    return button(title, PREVIEW, {"offset": offset, **({"until": until.isoformat()} if until else {})})


def stop_reminders(title: str, keys: Sequence[Sequence[str | bool]]) -> Element:
    """Stop the reminders of those keys."""
    return button(title, STOP, {"keys": list(keys)})


def resume_reminders(title: str, keys: Sequence[Sequence[str | bool]]) -> Element:
    """Send the reminders of those keys after all."""
    return button(title, RESUME, {"keys": list(keys)})


def stop_all(title: str) -> Element:
    return button(title, STOP, {"all": True})


def resume_all(title: str) -> Element:
    return button(title, RESUME, {"all": True})
