"""What is held on a person, and who looked at it."""

from __future__ import annotations

from dialogs.feature import Feature
from dialogs.privacy import erasure, handlers, orders
from dialogs.privacy.buttons import AskToErase

PRIVACY = Feature(
    name="privacy",
    orders={
        orders.WhoHasSeen: handlers.who_has_seen,
        orders.ShowHeld: handlers.show_held,
        orders.EraseMine: erasure.erase_mine,
    },
    rules=orders.RULES,
    presses={AskToErase: erasure.ask_to_erase},
)
