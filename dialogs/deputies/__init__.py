"""Deputies, who report in a lead's place for a time."""

from __future__ import annotations

from dialogs.deputies import buttons, handlers, orders
from dialogs.feature import Feature
from dialogs.forms.filling import FormKind
from dialogs.turn.audience import Audience
from dialogs.undoable import Data, WayBack


def _see_them(audience: Audience, _data: Data) -> tuple[str, ...]:
    return (audience.texts.say("undo_instead.deputy"),)


DEPUTIES = Feature(
    name="deputies",
    orders={
        orders.NameDeputy: handlers.name_deputy,
        orders.EndDeputy: handlers.end_deputy,
        orders.ShowDeputies: handlers.show_deputies,
    },
    rules=orders.RULES,
    undoing={"deputy": WayBack(handlers.undo_deputies, _see_them)},
    presses={buttons.End: handlers.end_pressed},
    forms={handlers.DEPUTY: FormKind(handlers.open_form, handlers.repeat_outcome)},
)
