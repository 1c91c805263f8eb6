"""Handing a project over to another lead."""

from __future__ import annotations

from dialogs.cards.buttons import HAND_OVER
from dialogs.feature import Feature
from dialogs.forms.filling import FormKind
from dialogs.handover import handlers, orders

HANDOVER = Feature(
    name="handover",
    orders={orders.HandOver: handlers.hand_over},
    rules=orders.RULES,
    presses={HAND_OVER: handlers.hand_over_pressed},
    forms={handlers.HAND_OVER: FormKind(handlers.open_form, handlers.repeat_outcome)},
)
