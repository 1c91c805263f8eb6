"""Handing a project over to another lead."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from dialogs.cards.buttons import HandOver as HandOverButton
from dialogs.forms.fields import Answers, Fault, Field, FieldKind, Form
from dialogs.forms.filling import OpenForm
from dialogs.forms.opening import Way, opened, shown
from dialogs.handover.cards import HandedOver, WhichToHandOver, now_yours, other_lead
from dialogs.handover.orders import HandOver
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
from portfolio.drafts import FormDraft
from portfolio.identity import PersonId
from portfolio.questions.question import Question, which
from portfolio.rights import may_hand_over
from portfolio.status.reporting import Overtaken, ProjectClosed, Reportable

HAND_OVER = "hand_over"
LONGEST_TITLE = 120


async def hand_over(visit: Visit, order: HandOver) -> Answer:
    """Sums up the handover to say yes to, where project and person are clear; else asks for what is missing."""
    numbers = order.projects or order.maybe or tuple(await _own_projects(visit))
    if not numbers:
        return Remark("hand_over_which")
    if len(numbers) > 1:
        return WhichToHandOver(numbers, order.people[0] if order.people else None)
    reportable = await reportable_of(visit, numbers[0])
    if refusal := await _refusal(visit, reportable):
        return refusal
    lead, is_clear = _new_lead(order.people, reportable)
    notice = None
    if order.unknown:
        words = one_line(" ".join(order.unknown), LONGEST_TITLE)
        notice = visit.audience.texts.say("hand_over.unknown", words=words)
    form = _form(visit, reportable)
    way = Way.SUMMARY if is_clear and not notice else Way.CARD
    return await opened(
        visit,
        form,
        numbers[0],
        reportable.revision,
        answers={"lead": lead} if lead else {},
        way=way,
        notice=form.intro[0] if way is Way.SUMMARY else notice,
    )


def _new_lead(people: tuple[PersonId, ...], reportable: Reportable) -> tuple[PersonId | None, bool]:
    """Return who takes over, and whether that is clear: the first person named takes over from the second."""
    present_lead = reportable.detail.project.lead
    if not people or people[0] == present_lead:
        return None, False
    return people[0], people[1:] in ((), (present_lead,))


async def hand_over_pressed(visit: Visit, button: HandOverButton) -> Answer:
    """Hands over the button's project, to the new lead where the button names one who still works here."""
    people = (button.lead,) if button.lead and visit.audience.names.is_person(button.lead) else ()
    return await hand_over(visit, HandOver(projects=(button.project,), people=people))


async def open_form(visit: Visit, draft: FormDraft) -> OpenForm:
    """Raises UserError where the project is gone."""
    reportable = await reportable_of(visit, draft.subject)
    return OpenForm(_form(visit, reportable), partial(_hand_in, visit, reportable))


async def _hand_in(visit: Visit, reportable: Reportable, draft: FormDraft, answers: Answers) -> Answer:
    """Hands the project over; of several at once one is taken, and the others see what the project is now."""
    lead = PersonId(answers["lead"])
    if _is_done(reportable, draft, lead):
        return await _finish_done(visit, draft, lead)
    if refusal := await _refusal(visit, reportable):
        return refusal
    if lead == reportable.detail.project.lead:
        kept, wrong = replace(draft, answers=dict(answers)), (Fault("lead", "leads_already", {}),)
        return await shown(visit, _form(visit, reportable), kept, Way.CARD, wrong=wrong)
    try:
        await visit.stores.reporting.hand_over(draft.subject, lead, draft.revision, visit.person.id, visit.now)
    except ProjectClosed:
        return _closed(reportable)
    except Overtaken:
        return await _ask_again(visit, draft, lead)
    await visit.stores.drafts.finish(draft.id, json.dumps([reportable.detail.project.lead, lead]))
    data = {"project": draft.subject, "before": reportable.detail.project.lead, "revision": draft.revision + 1}
    await remember(visit, "hand_over", data, draft.id)
    return await _tell_handed_over(visit, reportable, lead)


async def undo_hand_over(visit: Visit, data: Mapping[str, Any]) -> Answer:
    """Gives the project back, and tells those who were told. Raises Overtaken."""
    reportable = await reportable_of(visit, data["project"])
    number, before = data["project"], data["before"]
    await visit.stores.reporting.hand_over(number, before, data["revision"], visit.person.id, visit.now)
    return replace(await _tell_handed_over(visit, reportable, before), may_return=False)


def instead_of_undoing(audience: Audience, data: Mapping[str, Any]) -> tuple[str, ...]:
    if data["before"] is None:
        return ()
    name = audience.person(data["before"])
    return (audience.texts.say("undo_instead.hand_over", number=data["project"], name=name),)


async def repeat_outcome(visit: Visit, draft: FormDraft) -> Answer:
    """Says again who leads the project, as long as that is so."""
    if not draft.outcome:
        return Remark("given_up")
    before, lead = json.loads(draft.outcome)
    project = (await reportable_of(visit, draft.subject)).detail.project
    if project.lead == lead:
        return HandedOver(project, before, (), may_return=False)
    if project.lead is None:
        return Remark("hand_over_since_nobody", {"title": project.title})
    return Remark("hand_over_since", {"title": project.title, "name": _name_of(visit, project.lead)})


async def _own_projects(visit: Visit) -> list[str]:
    """Return the numbers of the projects that the person leads, then of those that they own."""
    me = (visit.person.id,)
    led, owned = [
        await visit.stores.reader.project_numbers(Question(where=where), visit.today)
        for where in (which(lead=me), which(owner=me))
    ]
    return list(dict.fromkeys([*led, *owned]))


async def _refusal(visit: Visit, reportable: Reportable) -> Remark | None:
    """Say no to those who may not hand it over, and to all when it is closed."""
    project = reportable.detail.project
    if not may_hand_over(visit.person, project):
        values, may = {"title": project.title}, (project.lead, project.owner)
        return await refuse(visit, Action.HAND_OVER_DENIED, values, may, project=project.number)
    return _closed(reportable) if project.is_closed else None


def _closed(reportable: Reportable) -> Remark:
    return Remark("hand_over_closed", {"title": reportable.detail.project.title})


def _form(visit: Visit, reportable: Reportable) -> Form:
    say, project = visit.audience.texts.say, reportable.detail.project
    title = one_line(project.title, LONGEST_TITLE)
    key = "hand_over.intro" if project.lead else "hand_over.intro_nobody"
    return Form(
        kind=HAND_OVER,
        title=say("hand_over.form", title=title),
        submit=say("hand_over.submit"),
        fields=(Field("lead", FieldKind.PERSON, say("hand_over.lead"), is_required=True),),
        intro=(say(key, name=_name_of(visit, project.lead)),),
        order=HandOver,
    )


def _name_of(visit: Visit, person: PersonId | None) -> str:
    return one_line(visit.audience.person(person), LONGEST_TITLE) if person else ""


async def _tell_handed_over(visit: Visit, was: Reportable, lead: PersonId | None) -> HandedOver:
    """The new lead gets the project with all that goes with it; the old lead and the owner get a word."""
    now = await reportable_of(visit, was.detail.project.number)
    project, before = now.detail.project, was.detail.project.lead
    notifications = await notify(visit, [lead], lambda theirs: now_yours(now, before, visit.person, theirs))
    others = [one for one in (before, project.owner) if one != lead]
    notifications += await notify(visit, others, lambda theirs: other_lead(project, before, visit.person, theirs))
    may_return = before is not None and may_hand_over(visit.person, project)
    return HandedOver(project, before, notifications, may_return=may_return)


def _is_done(now: Reportable, draft: FormDraft, lead: PersonId) -> bool:
    """Pressed twice: the project has changed since, into what was asked for."""
    return now.revision != draft.revision and now.detail.project.lead == lead


async def _finish_done(visit: Visit, draft: FormDraft, lead: PersonId) -> Answer:
    await visit.stores.drafts.finish(draft.id, json.dumps([None, lead]))
    return await repeat_outcome(visit, await visit.stores.drafts.draft(draft.id) or draft)


async def _ask_again(visit: Visit, draft: FormDraft, lead: PersonId) -> Answer:
    """Either it was pressed twice, or the project changed meanwhile: then it is asked again, on top of what is now."""
    now = await reportable_of(visit, draft.subject)
    if _is_done(now, draft, lead):
        return HandedOver(now.detail.project, None, (), may_return=False)
    name = _name_of(visit, now.detail.project.lead)
    key = "hand_over.overtaken" if name else "hand_over.overtaken_nobody"
    notice = visit.audience.texts.say(key, name=name)
    fresh = await visit.stores.drafts.draft(draft.id) or draft
    kept = replace(fresh, answers={**fresh.answers, "lead": lead}, revision=now.revision)
    return await shown(visit, _form(visit, now), kept, Way.SUMMARY, notice=notice)
