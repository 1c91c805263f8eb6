"""Filling in a form that was opened: on its card or in the chat, now and later, handed in once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace

from dialogs.cards.buttons import GoOn
from dialogs.forms.buttons import Discard, LetBe, PutOnCard, Save, Submit, TakeStep
from dialogs.forms.chat_cards import FormAsked, FormSummed
from dialogs.forms.checking import faults
from dialogs.forms.fields import Answers, FieldKind, Form, whole
from dialogs.forms.opening import Way, saved_as, shown
from dialogs.forms.questions import let_be
from dialogs.forms.said.reading import from_card
from dialogs.forms.steps import Asked, Cancelled, Confirmed, OnCard, Repeated, Step, Unheard, hear, press
from dialogs.pressing import Buttons
from dialogs.refusal import ForbiddenButton, Why
from dialogs.remark import Remark
from dialogs.turn.answer import Answer
from dialogs.turn.button import B, Button, Thing
from dialogs.turn.reply import Refusal
from dialogs.turn.visit import Pressed, Visit
from dialogs.undoable import offer_again
from portfolio.drafts import SUMMARY, FormDraft


@dataclass(frozen=True, slots=True)
class OpenForm:
    """A form that can be filled in. `hand_in` takes the draft and its whole answers without faults; it goes by what
    the form was made from, which isn't read again."""

    form: Form
    hand_in: Callable[[FormDraft, Answers], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class FormKind:
    """`open` reads what the draft's form is about, and raises UserError where it can't be filled in any more. `again`
    says what came of a form that is done, when it is handed in once more."""

    open: Callable[[Visit, FormDraft], Awaitable[OpenForm]]
    again: Callable[[Visit, FormDraft], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class Forms:
    """The kinds of forms there are, and what can be done with any of them; `buttons` are those that a yes may press."""

    kinds: Mapping[str, FormKind]
    buttons: Buttons = field(default_factory=lambda: Buttons({}))

    @property
    def presses(self) -> Mapping[type[Button], Pressed]:
        return {
            Submit: self._while_open(self._hand_in),
            Save: self._while_open(self._keep),
            TakeStep: self._while_open(self._press_step),
            PutOnCard: self._while_open(self._put_on_card),
            GoOn: self._while_open(self._go_on),
            Discard: self._while_open(self._discard),
            LetBe: let_be,
        }

    async def pressed(
        self, visit: Visit, kind: type[GoOn | TakeStep | PutOnCard | Discard], draft: FormDraft
    ) -> Answer:
        """Do as the button does, at a word."""
        return await self.presses[kind](visit, kind(draft.id), draft)

    def _while_open(self, act: Callable[[Visit, B, FormDraft], Awaitable[Answer]]) -> Pressed:
        """Do as the button says while its draft is open; else tell what came of it."""

        async def press(visit: Visit, button: B, draft: FormDraft) -> Answer:
            if draft.kind not in self.kinds:
                raise ForbiddenButton(Thing.DRAFT, Why.UNKNOWN, Remark("form_gone"))
            if draft.is_expired(visit.now):
                return Remark("form_gone", refusal=Refusal.SAID)
            is_open = draft.outcome is None
            return await (act(visit, button, draft) if is_open else self._again(visit, draft))

        return press

    async def _hand_in(self, visit: Visit, button: Submit, draft: FormDraft) -> Answer:
        """A form's card, handed in. An older card than what was written since hands nothing in."""
        opened = await self.open(visit, draft)
        form = opened.form
        filled = from_card(form, button.inputs, visit.audience)
        current = replace(draft, answers={**draft.answers, **filled.answers})
        if button.version != draft.version:
            notice = visit.audience.texts.say("form_notice.stale_card")
            return await shown(visit, form, current, Way.CARD, wrong=filled.faults, typed=filled.typed, notice=notice)
        if wrong := filled.faults or faults(form, current.answers, visit.audience):
            return await shown(visit, form, current, Way.CARD, wrong=wrong, typed=filled.typed)
        answers = whole(form, current.answers)
        if form.beware(answers):
            return await shown(visit, form, current, Way.SUMMARY)
        return await opened.hand_in(current, answers)

    async def _again(self, visit: Visit, draft: FormDraft) -> Answer:
        await offer_again(visit, draft.id)
        return await self.kinds[draft.kind].again(visit, draft)

    async def _keep(self, visit: Visit, button: Save, draft: FormDraft) -> Answer:
        """Keep what is on the card, read or not; what can't be read is told when it is handed in."""
        form = (await self.open(visit, draft)).form
        filled = from_card(form, button.inputs, visit.audience)
        kept = await saved_as(visit, replace(draft, answers={**draft.answers, **filled.answers}))
        return Remark("saved", {"title": form.title}, draft=kept)

    async def _press_step(self, visit: Visit, button: TakeStep, draft: FormDraft) -> Answer:
        """Take a button instead of a written answer; without a value, begin to ask step by step."""
        opened = await self.open(visit, draft)
        form, chosen = opened.form, button.value
        if chosen is None:
            filled = from_card(form, button.inputs, visit.audience)
            return await shown(visit, form, replace(draft, answers={**draft.answers, **filled.answers}), Way.STEPS)
        if draft.asking is None or button.version != draft.version:
            return await _as_it_stands(visit, form, draft)  # an older question of the same form
        return await self._after(visit, opened, draft, press(draft, form, chosen, visit.audience))

    async def _put_on_card(self, visit: Visit, _button: PutOnCard, draft: FormDraft) -> Answer:
        return await shown(visit, (await self.open(visit, draft)).form, draft, Way.CARD)

    async def _go_on(self, visit: Visit, _button: GoOn, draft: FormDraft) -> Answer:
        return await _as_it_stands(visit, (await self.open(visit, draft)).form, draft)

    async def _discard(self, visit: Visit, _button: Discard, draft: FormDraft) -> Answer:
        await visit.stores.drafts.finish(draft.id, "")
        return Remark("discarded")

    async def open(self, visit: Visit, draft: FormDraft) -> OpenForm:
        """Read what the form is about. Raises UserError where it can't be filled in any more."""
        return await self.kinds[draft.kind].open(visit, draft)

    async def hear(
        self, visit: Visit, opened: OpenForm, draft: FormDraft, text: str, *, must_be: bool
    ) -> Answer | None:
        """Takes in a message while a form asks. None when it is no answer; where it `must_be` one, what is wrong is
        told."""
        step = hear(draft, opened.form, text, visit.audience)
        if isinstance(step, Unheard):
            if not must_be:
                return None
            step = Repeated(step.fault)
        return await self._after(visit, opened, draft, step)

    async def _after(self, visit: Visit, opened: OpenForm, draft: FormDraft, step: Step) -> Answer:
        form = opened.form
        match step:
            case Asked(draft=following):
                return await _as_it_stands(visit, form, following)
            case Repeated(fault=fault):
                if draft.asking == SUMMARY:
                    return FormSummed(form, draft, (fault,))
                return FormAsked(form, draft, fault)
            case Cancelled():
                await visit.stores.drafts.finish(draft.id, "")
                return Remark("discarded")
            case OnCard(draft=following):
                return await shown(visit, form, following, Way.CARD)
            case Confirmed(draft=following):
                return await opened.hand_in(following, whole(form, following.answers))
            case Unheard():
                return await _as_it_stands(visit, form, draft)


def asks_for_text(form: Form, draft: FormDraft) -> bool:
    """Say whether anything at all could be the answer that is awaited."""
    field = form.field(draft.asking or "")
    return field is not None and field.kind is FieldKind.TEXT


async def _as_it_stands(visit: Visit, form: Form, draft: FormDraft) -> Answer:
    if draft.asking is None:
        return await shown(visit, form, draft, Way.CARD)
    kept = await saved_as(visit, draft)
    if kept.asking == SUMMARY:
        return FormSummed(form, kept, faults(form, kept.answers, visit.audience))
    return FormAsked(form, kept)
