"""Rounds of status before a meeting: opened, followed and summed up."""

from __future__ import annotations

from dialogs.cards.verbs import Verb
from dialogs.feature import Feature
from dialogs.rounds import handlers, reminder
from dialogs.turn.orders import Command
from portfolio.reminders.keys import Origin

ROUNDS = Feature(
    name="rounds",
    orders={
        Command.OPEN_ROUND: handlers.open_round,
        Command.SHOW_ROUND: handlers.show_round,
        Command.SUM_UP_ROUND: handlers.sum_up_round,
    },
    presses={
        Verb.ROUND_VIEW: handlers.view_round,
        Verb.ROUND_OPEN: handlers.open_round_pressed,
        Verb.ROUND_SUM_UP: handlers.sum_up_pressed,
    },
    obligations={Origin.ROUND: reminder.ROUND},
)
