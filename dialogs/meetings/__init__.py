"""A body's meetings: asked for, moved, cancelled, held after all, and its channel."""

from __future__ import annotations

from dialogs.feature import Feature
from dialogs.forms.filling import FormKind
from dialogs.meetings import buttons, channels, handlers, orders, reminder, restoring
from dialogs.meetings.list_card import answer_meetings
from dialogs.meetings.table import meetings_table
from dialogs.undoable import WayBack
from portfolio.questions.question import Target
from portfolio.reminders.kinds import Kind

MEETINGS = Feature(
    name="meetings",
    answers={Target.MEETINGS: answer_meetings},
    tables={Target.MEETINGS: meetings_table},
    orders={
        orders.MoveMeeting: handlers.move,
        orders.CancelMeeting: handlers.cancel,
        orders.RestoreMeeting: restoring.restore,
        orders.BindChannel: channels.bind,
        orders.UnbindChannel: channels.unbind,
        orders.ShowChannels: channels.show,
    },
    rules=orders.RULES,
    undoing={
        "meeting_moved": WayBack(handlers.undo_move, handlers.instead_of_undoing),
        "meeting_cancelled": WayBack(handlers.undo_cancelling, handlers.instead_of_undoing_cancelling),
        "meeting_restored": WayBack(handlers.undo_restoring, handlers.instead_of_undoing),
        "channel": WayBack(None, channels.instead_of_undoing),
    },
    presses={
        buttons.Move: handlers.move_pressed,
        buttons.Cancel: handlers.cancel_pressed,
        buttons.Restore: handlers.restore_pressed,
        buttons.SetChannel: channels.set_pressed,
    },
    forms={handlers.MOVE_MEETING: FormKind(handlers.open_form, handlers.repeat_outcome)},
    reminders={Kind.MEETING_SOON: reminder.SOON, Kind.MEETING_CHANGED: reminder.CHANGED},
)
