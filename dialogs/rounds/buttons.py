"""A round's buttons."""

from __future__ import annotations

from datetime import date

from dialogs.cards.elements import Element, button
from dialogs.cards.verbs import Verb


def show_round(title: str, round_id: str) -> Element:
    return round_button(title, Verb.ROUND_VIEW, round_id)


def round_button(title: str, verb: Verb, round_id: str) -> Element:
    return button(title, verb, {"round": round_id})


def start_round(title: str, body: str, first: date | None, last: date | None) -> Element:
    days = {"first": first.isoformat() if first else None, "last": last.isoformat() if last else None}
    return button(title, Verb.ROUND_OPEN, {"body": body, **{name: day for name, day in days.items() if day}})
