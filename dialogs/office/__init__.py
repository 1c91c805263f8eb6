"""Everybody's reminders, as the portfolio office sees them and decides on them."""

from __future__ import annotations

from dialogs.feature import Feature
from dialogs.office import buttons, handlers, orders, stopping
from dialogs.turn.audience import Audience
from dialogs.undoable import Data, WayBack


def _see(audience: Audience, _data: Data) -> tuple[str, ...]:
    return (audience.texts.say("preview_sentence.show"),)


OFFICE = Feature(
    name="office",
    orders={
        orders.ShowPreview: handlers.preview,
        orders.ShowSent: handlers.show_sent,
        orders.StopReminders: stopping.stop_ordered,
        orders.PauseSaid: stopping.asked_what_to_pause,
        orders.ResumeReminders: stopping.resume_ordered,
    },
    rules=orders.RULES,
    undoing={
        "all_stopped": WayBack(stopping.undo_stopping_all, _see),
        "stopped": WayBack(stopping.undo_stopping, _see),
        "run": WayBack(None, _see),
    },
    presses={
        buttons.Preview: handlers.preview_pressed,
        buttons.Stop: stopping.stop_pressed,
        buttons.Resume: stopping.resume_pressed,
        buttons.Release: handlers.release_run,
        buttons.Discard: handlers.discard_run,
    },
)
