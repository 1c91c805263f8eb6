"""What a person decides about their own reminders: put off, away, switched off."""

from __future__ import annotations

from dialogs.cards.buttons import Verb
from dialogs.feature import Feature
from dialogs.own_reminders import absences, choices, handlers
from dialogs.turn.orders import Command

OWN_REMINDERS = Feature(
    name="own_reminders",
    orders={
        Command.SNOOZE: handlers.snooze,
        Command.ABSENT: absences.absent,
        Command.BACK: absences.back,
        Command.REMINDERS_OFF: choices.switch_off,
        Command.REMINDERS_ON: choices.switch_on,
        Command.MY_REMINDERS: handlers.show_my_reminders,
        Command.SET_RHYTHM: choices.set_rhythm,
    },
    presses={
        Verb.SNOOZE: handlers.snooze_pressed,
        Verb.SNOOZE_END: handlers.snooze_ended,
        Verb.ABSENCE_END: absences.absence_ended,
        Verb.REMINDERS_SWITCH: choices.switched,
        Verb.MY_REMINDERS: handlers.my_reminders_pressed,
    },
)
