"""What people ask about themselves, and who a colleague is: what they may do, and what they owe."""

from __future__ import annotations

from dialogs.feature import Feature
from dialogs.oneself import handlers, orders

ONESELF = Feature(
    name="oneself",
    shows={
        orders.ShowPerson: handlers.show_person,
        orders.ShowRights: handlers.show_rights,
        orders.ShowDuties: handlers.show_duties,
    },
    rules=orders.RULES,
)
