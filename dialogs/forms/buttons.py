"""A form's buttons, with the verbs that they send."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dialogs.cards.elements import Element, button
from dialogs.forms.said.reading import HELD_BACK, WITH_INPUTS
from portfolio.drafts import FormDraft

SUBMIT, SAVE, STEP, ON_CARD, DISCARD = "form_submit", "form_save", "form_step", "form_card", "form_discard"


def submit_form(title: str, draft: FormDraft, held_back: Sequence[str] = ()) -> Element:
    return button(title, SUBMIT, _with_inputs(draft, held_back), with_inputs=True)


def save_form(title: str, draft: FormDraft, held_back: Sequence[str] = ()) -> Element:
    return button(title, SAVE, _with_inputs(draft, held_back), with_inputs=True)


def start_steps(title: str, draft: FormDraft, held_back: Sequence[str] = ()) -> Element:
    """Asks the form's fields one by one, beginning with what is filled in on the card."""
    return button(title, STEP, _with_inputs(draft, held_back), with_inputs=True)


def step(title: str, draft: FormDraft, value: str) -> Element:
    """An answer, or a word of the steps, instead of writing it."""
    return button(title, STEP, {**_of(draft), "value": str(value)})


def form_on_card(title: str, draft: FormDraft) -> Element:
    return button(title, ON_CARD, _of(draft))


def cancel_form(title: str, draft: FormDraft) -> Element:
    return button(title, DISCARD, _of(draft))


def _of(draft: FormDraft) -> dict[str, Any]:
    return {"draft": draft.id, "version": draft.version}


def _with_inputs(draft: FormDraft, held_back: Sequence[str]) -> dict[str, Any]:
    """Says that the card has an input for every field, but for those held back."""
    return {**_of(draft), WITH_INPUTS: True, **({HELD_BACK: list(held_back)} if held_back else {})}
