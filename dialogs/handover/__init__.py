"""Handing a project over to another lead."""

from __future__ import annotations

from dialogs.cards.buttons import HandOver
from dialogs.feature import Feature
from dialogs.forms.filling import FormKind
from dialogs.handover import handlers, orders
from dialogs.undoable import WayBack

HANDOVER = Feature(
    name="handover",
    orders={orders.HandOver: handlers.hand_over},
    rules=orders.RULES,
    undoing={"hand_over": WayBack(handlers.undo_hand_over, handlers.instead_of_undoing)},
    presses={HandOver: handlers.hand_over_pressed},
    forms={handlers.HAND_OVER: FormKind(handlers.open_form, handlers.repeat_outcome)},
)
