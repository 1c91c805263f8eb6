"""Reminders as a person decides about their own: put off, away, switched off."""

from __future__ import annotations

from dialogs.cards.verbs import Verb
from dialogs.feature import Feature
from dialogs.own_reminders import absences, choices, handlers
from dialogs.turn.orders import Command

OWN_REMINDERS = Feature(
    name="own_reminders",
    orders={
        Command.SNOOZE: handlers.snooze,
        Command.ABSENT: absences.set_absence,
        Command.BACK: absences.come_back,
        Command.REMINDERS_OFF: choices.switch_off,
        Command.REMINDERS_ON: choices.switch_on,
        Command.MY_REMINDERS: handlers.show_my_reminders,
        Command.SET_RHYTHM: choices.set_rhythm,
    },
    presses={
        Verb.SNOOZE: handlers.snooze_pressed,
        Verb.SNOOZE_END: handlers.end_snooze_pressed,
        Verb.ABSENCE_END: absences.end_absence_pressed,
        Verb.REMINDERS_SWITCH: choices.switch_pressed,
        Verb.MY_REMINDERS: handlers.my_reminders_pressed,
    },
)
