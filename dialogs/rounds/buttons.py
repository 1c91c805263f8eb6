"""A round's buttons, with the verbs that they send."""

from __future__ import annotations

from datetime import date

from dialogs.cards.elements import Element, button

VIEW, OPEN, SUM_UP = "round_view", "round_open", "round_sum_up"
# One's own part, which is reported.
MINE = "round_mine"


def show_round(title: str, round_id: str) -> Element:
    return round_button(title, VIEW, round_id)


def round_button(title: str, verb: str, round_id: str) -> Element:
    return button(title, verb, {"round": round_id})


def start_round(title: str, body: str, first: date | None, last: date | None) -> Element:
    days = {"first": first.isoformat() if first else None, "last": last.isoformat() if last else None}
    return button(title, OPEN, {"body": body, **{name: day for name, day in days.items() if day}})
