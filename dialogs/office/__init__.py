"""Everybody's reminders, as the portfolio office sees them and decides on them."""

from __future__ import annotations

from dialogs.cards.verbs import Verb
from dialogs.feature import Feature
from dialogs.office import handlers
from dialogs.turn.orders import Command

OFFICE = Feature(
    name="office",
    orders={
        Command.PREVIEW: handlers.preview,
        Command.STOP_REMINDERS: handlers.stop_all,
        Command.RESUME_REMINDERS: handlers.resume_all,
    },
    presses={
        Verb.PREVIEW: handlers.preview_pressed,
        Verb.STOP: handlers.stop_pressed,
        Verb.RESUME: handlers.resume_pressed,
        Verb.RUN_RELEASE: handlers.release_run,
        Verb.RUN_DISCARD: handlers.discard_run,
    },
)
