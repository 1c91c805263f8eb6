"""Words for what people changed of a project itself."""

from __future__ import annotations

from dialogs.turn.audience import Audience
from dialogs.values.plain import one_line
from dialogs.wording.days import LONGEST_TITLE
from dialogs.wording.values import date_words, day_words
from portfolio.dates import PlanDate
from portfolio.projects.changes import Aspect, ProjectChange, Value
from portfolio.projects.project import CLOSED_PHASES, Phase


def event_of(change: ProjectChange) -> str:
    """Name what happened: the key of its words."""
    match change.aspect:
        case Aspect.PHASE:
            is_closed = isinstance(change.after, Phase) and change.after in CLOSED_PHASES
            return str(change.after) if is_closed else "reopened"
        case Aspect.REACHED:
            return "unreached" if change.after is None else "reached"
        case Aspect.END | Aspect.DUE:
            return change.aspect.value


def value_said(value: Value, audience: Audience) -> str:
    match value:
        case PlanDate():
            return date_words(value, audience)
        case Phase():
            return audience.texts.name("phase", value)
        case None:
            return audience.texts.say("project_change.nothing")
        case _:
            return day_words(value, audience)


def change_said(change: ProjectChange, audience: Audience) -> str:
    """ "Skærmbesøg er stoppet" """
    return audience.texts.say(f"project_change.is_{event_of(change)}", **_values(change, audience))


def change_row(change: ProjectChange, audience: Audience) -> str:
    """ "Stoppet", on the project's own card."""
    return audience.texts.say(f"project_change.row_{event_of(change)}", **_values(change, audience))


def _values(change: ProjectChange, audience: Audience) -> dict[str, str]:
    return {
        "title": one_line(audience.names.project(change.project), LONGEST_TITLE),
        "milestone": one_line(change.milestone or "", LONGEST_TITLE),
        "before": value_said(change.before, audience),
        "after": value_said(change.after, audience),
    }
