"""Rounds of status before a meeting: opened, followed and summed up."""

from __future__ import annotations

from dialogs.cards.buttons import Verb
from dialogs.feature import Feature
from dialogs.rounds import handlers, reminder
from dialogs.turn.orders import Command
from portfolio.reminders.keys import Origin

ROUNDS = Feature(
    name="rounds",
    orders={
        Command.OPEN_ROUND: handlers.open_round,
        Command.SHOW_ROUND: handlers.show_round,
        Command.SUM_UP_ROUND: handlers.summed_up,
    },
    presses={
        Verb.ROUND_VIEW: handlers.viewed,
        Verb.ROUND_OPEN: handlers.opened_for,
        Verb.ROUND_SUM_UP: handlers.sum_up,
    },
    obligations={Origin.ROUND: reminder.ROUND},
)
