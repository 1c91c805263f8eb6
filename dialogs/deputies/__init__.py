"""Deputies, who report in a lead's place for a time."""

from __future__ import annotations

from dialogs.deputies import cards, handlers, orders
from dialogs.feature import Feature
from dialogs.forms.filling import FormKind

DEPUTIES = Feature(
    name="deputies",
    orders={
        orders.NameDeputy: handlers.name_deputy,
        orders.EndDeputy: handlers.end_deputy,
        orders.ShowDeputies: handlers.show_deputies,
    },
    rules=orders.RULES,
    presses={cards.END: handlers.end_pressed},
    forms={handlers.DEPUTY: FormKind(handlers.open_form, handlers.repeat_outcome)},
)
