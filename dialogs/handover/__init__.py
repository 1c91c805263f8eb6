"""Handing a project over to another lead."""

from __future__ import annotations

from dialogs.cards.verbs import Verb
from dialogs.feature import Feature
from dialogs.forms.filling import FormKind
from dialogs.handover import handlers
from dialogs.turn.orders import Command

HANDOVER = Feature(
    name="handover",
    orders={Command.HAND_OVER: handlers.hand_over},
    presses={Verb.HAND_OVER: handlers.hand_over_pressed},
    forms={handlers.HAND_OVER: FormKind(handlers.open_form, handlers.repeat_outcome)},
)
