"""Who is away and until when, and who reports in their place; never why."""

from __future__ import annotations

from dialogs.feature import Feature
from dialogs.presence import handlers, orders

PRESENCE = Feature(name="presence", shows={orders.ShowAbsences: handlers.show_absences}, rules=orders.RULES)
