"""Rounds of status before a meeting: opened, followed and summed up."""

from __future__ import annotations

from dialogs.feature import Feature
from dialogs.rounds import buttons, handlers, orders, reminder
from dialogs.undoable import WayBack
from portfolio.reminders.keys import Origin

ROUNDS = Feature(
    name="rounds",
    orders={
        orders.OpenRound: handlers.open_round,
        orders.ShowRound: handlers.show_round,
        orders.SumUpRound: handlers.sum_up_round,
    },
    rules=orders.RULES,
    undoing={"round": WayBack(None, lambda _audience, _data: ())},
    presses={
        buttons.Open: handlers.open_round_pressed,
        buttons.SumUp: handlers.sum_up_pressed,
    },
    obligations={Origin.ROUND: reminder.ROUND},
)
