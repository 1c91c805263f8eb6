"""What is held on a person, and who looked at it."""

from __future__ import annotations

from dialogs.feature import Feature
from dialogs.privacy import handlers, orders

PRIVACY = Feature(
    name="privacy",
    orders={orders.WhoHasSeen: handlers.who_has_seen},
    rules=orders.RULES,
)
