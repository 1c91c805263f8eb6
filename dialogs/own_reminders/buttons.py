"""Buttons about one's own reminders, with the verbs that they send."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.cards.elements import Element, button
from portfolio.reminders.kinds import Absence, Kind

ABSENCE_END, SNOOZE_END, SWITCH, MINE = "absence_end", "snooze_end", "reminders_switch", "my_reminders"


def show_mine(title: str) -> Element:
    return button(title, MINE, {})


def end_absence(title: str, absence: Absence) -> Element:
    return button(title, ABSENCE_END, {"first": absence.first.isoformat()})


def end_snoozes(title: str, subjects: Sequence[str] = ()) -> Element:
    """Draw a button that ends the snoozes of the subjects, or all of them without subjects."""
    return button(title, SNOOZE_END, {"subjects": list(subjects)} if subjects else {})


def switch_reminders(title: str, kind: Kind, *, on: bool) -> Element:
    return button(title, SWITCH, {"kind": kind.value, "on": on})
