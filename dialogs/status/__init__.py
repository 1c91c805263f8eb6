"""Status reports: on a card, step by step, in one line, unchanged, and corrected."""

from __future__ import annotations

from dialogs.cards.verbs import Verb
from dialogs.feature import Feature
from dialogs.forms.filling import FormKind
from dialogs.status import form, handlers, in_round, reminder
from dialogs.turn.orders import Command
from portfolio.reminders.kinds import Kind

STATUS = Feature(
    name="status",
    orders={
        Command.REPORT_STATUS: handlers.report_status,
        Command.CORRECT_STATUS: handlers.correct_status,
        Command.UNCHANGED: handlers.report_unchanged,
    },
    presses={
        Verb.REPORT: handlers.report_pressed,
        Verb.UNCHANGED: handlers.unchanged_pressed,
        Verb.CORRECT: handlers.correct_pressed,
        Verb.ROUND_MINE: in_round.report_in_round,
    },
    forms={
        form.STATUS: FormKind(handlers.open_form, handlers.repeat_outcome),
        form.CORRECTION: FormKind(handlers.open_form, handlers.repeat_outcome),
    },
    reminders={Kind.STATUS_DUE: reminder.DUE, Kind.STATUS_OVERDUE: reminder.MISSING},
)
