"""Everybody's reminders, as the portfolio office sees them and decides on them."""

from __future__ import annotations

from dialogs.feature import Feature
from dialogs.office import buttons, handlers, orders

OFFICE = Feature(
    name="office",
    orders={
        orders.ShowPreview: handlers.preview,
        orders.ShowSent: handlers.show_sent,
        orders.StopReminders: handlers.stop_all,
        orders.ResumeReminders: handlers.resume_all,
    },
    rules=orders.RULES,
    presses={
        buttons.PREVIEW: handlers.preview_pressed,
        buttons.STOP: handlers.stop_pressed,
        buttons.RESUME: handlers.resume_pressed,
        buttons.RELEASE: handlers.release_run,
        buttons.DISCARD: handlers.discard_run,
    },
)
