"""Status reports: on a card, step by step, in one line, unchanged, and corrected."""

from __future__ import annotations

from dialogs.cards.buttons import Correct, Report, Unchanged
from dialogs.feature import Feature
from dialogs.forms.filling import FormKind
from dialogs.rounds.buttons import Mine, View
from dialogs.status import form, handlers, in_round, reminder
from dialogs.turn.orders import CorrectStatus, RepeatStatus, ReportStatus
from dialogs.undoable import Anew, WayBack
from portfolio.reminders.kinds import Kind

STATUS = Feature(
    name="status",
    orders={
        ReportStatus: handlers.report_status,
        CorrectStatus: handlers.correct_status,
        RepeatStatus: handlers.report_unchanged,
    },
    presses={
        Report: handlers.report_pressed,
        Unchanged: handlers.unchanged_pressed,
        Correct: handlers.correct_pressed,
        View: in_round.view_in_round,
        Mine: in_round.report_in_round,
    },
    forms={
        form.STATUS: FormKind(handlers.open_form, handlers.repeat_outcome),
        form.CORRECTION: FormKind(handlers.open_form, handlers.repeat_outcome),
    },
    undoing={
        "status": WayBack(handlers.undo_report, handlers.instead_of_undoing, Anew(ReportStatus, handlers.report_anew))
    },
    reminders={Kind.STATUS_DUE: reminder.DUE, Kind.STATUS_OVERDUE: reminder.MISSING},
)
