"""Reminders as a person decides about their own: put off, away, switched off."""

from __future__ import annotations

from dialogs.cards.buttons import Snooze
from dialogs.feature import Feature
from dialogs.own_reminders import absences, buttons, choices, handlers, orders
from dialogs.turn.audience import Audience
from dialogs.undoable import Anew, Data, WayBack


def _see_mine(audience: Audience, _data: Data) -> tuple[str, ...]:
    return (audience.texts.say("own_reminders.example"),)


def _away(audience: Audience, _data: Data) -> str:
    return audience.texts.say("own_reminders.away")


OWN_REMINDERS = Feature(
    name="own_reminders",
    orders={
        orders.SnoozeReminders: handlers.snooze,
        orders.BeAbsent: absences.set_absence,
        orders.ComeBack: absences.come_back,
        orders.DropAbsence: absences.drop_absence,
        orders.SwitchOff: choices.switch_off,
        orders.SwitchOn: choices.switch_on,
        orders.ShowMyReminders: handlers.show_my_reminders,
        orders.SetRhythm: choices.set_rhythm,
    },
    rules=orders.RULES,
    undoing={
        "absence": WayBack(absences.undo_absence, _see_mine, Anew(orders.BeAbsent, _away)),
        "snooze": WayBack(handlers.undo_snooze, _see_mine, Anew(orders.SnoozeReminders, handlers.snooze_anew)),
        "switch": WayBack(choices.undo_switch, _see_mine),
        "rhythm": WayBack(choices.undo_rhythm, choices.instead_of_rhythm, Anew(orders.SetRhythm, choices.rhythm_anew)),
    },
    presses={
        Snooze: handlers.snooze_pressed,
        buttons.EndSnoozes: handlers.end_snooze_pressed,
        buttons.EndAbsence: absences.end_absence_pressed,
        buttons.Switch: choices.switch_pressed,
        buttons.AskEvery: choices.rhythm_pressed,
        buttons.ShowMine: handlers.my_reminders_pressed,
    },
)
