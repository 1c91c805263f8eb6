"""Deputies, who report in a lead's place for a time."""

from __future__ import annotations

from dialogs.cards.verbs import Verb
from dialogs.deputies import handlers
from dialogs.feature import Feature
from dialogs.forms.filling import FormKind
from dialogs.turn.orders import Command

DEPUTIES = Feature(
    name="deputies",
    orders={
        Command.NAME_DEPUTY: handlers.name_deputy,
        Command.END_DEPUTY: handlers.end_deputy,
        Command.SHOW_DEPUTIES: handlers.show_deputies,
    },
    presses={Verb.DEPUTY_END: handlers.end_pressed},
    forms={handlers.DEPUTY: FormKind(handlers.open_form, handlers.repeat_outcome)},
)
