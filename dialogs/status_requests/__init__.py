"""Asking project leads for a status between their deadlines."""

from __future__ import annotations

from dialogs.feature import Feature
from dialogs.status_requests import buttons, handlers, orders, reminder
from dialogs.undoable import WayBack
from portfolio.reminders.kinds import Kind

STATUS_REQUESTS = Feature(
    name="status_requests",
    orders={orders.RequestStatus: handlers.request_status},
    rules=orders.RULES,
    presses={buttons.Request: handlers.request_pressed},
    reminders={Kind.STATUS_ASKED: reminder.ASKED},
    undoing={"status_request": WayBack(handlers.undo_request, handlers.instead_of_undoing)},
)
