"""Where colleagues can be reached."""

from __future__ import annotations

from dialogs.contacts import handlers, orders
from dialogs.feature import Feature

CONTACTS = Feature(
    name="contacts",
    orders={orders.FindContact: handlers.find},
    rules=orders.RULES,
    shows={orders.FindContact: handlers.show},
)
