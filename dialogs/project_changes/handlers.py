"""Changes a project: asked for what is missing, summed up, stored once, told to those whom it concerns."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from dialogs.forms.checking import lacking
from dialogs.forms.fields import Answers, Fault, date_value
from dialogs.forms.filling import OpenForm
from dialogs.forms.opening import Way, opened, shown
from dialogs.forms.questions import asked_which
from dialogs.project_changes.cards import ProjectChanged, change_news
from dialogs.project_changes.form import OF_MILESTONE, change_answered, form_of, meant, unreached
from dialogs.project_changes.orders import ChangeProject, Doing
from dialogs.refusal import refuse
from dialogs.remark import Remark
from dialogs.status.handlers import reportable_of
from dialogs.turn.answer import Answer
from dialogs.turn.audience import Audience
from dialogs.turn.notifying import notify
from dialogs.turn.visit import Visit
from dialogs.undoable import remember
from dialogs.values.plain import one_line
from portfolio.audit import Action
from portfolio.dates import on_day
from portfolio.drafts import FormDraft
from portfolio.projects.changes import ProjectChange
from portfolio.rights import is_portfolio_office, may_change_project
from portfolio.status.reporting import Overtaken, ProjectClosed, Reportable

LONGEST_WORDS = 120
MOST_CHOICES = 5
_APART = "|"


async def change_project(visit: Visit, order: ChangeProject) -> Answer:
    """Sums up the change to say yes to, where all of it is said; else asks for what is missing."""
    numbers = order.projects or order.maybe or await _own_projects(visit, order)
    if order.unknown and not order.projects:
        return Remark("change_unknown", {"words": one_line(" ".join(order.unknown), LONGEST_WORDS)})
    if len(numbers) != 1:
        return await _which(visit, order, numbers)
    reportable = await reportable_of(visit, numbers[0])
    if refusal := await _refusal(visit, order.doing, reportable):
        return refusal
    answers, notice = _said(visit, order, reportable)
    form = form_of(visit, order.doing, reportable)
    if answers:  # what was begun before was another change
        answers = {field.name: field.default for field in form.fields} | answers
    subject = f"{order.doing}{_APART}{numbers[0]}"
    return await opened(
        visit,
        form,
        subject,
        reportable.revision,
        answers=answers,
        way=Way.CARD if notice and order.doing in OF_MILESTONE else Way.SUMMARY,
        notice=notice or (None if lacking(form, answers) else " ".join(form.intro)),
    )


async def open_form(visit: Visit, draft: FormDraft) -> OpenForm:
    """Raises UserError where the project is gone."""
    doing, number = _subject_of(draft)
    reportable = await reportable_of(visit, number)
    return OpenForm(form_of(visit, doing, reportable), partial(_hand_in, visit, doing, reportable))


async def repeat_outcome(_visit: Visit, draft: FormDraft) -> Answer:
    return Remark("change_stored") if draft.outcome else Remark("given_up")


async def undo_change(visit: Visit, data: Mapping[str, Any]) -> Answer:
    """Gives back as it was what was changed, and tells those who were told. Raises Overtaken and ProjectClosed."""
    back = await visit.stores.changes.take_back(data["change"], data["revision"], visit.person.id, visit.now)
    reportable = await reportable_of(visit, back.project)
    return await _told(visit, back, reportable, is_taken_back=True)


def instead_of_undoing(audience: Audience, data: Mapping[str, Any]) -> tuple[str, ...]:
    return (audience.texts.say("project_change.see", number=data["project"]),)


async def _hand_in(visit: Visit, doing: Doing, reportable: Reportable, draft: FormDraft, answers: Answers) -> Answer:
    """Changes the project once, however often it is pressed; of several at once one is taken."""
    if refusal := await _refusal(visit, doing, reportable):
        return refusal
    change = change_answered(visit, doing, reportable, answers)
    if isinstance(change, Fault):
        kept = replace(draft, answers=dict(answers))
        return await shown(visit, form_of(visit, doing, reportable), kept, Way.CARD, wrong=(change,))
    try:
        change_id = await visit.stores.changes.change(change, draft.revision)
    except ProjectClosed:
        return _closed(visit, reportable)
    except Overtaken:
        return await _ask_again(visit, doing, draft, answers)
    await visit.stores.drafts.finish(draft.id, json.dumps(change_id))
    data = {"change": change_id, "project": change.project, "revision": draft.revision + 1}
    await remember(visit, "project_change", data, draft.id)
    return await _told(visit, change, reportable)


async def _ask_again(visit: Visit, doing: Doing, draft: FormDraft, answers: Answers) -> Answer:
    """Asks again, on top of what is now, since somebody changed the project meanwhile."""
    now = await reportable_of(visit, _subject_of(draft)[1])
    if refusal := await _refusal(visit, doing, now):
        return refusal
    notice = visit.audience.texts.say("project_change.overtaken")
    fresh = await visit.stores.drafts.draft(draft.id) or draft
    kept = replace(fresh, answers=dict(answers), revision=now.revision)
    return await shown(visit, form_of(visit, doing, now), kept, Way.SUMMARY, notice=notice)


async def _told(
    visit: Visit, change: ProjectChange, reportable: Reportable, *, is_taken_back: bool = False
) -> ProjectChanged:
    """The lead, the owner and the portfolio office get a word."""
    project = reportable.detail.project
    office = [one.id for one in visit.audience.names.vocabulary.people if is_portfolio_office(one)]
    notifications = await notify(
        visit,
        [project.lead, project.owner, *office],
        lambda theirs: change_news(change, visit.person, theirs, is_taken_back=is_taken_back),
    )
    return ProjectChanged(change, notifications, is_taken_back)


async def _refusal(visit: Visit, doing: Doing, reportable: Reportable) -> Remark | None:
    """Say no to those who may not, and to all where there is nothing to do."""
    project = reportable.detail.project
    if not may_change_project(visit.person, project):
        values, may = {"title": project.title}, (project.lead, project.owner)
        return await refuse(visit, Action.CHANGE_DENIED, values, may, project=project.number)
    if doing is Doing.REOPEN:
        return None if project.is_closed else Remark("change_open", {"title": project.title})
    if project.is_closed:
        return _closed(visit, reportable)
    if doing in OF_MILESTONE and not unreached(reportable):
        return Remark("change_no_milestones", {"title": project.title})
    return None


def _closed(visit: Visit, reportable: Reportable) -> Remark:
    project = reportable.detail.project
    sentence = visit.audience.texts.say("project_change.try_reopen", number=project.number)
    return Remark("change_closed", {"title": project.title}, tries=(sentence,))


def _said(visit: Visit, order: ChangeProject, reportable: Reportable) -> tuple[dict[str, str], str | None]:
    """Return the answers that the order gives already, and what of it can't be done."""
    say, answers = visit.audience.texts.say, {}
    if order.reason:
        answers["reason"] = order.reason
    if order.doing in (Doing.END, Doing.DUE) and order.when:
        answers[order.doing.value] = date_value(order.when)
    if order.doing is Doing.REACHED and order.last:
        answers["reached"] = date_value(on_day(order.last))
    notice = None
    if order.unknown:
        notice = say("project_change.unknown", words=one_line(" ".join(order.unknown), LONGEST_WORDS))
    if order.doing not in (Doing.END, Doing.DUE, Doing.REACHED) and order.last:
        notice = say("project_change.no_day")
    if order.doing in OF_MILESTONE and order.milestone:
        found = meant(unreached(reportable), order.milestone)
        if len(found) == 1:
            answers["milestone"] = found[0].title
        else:
            key = "project_change.no_such_milestone" if not found else "project_change.several_milestones"
            notice = say(key, words=one_line(order.milestone, LONGEST_WORDS))
    return answers, notice


async def _own_projects(visit: Visit, order: ChangeProject) -> tuple[str, ...]:
    """Return the projects that may be meant where none is named: those that the person leads, with that milestone."""
    led = await visit.stores.reporting.led_by(visit.person.id, visit.today)
    own = [one for one in led if may_change_project(visit.person, one.detail.project)]
    if order.milestone:
        own = [one for one in own if meant(unreached(one), order.milestone or "")]
    return tuple(one.detail.project.number for one in own)


async def _which(visit: Visit, order: ChangeProject, numbers: tuple[str, ...]) -> Answer:
    """Asks which project is meant, with the reason that was given already."""
    say = visit.audience.texts.say
    if not numbers:
        return Remark("change_which")
    tries = [_sentence(order, number, visit.audience) for number in numbers[:MOST_CHOICES]]
    if order.reason:
        tries = [say("project_change.try_why", sentence=sentence, reason=order.reason) for sentence in tries]
    return await asked_which(visit, Remark("change_which_of", tries=tuple(tries)))


def _sentence(order: ChangeProject, number: str, audience: Audience) -> str:
    when = f"{order.last.day}/{order.last.month} {order.last.year}" if order.last else ""
    key = (
        f"project_change.try_{order.doing}"
        if when or order.doing not in (Doing.END, Doing.DUE)
        else "project_change.try_move"
    )
    return audience.texts.say(key, number=number, milestone=order.milestone or "", day=when).strip()


def _subject_of(draft: FormDraft) -> tuple[Doing, str]:
    doing, _, number = draft.subject.partition(_APART)
    return Doing(doing), number
