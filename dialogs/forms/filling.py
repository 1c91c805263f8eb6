"""Filling in a form that was opened: on its card or in the chat, now and later, handed in once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dialogs.answers import Answer
from dialogs.desk.kinds import KINDS
from dialogs.desk.outcomes import FormAsked, FormSummed, Remark
from dialogs.forms.checking import faults
from dialogs.forms.fields import Answers, FieldKind, Form, whole
from dialogs.forms.opening import Way, saved_as, shown
from dialogs.forms.said.reading import from_card
from dialogs.forms.steps import Asked, Cancelled, Confirmed, OnCard, Repeated, Step, Unheard, hear, press
from dialogs.turn.payload import MAX_TEXT, MalformedQuestion
from dialogs.turn.visit import Visit
from portfolio.drafts import SUMMARY, FormDraft


async def submitted(visit: Visit, data: Mapping[str, Any]) -> Answer:
    """A form's card, handed in. An older card than what was written since hands nothing in."""
    draft = await _own(visit, data)
    if not isinstance(draft, FormDraft):
        return draft
    kind = KINDS[draft.kind]
    if draft.outcome is not None:
        return await kind.again(visit, draft)
    form = await kind.form(visit, draft)
    filled = from_card(form, data, visit.audience)
    current = replace(draft, answers={**draft.answers, **filled.answers})
    if data.get("version") != draft.version:
        notice = visit.audience.texts.say("form_notice.stale_card")
        return await shown(visit, form, current, Way.CARD, wrong=filled.faults, typed=filled.typed, notice=notice)
    if wrong := filled.faults or faults(form, current.answers, visit.audience):
        return await shown(visit, form, current, Way.CARD, wrong=wrong, typed=filled.typed)
    return await _handed_in(visit, current, form)


async def saved(visit: Visit, data: Mapping[str, Any]) -> Answer:
    """Keeps what is on the card, read or not; what can't be read is told when it is handed in."""
    draft = await _open(visit, data)
    if not isinstance(draft, FormDraft):
        return draft
    form = await KINDS[draft.kind].form(visit, draft)
    filled = from_card(form, data, visit.audience)
    kept = await saved_as(visit, replace(draft, answers={**draft.answers, **filled.answers}))
    return Remark("saved", {"title": form.title}, draft=kept)


async def stepped(visit: Visit, data: Mapping[str, Any]) -> Answer:
    """A button instead of a written answer; without a value, the beginning of being asked step by step."""
    draft = await _open(visit, data)
    if not isinstance(draft, FormDraft):
        return draft
    form = await KINDS[draft.kind].form(visit, draft)
    value = data.get("value")
    if value is None:
        filled = from_card(form, data, visit.audience)
        return await shown(visit, form, replace(draft, answers={**draft.answers, **filled.answers}), Way.STEPS)
    if not isinstance(value, str) or len(value) > MAX_TEXT:
        raise MalformedQuestion("no such value")
    if draft.asking is None or data.get("version") != draft.version:
        return await _as_it_stands(visit, form, draft)  # an older question of the same form
    return await _after(visit, form, draft, press(draft, form, value, visit.audience))


async def put_on_card(visit: Visit, data: Mapping[str, Any]) -> Answer:
    draft = await _open(visit, data)
    if not isinstance(draft, FormDraft):
        return draft
    return await shown(visit, await KINDS[draft.kind].form(visit, draft), draft, Way.CARD)


async def gone_on(visit: Visit, data: Mapping[str, Any]) -> Answer:
    draft = await _open(visit, data)
    if not isinstance(draft, FormDraft):
        return draft
    return await _as_it_stands(visit, await KINDS[draft.kind].form(visit, draft), draft)


async def discarded(visit: Visit, data: Mapping[str, Any]) -> Answer:
    draft = await _open(visit, data)
    if not isinstance(draft, FormDraft):
        return draft
    await visit.desk.drafts.finish(draft.id, "")
    return Remark("discarded")


async def form_of(visit: Visit, draft: FormDraft) -> Form:
    return await KINDS[draft.kind].form(visit, draft)


async def heard(visit: Visit, form: Form, draft: FormDraft, text: str, *, must_be: bool) -> Answer | None:
    """A message while a form asks. None when it is no answer to it, unless it `must_be` one: then what is wrong with
    it is told."""
    step = hear(draft, form, text, visit.audience)
    if isinstance(step, Unheard):
        if not must_be:
            return None
        return await _after(visit, form, draft, Repeated(draft, step.fault))
    return await _after(visit, form, draft, step)


def asks_for_text(form: Form, draft: FormDraft) -> bool:
    """Whether anything at all could be the answer that is awaited."""
    field = form.field(draft.asking or "")
    return field is not None and field.kind is FieldKind.TEXT


async def _after(visit: Visit, form: Form, draft: FormDraft, step: Step) -> Answer:
    match step:
        case Asked(draft=following):
            saved_draft = await saved_as(visit, following)
            if saved_draft.asking == SUMMARY:
                return FormSummed(form, saved_draft, faults(form, saved_draft.answers, visit.audience))
            return FormAsked(form, saved_draft)
        case Repeated(fault=fault):
            if draft.asking == SUMMARY:
                return FormSummed(form, draft, (fault,))
            return FormAsked(form, draft, fault)
        case Cancelled():
            await visit.desk.drafts.finish(draft.id, "")
            return Remark("discarded")
        case OnCard(draft=following):
            return await shown(visit, form, following, Way.CARD)
        case Confirmed(draft=following):
            return await _handed_in(visit, following, form)
        case Unheard():
            return await _as_it_stands(visit, form, draft)


async def _as_it_stands(visit: Visit, form: Form, draft: FormDraft) -> Answer:
    if draft.asking is None:
        return await shown(visit, form, draft, Way.CARD)
    kept = await saved_as(visit, draft)
    if kept.asking == SUMMARY:
        return FormSummed(form, kept, faults(form, kept.answers, visit.audience))
    return FormAsked(form, kept)


async def _handed_in(visit: Visit, draft: FormDraft, form: Form) -> Answer:
    answers: Answers = whole(form, draft.answers)
    return await KINDS[draft.kind].hand_in(visit, draft, answers)


async def _open(visit: Visit, data: Mapping[str, Any]) -> FormDraft | Answer:
    """The draft that a button speaks of, while it is open; else what came of it."""
    draft = await _own(visit, data)
    if isinstance(draft, FormDraft) and draft.outcome is not None:
        return await KINDS[draft.kind].again(visit, draft)
    return draft


async def _own(visit: Visit, data: Mapping[str, Any]) -> FormDraft | Answer:
    draft_id = data.get("draft")
    if not isinstance(draft_id, str) or len(draft_id) > MAX_TEXT:
        raise MalformedQuestion("no such form")
    draft = await visit.desk.drafts.draft(draft_id)
    if draft is None or draft.kind not in KINDS or draft.is_expired(visit.now):
        return Remark("form_gone")
    return draft if draft.person == visit.person.email else Remark("not_yours")
