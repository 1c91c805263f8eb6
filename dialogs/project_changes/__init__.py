"""Changing a project itself: closing it, opening it again, moving its end, and reaching milestones."""

from __future__ import annotations

from dialogs.feature import Feature
from dialogs.forms.filling import FormKind
from dialogs.project_changes import handlers, orders
from dialogs.project_changes.form import PROJECT_CHANGE
from dialogs.undoable import WayBack

PROJECT_CHANGES = Feature(
    name="project_changes",
    orders={
        orders.CloseProject: handlers.change_project,
        orders.StopProject: handlers.change_project,
        orders.ReopenProject: handlers.change_project,
        orders.MoveEnd: handlers.change_project,
        orders.ReachMilestone: handlers.change_project,
        orders.MoveMilestone: handlers.change_project,
    },
    rules=orders.RULES,
    forms={PROJECT_CHANGE: FormKind(handlers.open_form, handlers.repeat_outcome)},
    undoing={"project_change": WayBack(handlers.undo_change, handlers.instead_of_undoing)},
)
