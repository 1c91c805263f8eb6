"""Opening a form, or the one that the person began before."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import Enum, auto

from dialogs.forms.card import FormShown
from dialogs.forms.card_inputs import bare_label
from dialogs.forms.chat_cards import FormAsked, FormSummed
from dialogs.forms.checking import faults, lacking
from dialogs.forms.fields import Fault, Field, Form
from dialogs.forms.steps import begin
from dialogs.turn.answer import Answer
from dialogs.turn.reply import UserError
from dialogs.turn.visit import Visit
from dialogs.values.plain import one_line
from dialogs.wording.values import moment_words
from portfolio.drafts import SUMMARY, FormDraft


class Way(Enum):
    """The ways to put a form before the person: on a card, asked step by step, or as a summary that awaits a yes."""

    CARD = auto()
    STEPS = auto()
    SUMMARY = auto()


async def opened(
    visit: Visit,
    form: Form,
    subject: str,
    revision: int,
    *,
    answers: Mapping[str, str] | None = None,
    way: Way = Way.CARD,
    notice: str | None = None,
) -> Answer:
    """Begins the form, or goes on with the one that was begun earlier; `answers`, which were said already, go before
    what that one holds."""
    new = FormDraft(
        id=secrets.token_urlsafe(12),
        kind=form.kind,
        person=visit.person.id,
        conversation=visit.conversation,
        subject=subject,
        touched_at=visit.now,
        answers=dict(answers or {}),
        revision=revision,
    )
    fresh = _put_before(visit, form, new, way, notice=notice)
    begun = await visit.stores.drafts.begin(fresh.draft)
    if begun.id == new.id:
        return replace(fresh, draft=begun)
    draft = replace(begun, answers={**begun.answers, **new.answers}, revision=revision)
    return await shown(visit, form, draft, way, notice=notice or _resumed(begun, new, visit))


async def shown(
    visit: Visit,
    form: Form,
    draft: FormDraft,
    way: Way,
    *,
    wrong: tuple[Fault, ...] = (),
    typed: Mapping[str, str] | None = None,
    notice: str | None = None,
) -> Answer:
    """Shows the form as it is now, saved with where the conversation stands."""
    unsaved = _put_before(visit, form, draft, way, wrong=wrong, typed=typed, notice=notice)
    return replace(unsaved, draft=await saved_as(visit, unsaved.draft))


def resumed(visit: Visit, draft: FormDraft, *, is_behind: bool = False) -> str:
    """Say since when the form is as it stands."""
    key = "form_notice.resumed_behind" if is_behind else "form_notice.resumed"
    return visit.audience.texts.say(key, when=one_line(moment_words(draft.touched_at, visit.audience)))


async def saved_as(visit: Visit, draft: FormDraft) -> FormDraft:
    """Saves it in this conversation. Raises UserError when it was changed at the same moment."""
    here = replace(draft, conversation=visit.conversation, is_interrupted=False)
    saved = await visit.stores.drafts.save(here, visit.now)
    if saved is None:
        raise UserError("form_changed")
    return saved


def _put_before(
    visit: Visit,
    form: Form,
    draft: FormDraft,
    way: Way,
    *,
    wrong: tuple[Fault, ...] = (),
    typed: Mapping[str, str] | None = None,
    notice: str | None = None,
) -> FormShown | FormAsked | FormSummed:
    """Puts the form before the person, with its draft as it is to be saved."""
    if way is Way.SUMMARY and (found := faults(form, draft.answers, visit.audience)):
        way = Way.CARD  # what is missing is filled in more easily there, and nothing is wrong yet where nothing stands
        missing = lacking(form, draft.answers)
        wrong = tuple(fault for fault in found if form.field(fault.field) not in missing)
        notice = notice or _missing_words(missing, visit)
    match way:
        case Way.CARD:
            return FormShown(form, replace(draft, asking=None), wrong, typed or {}, notice)
        case Way.STEPS:
            return FormAsked(form, begin(draft, form), notice=notice)
        case Way.SUMMARY:
            return FormSummed(form, replace(draft, asking=SUMMARY), notice=notice)


def _missing_words(missing: Sequence[Field], visit: Visit) -> str | None:
    labels = ", ".join(bare_label(field) for field in missing)
    return visit.audience.texts.count("form_notice.missing", len(missing), labels=labels) if missing else None


def _resumed(begun: FormDraft, new: FormDraft, visit: Visit) -> str | None:
    if new.answers or not begun.answers:
        return None
    return resumed(visit, begun, is_behind=begun.revision != new.revision)
