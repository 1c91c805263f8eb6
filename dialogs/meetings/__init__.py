"""A body's meetings: asked for, moved, cancelled, held after all, and its channel."""

from __future__ import annotations

from dialogs.cards.verbs import Verb
from dialogs.feature import Feature
from dialogs.forms.filling import FormKind
from dialogs.meetings import channels, handlers, reminder
from dialogs.meetings.list_card import answer_meetings
from dialogs.turn.orders import Command
from portfolio.questions.question import Target
from portfolio.reminders.kinds import Kind

MEETINGS = Feature(
    name="meetings",
    answers={Target.MEETINGS: answer_meetings},
    orders={
        Command.MOVE_MEETING: handlers.move,
        Command.CANCEL_MEETING: handlers.cancel,
        Command.BIND_CHANNEL: channels.bind,
        Command.UNBIND_CHANNEL: channels.unbind,
        Command.SHOW_CHANNELS: channels.show,
    },
    presses={
        Verb.MEETING_MOVE: handlers.move_pressed,
        Verb.MEETING_CANCEL: handlers.cancel_pressed,
        Verb.MEETING_RESTORE: handlers.restore_pressed,
    },
    forms={handlers.MOVE_MEETING: FormKind(handlers.open_form, handlers.repeat_outcome)},
    reminders={Kind.MEETING_SOON: reminder.SOON, Kind.MEETING_CHANGED: reminder.CHANGED},
)
