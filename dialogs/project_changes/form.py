"""The form on which something of a project is changed: what has to be said, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from dialogs.forms.fields import Answers, Fault, Field, FieldKind, Form, Option, date_of, date_value
from dialogs.project_changes.orders import Doing
from dialogs.projects.changed import value_said
from dialogs.turn.audience import Audience
from dialogs.turn.visit import Visit
from dialogs.values.letters import bare_words, stem
from dialogs.values.plain import one_line
from dialogs.wording.days import LONGEST_TITLE
from portfolio.dates import on_day
from portfolio.projects.changes import Aspect, ProjectChange, Value, value_in
from portfolio.projects.project import CLOSED_PHASES, Milestone, Phase
from portfolio.status.reporting import Reportable

PROJECT_CHANGE = "project_change"
LONGEST_REASON = 600
MOST_MILESTONES = 40
_SHORTEST_BEGINNING = 4
ASPECTS: Mapping[Doing, Aspect] = {
    Doing.CLOSE: Aspect.PHASE,
    Doing.STOP: Aspect.PHASE,
    Doing.REOPEN: Aspect.PHASE,
    Doing.END: Aspect.END,
    Doing.REACHED: Aspect.REACHED,
    Doing.DUE: Aspect.DUE,
}
OF_MILESTONE = frozenset({Doing.REACHED, Doing.DUE})
_ASK_WHY = frozenset({Doing.CLOSE, Doing.STOP, Doing.END, Doing.DUE})


def form_of(visit: Visit, doing: Doing, reportable: Reportable) -> Form:
    say = visit.audience.texts.say
    title = one_line(reportable.detail.project.title, LONGEST_TITLE)
    now = value_said(reportable.detail.project.end, visit.audience)
    return Form(
        kind=PROJECT_CHANGE,
        title=say(f"project_change.form_{doing}", title=title),
        submit=say(f"project_change.submit_{doing}"),
        fields=(*_fields(doing, reportable, visit), _reason(doing, visit.audience)),
        intro=(say(f"project_change.effect_{doing}", title=title, now=now), say("project_change.told")),
    )


def _fields(doing: Doing, reportable: Reportable, visit: Visit) -> Sequence[Field]:
    say, audience = visit.audience.texts.say, visit.audience
    match doing:
        case Doing.CLOSE | Doing.STOP:
            return ()
        case Doing.REOPEN:
            phases = [phase for phase in Phase if phase not in CLOSED_PHASES]
            options = tuple(Option(phase.value, audience.texts.name("phase", phase)) for phase in phases)
            label, default = say("project_change.phase"), phase_before(reportable).value
            return (Field("phase", FieldKind.CHOICE, label, options=options, default=default, is_required=True),)
        case Doing.END:
            return (_date("end", visit),)
        case Doing.REACHED:
            today = date_value(on_day(visit.today))
            return _milestone(reportable, audience), _date("reached", visit, default=today, is_day=True)
        case Doing.DUE:
            return _milestone(reportable, audience), _date("due", visit)


def phase_before(reportable: Reportable) -> Phase:
    """The phase that the project was closed in, where that is known."""
    for change in reportable.detail.changes:
        if change.aspect is Aspect.PHASE and isinstance(change.before, Phase) and change.before not in CLOSED_PHASES:
            return change.before
    return Phase.EXECUTION


def _date(name: str, visit: Visit, *, default: str = "", is_day: bool = False) -> Field:
    label = visit.audience.texts.say(f"project_change.{name}")
    return Field(name, FieldKind.DATE, label, default=default, is_required=True, is_day=is_day)


def _milestone(reportable: Reportable, audience: Audience) -> Field:
    options = tuple(Option(one.title, one_line(one.title, LONGEST_TITLE)) for one in unreached(reportable))
    only = options[0].value if len(options) == 1 else ""
    label = audience.texts.say("project_change.milestone")
    return Field("milestone", FieldKind.CHOICE, label, options=options, default=only, is_required=True)


def _reason(doing: Doing, audience: Audience) -> Field:
    label = audience.texts.say("project_change.reason")
    return Field("reason", FieldKind.TEXT, label, is_required=doing in _ASK_WHY, longest=LONGEST_REASON)


def unreached(reportable: Reportable) -> list[Milestone]:
    return [one for one in reportable.detail.milestones if one.reached is None][:MOST_MILESTONES]


def meant(milestones: Sequence[Milestone], words: str) -> list[Milestone]:
    """Return the milestones that the words may name: by their whole title, else by words of it."""
    wanted = bare_words(words)
    whole = [one for one in milestones if bare_words(one.title) == wanted]
    return whole or [one for one in milestones if wanted and all(_stands_in(word, one.title) for word in wanted)]


def _stands_in(word: str, title: str) -> bool:
    return any(
        stem(word) == stem(other) or (len(word) >= _SHORTEST_BEGINNING and other.startswith(word))
        for other in bare_words(title)
    )


def change_answered(visit: Visit, doing: Doing, reportable: Reportable, answers: Answers) -> ProjectChange | Fault:
    """Return the change that the form says, or what is wrong with it."""
    project, aspect = reportable.detail.project, ASPECTS[doing]
    title = answers.get("milestone") if doing in OF_MILESTONE else None
    milestone = next((one for one in reportable.detail.milestones if one.title == title), None)
    before, after = value_in(aspect, project, milestone), _after(doing, answers)
    if isinstance(after, date) and after > visit.today:
        return Fault("reached", "change_ahead", {})
    if doing in (Doing.END, Doing.DUE) and after == before:
        return Fault(doing.value, "change_same", {})
    reason = answers.get("reason", "").strip() or None
    return ProjectChange(project.number, aspect, before, after, visit.person.id, visit.now, reason, title)


def _after(doing: Doing, answers: Answers) -> Value:
    match doing:
        case Doing.CLOSE:
            return Phase.CLOSED
        case Doing.STOP:
            return Phase.STOPPED
        case Doing.REOPEN:
            return Phase(answers["phase"])
        case Doing.END | Doing.DUE:
            return date_of(answers[doing.value])
        case Doing.REACHED:
            day = date_of(answers["reached"])
            return day.first if day else None
