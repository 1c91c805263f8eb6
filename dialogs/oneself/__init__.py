"""What people ask about themselves: who they are here, what they may do, and what they owe."""

from __future__ import annotations

from dialogs.feature import Feature
from dialogs.oneself import handlers, orders

ONESELF = Feature(
    name="oneself",
    shows={
        orders.ShowMe: handlers.show_me,
        orders.ShowRights: handlers.show_rights,
        orders.ShowDuties: handlers.show_duties,
    },
    rules=orders.RULES,
)
