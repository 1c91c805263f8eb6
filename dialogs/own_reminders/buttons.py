"""Buttons that undo what was decided about one's own reminders."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.cards.elements import Element, button
from dialogs.cards.verbs import Verb
from portfolio.reminders.kinds import Absence, Kind


def end_absence(title: str, absence: Absence) -> Element:
    return button(title, Verb.ABSENCE_END, {"first": absence.first.isoformat()})


def end_snoozes(title: str, subjects: Sequence[str] = ()) -> Element:
    """Draw a button that ends the snoozes of the subjects, or all of them without subjects."""
    return button(title, Verb.SNOOZE_END, {"subjects": list(subjects)} if subjects else {})


def switch_reminders(title: str, kind: Kind, *, on: bool) -> Element:
    return button(title, Verb.REMINDERS_SWITCH, {"kind": kind.value, "on": on})
