"""Which day it is, when a feast is, and how far off."""

from __future__ import annotations

from dialogs.calendar import handlers, orders
from dialogs.feature import Feature

CALENDAR = Feature(name="calendar", shows={orders.TellDay: handlers.tell_day}, rules=orders.RULES)
